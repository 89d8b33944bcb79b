package io.nvmetsh.journal;

import io.nvmetsh.plan.Ground;
import io.nvmetsh.schema.KernelFlavor;
import io.nvmetsh.schema.NvmetPath;
import io.nvmetsh.schema.Problem;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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

  /** Of each transaction of this process the grounds that the file has without their keys. */
  private final Map<Head, Map<Integer, Ground>> unwritten;

  public Journal(Store store) {
    this(store, new HashMap<>());
  }

  private Journal(Store store, Map<Head, Map<Integer, Ground>> unwritten) {
    this.store = store;
    this.unwritten = unwritten;
  }

  /** The same past for a rehearsal, which adds to it for itself alone. */
  public Journal rehearsed() {
    return new Journal(new RehearsalStore(store), new HashMap<>(unwritten));
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

  /** Ends a transaction of this process, which remembers of it what is not written: keys. */
  public void end(Transaction transaction, String how) {
    if (transaction.unwritten().isEmpty() || !transaction.hasMade()) {
      unwritten.remove(transaction.head());
    } else {
      unwritten.put(transaction.head(), transaction.unwritten());
    }
    transaction.end(how);
  }

  /** Keeps what was not done, as a script, in the place of what was kept before. */
  public void keepFailed(List<String> script) {
    store.replace(FAILED, script);
  }

  /** What was not done of the last line of many changes that failed. */
  public Optional<List<String>> failed() {
    return store.lines(FAILED);
  }

  /** The grounds of a transaction's steps, with the keys that this process knows. */
  public List<Ground> grounds(Past past) {
    return past.grounds(unwritten(past.head()));
  }

  /** The grounds of the steps so far of a transaction that runs; all keys are in them. */
  public List<Ground> grounds(Transaction transaction, KernelFlavor flavor) {
    int number = transaction.head().number();
    Past past =
        read(number, flavor)
            .orElseThrow(
                () ->
                    Problem.of(
                            Problem.Kind.FILE,
                            "the journal's file of transaction "
                                + number
                                + " is gone, and with it the way back",
                            "see what there is, and change it by hand:  tree")
                        .asException());
    return past.grounds(transaction.unwritten());
  }

  /** The keys that were changed or lost, and of which nobody knows what they were. */
  public List<NvmetPath> lostKeys(Past past) {
    return past.lostKeys(unwritten(past.head()).keySet());
  }

  private Map<Integer, Ground> unwritten(Head head) {
    return unwritten.getOrDefault(head, Map.of());
  }

  /** Says that a transaction is over which its process did not end. */
  public void close(int number) {
    store.rename(open(number), closed(number));
  }

  /** Goes on with a transaction that was left open. */
  public Transaction resume(Store.Hold hold, Past past) {
    Store.Log log = store.resume(open(past.head().number()));
    return new Transaction(store, hold, log, past, unwritten(past.head()));
  }

  /** Reads a transaction; empty when there is none of that number, or none that can be read. */
  public Optional<Past> read(int number, KernelFlavor flavor) {
    Optional<List<String>> lines = store.lines(open(number));
    if (lines.isEmpty()) {
      lines = store.lines(closed(number));
    }
    return lines.flatMap(each -> PastReader.read(each, flavor));
  }

  /** The transactions that are kept, the latest first. */
  public List<Past> past(KernelFlavor flavor) {
    List<Past> past = new ArrayList<>();
    for (String name : store.names(FOLDER)) {
      store
          .lines(FOLDER + "/" + name)
          .flatMap(lines -> PastReader.read(lines, flavor))
          .ifPresent(past::add);
    }
    Collections.reverse(past);
    return past;
  }
}
