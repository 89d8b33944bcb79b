/**
 * Scripts as files: their format, what their lines would do, and their way from and to shell
 * scripts. Nothing here runs anything; the session does.
 */
@NullMarked
package io.nvmetsh.script;

import org.jspecify.annotations.NullMarked;
