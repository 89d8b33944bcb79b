package io.nvmetsh.command;

import io.nvmetsh.journal.Past;
import io.nvmetsh.plan.Change;
import io.nvmetsh.plan.Ground;
import io.nvmetsh.plan.Plan;
import io.nvmetsh.plan.TypedLines;
import io.nvmetsh.schema.NvmetPath;
import io.nvmetsh.schema.Problem;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What was done to the target since its kernel started, and the way back from it. */
final class PastChanges {

  private static final int MOST_SHOWN = 8;

  private final Context context;
  private final List<Past> all = new ArrayList<>();

  PastChanges(Context context) {
    this.context = context;
    for (Past past : context.journal().past(context.flavor())) {
      boolean here = past.head().boot().equals(context.target().boot());
      if (here && past.made() > 0 && past.ended().isPresent()) {
        all.add(past);
      }
    }
  }

  /** All of it, the latest first. */
  List<Past> all() {
    return List.copyOf(all);
  }

  /** What has not been taken back, and takes nothing back itself; the latest first. */
  List<Past> standing() {
    Set<Integer> undone = new HashSet<>();
    all.forEach(past -> undone.addAll(past.head().undoes()));
    List<Past> standing = new ArrayList<>();
    for (Past past : all) {
      if (past.head().undoes().isEmpty() && !undone.contains(past.head().number())) {
        standing.add(past);
      }
    }
    return standing;
  }

  /**
   * The way back to before the earliest of some transactions.
   *
   * @param back the latest first
   * @param force whether what others have done to the same things since is taken back with them
   */
  Effect wayBack(List<Past> back, boolean force, Manner manner) {
    List<Ground> steps = new ArrayList<>();
    List<String> notes = new ArrayList<>();
    for (Past past : back) {
      steps.addAll(0, context.journal().grounds(past));
      notes.add("takes back \"" + past.head().owner().line() + "\"");
      List<NvmetPath> lost = context.journal().lostKeys(past);
      if (!lost.isEmpty()) {
        notes.add("not the keys, which are written down nowhere: " + lost);
      }
    }
    Ground ground = Ground.of(steps, context.flavor());
    List<Change> since = force ? List.of() : ground.wayToWhatWasLeft(context.tree());
    if (!since.isEmpty()) {
      throw moved(back, since);
    }
    List<Change> changes = ground.wayBack(context.tree());
    if (!force) {
      refuseWithoutKey(back, changes);
    }
    List<Integer> numbers = new ArrayList<>();
    back.forEach(past -> numbers.add(past.head().number()));
    return new Effect.Apply(
        new Plan(changes, false), notes, new Manner(manner.onError(), manner.confirm(), numbers));
  }

  /** No way back lets a host in without the key that it had. */
  private void refuseWithoutKey(List<Past> back, List<Change> changes) {
    for (Past past : back) {
      for (NvmetPath key : context.journal().lostKeys(past)) {
        for (Change change : changes) {
          if (change instanceof Change.Create && change.path().equals(key.parent())) {
            throw Problem.of(
                    Problem.Kind.CONFLICT,
                    key
                        + ": the host had a key, which is written down nowhere; without it anybody"
                        + " who knows its NQN may connect",
                    "make it again with the key:  create "
                        + key.parent()
                        + " "
                        + key.name()
                        + "=@FILE",
                    "to take it back without the key, add to the line:  --force")
                .with("path", key.toString())
                .asException();
          }
        }
      }
    }
  }

  private static RuntimeException moved(List<Past> back, List<Change> since) {
    Problem problem =
        Problem.of(
            Problem.Kind.CONFLICT,
            "what \""
                + back.get(back.size() - 1).head().owner().line()
                + "\""
                + (back.size() == 1 ? "" : " and the lines after it")
                + " did has been changed since",
            "to take that back, too, add to the line:  --force");
    for (Change change : since.subList(0, Math.min(since.size(), MOST_SHOWN))) {
      problem = problem.hint("it would be as it was left after:  " + TypedLines.of(change));
    }
    return problem.asException();
  }
}
