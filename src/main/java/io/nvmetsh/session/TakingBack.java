package io.nvmetsh.session;

import io.nvmetsh.kernel.Target;
import io.nvmetsh.plan.Applier;
import io.nvmetsh.plan.Change;
import io.nvmetsh.plan.Ground;
import io.nvmetsh.schema.Problem;
import io.nvmetsh.tree.DraftTree;
import io.nvmetsh.tree.LiveTree;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Goes back over the grounds of what was done, and sees afterwards that what was before is what is
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

  TakingBack(Target target) {
    this.target = target;
    // half a way back helps nobody: it is not interrupted, and the journal has the grounds already
    this.applier = Applier.rehearsing(target, () -> false);
  }

  /**
   * @param grounds the last step's first
   */
  Result over(List<Ground> grounds) {
    List<Change> made = new ArrayList<>();
    for (int i = 0; i < grounds.size(); i++) {
      List<Change> way = grounds.get(i).wayBack(live());
      Applier.Result result = applier.apply(way);
      List<Change> done = way.subList(0, result.done().size());
      made.addAll(done);
      List<Change> left = way.subList(done.size(), way.size());
      if (result.problem().isEmpty()) {
        left = grounds.get(i).wayBack(live());
      }
      if (!left.isEmpty()) {
        return new Result(
            made, all(left, grounds.subList(i + 1, grounds.size())), result.problem());
      }
    }
    return new Result(made, List.of(), Optional.empty());
  }

  private LiveTree live() {
    return new LiveTree(target.configfs(), target.flavor());
  }

  /** What would be left to do, on paper. */
  private List<Change> all(List<Change> first, List<Ground> grounds) {
    DraftTree draft = new DraftTree(live());
    List<Change> all = new ArrayList<>(first);
    first.forEach(change -> change.applyTo(draft));
    for (Ground ground : grounds) {
      List<Change> way = ground.wayBack(draft);
      way.forEach(change -> change.applyTo(draft));
      all.addAll(way);
    }
    return all;
  }
}
