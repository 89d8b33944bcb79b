package io.nvmetsh.session;

import io.nvmetsh.command.Context;
import io.nvmetsh.kernel.Target;
import io.nvmetsh.kernel.sim.TargetCopy;
import io.nvmetsh.offload.Finding;
import io.nvmetsh.offload.OffloadRules;
import io.nvmetsh.plan.Applier;
import io.nvmetsh.plan.Change;
import io.nvmetsh.plan.ChangeCheck;
import io.nvmetsh.plan.Disruption;
import io.nvmetsh.plan.Operations;
import io.nvmetsh.plan.Plan;
import io.nvmetsh.schema.ExitStatus;
import io.nvmetsh.schema.Placeholder;
import io.nvmetsh.schema.Problem;
import io.nvmetsh.tree.DraftTree;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * A plan on its way to the kernel: what is so already is dropped, the rest is checked on paper from
 * the first change to the last, warnings are given, harm is confirmed, and only then is anything
 * done.
 */
final class ChangeRunner {

  private final Settings settings;
  private final Scope scope;
  private final Output output;
  private final BooleanSupplier interrupted;
  private final Supplier<Optional<String>> missingLog;
  private final List<String> options = new ArrayList<>();

  ChangeRunner(Session session, Scope scope, Output output) {
    this.settings = session.settings();
    this.scope = scope;
    this.output = output;
    this.interrupted = session::isInterrupted;
    this.missingLog = session::missingLog;
  }

  /**
   * @param dryRun show the operations, and make them on a copy of the target only
   * @param yes disconnecting hosts is agreed to
   */
  Outcome run(Context context, Plan plan, List<String> notes, boolean dryRun, boolean yes) {
    DraftTree draft = new DraftTree(context.tree());
    List<Change> changes = pending(context, plan, draft);
    notes.forEach(output::note);
    if (changes.isEmpty()) {
      output.note("unchanged");
      return Outcome.done();
    }
    warn(context, changes, draft);
    if (dryRun && scope.rehearsal().isEmpty()) {
      return rehearseAlone(context, changes, yes);
    }
    if (!dryRun) {
      refuseReadOnly();
    }
    confirm(context, changes, yes);
    Applier.Result result = new Applier(context.target(), interrupted).apply(changes);
    return dryRun ? rehearsed(changes, result) : ended(changes, result);
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
    return rehearsed(changes, new Applier(copy.target(), interrupted).apply(changes));
  }

  /** What was made on a copy is made nowhere. */
  private Outcome rehearsed(List<Change> changes, Applier.Result result) {
    for (Applier.Done done : result.done()) {
      output.operation(Operations.of(done.change()), false);
    }
    if (result.problem().isEmpty()) {
      return Outcome.done();
    }
    Problem problem = partly(changes, result, "would be made");
    output.problem(scope.rehearsal().isEmpty() ? WouldFail.of(problem) : problem);
    return Outcome.ended(status(result, problem));
  }

  /** What is left to do, checked change by change; the draft is then what the target will be. */
  private List<Change> pending(Context context, Plan plan, DraftTree draft) {
    ChangeCheck check = new ChangeCheck(context.inventory());
    List<Change> changes = new ArrayList<>();
    for (Change change : plan.changes()) {
      if (change.isMadeIn(draft)) {
        continue;
      }
      refusePlaceholder(change);
      Optional<Problem> problem = check.problem(change, draft, false);
      if (problem.isPresent() && isShown(problem.get(), context.target())) {
        output.note("sent to this simulated kernel all the same: " + problem.get().message());
        problem = Optional.empty();
      }
      Optional<Problem> always = problem.isEmpty() ? problem : check.problem(change, draft, true);
      if (always.isPresent()) {
        throw (plan.force() ? always : problem).get().asException();
      }
      change.applyTo(draft);
      changes.add(change);
      if (problem.isPresent()) {
        if (!plan.force()) {
          if (ChangeCheck.namesForce(problem.get())) {
            // what that would cost belongs to the answer
            warn(context, changes, draft);
          }
          throw problem.get().asException();
        }
        needs("--force");
      }
    }
    return changes;
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
    boolean inValue =
        change instanceof Change.SetAttribute set
            ? Placeholder.isIn(set.value())
            : change instanceof Change.LoadModule load
                && load.parameters().values().stream().anyMatch(Placeholder::isIn);
    if (inValue || Placeholder.isIn(change.path().toString())) {
      throw Problem.of(
              Problem.Kind.INVALID,
              "a name or value has characters that Unicode keeps from being text (U+FDD0, U+FDD1)",
              "type it without them")
          .asException();
    }
  }

  private void refuseReadOnly() {
    if (settings.readOnly()) {
      throw Problem.of(
              Problem.Kind.CONFLICT,
              "this shell is read-only",
              "see what would be done:  add --dry-run to the line",
              "to change the target, start nvmetsh as root and without --read-only")
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

  private Outcome ended(List<Change> changes, Applier.Result result) {
    if (result.problem().isEmpty()) {
      return new Outcome(ExitStatus.DONE, result.done(), options, false);
    }
    Problem problem = partly(changes, result, "are made");
    output.problem(problem);
    if (problem.kind() == Problem.Kind.REFUSED) {
      missingLog.get().ifPresent(output::note);
    }
    return new Outcome(status(result, problem), result.done(), options, false);
  }

  private static Problem partly(List<Change> changes, Applier.Result result, String made) {
    Problem problem = result.problem().orElseThrow();
    return result.done().isEmpty()
        ? problem
        : problem.hint(
            result.done().size() + " of " + changes.size() + " changes of the line " + made);
  }

  private static ExitStatus status(Applier.Result result, Problem problem) {
    return result.done().isEmpty() ? problem.status() : ExitStatus.PARTIAL;
  }
}
