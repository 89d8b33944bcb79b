package io.nvmetsh.offload;

import io.nvmetsh.plan.KernelNumber;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * The text of a context's {@code stat}: names in its first line, numbers in its second, or {@code
 * -1} where nothing is counted.
 *
 * @param columns in their order; empty where a number is not known
 */
record ContextStat(Map<String, OptionalLong> columns) {

  static ContextStat of(String stat) {
    Map<String, OptionalLong> columns = new LinkedHashMap<>();
    List<String> lines = stat.lines().toList();
    if (lines.size() >= 2) {
      String[] header = lines.get(0).strip().split("\\s*\\|\\s*", -1);
      String[] numbers = lines.get(1).strip().split("\t", -1);
      for (int i = 0; i < Math.min(header.length, numbers.length); i++) {
        columns.put(header[i], number(numbers[i]));
      }
    }
    return new ContextStat(columns);
  }

  /** A counter's number; empty for -1, which is what the driver shows where it does not count. */
  static OptionalLong number(String text) {
    OptionalLong number = KernelNumber.parse(text.strip());
    return number.isPresent() && number.getAsLong() >= 0 ? number : OptionalLong.empty();
  }
}
