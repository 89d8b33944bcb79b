/** The terminal: Spring Shell, JLine, colours. The only package that knows them. */
@NullMarked
package io.nvmetsh.shell;

import org.jspecify.annotations.NullMarked;
