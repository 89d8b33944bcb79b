package io.nvmetsh.session;

import io.nvmetsh.command.Context;
import io.nvmetsh.command.Effect;
import io.nvmetsh.command.Manner;
import io.nvmetsh.journal.PortsKept;
import io.nvmetsh.journal.Transaction;
import io.nvmetsh.kernel.Target;
import io.nvmetsh.kernel.sim.TargetCopy;
import io.nvmetsh.offload.Finding;
import io.nvmetsh.offload.OffloadRules;
import io.nvmetsh.plan.Applier;
import io.nvmetsh.plan.Change;
import io.nvmetsh.plan.ChangeCheck;
import io.nvmetsh.plan.Dependents;
import io.nvmetsh.plan.Disruption;
import io.nvmetsh.plan.Ground;
import io.nvmetsh.plan.OnError;
import io.nvmetsh.plan.Operations;
import io.nvmetsh.schema.ExitStatus;
import io.nvmetsh.schema.KeySource;
import io.nvmetsh.schema.NvmetshException;
import io.nvmetsh.schema.Placeholder;
import io.nvmetsh.schema.Problem;
import io.nvmetsh.tree.DraftTree;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * A plan on its way to the kernel: what is so already is dropped, the rest is checked on paper from
 * the first change to the last, warnings are given, harm is confirmed, and only then is anything
 * done.
 */
final class ChangeRunner {

  /** Which detail of a problem says how many changes were made before it. */
  static final String MADE = "made";

  private final Settings settings;
  private final Scope scope;
  private final Output output;
  private final BooleanSupplier interrupted;
  private final Supplier<Optional<String>> missingLog;
  private final Ledger ledger;
  private final List<String> options = new ArrayList<>();
  private final List<Failure> failures = new ArrayList<>();
  private boolean review;

  /** A change that cannot be made, and why. */
  private record Failure(Change change, Problem why) {}

  ChangeRunner(Session session, Scope scope, Output output) {
    this.settings = session.settings();
    this.scope = scope;
    this.output = output;
    this.interrupted = session::isInterrupted;
    this.missingLog = session::missingLog;
    this.ledger = session.ledger();
  }

  /** From now on what is to be done is shown first, and agreed to. */
  ChangeRunner reviewing(boolean wanted) {
    review = wanted;
    return this;
  }

  /**
   * @param dryRun show the operations, and make them on a copy of the target only
   * @param yes disconnecting hosts is agreed to
   */
  Outcome run(Context context, Effect.Apply effect, boolean dryRun, boolean yes) {
    DraftTree draft = new DraftTree(context.tree());
    List<Change> changes = pending(context, effect, draft);
    effect.notes().forEach(output::note);
    if (changes.isEmpty() && failures.isEmpty()) {
      output.note("unchanged");
      return Outcome.done();
    }
    warn(context, changes, draft);
    if (dryRun && scope.rehearsal().isEmpty()) {
      return rehearseAlone(context, changes, yes);
    }
    if (!dryRun) {
      settings.refuseReadOnly();
    }
    if (review) {
      Outcome rehearsed = rehearseAlone(context, changes, true);
      if (rehearsed.status() != ExitStatus.DONE) {
        return rehearsed;
      }
      new Confirmation(settings, output).ofReview();
    }
    confirm(context, changes, yes);
    if (dryRun) {
      PortsKept ports = ports(context, changes, effect.manner());
      ports.begin();
      Applier.Result result = Applier.rehearsing(context.target(), interrupted).apply(changes);
      ports.end(changes.subList(0, result.done().size()), result.problem().isEmpty());
      return rehearsed(context, changes, result);
    }
    return changes.isEmpty()
        ? ended(context, changes, List.of())
        : carryOut(context, changes, draft, effect);
  }

  /** Does it, with every change on record before it is made. */
  private Outcome carryOut(
      Context context, List<Change> changes, DraftTree draft, Effect.Apply effect) {
    OnError onError = effect.manner().onError();
    Ground ground = Ground.of(changes, context.tree(), draft);
    ledger.undoes(effect.manner().undoes());
    effect.manner().confirm().ifPresent(ledger::confirmWithin);
    Transaction transaction = ledger.begin(changes, ground, context.target(), output);
    PortsKept ports = ports(context, changes, effect.manner());
    ports.begin();
    Applier applier =
        new Applier(
            context.target(),
            interrupted,
            new SlowWrites(ledger.audit().beside(transaction), output, System::nanoTime));
    List<Applier.Done> made = new ArrayList<>();
    List<Change> left = changes;
    while (!left.isEmpty()) {
      Applier.Result result = applier.apply(left);
      made.addAll(result.done());
      left = left.subList(result.done().size(), left.size());
      if (result.problem().isPresent()) {
        Problem problem = result.problem().get();
        if (onError != OnError.CONTINUE || problem.kind() == Problem.Kind.INTERRUPTED) {
          if (onError == OnError.UNDO) {
            ports.takeBack();
            return takenBack(context, transaction, ground, problem);
          }
          ports.end(changes(made), false);
          return stopped(context, changes, made, left, problem);
        }
        left = after(left, problem);
      }
    }
    ports.end(changes(made), failures.isEmpty());
    return ended(context, changes, made);
  }

  private static PortsKept ports(Context context, List<Change> changes, Manner manner) {
    return new PortsKept(
        context.journal().store(),
        manner.keeps(),
        !manner.undoes().isEmpty(),
        changes,
        context.tree());
  }

  private static List<Change> changes(List<Applier.Done> made) {
    return made.stream().map(Applier.Done::change).toList();
  }

  /** What can still be done once the first of some changes has failed. */
  private List<Change> after(List<Change> left, Problem problem) {
    Change failed = left.get(0);
    failures.add(new Failure(failed, problem));
    List<Change> rest = Dependents.without(left.subList(1, left.size()), failed);
    Set<Change> stay = Collections.newSetFromMap(new IdentityHashMap<>());
    stay.addAll(rest);
    for (Change change : left.subList(1, left.size())) {
      if (!stay.contains(change)) {
        failures.add(new Failure(change, waits(failed)));
      }
    }
    return rest;
  }

  private static Problem waits(Change failed) {
    return Problem.of(Problem.Kind.CONFLICT, "not tried: it needs " + Operations.of(failed));
  }

  private Outcome takenBack(
      Context context, Transaction transaction, Ground ground, Problem problem) {
    transaction.takeBack();
    TakingBack.Result back = new TakingBack(context.target(), ledger.audit()).over(List.of(ground));
    ledger.failed(ground.changes(), context.target(), problem);
    if (back.left().isEmpty()) {
      transaction.nothingIsLeft();
      report(
          problem.hint(
              back.made().isEmpty()
                  ? "nothing had been changed: the target is as it was"
                  : "everything before it is taken back: the target is as it was"));
      return new Outcome(problem.status(), List.of(), options, false);
    }
    report(ledger.notTakenBack(back, context.target(), problem));
    return new Outcome(ExitStatus.PARTIAL, List.of(), options, false);
  }

  /** A line that is typed has a copy to itself, made when there is something to do on it. */
  private Outcome rehearseAlone(Context context, List<Change> changes, boolean yes) {
    TargetCopy copy = TargetCopy.of(context.target());
    copy.notes().forEach(output::note);
    Optional<Disruption> disruption =
        Disruption.of(changes, context.tree(), context.target().sys());
    if (disruption.isPresent() && !yes) {
      output.note("would ask first: " + Confirmation.describe(disruption.get()));
    }
    return rehearsed(
        context, changes, Applier.rehearsing(copy.target(), interrupted).apply(changes));
  }

  /** What was made on a copy is made nowhere. */
  private Outcome rehearsed(Context context, List<Change> changes, Applier.Result result) {
    DraftTree draft = new DraftTree(context.tree());
    for (Applier.Done done : result.done()) {
      Optional<String> cuts =
          Disruption.of(List.of(done.change()), draft, context.target().sys())
              .filter(disruption -> !disruption.what().isEmpty())
              .map(Disruption::whose);
      output.operation(Operations.of(done.change()), cuts, false);
      done.change().applyTo(draft);
    }
    if (result.problem().isEmpty()) {
      return Outcome.done();
    }
    Problem problem = partly(changes, result, "would be made");
    output.problem(scope.rehearsal().isEmpty() ? WouldFail.of(problem) : problem);
    return Outcome.ended(status(result, problem));
  }

  /** What is left to do, checked change by change; the draft is then what the target will be. */
  private List<Change> pending(Context context, Effect.Apply effect, DraftTree draft) {
    List<Change> changes = new ArrayList<>();
    List<Change> left = effect.plan().changes();
    while (!left.isEmpty()) {
      Change change = left.get(0);
      boolean written =
          change instanceof Change.SetOptions set && set.isMadeOn(context.inventory());
      if (written || change.isMadeIn(draft)) {
        left = left.subList(1, left.size());
        continue;
      }
      try {
        check(context, effect, change, changes, draft);
        left = left.subList(1, left.size());
      } catch (NvmetshException e) {
        if (effect.manner().onError() != OnError.CONTINUE) {
          throw e;
        }
        left = after(left, e.problem());
      }
    }
    return changes;
  }

  /** Takes a change up, or says what is against it. */
  private void check(
      Context context, Effect.Apply effect, Change change, List<Change> changes, DraftTree draft) {
    if (change instanceof Change.SetAttribute && effect.withheld().containsKey(change.path())) {
      throw effect.withheld().get(change.path()).asException();
    }
    refusePlaceholder(change);
    ChangeCheck check = new ChangeCheck(context.inventory());
    Optional<Problem> problem = check.problem(change, draft, false);
    if (problem.isPresent() && isShown(problem.get(), context.target())) {
      output.note("sent to this simulated kernel all the same: " + problem.get().message());
      problem = Optional.empty();
    }
    Optional<Problem> always = problem.isEmpty() ? problem : check.problem(change, draft, true);
    boolean force = effect.plan().force();
    if (always.isPresent()) {
      throw (force ? always : problem).orElseThrow().asException();
    } else if (problem.isPresent() && !force && effect.manner().onError() == OnError.CONTINUE) {
      throw problem.get().asException();
    }
    change.applyTo(draft);
    changes.add(change);
    if (problem.isPresent()) {
      if (!force) {
        if (ChangeCheck.namesForce(problem.get())) {
          // what that would cost belongs to the answer
          warn(context, changes, draft);
        }
        throw problem.get().asException();
      }
      needs("--force");
    }
  }

  private void warn(Context context, List<Change> changes, DraftTree draft) {
    for (Finding finding :
        OffloadRules.warnings(context.tree(), changes, draft, context.inventory())) {
      output.finding(finding);
    }
  }

  /** Whether somebody wants to see what a hazard does; a real kernel is never shown to them. */
  private static boolean isShown(Problem problem, Target target) {
    return problem.kind() == Problem.Kind.HAZARD && target.simulated() && target.hazards();
  }

  private void needs(String option) {
    if (!options.contains(option)) {
      options.add(option);
    }
  }

  /** A placeholder stands for a value while a script is only read; a kernel gets values. */
  private static void refusePlaceholder(Change change) {
    if (change instanceof Change.SetAttribute set && KeySource.in(set.value()).isPresent()) {
      throw Problem.of(
              Problem.Kind.CONFLICT,
              set.path() + ": the host had a key, which is not in the file",
              "supply the keys that save wrote:  --secrets KEYS")
          .asException();
    }
    boolean inValue =
        change instanceof Change.SetAttribute set
            ? Placeholder.isIn(set.value())
            : change instanceof Change.LoadModule load
                ? load.parameters().values().stream().anyMatch(Placeholder::isIn)
                : change instanceof Change.SetOptions options
                    && options.options().values().stream().anyMatch(Placeholder::isIn);
    if (inValue || Placeholder.isIn(change.path().toString())) {
      throw Problem.of(
              Problem.Kind.INVALID,
              "a name or value has characters that Unicode keeps from being text (U+FDD0, U+FDD1)",
              "type it without them")
          .asException();
    }
  }

  private void confirm(Context context, List<Change> changes, boolean yes) {
    Optional<Disruption> disruption =
        Disruption.of(changes, context.tree(), context.target().sys());
    if (disruption.isEmpty()) {
      return;
    }
    new Confirmation(settings, output).of(disruption.get(), context.inventory().hostName(), yes);
    needs("--yes");
  }

  private Outcome ended(Context context, List<Change> changes, List<Applier.Done> made) {
    if (failures.isEmpty()) {
      return new Outcome(ExitStatus.DONE, made, options, false);
    }
    List<Change> failed = new ArrayList<>();
    for (Failure failure : failures) {
      failed.add(failure.change());
      output.note("not done: " + Operations.of(failure.change()) + ": " + failure.why().message());
    }
    Problem first = failures.get(0).why();
    ledger.failed(failed, context.target(), first);
    report(
        Problem.of(
            made.isEmpty() ? first.kind() : Problem.Kind.PARTIAL,
            failed.size() + " of " + (changes.size() + failed.size()) + " changes are not made",
            "see them, and do them again:  failed"));
    return new Outcome(made.isEmpty() ? first.status() : ExitStatus.PARTIAL, made, options, false);
  }

  private Outcome stopped(
      Context context,
      List<Change> changes,
      List<Applier.Done> made,
      List<Change> left,
      Problem problem) {
    Applier.Result result = new Applier.Result(made, Optional.of(problem));
    Problem partly = partly(changes, result, "are made");
    if (changes.size() > 1) {
      ledger.failed(left, context.target(), problem);
    }
    report(partly);
    return new Outcome(status(result, partly), made, options, false);
  }

  private void report(Problem problem) {
    output.problem(problem);
    if (problem.kind() == Problem.Kind.REFUSED) {
      missingLog.get().ifPresent(output::note);
    }
  }

  private static Problem partly(List<Change> changes, Applier.Result result, String made) {
    Problem problem = result.problem().orElseThrow();
    return result.done().isEmpty()
        ? problem
        : problem
            .with(MADE, Integer.toString(result.done().size()))
            .hint(result.done().size() + " of " + changes.size() + " changes of the line " + made);
  }

  private static ExitStatus status(Applier.Result result, Problem problem) {
    return result.done().isEmpty() ? problem.status() : ExitStatus.PARTIAL;
  }
}
