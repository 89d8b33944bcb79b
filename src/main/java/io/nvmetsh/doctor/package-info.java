/**
 * Whether a machine is ready for offload, before anything is configured. Where the rules of {@code
 * offload} judge a target, the checks here look at what it would stand on: adapters, drivers,
 * drives, the ways between them, memory. Each check is one record on the roster, and says of each
 * thing what is, what is needed, and what to type or who else can mend it.
 */
@NullMarked
package io.nvmetsh.doctor;

import org.jspecify.annotations.NullMarked;
