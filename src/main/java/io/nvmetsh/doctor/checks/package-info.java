/** The checks of {@link io.nvmetsh.doctor.Doctor}, one record each. */
@NullMarked
package io.nvmetsh.doctor.checks;

import org.jspecify.annotations.NullMarked;
