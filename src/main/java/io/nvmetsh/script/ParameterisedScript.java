package io.nvmetsh.script;

import io.nvmetsh.command.ParamCommand;
import io.nvmetsh.command.Words;
import io.nvmetsh.schema.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A script with parameters in the place of values, comments and all. */
public final class ParameterisedScript implements ScriptText.Rewriting {

  private final Script script;
  private final Parameterisation parameters;

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
    List<String> lines = ScriptText.rewritten(script, text, result);
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
    return lines;
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

  @Override
  public List<String> line(Script.Step step, String text, String dash) {
    List<String> lines = new ArrayList<>();
    if (step.equals(script.steps().get(0))) {
      lines.addAll(parameters.declarations());
    }
    lines.addAll((dash + parameters.line(text)).lines().toList());
    return lines;
  }

  @Override
  public Optional<String> value(String text) {
    return parameters.value(text);
  }
}
