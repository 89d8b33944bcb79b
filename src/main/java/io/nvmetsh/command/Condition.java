package io.nvmetsh.command;

import io.nvmetsh.schema.Problem;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a value has to be for an object to be found: {@code enable=0}, {@code
 * device_path=/dev/nvme2*}, {@code addr_trsvcid=4420..4430}, {@code addr_trtype=!tcp,loop}.
 *
 * @param attribute which value
 * @param not whether it must be anything else
 * @param alternatives of which one is enough
 */
record Condition(String attribute, boolean not, List<String> alternatives) {

  /**
   * Reads one word.
   *
   * @throws io.nvmetsh.schema.NvmetshException when it is none
   */
  static Condition parse(String word) {
    if (!Assignments.isAssignment(word)) {
      throw Problem.of(
              Problem.Kind.USAGE,
              "not a condition: " + Words.quote(word),
              "write for instance:  find enable=0",
              "or:  find /ports addr_trtype=rdma")
          .asException();
    }
    int equals = word.indexOf('=');
    String pattern = word.substring(equals + 1);
    boolean not = pattern.startsWith("!");
    List<String> alternatives = List.of((not ? pattern.substring(1) : pattern).split(",", -1));
    return new Condition(word.substring(0, equals), not, alternatives);
  }

  /**
   * @param value as it is shown; empty for one that is not set
   */
  boolean holds(String value) {
    for (String alternative : alternatives) {
      if (matches(alternative, value)) {
        return !not;
      }
    }
    return not;
  }

  private static boolean matches(String pattern, String value) {
    int dots = pattern.indexOf("..");
    Optional<BigInteger> number = number(value);
    if (number.isPresent() && dots >= 0) {
      Optional<BigInteger> least = number(pattern.substring(0, dots));
      Optional<BigInteger> most = number(pattern.substring(dots + 2));
      boolean range =
          (least.isPresent() || dots == 0) && (most.isPresent() || dots == pattern.length() - 2);
      return range
          && pattern.length() > 2
          && (least.isEmpty() || least.get().compareTo(number.get()) <= 0)
          && (most.isEmpty() || number.get().compareTo(most.get()) <= 0);
    }
    return pattern.equals(value) || (pattern.indexOf('*') >= 0 && like(pattern, value));
  }

  private static Optional<BigInteger> number(String text) {
    boolean digits = !text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9');
    return digits ? Optional.of(new BigInteger(text)) : Optional.empty();
  }

  /** Each star is for any text; what stands between them is to be found in this order. */
  private static boolean like(String pattern, String value) {
    List<String> parts = new ArrayList<>(List.of(pattern.split("\\*", -1)));
    String first = parts.remove(0);
    String last = parts.remove(parts.size() - 1);
    if (!value.startsWith(first)
        || !value.endsWith(last)
        || value.length() < first.length() + last.length()) {
      return false;
    }
    int at = first.length();
    int end = value.length() - last.length();
    for (String part : parts) {
      int found = value.indexOf(part, at);
      if (found < 0 || found + part.length() > end) {
        return false;
      }
      at = found + part.length();
    }
    return true;
  }
}
