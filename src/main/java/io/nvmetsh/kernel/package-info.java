/**
 * The seam to nvmet's configfs: the kernel's verbs behind one interface, the real tree under an
 * injectable root, and how a refusal is recognised. Everything above asks this package and never
 * the file system.
 */
@NullMarked
package io.nvmetsh.kernel;

import org.jspecify.annotations.NullMarked;
