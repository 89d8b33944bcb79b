package io.nvmetsh.session;

import io.nvmetsh.command.Effect;
import io.nvmetsh.journal.Head;
import io.nvmetsh.journal.Past;
import io.nvmetsh.journal.Store;
import io.nvmetsh.journal.Transaction;
import io.nvmetsh.kernel.Target;
import io.nvmetsh.plan.Applier;
import io.nvmetsh.plan.Change;
import io.nvmetsh.plan.Ground;
import io.nvmetsh.plan.Operations;
import io.nvmetsh.schema.ExitStatus;
import io.nvmetsh.schema.NvmetPath;
import io.nvmetsh.schema.NvmetshException;
import io.nvmetsh.schema.Placeholder;
import io.nvmetsh.schema.Problem;
import io.nvmetsh.script.Script;
import io.nvmetsh.tree.LiveTree;
import io.nvmetsh.tree.TargetTree;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Finishes, takes back or lets be what an earlier process left behind. */
final class Recovery {

  private final Session session;
  private final Session.Line line;
  private final Ledger ledger;
  private final Target target;
  private final boolean dryRun;

  /**
   * @param dryRun only show what would be done
   */
  Recovery(Session session, Session.Line line, boolean dryRun) {
    this.session = session;
    this.dryRun = dryRun;
    this.line = line;
    this.ledger = session.ledger();
    this.target = line.context().target();
  }

  Outcome run(Effect.Recover effect) {
    if (effect.way().isEmpty() || dryRun) {
      return told(effect.way());
    }
    session.settings().refuseReadOnly();
    Store.Hold hold = ledger.lock(line.output());
    Optional<Past> past = ledger.unfinished(target);
    if (past.isEmpty()) {
      hold.close();
      return nothing();
    }
    return switch (effect.way().get()) {
      case UNDO -> undo(past.get(), hold);
      case FINISH -> finish(past.get(), hold, effect);
      case FORGET -> {
        ledger.decided(ledger.resume(past.get(), hold), past.get(), "left as it was");
        line.output().note("left as it is: " + Unfinished.describe(past.get()));
        yield Outcome.done();
      }
    };
  }

  private Outcome nothing() {
    line.output().note("nothing was left behind");
    return Outcome.done();
  }

  /** What was left behind, or what one of the ways would make of it; nothing is done. */
  private Outcome told(Optional<Effect.Recover.Way> way) {
    Optional<Past> past = ledger.unfinished(target);
    if (past.isEmpty()) {
      return nothing();
    } else if (way.isEmpty()) {
      Unfinished.announced(past.get()).forEach(line.output()::note);
      return Outcome.ended(ExitStatus.PENDING);
    }
    List<Change> changes = List.of();
    if (way.get() == Effect.Recover.Way.UNDO) {
      changes =
          Ground.of(ledger.journal().grounds(past.get()), target.flavor())
              .wayBack(line.context().tree());
    } else if (way.get() == Effect.Recover.Way.FINISH) {
      refuseWhileTakenBack(past.get());
      changes = past.get().last().map(Past.Progress::left).orElse(List.of());
    }
    for (Change change : changes) {
      line.output().operation(Operations.of(change), false);
    }
    boolean goesOn =
        way.get() == Effect.Recover.Way.FINISH && past.get().head().script().isPresent();
    if (goesOn) {
      line.output().note("and go on with " + past.get().head().script().get().name());
    } else if (changes.isEmpty()) {
      line.output().note("would leave the target as it is");
    }
    return Outcome.done();
  }

  /** The time to confirm is over. */
  Outcome expire(int number) {
    if (dryRun) {
      return told(Optional.of(Effect.Recover.Way.UNDO));
    }
    session.settings().refuseReadOnly();
    Store.Hold hold = ledger.lock(line.output());
    Optional<Past> past = ledger.unfinished(target);
    if (past.isEmpty() || past.get().head().number() != number || past.get().confirm().isEmpty()) {
      hold.close();
      line.output().note("confirmed: nothing is taken back");
      return Outcome.done();
    }
    return undo(past.get(), hold);
  }

  Outcome confirm() {
    if (!dryRun) {
      session.settings().refuseReadOnly();
    }
    Store.Hold hold = ledger.lock(line.output());
    Optional<Past> past = ledger.unfinished(target);
    if (past.isEmpty() || past.get().confirm().isEmpty()) {
      hold.close();
      throw Problem.of(
              Problem.Kind.CONFLICT,
              "nothing waits to be confirmed",
              "what does is begun with:  load FILE --confirm 5m")
          .asException();
    }
    if (dryRun) {
      hold.close();
      line.output().note("would keep: \"" + past.get().head().owner().line() + "\"");
      return Outcome.done();
    }
    Transaction transaction = ledger.resume(past.get(), hold);
    transaction.confirm();
    ledger.decided(transaction, past.get(), "confirmed");
    line.output().note("confirmed: \"" + past.get().head().owner().line() + "\" stays");
    return Outcome.done();
  }

  private Outcome undo(Past past, Store.Hold hold) {
    Transaction transaction = ledger.resume(past, hold);
    transaction.takeBack();
    TakingBack.Result back =
        new TakingBack(target, ledger.audit()).over(ledger.journal().grounds(past));
    if (!back.left().isEmpty()) {
      // it stays open: what is in the way may be got out of it
      transaction.close();
      line.output()
          .problem(
              ledger.notTakenBack(
                  back, target, Problem.of(Problem.Kind.PARTIAL, Unfinished.describe(past))));
      return Outcome.ended(ExitStatus.PARTIAL);
    }
    List<NvmetPath> lost = ledger.journal().lostKeys(past);
    transaction.confirm();
    transaction.nothingIsLeft();
    ledger.decided(transaction, past, "taken back");
    line.output().note("taken back: \"" + past.head().owner().line() + "\"");
    return keysLost(lost);
  }

  /** Keys are written down nowhere, so nobody knows what they were. */
  private Outcome keysLost(List<NvmetPath> lost) {
    if (lost.isEmpty()) {
      return Outcome.done();
    }
    Problem problem =
        Problem.of(
            Problem.Kind.PARTIAL,
            "all is as it was, but for keys, which are written down nowhere: " + lost);
    for (NvmetPath key : lost) {
      problem = problem.hint("set it again:  set " + key.parent() + " " + key.name() + "=KEY");
    }
    line.output().problem(problem);
    return Outcome.ended(ExitStatus.PARTIAL);
  }

  private Outcome finish(Past past, Store.Hold hold, Effect.Recover effect) {
    try {
      refuseWhileTakenBack(past);
    } catch (NvmetshException e) {
      hold.close();
      throw e;
    }
    Optional<Head.Script> copy = past.head().script();
    List<Change> left = past.last().map(Past.Progress::left).orElse(List.of());
    refuseWithoutKey(left, copy, hold);
    Transaction transaction = ledger.resume(past, hold);
    Applier applier =
        new Applier(target, session::isInterrupted, ledger.audit().beside(transaction));
    Applier.Result result = applier.apply(toDo(left, transaction));
    if (result.problem().isPresent()) {
      line.output().problem(result.problem().get().hint("take it back:  recover --undo"));
      transaction.close();
      return Outcome.ended(ExitStatus.PARTIAL);
    }
    if (copy.isPresent()) {
      Outcome outcome = script(copy.get(), past, effect);
      if (outcome.status() != ExitStatus.DONE) {
        transaction.close();
        return outcome;
      }
    }
    ledger.decided(transaction, past, "finished");
    line.output().note("finished: \"" + past.head().owner().line() + "\"");
    return new Outcome(ExitStatus.DONE, result.done(), List.of(), false);
  }

  private static void refuseWhileTakenBack(Past past) {
    if (past.back()) {
      throw Problem.of(
              Problem.Kind.CONFLICT,
              Unfinished.describe(past),
              "take back the rest:  recover --undo")
          .asException();
    }
  }

  /** The first change may be made already: its process ended before it could say. */
  private List<Change> toDo(List<Change> left, Transaction transaction) {
    TargetTree now = new LiveTree(target.configfs(), target.flavor());
    if (left.isEmpty() || !isMade(left.get(0), now)) {
      return left;
    }
    transaction.made(left.get(0));
    return left.subList(1, left.size());
  }

  private static boolean isMade(Change change, TargetTree now) {
    if (change instanceof Change.Create) {
      return now.isDirectory(change.path());
    } else if (change instanceof Change.Delete) {
      return !now.isDirectory(change.path());
    } else if (change instanceof Change.Link link) {
      return now.linkTarget(link.path()).filter(link.target()::equals).isPresent();
    } else if (change instanceof Change.Unlink) {
      return now.linkTarget(change.path()).isEmpty();
    }
    return change.isMadeIn(now);
  }

  private void refuseWithoutKey(List<Change> left, Optional<Head.Script> copy, Store.Hold hold) {
    List<String> missing = new ArrayList<>();
    for (Change change : left) {
      if (change instanceof Change.SetAttribute set && Placeholder.isIn(set.value())) {
        missing.add(Operations.of(change));
      }
    }
    if (copy.filter(Head.Script::masked).isPresent()) {
      missing.add("lines of " + copy.get().name());
    }
    if (!missing.isEmpty()) {
      hold.close();
      throw Problem.of(
              Problem.Kind.CONFLICT,
              "to go on takes keys, which are written down nowhere: " + String.join(", ", missing),
              "take back what was done:  recover --undo",
              "give a script its keys as parameters, so that it can be gone on with:  param KEY"
                  + " secret")
          .asException();
    }
  }

  private Outcome script(Head.Script copy, Past past, Effect.Recover effect) {
    List<Integer> position = past.last().map(last -> last.step().position()).orElse(List.of());
    Script script = Script.parse(copy.name(), copy.text());
    return Replay.resuming(session, line, copy, effect.parameters())
        .from(script, position, Optional.of(Path.of(copy.folder())));
  }
}
