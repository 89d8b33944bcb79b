package io.nvmetsh.command;

import io.nvmetsh.schema.NaturalOrder;
import io.nvmetsh.schema.Printable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.function.Supplier;

/**
 * What one press of Tab offers: values that go on as typed, each once, and no more than a person
 * reads. What describes a value is found out for a list short enough to be read closely, so a
 * thousand names cost a thousand comparisons and nothing else. A value that a terminal could obey,
 * be it the name of a device or of a directory, is not offered at all.
 */
final class Offer {

  private static final int MOST = 300;
  private static final int DESCRIBED = 50;

  private final String lead;
  private final String typed;
  private final Map<String, Entry> entries = new LinkedHashMap<>();

  private record Entry(boolean more, Supplier<String> description) {}

  /**
   * @param typed the word at the cursor, up to the cursor
   */
  Offer(String typed) {
    this("", typed);
  }

  /**
   * @param lead what stands in the word before the value, such as {@code addr_trtype=}
   * @param typed the value, up to the cursor
   */
  Offer(String lead, String typed) {
    this.lead = lead;
    this.typed = typed;
  }

  String typed() {
    return typed;
  }

  /** Whether a list of this length is described. */
  static boolean isDescribed(int length) {
    return length <= DESCRIBED;
  }

  /**
   * Names with those that are shown in front and in order; the others, of which only the number and
   * the first letters count, follow as they come. To sort ten thousand takes longer than a key
   * press may.
   */
  static List<String> front(List<String> names) {
    if (names.size() <= MOST) {
      List<String> all = new ArrayList<>(names);
      all.sort(NaturalOrder.INSTANCE);
      return all;
    }
    PriorityQueue<String> first = new PriorityQueue<>(MOST + 1, NaturalOrder.INSTANCE.reversed());
    List<String> others = new ArrayList<>(names.size());
    for (String name : names) {
      if (first.size() < MOST) {
        first.add(name);
      } else if (NaturalOrder.INSTANCE.compare(name, first.element()) < 0) {
        others.add(first.remove());
        first.add(name);
      } else {
        others.add(name);
      }
    }
    List<String> all = new ArrayList<>(first);
    all.sort(NaturalOrder.INSTANCE);
    all.addAll(others);
    return all;
  }

  /** Whether a value goes on as typed. */
  boolean takes(String value) {
    return value.startsWith(typed) && Printable.isPrintable(value);
  }

  void add(String value, String description) {
    add(value, false, () -> description);
  }

  void open(String value, String description) {
    add(value, true, () -> description);
  }

  /**
   * @param more whether the word goes on behind the value
   */
  void add(String value, boolean more, Supplier<String> description) {
    if (takes(value)) {
      addTaken(value, more, description);
    }
  }

  /** Adds a value of which it is known that it goes on as typed. */
  void addTaken(String value, boolean more, Supplier<String> description) {
    entries.putIfAbsent(value, new Entry(more, description));
  }

  boolean isEmpty() {
    return entries.isEmpty();
  }

  List<Candidate> candidates() {
    List<String> values = new ArrayList<>(entries.keySet());
    List<String> shown = values.size() <= MOST ? values : someOf(values);
    String group =
        values.size() == shown.size()
            ? ""
            : shown.size() + " of " + values.size() + ": type more of the name";
    List<Candidate> candidates = new ArrayList<>(shown.size());
    for (String value : shown) {
      Entry entry = entries.getOrDefault(value, new Entry(false, () -> ""));
      String description = isDescribed(values.size()) ? entry.description().get() : "";
      candidates.add(new Candidate(lead + value, Printable.text(description), entry.more(), group));
    }
    return candidates;
  }

  /**
   * The first values, and one more that has as little in common with them as any: what all
   * candidates begin with is put into the line, and must be what all values begin with.
   */
  private static List<String> someOf(List<String> values) {
    List<String> some = new ArrayList<>(values.subList(0, MOST));
    String first = values.get(0);
    String oddest = first;
    String common = first;
    for (String value : values) {
      if (!value.startsWith(common)) {
        common = first.substring(0, inCommon(first, value));
        oddest = value;
      }
    }
    if (!some.contains(oddest)) {
      some.set(MOST - 1, oddest);
    }
    return some;
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
