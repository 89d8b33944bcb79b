package io.nvmetsh.journal;

import io.nvmetsh.plan.Applier;
import io.nvmetsh.plan.Change;
import io.nvmetsh.plan.Ground;
import io.nvmetsh.schema.Problem;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Changes that belong together, while they are made: those of a line, or of all lines of a script.
 * Each step is on record before the kernel sees its first change, and each change is marked when it
 * is made; what was under way when the process ended is known to the next one. The transaction
 * holds the store's lock from its beginning to its end.
 */
public final class Transaction implements Applier.Witness, AutoCloseable {

  private final Store store;
  private final Store.Hold hold;
  private final Store.Log log;
  private final Head head;

  /**
   * The grounds that the log has without their keys, by the place of their step. Of the others only
   * the log knows: a script of ten thousand lines would fill the memory with what nobody asks for.
   */
  private final Map<Integer, Ground> unwritten = new HashMap<>();

  private int steps;
  private List<Change> changes = List.of();
  private int next;
  private int made;
  private boolean open = true;
  private boolean confirmed = true;

  Transaction(Store store, Store.Hold hold, Store.Log log, Head head) {
    this.store = store;
    this.hold = hold;
    this.log = log;
    this.head = head;
  }

  /**
   * One that is gone on with: it has a past.
   *
   * @param unwritten what this process knows of it beyond the log
   */
  Transaction(
      Store store, Store.Hold hold, Store.Log log, Past past, Map<Integer, Ground> unwritten) {
    this(store, hold, log, past.head());
    this.unwritten.putAll(unwritten);
    this.steps = past.steps().size();
    this.made = past.made();
    past.last().ifPresent(last -> changes = last.step().changes());
  }

  public Head head() {
    return head;
  }

  /** Writes down what is about to be changed. */
  public void begin(Step step) {
    log.append(Records.of(step));
    if (!step.isWholeWritten()) {
      unwritten.put(steps, step.ground());
    }
    steps++;
    changes = step.changes();
    next = 0;
  }

  /** Marks a change of the step. They come in its order, though some may never come. */
  @Override
  public void made(Change change) {
    log.append(Records.done(index(change)));
    made++;
  }

  @Override
  public void refused(Change change, Problem why) {
    log.append(Records.refused(index(change)));
  }

  private int index(Change change) {
    while (changes.get(next) != change) {
      next++;
    }
    return next++;
  }

  /** Notes that from now on everything is taken back, so that nobody goes on instead. */
  public void takeBack() {
    log.append(Records.back());
  }

  /** How many steps were begun. */
  public int steps() {
    return steps;
  }

  /** The grounds of which the log does not tell everything, by the place of their step. */
  Map<Integer, Ground> unwritten() {
    return Map.copyOf(unwritten);
  }

  /** It needs no confirmation any more. */
  public void confirm() {
    confirmed = true;
  }

  /** Everything was taken back: there is nothing that anybody could want to take back again. */
  public void nothingIsLeft() {
    made = 0;
  }

  /** Whether more can be written to it. */
  public boolean isOpen() {
    return open;
  }

  /** Whether anything was changed at all. */
  public boolean hasMade() {
    return made > 0;
  }

  /** Says until when it has to be confirmed. */
  public void confirmUntil(Instant deadline) {
    log.append(Records.confirm(deadline));
    confirmed = false;
  }

  /** Ends it for good, or until it is confirmed. One that changed nothing is forgotten. */
  public void end(String how) {
    if (!open) {
      return;
    }
    open = false;
    if (made > 0 && confirmed) {
      log.append(Records.ended(how));
    }
    log.close();
    if (made == 0) {
      store.delete(Journal.open(head.number()));
    } else if (confirmed) {
      store.rename(Journal.open(head.number()), Journal.closed(head.number()));
    }
    hold.close();
  }

  /** Leaves it as it is, as a process that dies does: what is left is to be recovered. */
  @Override
  public void close() {
    if (open) {
      open = false;
      log.close();
      hold.close();
    }
  }
}
