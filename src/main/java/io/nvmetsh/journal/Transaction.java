package io.nvmetsh.journal;

import io.nvmetsh.plan.Applier;
import io.nvmetsh.plan.Change;
import io.nvmetsh.plan.Ground;
import io.nvmetsh.schema.Problem;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

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
  private final List<Ground> grounds = new ArrayList<>();
  private List<Change> changes = List.of();
  private int next;
  private final List<Ground> ended = new ArrayList<>();
  private List<Change> done = new ArrayList<>();
  private int made;
  private boolean open = true;
  private boolean confirmed = true;

  Transaction(Store store, Store.Hold hold, Store.Log log, Head head) {
    this.store = store;
    this.hold = hold;
    this.log = log;
    this.head = head;
  }

  /** One that is gone on with: it has a past. */
  Transaction(Store store, Store.Hold hold, Store.Log log, Past past) {
    this(store, hold, log, past.head());
    this.made = past.made();
    for (Past.Progress each : past.steps()) {
      endStep();
      grounds.add(each.step().ground());
      done = each.made();
      changes = each.step().changes();
    }
  }

  public Head head() {
    return head;
  }

  /** Writes down what is about to be changed. */
  public void begin(Step step) {
    log.append(Records.of(step));
    endStep();
    grounds.add(step.ground());
    changes = step.changes();
    next = 0;
  }

  /** Marks a change of the step. They come in its order, though some may never come. */
  @Override
  public void made(Change change) {
    log.append(Records.done(index(change)));
    done.add(change);
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

  /** The grounds of the steps so far, the first step's first; keys are in them. */
  public List<Ground> grounds() {
    return List.copyOf(grounds);
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

  private void endStep() {
    if (grounds.size() > ended.size()) {
      ended.add(grounds.get(ended.size()).only(done));
      done = new ArrayList<>();
    }
  }

  /** The grounds of the changes that were made, step by step, once all are. */
  List<Ground> groundsOfMade() {
    endStep();
    return List.copyOf(ended);
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
