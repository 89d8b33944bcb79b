/**
 * Configuration files: nvmetcli's JSON, and a target read from and written to it.
 *
 * <p>The file is nvmetcli's own format, key for key; what that cannot hold stands under one more
 * key at the top, which nvmetcli ignores.
 */
@NullMarked
package io.nvmetsh.config;

import org.jspecify.annotations.NullMarked;
