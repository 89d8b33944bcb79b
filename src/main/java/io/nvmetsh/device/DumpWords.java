package io.nvmetsh.device;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;

/**
 * How a binary file stands in a dump: a line for each 32 bits of it that were read, {@code 104:
 * 001d001f}. A file of which the kernel shows 4096 bytes shrinks to the few that matter.
 */
final class DumpWords {

  private DumpWords() {}

  /** The 32 bits at an offset; empty when the text does not have them. */
  static OptionalInt at(String text, int offset) {
    String key = Integer.toHexString(offset) + ":";
    for (String line : SysValues.lines(text)) {
      if (line.startsWith(key)) {
        Optional<Long> value = SysValues.parse(line.substring(key.length()).strip(), 16);
        return value.isPresent() ? OptionalInt.of(value.get().intValue()) : OptionalInt.empty();
      }
    }
    return OptionalInt.empty();
  }

  static String text(SortedMap<Integer, Integer> words) {
    StringBuilder text = new StringBuilder();
    for (Map.Entry<Integer, Integer> word : words.entrySet()) {
      String digits = Integer.toHexString(word.getValue());
      text.append(Integer.toHexString(word.getKey()))
          .append(": ")
          .append("0".repeat(8 - digits.length()))
          .append(digits)
          .append('\n');
    }
    return text.toString();
  }
}
