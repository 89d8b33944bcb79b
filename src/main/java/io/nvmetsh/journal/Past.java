package io.nvmetsh.journal;

import io.nvmetsh.plan.Change;
import io.nvmetsh.plan.Ground;
import io.nvmetsh.schema.NvmetPath;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;

/**
 * A transaction as it is read back.
 *
 * @param back whether it was being taken back
 * @param confirm until when it has to be confirmed; empty when nobody asked for that
 * @param ended how it ended; empty when it has not
 */
public record Past(
    Head head,
    List<Progress> steps,
    boolean back,
    Optional<Instant> confirm,
    Optional<String> ended) {

  /**
   * A step and how far it came.
   *
   * @param done the changes that are known to be made, by their place
   * @param refused those that were refused
   */
  public record Progress(Step step, SortedSet<Integer> done, SortedSet<Integer> refused) {

    /** A ground of the step with those of its changes that are known to be made. */
    Ground onlyMade(Ground ground) {
      List<Change> made = new ArrayList<>();
      for (int index : done) {
        made.add(ground.changes().get(index));
      }
      return ground.only(made);
    }

    /**
     * The changes of which nothing is known. The first of them may be made: the process ended
     * before it could say.
     */
    public List<Change> left() {
      List<Change> left = new ArrayList<>();
      for (int i = 0; i < step.changes().size(); i++) {
        if (!done.contains(i) && !refused.contains(i)) {
          left.add(step.changes().get(i));
        }
      }
      return left;
    }
  }

  public Past {
    steps = List.copyOf(steps);
  }

  /** How many changes are known to be made. */
  public int made() {
    int made = 0;
    for (Progress each : steps) {
      made += each.done().size();
    }
    return made;
  }

  /** The step that was under way, with what is left of it; empty before the first. */
  public Optional<Progress> last() {
    return steps.isEmpty() ? Optional.empty() : Optional.of(steps.get(steps.size() - 1));
  }

  /** The change that was under way. */
  public Optional<Change> underWay() {
    return last().map(Progress::left).filter(left -> !left.isEmpty()).map(left -> left.get(0));
  }

  /**
   * The grounds of the steps; once it has ended, those of the changes that were made.
   *
   * @param known those of which more is known than was read, by the place of their step
   */
  List<Ground> grounds(Map<Integer, Ground> known) {
    List<Ground> grounds = new ArrayList<>();
    for (Progress each : steps) {
      Ground ground = known.getOrDefault(grounds.size(), each.step().ground());
      grounds.add(ended.isPresent() ? each.onlyMade(ground) : ground);
    }
    return grounds;
  }

  /**
   * The keys that were changed or lost, and of which nobody knows what they were.
   *
   * @param known the places of the steps whose keys are known
   */
  List<NvmetPath> lostKeys(Set<Integer> known) {
    List<NvmetPath> lost = new ArrayList<>();
    for (int i = 0; i < steps.size(); i++) {
      Progress each = steps.get(i);
      if (known.contains(i)) {
        continue;
      }
      for (NvmetPath key : each.step().keys()) {
        for (Change change : each.step().changes()) {
          boolean gone = change instanceof Change.Delete && change.path().equals(key.parent());
          if ((gone || change.path().equals(key)) && !lost.contains(key)) {
            lost.add(key);
          }
        }
      }
    }
    return lost;
  }
}
