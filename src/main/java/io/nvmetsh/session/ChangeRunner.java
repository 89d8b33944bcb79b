package io.nvmetsh.session;

import io.nvmetsh.command.Context;
import io.nvmetsh.kernel.Target;
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

/**
 * A plan on its way to the kernel: what is so already is dropped, the rest is checked on paper from
 * the first change to the last, warnings are given, harm is confirmed, and only then is anything
 * done.
 */
final class ChangeRunner {

  private final Target target;
  private final Settings settings;
  private final Scope scope;
  private final Output output;
  private final BooleanSupplier interrupted;
  private final List<String> options = new ArrayList<>();

  ChangeRunner(Session session, Target target, Scope scope, Output output) {
    this.target = target;
    this.settings = session.settings();
    this.scope = scope;
    this.output = output;
    this.interrupted = session::isInterrupted;
  }

  /**
   * @param dryRun show the operations only
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
    if (dryRun) {
      for (Change change : changes) {
        output.operation(Operations.of(change), false);
        scope.draft().ifPresent(change::applyTo);
      }
      return Outcome.done();
    }
    refuseReadOnly();
    confirm(context, changes, yes);
    return apply(changes);
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
      Optional<Problem> always = problem.isEmpty() ? problem : check.problem(change, draft, true);
      if (always.isPresent()) {
        throw (plan.force() ? always : problem).get().asException();
      }
      change.applyTo(draft);
      changes.add(change);
      if (problem.isPresent()) {
        if (!plan.force()) {
          // the problem names --force, so what that would cost belongs to the answer
          warn(context, changes, draft);
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
    Optional<Disruption> disruption = Disruption.of(changes, context.tree(), target.sys());
    if (disruption.isEmpty()) {
      return;
    }
    new Confirmation(settings, output).of(disruption.get(), context.inventory().hostName(), yes);
    needs("--yes");
  }

  private Outcome apply(List<Change> changes) {
    Applier.Result result = new Applier(target, interrupted).apply(changes);
    if (result.problem().isEmpty()) {
      return new Outcome(ExitStatus.DONE, result.done(), options, false);
    }
    Problem problem = result.problem().get();
    if (!result.done().isEmpty()) {
      problem =
          problem.hint(
              result.done().size() + " of " + changes.size() + " changes of the line are made");
    }
    output.problem(problem);
    return new Outcome(
        result.done().isEmpty() ? problem.status() : ExitStatus.PARTIAL,
        result.done(),
        options,
        false);
  }
}
