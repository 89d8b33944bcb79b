/** One small record per rule of offload; {@link io.nvmetsh.offload.OffloadRules} is the roster. */
@NullMarked
package io.nvmetsh.offload.rules;

import org.jspecify.annotations.NullMarked;
