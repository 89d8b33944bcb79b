package io.nvmetsh.journal;

import com.fasterxml.jackson.databind.JsonNode;
import io.nvmetsh.plan.Ground;
import io.nvmetsh.schema.KernelFlavor;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * The transactions of a target, one file each, by number. The last ones are kept; one that has not
 * ended is kept until somebody says what is to become of it.
 */
public final class Journal {

  /** As many as Junos keeps: enough for a bad week. */
  private static final int KEPT = 50;

  private static final String FOLDER = "journal";
  private static final String OPEN = ".open";
  private static final String FAILED = "failed";

  private final Store store;
  private final Map<Integer, List<Ground>> grounds;

  public Journal(Store store) {
    this(store, new HashMap<>());
  }

  private Journal(Store store, Map<Integer, List<Ground>> grounds) {
    this.store = store;
    this.grounds = grounds;
  }

  /** The same past for a rehearsal, which adds to it for itself alone. */
  public Journal rehearsed() {
    return new Journal(new RehearsalStore(store), Map.copyOf(grounds));
  }

  public Store store() {
    return store;
  }

  static String open(int number) {
    return closed(number) + OPEN;
  }

  static String closed(int number) {
    String digits = Integer.toString(number);
    return FOLDER + "/" + "0".repeat(Math.max(0, 6 - digits.length())) + digits;
  }

  /** The number of the latest transaction; 0 when there was none. */
  public int latest() {
    int latest = 0;
    for (String name : store.names(FOLDER)) {
      latest = Math.max(latest, number(name));
    }
    return latest;
  }

  /** A number that is another one once a transaction has begun or ended. */
  public long mark() {
    return 2L * latest() + (unfinished().isPresent() ? 1 : 0);
  }

  private static int number(String name) {
    String digits = name.endsWith(OPEN) ? name.substring(0, name.length() - OPEN.length()) : name;
    for (int i = 0; i < digits.length(); i++) {
      if (digits.charAt(i) < '0' || digits.charAt(i) > '9') {
        return 0;
      }
    }
    return digits.isEmpty() || digits.length() > 9 ? 0 : Integer.parseInt(digits);
  }

  /** The number of a transaction that has not ended; a process may be at work on it. */
  public Optional<Integer> unfinished() {
    for (String name : store.names(FOLDER)) {
      if (name.endsWith(OPEN)) {
        return Optional.of(number(name));
      }
    }
    return Optional.empty();
  }

  /**
   * Begins a transaction.
   *
   * @param hold the store's lock
   * @param head what it is; its number is chosen here
   */
  public Transaction begin(Store.Hold hold, Head head) {
    Head numbered =
        new Head(
            latest() + 1, head.owner(), head.kernel(), head.boot(), head.script(), head.undoes());
    forget();
    Store.Log log = store.begin(open(numbered.number()));
    log.append(Records.of(numbered));
    return new Transaction(store, hold, log, numbered);
  }

  private void forget() {
    List<String> names = new ArrayList<>(store.names(FOLDER));
    names.removeIf(name -> name.endsWith(OPEN) || number(name) == 0);
    for (int i = 0; i <= names.size() - KEPT; i++) {
      store.delete(FOLDER + "/" + names.get(i));
    }
  }

  /** Ends a transaction of this process, which remembers more of it than is written: keys. */
  public void end(Transaction transaction, String how) {
    if (transaction.hasMade()) {
      grounds.put(transaction.head().number(), transaction.groundsOfMade());
    }
    transaction.end(how);
  }

  /** Whether this process made a transaction, and so knows the keys that it replaced. */
  public boolean remembers(Past past) {
    return grounds.containsKey(past.head().number());
  }

  /** Keeps what was not done, as a script, in the place of what was kept before. */
  public void keepFailed(List<String> script) {
    store.replace(FAILED, script);
  }

  /** What was not done of the last line of many changes that failed. */
  public Optional<List<String>> failed() {
    return store.lines(FAILED);
  }

  /** The grounds of a transaction's steps. */
  public List<Ground> grounds(Past past) {
    List<Ground> known = grounds.get(past.head().number());
    return known == null ? past.grounds() : known;
  }

  /** Says that a transaction is over which its process did not end. */
  public void close(int number) {
    store.rename(open(number), closed(number));
  }

  /** Goes on with a transaction that was left open. */
  public Transaction resume(Store.Hold hold, Past past) {
    return new Transaction(store, hold, store.resume(open(past.head().number())), past);
  }

  /** Reads a transaction; empty when there is none of that number, or none that can be read. */
  public Optional<Past> read(int number, KernelFlavor flavor) {
    Optional<List<String>> lines = store.lines(open(number));
    if (lines.isEmpty()) {
      lines = store.lines(closed(number));
    }
    return lines.flatMap(each -> past(each, flavor));
  }

  /** The transactions that are kept, the latest first. */
  public List<Past> past(KernelFlavor flavor) {
    List<Past> past = new ArrayList<>();
    for (String name : store.names(FOLDER)) {
      store.lines(FOLDER + "/" + name).flatMap(lines -> past(lines, flavor)).ifPresent(past::add);
    }
    Collections.reverse(past);
    return past;
  }

  private static Optional<Past> past(List<String> lines, KernelFlavor flavor) {
    Optional<Head> head = Optional.empty();
    List<Past.Progress> steps = new ArrayList<>();
    boolean back = false;
    Optional<Instant> confirm = Optional.empty();
    Optional<String> ended = Optional.empty();
    for (String line : lines) {
      Optional<JsonNode> parsed = Records.parse(line);
      if (parsed.isEmpty()) {
        // cut short: what it would have announced was not begun
        break;
      }
      JsonNode json = parsed.get();
      if (json.has("transaction")) {
        head = Optional.of(Records.head(json));
      } else if (json.has("step")) {
        steps.add(Past.Progress.begun(Records.step(json, flavor)));
      } else if (json.has("done")) {
        mark(steps, each -> each.done(json.path("done").asInt()));
      } else if (json.has("refused")) {
        mark(steps, each -> each.refused(json.path("refused").asInt()));
      } else if (json.has("back")) {
        back = true;
      } else if (json.has("confirm")) {
        confirm = Optional.of(Instant.parse(json.path("confirm").asText()));
      } else if (json.has("ended")) {
        ended = Optional.of(json.path("ended").asText());
      }
    }
    return head.isEmpty()
        ? Optional.empty()
        : Optional.of(new Past(head.get(), steps, back, confirm, ended));
  }

  private static void mark(List<Past.Progress> steps, UnaryOperator<Past.Progress> mark) {
    if (!steps.isEmpty()) {
      steps.set(steps.size() - 1, mark.apply(steps.get(steps.size() - 1)));
    }
  }
}
