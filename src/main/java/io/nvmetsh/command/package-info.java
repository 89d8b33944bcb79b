/**
 * The command language: one file a command, each describing what a line means here. Commands touch
 * nothing; the session does.
 */
@NullMarked
package io.nvmetsh.command;

import org.jspecify.annotations.NullMarked;
