package io.nvmetsh.plan;

import io.nvmetsh.device.Inventory;
import io.nvmetsh.kernel.KernelLog;
import io.nvmetsh.kernel.Refusal;
import io.nvmetsh.kernel.Target;
import io.nvmetsh.schema.Attribute;
import io.nvmetsh.schema.Problem;
import io.nvmetsh.schema.Quoting;
import io.nvmetsh.tree.LiveTree;
import java.util.List;
import java.util.Optional;

/**
 * A refusal of the kernel in words: what was tried, the errno, what the kernel logged, the likely
 * cause, and what helps.
 */
final class Refusals {

  private final Target target;

  Refusals(Target target) {
    this.target = target;
  }

  Problem explain(Change change, Refusal refusal) {
    Problem problem =
        Problem.of(
            Problem.Kind.REFUSED,
            Operations.of(change)
                + ": the kernel answers "
                + refusal.errno()
                + " ("
                + refusal.words()
                + ")");
    for (String line : refusal.log()) {
      problem = problem.hint("kernel log:  " + line);
    }
    problem = problem.with("path", change.path().toString());
    problem = problem.with("errno", refusal.errno().name());
    boolean heard = target.log().state() == KernelLog.State.READABLE;
    Diagnosis diagnosis =
        Diagnosis.of(change, refusal, heard, tree(), new ChangeCheck(new Inventory(target.sys())));
    return explained(problem, change, diagnosis);
  }

  private static Problem explained(Problem problem, Change change, Diagnosis diagnosis) {
    if (diagnosis.objection().isPresent()) {
      return objected(problem, change, diagnosis.objection().get());
    }
    List<Cause> causes = diagnosis.causes();
    for (Cause cause : causes) {
      String certain = causes.size() == 1 ? "likely cause:  " : "it can be:  ";
      problem = problem.hint(certain + cause.when() + " (" + cause.function(change) + ")");
      problem = problem.hint(cause.mend(change));
    }
    if (causes.size() == 1) {
      return problem.with("cause", causes.get(0).name());
    }
    String path = Quoting.path(change.path());
    return causes.isEmpty()
        ? problem.hint("nvmetsh knows no cause for it; what is there says:  why " + path)
        : problem.hint("more:  why " + path);
  }

  /** What a check says, without the errno that the kernel has said meanwhile. */
  private static Problem objected(Problem problem, Change change, Problem objection) {
    Optional<Cause> cause = Cause.of(objection);
    String message = objection.message();
    String answer = cause.map(Cause::answer).orElse("");
    if (message.endsWith(answer)) {
      message = message.substring(0, message.length() - answer.length());
    }
    String function = cause.map(each -> " (" + each.function(change) + ")").orElse("");
    problem = problem.hint("likely cause:  " + message + function);
    for (String hint : objection.hints()) {
      if (!hint.equals(ChangeCheck.FORCE)) {
        problem = problem.hint(hint);
      }
    }
    return cause.isPresent() ? problem.with("cause", cause.get().name()) : problem;
  }

  /** A write that the kernel accepted without effect. */
  Problem silent(Change.SetAttribute set, Attribute row, String shown) {
    String wanted = row.isSecret() ? "the value" : set.value();
    Problem problem =
        Problem.of(
                Problem.Kind.REFUSED,
                set.path()
                    + ": the kernel accepted "
                    + wanted
                    + " but reads back "
                    + (row.isSecret() ? "something else" : "\"" + shown.stripTrailing() + "\""))
            .with("path", set.path().toString());
    List<Problem> objections = new ChangeCheck(new Inventory(target.sys())).objections(set, tree());
    return objections.isEmpty()
        ? problem.hint("more:  explain " + row.name())
        : objected(problem, set, objections.get(0));
  }

  /** Read anew: another administrator may have been faster. */
  private LiveTree tree() {
    return new LiveTree(target.configfs(), target.flavor());
  }
}
