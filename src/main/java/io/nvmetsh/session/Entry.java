package io.nvmetsh.session;

import io.nvmetsh.offload.Finding;
import io.nvmetsh.plan.Change;
import io.nvmetsh.schema.Problem;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A line that has ended, with all that came of it: what a recording is made of.
 *
 * @param typed the line as it was typed, masked
 * @param looked of a line that only showed something, the same line as it means the same anywhere
 * @param reliances what changes relied on of the machine
 * @param shown what it showed, line by line; kept only while a recording asks for it
 */
record Entry(
    Instant ended,
    String typed,
    Optional<String> looked,
    Outcome outcome,
    Map<Change, Reliance> reliances,
    List<Finding> findings,
    Optional<Problem> problem,
    List<String> shown) {

  Entry {
    findings = List.copyOf(findings);
    shown = List.copyOf(shown);
  }
}
