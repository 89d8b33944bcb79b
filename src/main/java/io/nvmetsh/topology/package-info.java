/**
 * The target as a graph: who reaches what through what, and whether the adapter serves it or the
 * CPU. Pictures are drawn of it here; no program is needed to look at them but one that shows SVG.
 */
@NullMarked
package io.nvmetsh.topology;

import org.jspecify.annotations.NullMarked;
