package io.nvmetsh.session;

import io.nvmetsh.journal.Journal;
import io.nvmetsh.kernel.Target;

/**
 * What a script is rehearsed on.
 *
 * @param target a copy of the target
 * @param journal its past, with what the rehearsal adds to it
 */
record Rehearsal(Target target, Journal journal) {}
