package io.nvmetsh.command;

import io.nvmetsh.schema.NaturalOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * The members of a group that are shown of however many there are. To sort ten thousand, or to make
 * a candidate of each, takes longer than a key press may: of those that are not shown only the
 * number counts, and the letters that all have in common.
 */
final class Front {

  private final int most;
  private final List<String> names = new ArrayList<>();

  /** What the others are compared with, as far as all began like it. */
  private String example = "";

  /** One that parts from the example where the first to part from it did. */
  private String oddest = "";

  private int common;

  Front(int most) {
    this.most = most;
  }

  void add(String name) {
    if (names.isEmpty()) {
      example = name;
      oddest = name;
      common = name.length();
    } else if (!name.regionMatches(0, example, 0, common)) {
      common = inCommon(name, example);
      oddest = name;
    }
    names.add(name);
  }

  /** How many there are. */
  int count() {
    return names.size();
  }

  /**
   * Those that are shown, in order. They have no more letters in common than all have, since what
   * candidates begin with is put into the line; where there are more, the last is there for that.
   */
  List<String> names() {
    if (names.size() <= most) {
      return sorted(new ArrayList<>(names));
    }
    List<String> first = new ArrayList<>(sorted(candidates()).subList(0, most));
    putOdd(first);
    return first;
  }

  /**
   * The first and some more: all up to one that is likely to be behind them, going by a sample. The
   * kernel lists what was made last first, which is the worst case of most ways to choose without
   * sorting; a sample from all over the list does not mind.
   */
  private List<String> candidates() {
    List<String> sample = new ArrayList<>();
    int step = names.size() / most;
    for (int i = 0; i < names.size(); i += step) {
      sample.add(names.get(i));
    }
    // three times as many as are shown: that there are too few of them happens to nobody
    int behind = Math.min(3 * most / step, sample.size() - 1);
    String last = sorted(sample).get(behind);
    int alike = alike();
    List<String> found = new ArrayList<>();
    for (String name : names) {
      if (NaturalOrder.INSTANCE.compare(name, last, alike) <= 0) {
        found.add(name);
      }
    }
    return found.size() < most ? new ArrayList<>(names) : found;
  }

  private List<String> sorted(List<String> some) {
    int alike = alike();
    some.sort((a, b) -> NaturalOrder.INSTANCE.compare(a, b, alike));
    return some;
  }

  /** How much of two names need not be compared to put them in order. */
  private int alike() {
    return NaturalOrder.alike(example, common);
  }

  /** Puts the one that has least in common with the first into the last place, if it is missing. */
  void putOdd(List<String> some) {
    String odd = inCommon(some.get(0), oddest) == common ? oddest : example;
    if (!some.contains(odd)) {
      some.set(some.size() - 1, odd);
    }
  }

  private static int inCommon(String a, String b) {
    int length = Math.min(a.length(), b.length());
    int i = 0;
    while (i < length && a.charAt(i) == b.charAt(i)) {
      i++;
    }
    return i;
  }
}
