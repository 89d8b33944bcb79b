package io.nvmetsh.session;

import io.nvmetsh.command.CommandLine;
import io.nvmetsh.command.CommandSpec;
import io.nvmetsh.command.Context;
import io.nvmetsh.command.Words;
import io.nvmetsh.offload.Finding;
import io.nvmetsh.plan.Change;
import io.nvmetsh.schema.Problem;
import java.time.Instant;
import java.util.ArrayList;
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

  /** A line that shows something of the target or the machine, with its place in front. */
  static Optional<String> looked(CommandSpec spec, Context context, CommandLine line) {
    if (spec.group() == CommandSpec.Group.SHELL || spec.group() == CommandSpec.Group.SESSIONS) {
      return Optional.empty();
    }
    List<String> words = new ArrayList<>();
    // a drive is the same wherever one stands
    if (!context.here().isRoot() && spec.group() != CommandSpec.Group.MACHINE) {
      words.add(context.here().toString());
    }
    words.add(spec.name());
    words.addAll(line.words());
    StringBuilder text = new StringBuilder(Words.line(words));
    // of a line with filters it is what they left that was shown
    line.filters().forEach(filter -> text.append(" | ").append(Words.line(filter)));
    return Optional.of(text.toString());
  }
}
