package io.nvmetsh.script;

import io.nvmetsh.schema.NvmetshException;
import io.nvmetsh.script.Script.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The text of a script, gone through from top to bottom and written anew. */
final class ScriptText {

  /** It is of the values as they were; they may be others now. */
  private static final String STATE = "# state: ";

  /** What becomes of the parts of a script. */
  interface Rewriting {

    /**
     * What stands in the place of a line.
     *
     * @param text as it stands in the file, without the dash before it
     * @param dash what stood before it: the dash, or nothing
     */
    List<String> line(Step step, String text, String dash);

    /** What stands in the place of a value behind {@code #=}; empty when it has gone. */
    Optional<String> value(String text);
  }

  private ScriptText() {}

  /**
   * @throws NvmetshException when a line cannot be rewritten; it is named
   */
  static List<String> rewritten(Script script, String text, Rewriting rewriting) {
    List<String> source = text.lines().toList();
    List<String> lines = new ArrayList<>();
    int next = 0;
    for (Step step : script.steps()) {
      while (next < step.number() - 1) {
        comment(source.get(next++), rewriting).ifPresent(lines::add);
      }
      String line = String.join("\n", source.subList(next, step.end()));
      String dash = step.mayFail() ? line.substring(0, line.indexOf('-') + 1) : "";
      try {
        lines.addAll(rewriting.line(step, line.substring(dash.length()), dash));
      } catch (NvmetshException e) {
        throw script.at(step.number(), e.problem()).asException();
      }
      next = step.end();
    }
    while (next < source.size()) {
      comment(source.get(next++), rewriting).ifPresent(lines::add);
    }
    return lines;
  }

  private static Optional<String> comment(String line, Rewriting rewriting) {
    if (line.startsWith(Script.VALUE)) {
      return rewriting
          .value(line.substring(Script.VALUE.length()))
          .map(value -> Script.VALUE + value);
    }
    return line.startsWith(STATE) ? Optional.empty() : Optional.of(line);
  }
}
