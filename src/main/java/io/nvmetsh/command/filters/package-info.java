/** What can stand behind a {@code |}: one file a filter. */
@NullMarked
package io.nvmetsh.command.filters;

import org.jspecify.annotations.NullMarked;
