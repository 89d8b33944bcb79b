package io.nvmetsh.command;

import io.nvmetsh.schema.Printable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * What one press of Tab offers: values that go on as typed, each once, and no more than a person
 * reads. What describes a value is found out for a list short enough to be read closely, so a
 * thousand names cost a thousand comparisons and nothing else. A value that a terminal could obey,
 * be it the name of a device or of a directory, is not offered at all.
 */
final class Offer {

  private static final int MOST = 300;
  private static final int DESCRIBED = 60;

  private final String lead;
  private final String typed;
  private final Patience patience;
  private final Map<String, Entry> entries = new LinkedHashMap<>();

  /** How many more values there are than candidates were made of. */
  private int beyond;

  /**
   * @param known whether the description is there already, and need not be found out
   */
  private record Entry(boolean more, boolean known, Supplier<String> description) {}

  private static final Entry NONE = new Entry(false, true, () -> "");

  /**
   * @param typed the word at the cursor, up to the cursor
   */
  Offer(String typed) {
    this(Patience.ENDLESS, "", typed);
  }

  /**
   * One whose values are looked at while a key is pressed.
   *
   * @param typed the word at the cursor, up to the cursor
   */
  Offer(Context context, String typed) {
    this(context.patience(), "", typed);
  }

  /**
   * @param lead what stands in the word before the value, such as {@code addr_trtype=}
   * @param typed the value, up to the cursor
   */
  Offer(Context context, String lead, String typed) {
    this(context.patience(), lead, typed);
  }

  private Offer(Patience patience, String lead, String typed) {
    this.patience = patience;
    this.lead = lead;
    this.typed = typed;
  }

  String typed() {
    return typed;
  }

  /** Those of a group's members that are shown, of however many there are. */
  static Front front() {
    return new Front(MOST);
  }

  /** Whether a list of this length is described. */
  static boolean isDescribed(int length) {
    return length <= DESCRIBED;
  }

  /** Whether a value goes on as typed. */
  boolean takes(String value) {
    return value.startsWith(typed) && Printable.isPrintable(value);
  }

  void add(String value, String description) {
    addKnown(value, false, description);
  }

  void open(String value, String description) {
    addKnown(value, true, description);
  }

  private void addKnown(String value, boolean more, String description) {
    if (takes(value)) {
      entries.putIfAbsent(value, new Entry(more, true, () -> description));
    }
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
    entries.putIfAbsent(value, new Entry(more, false, description));
  }

  /** Whether a value is offered already. */
  boolean has(String value) {
    return entries.containsKey(value);
  }

  boolean isEmpty() {
    return entries.isEmpty();
  }

  /**
   * Adds members of a group that go on as typed.
   *
   * @param written how a name is written in the line
   */
  void addFront(
      Front front, boolean more, UnaryOperator<String> written, UnaryOperator<String> description) {
    List<String> names = front.names();
    for (String name : names) {
      addTaken(written.apply(name), more, () -> description.apply(name));
    }
    beyond += front.count() - names.size();
  }

  List<Candidate> candidates() {
    List<String> shown = shown();
    int count = entries.size() + beyond;
    List<Candidate> described = new ArrayList<>(shown.size());
    for (String value : shown) {
      Entry entry = entries.getOrDefault(value, NONE);
      String description =
          isDescribed(count) && (entry.known() || !patience.isOver())
              ? entry.description().get()
              : "";
      described.add(new Candidate(lead + value, Printable.text(description), entry.more(), ""));
    }
    String heading = heading(shown.size(), count);
    if (heading.isEmpty()) {
      return described;
    }
    List<Candidate> candidates = new ArrayList<>(described.size());
    for (Candidate each : described) {
      candidates.add(new Candidate(each.value(), each.description(), each.more(), heading));
    }
    return candidates;
  }

  private String heading(int shown, int count) {
    if (shown < count) {
      return shown + " of " + count + ": type more of the name";
    }
    return patience.isLost()
        ? "not looked at closely, as that takes this machine more than " + Patience.MILLIS + " ms"
        : "";
  }

  /** As many as are shown, with no more letters in common than all have. */
  private List<String> shown() {
    if (entries.size() <= MOST) {
      return new ArrayList<>(entries.keySet());
    }
    List<String> some = new ArrayList<>(MOST);
    Front all = new Front(MOST);
    for (String value : entries.keySet()) {
      if (some.size() < MOST) {
        some.add(value);
      }
      all.add(value);
    }
    all.putOdd(some);
    return some;
  }
}
