/**
 * What nvmet looks like: kinds of directories, attributes, types of values, and which kernel has
 * what. Everything here describes; nothing touches a machine, and nothing beyond the JDK is used.
 */
@NullMarked
package io.nvmetsh.schema;

import org.jspecify.annotations.NullMarked;
