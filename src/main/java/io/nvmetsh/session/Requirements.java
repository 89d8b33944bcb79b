package io.nvmetsh.session;

import io.nvmetsh.command.Arguments;
import io.nvmetsh.command.CommandLine;
import io.nvmetsh.command.Context;
import io.nvmetsh.command.RequireCommand;
import io.nvmetsh.command.Requirement;
import io.nvmetsh.schema.NvmetshException;
import io.nvmetsh.schema.Problem;
import io.nvmetsh.script.Script;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a script relies on, looked at before its first line runs. All that is not so is named
 * together: whoever mends one thing after the other learns of the last one last.
 */
final class Requirements {

  private Requirements() {}

  /**
   * @param values of the script's parameters
   * @throws NvmetshException naming all that is not so
   */
  static void check(Script script, Map<String, String> values, Context context) {
    List<Problem> unmet = new ArrayList<>();
    for (Script.Step step : script.steps()) {
      if (!step.mayFail() && step.text().startsWith(RequireCommand.NAME)) {
        of(script, step, values)
            .flatMap(requirement -> requirement.unmet(context))
            .ifPresent(problem -> unmet.add(script.at(step.number(), problem)));
      }
    }
    if (!unmet.isEmpty()) {
      throw together(script, unmet);
    }
  }

  private static Optional<Requirement> of(
      Script script, Script.Step step, Map<String, String> values) {
    try {
      CommandLine line = CommandLine.parse(step.text(), values);
      return line.command().equals(RequireCommand.NAME)
          ? Optional.of(Requirement.of(Arguments.bind(new RequireCommand().spec(), line.words())))
          : Optional.empty();
    } catch (NvmetshException e) {
      throw script.at(step.number(), e.problem()).hint("nothing was done").asException();
    }
  }

  private static RuntimeException together(Script script, List<Problem> unmet) {
    Problem first = unmet.get(0);
    Problem problem =
        Problem.of(
                first.kind(),
                script.name()
                    + " relies on "
                    + (unmet.size() == 1 ? "a fact that is not so" : "facts that are not so"))
            .with("file", script.name());
    for (Problem each : unmet) {
      problem = problem.hint(each.message());
    }
    return problem.hint(first.hints().get(0)).hint("nothing was done").asException();
  }
}
