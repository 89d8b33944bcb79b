/**
 * The target as one line sees it: read on demand, constant once read, with pending changes laid
 * over it.
 */
@NullMarked
package io.nvmetsh.tree;

import org.jspecify.annotations.NullMarked;
