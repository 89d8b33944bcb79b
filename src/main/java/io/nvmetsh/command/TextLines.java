package io.nvmetsh.command;

import java.util.ArrayList;
import java.util.List;

/**
 * A text of attributes as an editor left it, in its parts. Lines that tell what was wrong with it
 * before are no longer counted.
 *
 * @param body its lines
 * @param assignments those that give an attribute a value
 * @param strange where there are others that say something
 */
record TextLines(List<String> body, List<Assignment> assignments, List<Integer> strange) {

  /** What a line begins with that tells what is wrong. */
  static final String FAULT = "#!";

  /**
   * A line that gives an attribute a value.
   *
   * @param line its place in the body
   */
  record Assignment(int line, String name, String value) {}

  static TextLines of(List<String> left) {
    List<String> body = new ArrayList<>();
    List<Assignment> assignments = new ArrayList<>();
    List<Integer> strange = new ArrayList<>();
    for (String each : left) {
      String line = each.strip();
      int equals = line.indexOf('=');
      if (line.startsWith(FAULT)) {
        continue;
      } else if (equals > 0 && !line.startsWith("#")) {
        String name = line.substring(0, equals).strip();
        String value = AttributeText.meant(line.substring(equals + 1));
        assignments.add(new Assignment(body.size(), name, value));
      } else if (!line.isEmpty() && !line.startsWith("#")) {
        strange.add(body.size());
      }
      body.add(each.stripTrailing());
    }
    return new TextLines(List.copyOf(body), List.copyOf(assignments), List.copyOf(strange));
  }
}
