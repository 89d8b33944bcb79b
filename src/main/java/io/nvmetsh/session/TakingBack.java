package io.nvmetsh.session;

import io.nvmetsh.kernel.Target;
import io.nvmetsh.plan.Applier;
import io.nvmetsh.plan.Change;
import io.nvmetsh.plan.Ground;
import io.nvmetsh.schema.Problem;
import io.nvmetsh.tree.LiveTree;
import java.util.List;
import java.util.Optional;

/**
 * Goes back over the ground of what was done, and sees afterwards that what was before is what is
 * again.
 */
final class TakingBack {

  /**
   * What came of it.
   *
   * @param made the changes that led back
   * @param left those that would still have to be made; none when all is as it was
   * @param problem why they could not be
   */
  record Result(List<Change> made, List<Change> left, Optional<Problem> problem) {}

  private final Target target;
  private final Applier applier;

  TakingBack(Target target, Audit audit) {
    this.target = target;
    // half a way back helps nobody: it is not interrupted, and the journal has the grounds already
    this.applier = new Applier(target, () -> false, audit);
  }

  /**
   * @param steps the grounds of what was done, in its order
   */
  Result over(List<Ground> steps) {
    Ground ground = Ground.of(steps, target.flavor());
    List<Change> way = ground.wayBack(live());
    Applier.Result result = applier.apply(way);
    List<Change> made = way.subList(0, result.done().size());
    List<Change> left = ground.wayBack(live());
    return new Result(made, left, result.problem());
  }

  private LiveTree live() {
    return new LiveTree(target.configfs(), target.flavor());
  }
}
