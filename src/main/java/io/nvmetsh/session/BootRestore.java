package io.nvmetsh.session;

import io.nvmetsh.command.Context;
import io.nvmetsh.command.Effect;
import io.nvmetsh.command.SecretMask;
import io.nvmetsh.plan.Applier;
import io.nvmetsh.schema.ExitStatus;
import io.nvmetsh.schema.NvmetshException;
import io.nvmetsh.schema.Problem;
import java.util.ArrayList;
import java.util.List;

/**
 * Restores a target at boot: waits for what the machine does not have yet, loads what can be
 * loaded, and keeps a report, since nobody watches while a machine starts.
 */
final class BootRestore {

  /** What is looked at is a few files of /proc and /sys. */
  private static final long PAUSE_MILLIS = 250;

  private final Session session;
  private final Session.Line line;
  private final boolean dryRun;
  private final boolean yes;

  BootRestore(Session session, Session.Line line, boolean dryRun, boolean yes) {
    this.session = session;
    this.line = line;
    this.dryRun = dryRun;
    this.yes = yes;
  }

  Outcome run(Effect.Restore effect) {
    LineLog log = new LineLog(line.output(), true);
    try {
      Context ready = line.context();
      List<Outcome> outcomes = new ArrayList<>();
      if (!effect.modules().plan().changes().isEmpty()) {
        outcomes.add(change(ready, effect.modules(), log));
        ready = session.context(line.scope());
      }
      ready = wait(effect, ready, log);
      outcomes.add(change(ready, effect.load().apply(ready), log));
      ExitStatus status = status(outcomes);
      report(effect, status, log);
      List<Applier.Done> made = new ArrayList<>();
      outcomes.forEach(outcome -> made.addAll(outcome.made()));
      return new Outcome(status, made, List.of(), false);
    } catch (NvmetshException e) {
      List<String> why = new ArrayList<>(List.of("error: " + e.problem().message()));
      why.addAll(e.problem().hints());
      report(effect, e.problem().status(), log.shown(), why);
      throw e;
    }
  }

  private Outcome change(Context now, Effect.Apply apply, Output output) {
    return new ChangeRunner(session, line.scope(), output).run(now, apply, dryRun, yes);
  }

  /** What kept everything from being made is as much the kernel's refusal as ours. */
  private static ExitStatus status(List<Outcome> outcomes) {
    Outcome load = outcomes.get(outcomes.size() - 1);
    if (outcomes.stream().allMatch(outcome -> outcome.status() == ExitStatus.DONE)) {
      return ExitStatus.DONE;
    }
    boolean nothing = load.status() != ExitStatus.DONE && load.made().isEmpty();
    return nothing ? ExitStatus.KERNEL_REFUSED : ExitStatus.PARTIAL;
  }

  /** The machine as it is once everything is there, or the time is over. */
  private Context wait(Effect.Restore effect, Context ready, Output output) {
    Context now = ready;
    List<String> missing = effect.missing().apply(now);
    long end = System.nanoTime() + effect.limit().toNanos();
    if (!missing.isEmpty() && !dryRun) {
      output.note(
          "waiting up to " + effect.limit().toSeconds() + " s for " + String.join(", ", missing));
      while (!missing.isEmpty() && System.nanoTime() < end) {
        pause();
        now = session.context(line.scope());
        missing = effect.missing().apply(now);
      }
    }
    if (!missing.isEmpty()) {
      output.note("not there: " + String.join(", ", missing));
    }
    return now;
  }

  private void pause() {
    if (!session.isInterrupted()) {
      try {
        Thread.sleep(PAUSE_MILLIS);
        return;
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    throw Problem.of(Problem.Kind.INTERRUPTED, "interrupted while waiting; nothing is restored")
        .asException();
  }

  private void report(Effect.Restore effect, ExitStatus status, LineLog log) {
    report(effect, status, log.shown(), List.of());
  }

  private void report(
      Effect.Restore effect, ExitStatus status, List<String> shown, List<String> more) {
    if (dryRun) {
      return;
    }
    SecretMask mask = new SecretMask();
    List<String> report = new ArrayList<>();
    report.add("restored from " + effect.file() + ", " + RecordingHead.time(session.origin()));
    report.add(
        switch (status) {
          case DONE -> "complete: the target is what the file says";
          case PARTIAL -> "in part; what is left, as a script:  failed";
          default -> "nothing is restored";
        });
    for (List<String> lines : List.of(shown, more)) {
      lines.forEach(text -> report.add(mask.values(text)));
    }
    session.ledger().journal().store().replace(Effect.Restore.REPORT, report);
  }
}
