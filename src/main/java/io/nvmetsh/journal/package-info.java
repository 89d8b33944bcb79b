/**
 * What was done to a target, kept so that it can be gone on with or taken back: by the program that
 * did it, by the next one, by another administrator's.
 */
@NullMarked
package io.nvmetsh.journal;

import org.jspecify.annotations.NullMarked;
