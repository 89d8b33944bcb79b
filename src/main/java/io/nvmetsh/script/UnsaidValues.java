package io.nvmetsh.script;

import io.nvmetsh.schema.Placeholder;
import io.nvmetsh.schema.Placeholder.Piece;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a shell script needs and does not say; the imported script has parameters for it. */
final class UnsaidValues {

  /**
   * One parameter.
   *
   * @param where it is needed, as the beginning of a sentence
   * @param kind what sort of value, in capitals
   */
  record Value(String name, String where, String kind, boolean secret) {}

  private final Map<String, Value> values = new LinkedHashMap<>();
  private Map<String, Value> before = Map.of();
  private int line;

  /** What is needed from now on, this line of the script needs. */
  void begin(int number) {
    line = number;
    before = new LinkedHashMap<>(values);
  }

  /** Nothing is kept of a line that is not understood. */
  void forgetLine() {
    values.clear();
    values.putAll(before);
  }

  List<Value> values() {
    return List.copyOf(values.values());
  }

  /** A new parameter; a second one of the same sort gets a number. */
  String parameter(String name, String where, String kind, boolean secret) {
    String free = name;
    for (int i = 2; values.containsKey(free); i++) {
      free = name + "_" + i;
    }
    values.put(free, new Value(free, "line " + line + ": " + where, kind, secret));
    return Placeholder.of(free);
  }

  /** Notes the parameters in a text that have not been met before. */
  void need(String text, String what) {
    for (Piece piece : Placeholder.pieces(text)) {
      if (piece.isParameter()) {
        values.computeIfAbsent(
            piece.text(), name -> new Value(name, "line " + line + ": no " + what, "VALUE", false));
      }
    }
  }
}
