package io.nvmetsh.script;

import io.nvmetsh.command.CommandLine;
import io.nvmetsh.command.ParamCommand;
import io.nvmetsh.schema.Attribute;
import io.nvmetsh.schema.NvmetSchema;
import io.nvmetsh.schema.NvmetshException;
import io.nvmetsh.schema.Placeholder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Which attribute each parameter of a script is the whole value of: that gives it a type, so that a
 * value can be looked at before the first line runs.
 */
public final class ParameterUses {

  /**
   * One parameter.
   *
   * @param line of the file that uses it first
   */
  public record Use(Attribute attribute, int line) {}

  private ParameterUses() {}

  /** By the names of the parameters; one that is used otherwise is not among them. */
  public static Map<String, Use> of(Script script) {
    Map<String, Use> uses = new LinkedHashMap<>();
    Map<String, String> references = new LinkedHashMap<>();
    for (Script.Step step : script.steps()) {
      CommandLine line;
      try {
        line = CommandLine.parse(step.text(), references);
      } catch (NvmetshException e) {
        // said when the line is to run
        continue;
      }
      if (line.command().equals(ParamCommand.NAME) && !line.words().isEmpty()) {
        references.put(line.words().get(0), Placeholder.of(line.words().get(0)));
      } else if (!line.words().contains("--force") && !line.words().contains("-f")) {
        line.words().forEach(word -> use(word, step.number(), uses));
      }
    }
    return uses;
  }

  private static void use(String word, int number, Map<String, Use> uses) {
    int equals = word.indexOf('=');
    List<Placeholder.Piece> value = Placeholder.pieces(word.substring(equals + 1));
    if (equals <= 0 || value.size() != 1 || !value.get(0).isParameter()) {
      return;
    }
    String name = word.substring(0, equals);
    for (Attribute row : NvmetSchema.all()) {
      if (row.name().equals(name)) {
        uses.putIfAbsent(value.get(0).text(), new Use(row, number));
      }
    }
  }
}
