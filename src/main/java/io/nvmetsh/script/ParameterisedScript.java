package io.nvmetsh.script;

import io.nvmetsh.command.ParamCommand;
import io.nvmetsh.command.Words;
import io.nvmetsh.schema.NvmetshException;
import io.nvmetsh.schema.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A script with parameters in the place of values, comments and all. */
public final class ParameterisedScript {

  /** It is of the values as they were; others may stand for them now. */
  private static final String STATE = "# state: ";

  private final Script script;
  private final Parameterisation parameters;
  private final List<String> lines = new ArrayList<>();

  private ParameterisedScript(Script script, Parameterisation parameters) {
    this.script = script;
    this.parameters = parameters;
  }

  /**
   * @param text of the script, as it stands in its file
   * @throws io.nvmetsh.schema.NvmetshException when a value stands nowhere, a name is taken, or a
   *     line cannot be cut into words
   */
  public static List<String> lines(Script script, String text, Map<String, String> values) {
    Parameterisation parameters = new Parameterisation(values);
    new ParameterisedScript(script, parameters).checkNames(values);
    ParameterisedScript result = new ParameterisedScript(script, parameters);
    result.rewrite(text.lines().toList());
    if (!parameters.unused().isEmpty()) {
      String name = parameters.unused().get(0);
      throw Problem.of(
              Problem.Kind.NOT_FOUND,
              script.name()
                  + ": no word, value or name in a path is "
                  + Words.quote(values.getOrDefault(name, "")),
              "see what there is:  script info " + Words.quote(script.name()))
          .asException();
    }
    return result.lines;
  }

  private void checkNames(Map<String, String> values) {
    for (String name : values.keySet()) {
      for (Script.Step step : script.steps()) {
        if (step.text().matches(ParamCommand.NAME + "\\s+" + name + "(\\s.*)?")) {
          throw script
              .at(
                  step.number(),
                  Problem.of(
                      Problem.Kind.CONFLICT,
                      "param " + name + " is declared already",
                      "choose another name"))
              .asException();
        }
      }
    }
  }

  private void rewrite(List<String> source) {
    int next = 0;
    for (Script.Step step : script.steps()) {
      while (next < step.number() - 1) {
        comment(source.get(next++));
      }
      if (step.equals(script.steps().get(0))) {
        lines.addAll(parameters.declarations());
      }
      String text = String.join("\n", source.subList(next, step.end()));
      String dash = step.mayFail() ? text.substring(0, text.indexOf('-') + 1) : "";
      try {
        lines.addAll((dash + parameters.line(text.substring(dash.length()))).lines().toList());
      } catch (NvmetshException e) {
        throw script.at(step.number(), e.problem()).asException();
      }
      next = step.end();
    }
    while (next < source.size()) {
      comment(source.get(next++));
    }
  }

  private void comment(String line) {
    if (line.startsWith(Script.VALUE)) {
      parameters
          .value(line.substring(Script.VALUE.length()))
          .ifPresent(value -> lines.add(Script.VALUE + value));
    } else if (!line.startsWith(STATE)) {
      lines.add(line);
    }
  }
}
