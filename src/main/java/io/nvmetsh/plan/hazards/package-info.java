/**
 * One small record per thing that must never be sent to a kernel. Each knows where it happens and
 * recognises the change that would complete it; {@link io.nvmetsh.plan.Hazards} is the roster.
 */
@NullMarked
package io.nvmetsh.plan.hazards;

import org.jspecify.annotations.NullMarked;
