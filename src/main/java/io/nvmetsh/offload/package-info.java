/**
 * What stands in the way of hardware offload: rules that look at the tree as it will be and return
 * findings. Findings warn; they never refuse.
 */
@NullMarked
package io.nvmetsh.offload;

import org.jspecify.annotations.NullMarked;
