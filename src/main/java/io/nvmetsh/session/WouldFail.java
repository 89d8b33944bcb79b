package io.nvmetsh.session;

import io.nvmetsh.schema.Problem;
import io.nvmetsh.script.Script;

/** A problem that a rehearsal met: nobody has it yet. */
final class WouldFail {

  private static final String TYPED = "would fail: ";
  private static final String AT = "would fail at ";

  private WouldFail() {}

  /** Said of a line that is typed. */
  static Problem of(Problem problem) {
    return worded(problem, TYPED + problem.message());
  }

  /** Said of a line of a script; a script within it has said so of its own. */
  static Problem at(Script script, int line, Problem problem) {
    String message = problem.message();
    Problem bare =
        message.startsWith(AT) ? worded(problem, message.substring(AT.length())) : problem;
    Problem located = script.at(line, bare);
    return worded(located, AT + located.message());
  }

  private static Problem worded(Problem problem, String message) {
    return new Problem(problem.kind(), message, problem.hints(), problem.about());
  }
}
