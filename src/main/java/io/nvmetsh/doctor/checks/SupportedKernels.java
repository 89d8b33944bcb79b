package io.nvmetsh.doctor.checks;

import io.nvmetsh.schema.Release;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * From which kernel on each release of MLNX_OFED leaves its target modules out, as its own
 * configure step has it.
 */
final class SupportedKernels {

  /**
   * A bound.
   *
   * @param from the first build of the release that this is true of
   * @param major of the first kernel without target modules
   * @param minor likewise
   */
  private record Row(String from, int major, int minor) {}

  // spotless:off
  private static final List<Row> ROWS = List.of(
      new Row("5.3",      5, 11),
      new Row("5.4-1.0",  5, 13),
      new Row("5.4-2.4",  5, 14),
      new Row("5.5",      5, 16),
      new Row("5.6",      5, 18),
      new Row("5.7",      5, 19),
      new Row("5.8-1",    6, 1),
      new Row("5.8-3",    6, 2),
      new Row("5.9",      6, 2),
      new Row("23.04",    6, 3),
      new Row("23.07",    6, 5),
      new Row("23.10",    6, 6),
      new Row("23.10-3.2", 6, 7),
      new Row("24.04",    6, 10),
      new Row("24.07",    6, 11),
      new Row("24.10",    6, 13),
      new Row("25.01",    6, 14),
      new Row("25.04",    6, 15),
      new Row("25.07",    6, 17),
      new Row("25.10",    6, 18));
  // spotless:on

  private SupportedKernels() {}

  /** The first kernel that no release known has target modules for. */
  static Release firstWithoutAny() {
    Row last = ROWS.get(ROWS.size() - 1);
    return new Release(last.major, last.minor);
  }

  /**
   * The first kernel that a release has no target modules for; empty when that is not known.
   *
   * @param ofed as its modules say it, {@code 5.8-3.0.7}
   */
  static Optional<Release> firstWithout(String ofed) {
    List<Integer> release = numbers(ofed);
    Optional<Release> found = Optional.empty();
    for (Row row : ROWS) {
      List<Integer> from = numbers(row.from);
      if (isSame(release, from) && !isBefore(release, from)) {
        found = Optional.of(new Release(row.major, row.minor));
      }
    }
    return found;
  }

  /** Whether they are builds of one release: of the others between two nothing is known. */
  private static boolean isSame(List<Integer> release, List<Integer> from) {
    return release.size() > 1 && release.subList(0, 2).equals(from.subList(0, 2));
  }

  private static boolean isBefore(List<Integer> release, List<Integer> from) {
    for (int i = 0; i < from.size(); i++) {
      int number = i < release.size() ? release.get(i) : 0;
      if (number != from.get(i)) {
        return number < from.get(i);
      }
    }
    return false;
  }

  private static List<Integer> numbers(String text) {
    List<Integer> numbers = new ArrayList<>();
    for (String part : text.split("[.-]", -1)) {
      try {
        numbers.add(Integer.parseInt(part));
      } catch (NumberFormatException e) {
        break;
      }
    }
    return numbers;
  }
}
