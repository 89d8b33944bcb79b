package io.nvmetsh.session;

import io.nvmetsh.command.SecretMask;
import io.nvmetsh.journal.Head;
import io.nvmetsh.journal.Journal;
import io.nvmetsh.journal.Owner;
import io.nvmetsh.journal.Past;
import io.nvmetsh.journal.Step;
import io.nvmetsh.journal.Store;
import io.nvmetsh.journal.Times;
import io.nvmetsh.journal.Transaction;
import io.nvmetsh.kernel.Target;
import io.nvmetsh.plan.Change;
import io.nvmetsh.plan.Ground;
import io.nvmetsh.plan.TypedLines;
import io.nvmetsh.schema.ExitStatus;
import io.nvmetsh.schema.NvmetshException;
import io.nvmetsh.schema.Problem;
import io.nvmetsh.tree.LiveTree;
import io.nvmetsh.tree.TargetTree;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Keeps the book: all changes of a line, with those of the scripts that it runs, go into one
 * transaction of the journal, which begins with the first of them and ends with the line.
 */
final class Ledger {

  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Duration PAUSE = Duration.ofMillis(20);
  private static final Duration SILENCE = Duration.ofSeconds(1);

  /** Thrown when the target has been changed since the line that runs looked at it. */
  static final class Moved extends RuntimeException {
    private static final long serialVersionUID = 1;

    Moved() {
      super("", null, false, false);
    }
  }

  private final Journal journal;
  private final RevertTimer timer;
  private final Audit audit;
  private final Origin origin;
  private final SecretMask mask;
  private Optional<Transaction> current = Optional.empty();
  private Optional<Head.Script> script = Optional.empty();
  private List<Integer> undoes = List.of();
  private Optional<Duration> within = Optional.empty();
  private String outermost = "";
  private String line = "";
  private List<Integer> position = List.of();
  private long seen;

  Ledger(Safekeeping safekeeping, Origin origin, SecretMask mask) {
    this.journal = new Journal(safekeeping.store());
    this.timer = safekeeping.timer();
    this.audit = safekeeping.audit();
    this.origin = origin;
    this.mask = mask;
  }

  /** Who is told of what happens outside a transaction, or beside it. */
  Audit audit() {
    return audit;
  }

  Journal journal() {
    return journal;
  }

  /**
   * A line begins.
   *
   * @param scope where it runs
   * @param looks whether it may change something: then it matters what was changed meanwhile
   */
  void lineBegins(String text, Scope scope, boolean looks) {
    line = text;
    position = scope.position();
    if (position.isEmpty()) {
      outermost = text;
      script = Optional.empty();
      undoes = List.of();
      within = Optional.empty();
    }
    if (looks && current.isEmpty()) {
      seen = journal.mark();
    }
  }

  /** Whether the target has been changed, with nvmetsh, since the line looked at it. */
  boolean hasMoved() {
    return current.isEmpty() && journal.mark() != seen;
  }

  /** The line runs a script, which a later process may have to go on with. */
  void runs(Head.Script what) {
    if (position.isEmpty()) {
      script = Optional.of(what);
    }
  }

  /** The line takes earlier transactions back. */
  void undoes(List<Integer> numbers) {
    undoes = List.copyOf(numbers);
  }

  /** What the line does is to be confirmed; a line within one that is, with it. */
  void confirmWithin(Duration time) {
    if (within.isEmpty()) {
      within = Optional.of(time);
    }
  }

  /** The transaction that runs; empty until something is changed. */
  Optional<Transaction> current() {
    return current;
  }

  /**
   * Writes down what the line is about to change.
   *
   * @throws io.nvmetsh.schema.NvmetshException when somebody else is at work or has to be cleared
   *     up after
   * @throws Moved when the line has to look again
   */
  Transaction begin(List<Change> changes, Ground ground, Target target, Output output) {
    Transaction transaction = current.orElseGet(() -> open(target, output));
    current = Optional.of(transaction);
    transaction.begin(Step.of(position, mask.line(line), changes, ground));
    audit.begins(output::note);
    return transaction;
  }

  private Transaction open(Target target, Output output) {
    Store.Hold hold = lock(output);
    try {
      refuseUnfinished(target);
      if (journal.mark() != seen) {
        throw new Moved();
      }
      Transaction transaction =
          journal.begin(
              hold,
              new Head(0, owner(), target.flavor().describe(), target.boot(), script, undoes));
      within.ifPresent(time -> arm(transaction, time, output));
      return transaction;
    } catch (RuntimeException e) {
      hold.close();
      throw e;
    }
  }

  /**
   * Sets the timer before the first change, which may be the one that cuts off who made it.
   *
   * @throws io.nvmetsh.schema.NvmetshException when nothing outlives this process to keep the time
   */
  private void arm(Transaction transaction, Duration time, Output output) {
    try {
      Instant deadline = origin.clock().instant().plus(time);
      timer.arm(transaction.head().number(), time);
      transaction.confirmUntil(deadline);
      output.note("taken back at " + Times.of(deadline) + " unless you type:  confirm");
    } catch (NvmetshException e) {
      transaction.end("not begun");
      throw e;
    }
  }

  /** The lock, for which others may have to be waited. */
  Store.Hold lock(Output output) {
    long began = System.nanoTime();
    boolean told = false;
    Owner owner = owner();
    while (true) {
      Optional<Store.Hold> hold = journal.store().lock(owner);
      if (hold.isPresent()) {
        return hold.get();
      }
      long waited = System.nanoTime() - began;
      if (waited > PATIENCE.toNanos()) {
        throw locked();
      } else if (!told && waited > SILENCE.toNanos()) {
        told = true;
        output.note("waiting for " + holder());
      }
      pause();
    }
  }

  private static void pause() {
    try {
      Thread.sleep(PAUSE.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Problem.of(Problem.Kind.INTERRUPTED, "interrupted while waiting for another nvmetsh")
          .asException();
    }
  }

  private String holder() {
    return journal.store().owner().map(Owner::toString).orElse("another nvmetsh");
  }

  private RuntimeException locked() {
    Optional<Owner> owner = journal.store().owner();
    return Problem.of(
            Problem.Kind.LOCKED,
            "the target is being changed by " + holder(),
            owner.isPresent()
                ? "let it finish; see whose it is:  ps -fp " + owner.get().process()
                : "try again")
        .asException();
  }

  private void refuseUnfinished(Target target) {
    Optional<Past> past = unfinished(target);
    if (past.isPresent()) {
      throw Unfinished.inTheWay(past.get()).asException();
    }
  }

  /**
   * The transaction that was left behind, by a process that ended or until it is confirmed. One of
   * an earlier start of the kernel is closed: nothing is left of what it did.
   */
  Optional<Past> unfinished(Target target) {
    Optional<Integer> number = journal.unfinished();
    if (number.isEmpty()) {
      return Optional.empty();
    }
    Optional<Past> past = journal.read(number.get(), target.flavor());
    if (past.isEmpty() || !past.get().head().boot().equals(target.boot())) {
      journal.close(number.get());
      return unfinished(target);
    }
    return past;
  }

  /** What is to be said, before the first line, of what was left behind; not while it goes on. */
  Optional<String> leftBehind(Target target) {
    if (journal.unfinished().isEmpty()) {
      return Optional.empty();
    }
    Optional<Past> past = journal.unfinished().flatMap(one -> journal.read(one, target.flavor()));
    if (past.isEmpty() || !past.get().head().boot().equals(target.boot())) {
      return Optional.empty();
    }
    boolean goesOn = past.get().confirm().isEmpty() && journal.store().owner().isPresent();
    return goesOn
        ? Optional.empty()
        : Optional.of(String.join("; ", Unfinished.announced(past.get())));
  }

  /** The transaction that was left to be confirmed, once the time for that is over. */
  Optional<Integer> overdue(Target target) {
    return unfinished(target)
        .filter(past -> past.confirm().filter(origin.clock().instant()::isAfter).isPresent())
        .map(past -> past.head().number());
  }

  /** How many steps the transaction that runs has begun. */
  int steps() {
    return current.map(Transaction::steps).orElse(0);
  }

  /** Their grounds, the first step's first. */
  List<Ground> grounds(Target target) {
    return current.map(each -> journal.grounds(each, target.flavor())).orElse(List.of());
  }

  /** Goes on with a transaction that was left behind. */
  Transaction resume(Past past, Store.Hold hold) {
    Transaction transaction = journal.resume(hold, past);
    current = Optional.of(transaction);
    return transaction;
  }

  /** What was left behind is ended, and whoever waits for its time with it. */
  void decided(Transaction transaction, Past past, String how) {
    journal.end(transaction, how);
    if (past.confirm().isPresent()) {
      timer.disarm(past.head().number());
    }
  }

  /**
   * Keeps what was not done, for {@code failed}.
   *
   * @param target in which it would be done, looked at as it is now: the tree of a line may
   *     remember what was before its changes
   */
  void failed(List<Change> changes, Target target, Problem why) {
    TargetTree now = new LiveTree(target.configfs(), target.flavor());
    failedLines(Failed.lines(changes, now), why.message());
  }

  /** The same as the lines that would do it. */
  void failedLines(List<String> lines, String why) {
    Failed.keep(journal, owner(), lines, mask.message(why));
  }

  /**
   * What remains of changes that could not be taken back.
   *
   * @param first why they were to be
   */
  Problem notTakenBack(TakingBack.Result back, Target target, Problem first) {
    Problem why = back.problem().orElse(first);
    failed(back.left(), target, why);
    Problem problem =
        Problem.of(
            Problem.Kind.PARTIAL,
            mask.message(first.message())
                + "; and not all could be taken back: "
                + (back.problem().isPresent()
                    ? back.problem().get().message()
                    : "the target is not as it was before"));
    for (Change change : back.left()) {
      problem = problem.hint("remains to be done:  " + TypedLines.of(change));
    }
    return problem.hint("all of it as a script:  failed");
  }

  private Owner owner() {
    return new Owner(
        origin.user() + origin.sudoUser().map(name -> " (" + name + ")").orElse(""),
        Origin.terminal(),
        ProcessHandle.current().pid(),
        origin.clock().instant(),
        mask.line(outermost));
  }

  /** The line, and with it the transaction, ends. */
  void lineEnds(ExitStatus status) {
    if (current.isPresent()) {
      journal.end(current.get(), status.name().toLowerCase(Locale.ROOT));
    }
    current = Optional.empty();
  }
}
