/** One line in, one outcome out; recording and replaying lines. */
@NullMarked
package io.nvmetsh.session;

import org.jspecify.annotations.NullMarked;
