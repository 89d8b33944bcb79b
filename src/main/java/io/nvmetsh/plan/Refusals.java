package io.nvmetsh.plan;

import io.nvmetsh.kernel.Errno;
import io.nvmetsh.kernel.Refusal;
import io.nvmetsh.schema.Attribute;
import io.nvmetsh.schema.Problem;
import java.util.List;

/** A refusal of the kernel in words: what was tried, the errno, what the kernel logged. */
final class Refusals {

  private Refusals() {}

  static Problem explain(Change change, Refusal refusal) {
    Problem problem =
        Problem.of(
            Problem.Kind.REFUSED,
            Operations.of(change)
                + ": the kernel answers "
                + refusal.errno()
                + " ("
                + refusal.words()
                + ")");
    for (String line : refusal.log()) {
      problem = problem.hint("kernel log:  " + line);
    }
    if (refusal.errno() != Errno.UNKNOWN) {
      problem = problem.hint("what usually causes it:  explain " + refusal.errno());
    }
    return problem.with("path", change.path().toString()).with("errno", refusal.errno().name());
  }

  /** A write that the kernel accepted without effect. */
  static Problem silent(Change.SetAttribute set, Attribute row, String shown) {
    String wanted = row.isSecret() ? "the value" : set.value();
    return new Problem(
            Problem.Kind.REFUSED,
            set.path()
                + ": the kernel accepted "
                + wanted
                + " but reads back "
                + (row.isSecret() ? "something else" : "\"" + shown.stripTrailing() + "\""),
            List.of(
                row.name().equals("enable")
                    ? "a namespace is not enabled while passthru is on:  get " + set.path().parent()
                    : "more:  explain " + row.name()),
            List.of())
        .with("path", set.path().toString());
  }
}
