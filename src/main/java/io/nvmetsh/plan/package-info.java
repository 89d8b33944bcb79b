/**
 * Changes: what they are, whether they may be made, in which order, and their application to a
 * kernel.
 */
@NullMarked
package io.nvmetsh.plan;

import org.jspecify.annotations.NullMarked;
