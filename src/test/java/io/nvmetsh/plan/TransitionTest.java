package io.nvmetsh.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import io.nvmetsh.RandomTarget;
import io.nvmetsh.kernel.Refusal;
import io.nvmetsh.kernel.Target;
import io.nvmetsh.kernel.sim.SimProfile;
import io.nvmetsh.schema.NvmetPath;
import io.nvmetsh.tree.LiveTree;
import io.nvmetsh.tree.Port;
import io.nvmetsh.tree.Snapshot;
import io.nvmetsh.tree.Subsystem;
import io.nvmetsh.tree.TargetTree;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The way from any tree to any other, on every kernel. */
class TransitionTest {

  private static final int PAIRS = Integer.getInteger("nvmetsh.pairs", 100);

  static List<String> profiles() {
    return SimProfile.names();
  }

  @ParameterizedTest
  @MethodSource("profiles")
  void leadsThereAndBack(String profile) {
    int changes = 0;
    for (int pair = 0; pair < PAIRS; pair++) {
      Target target = RandomTarget.of(profile, 2L * pair);
      Snapshot a = RandomTarget.snapshot(target);
      Snapshot b = RandomTarget.snapshot(RandomTarget.of(profile, 2L * pair + 1));
      if (isMadeByOrder(a) || isMadeByOrder(b)) {
        continue;
      }
      String title = profile + ", pair " + pair;
      changes += go(title + " there", target, a, b);
      changes += go(title + " back", target, b, a);
    }
    assertTrue(changes > 20 * PAIRS, changes + " changes");
  }

  @ParameterizedTest
  @MethodSource("profiles")
  void hasNothingToDoWhereNothingDiffers(String profile) {
    for (int seed = 0; seed < PAIRS; seed++) {
      Snapshot tree = RandomTarget.snapshot(RandomTarget.of(profile, seed));
      assertEquals(List.of(), Transition.of(tree, tree), profile + ", seed " + seed);
    }
  }

  /**
   * Whether a subsystem that asks for offload is on a port that cannot: the kernel allows that in
   * one order only, first the link and then the namespace, and no offload comes of it.
   */
  private static boolean isMadeByOrder(TargetTree tree) {
    for (String name : tree.directories(NvmetPath.of("ports"))) {
      Port port = new Port(tree, NvmetPath.of("ports", name));
      for (Subsystem subsystem : port.subsystems()) {
        if (subsystem.asksForOffload() && !port.transport().equals("rdma")) {
          return true;
        }
      }
    }
    return false;
  }

  /** Stopped anywhere on the way or at its end, what was done can be taken back. */
  @ParameterizedTest
  @MethodSource("profiles")
  void canBeTakenBackFromAnywhere(String profile) throws Refusal {
    Random random = new Random(7);
    int changes = 0;
    for (int pair = 0; pair < PAIRS; pair++) {
      Target target = RandomTarget.of(profile, 2L * pair);
      Snapshot a = RandomTarget.snapshot(target);
      Snapshot b = RandomTarget.snapshot(RandomTarget.of(profile, 2L * pair + 1));
      if (isMadeByOrder(a) || isMadeByOrder(b)) {
        continue;
      }
      List<Change> way = Transition.of(a, b);
      boolean whole = pair % 2 == 0;
      List<Change> done = whole ? way : way.subList(0, random.nextInt(way.size() + 1));
      // what was begun is known, how far it came is not
      Ground ground = Ground.of(way, new LiveTree(target.configfs(), target.flavor()));
      for (Change change : done) {
        change.applyTo(target);
      }
      List<Change> back = ground.wayBack(new LiveTree(target.configfs(), target.flavor()));
      String title = profile + ", pair " + pair + ", after " + lines(done);
      if (whole) {
        assertIs(b, target, title);
      }
      changes += apply(title, target, back);
      assertIs(a, target, title + "\nby " + lines(back));
    }
    assertTrue(changes > 10 * PAIRS, changes + " changes");
  }

  /** So can several steps together, the last of them stopped anywhere. */
  @ParameterizedTest
  @MethodSource("profiles")
  void stepsCanBeTakenBackTogether(String profile) throws Refusal {
    Random random = new Random(11);
    int changes = 0;
    for (int pair = 0; pair < PAIRS; pair++) {
      Target target = RandomTarget.of(profile, 3L * pair);
      Snapshot a = RandomTarget.snapshot(target);
      List<Ground> grounds = new ArrayList<>();
      StringBuilder title = new StringBuilder(profile + ", pair " + pair);
      boolean possible = !isMadeByOrder(a);
      for (int step = 1; step <= 2 && possible; step++) {
        Snapshot now = RandomTarget.snapshot(target);
        Snapshot next = RandomTarget.snapshot(RandomTarget.of(profile, 3L * pair + step));
        possible = !isMadeByOrder(now) && !isMadeByOrder(next);
        List<Change> way = possible ? Transition.of(now, next) : List.of();
        grounds.add(Ground.of(way, new LiveTree(target.configfs(), target.flavor())));
        int stop = step == 1 ? way.size() : random.nextInt(way.size() + 1);
        for (Change change : way.subList(0, stop)) {
          change.applyTo(target);
          title.append("\n  ").append(change);
        }
        if (stop == way.size()) {
          LiveTree live = new LiveTree(target.configfs(), target.flavor());
          List<Change> since = Ground.of(grounds, target.flavor()).wayToWhatWasLeft(live);
          assertEquals(List.of(), since, title + "\nnobody has changed anything since");
        }
      }
      if (possible) {
        List<Change> back =
            Ground.of(grounds, target.flavor())
                .wayBack(new LiveTree(target.configfs(), target.flavor()));
        changes += apply(title.toString(), target, back);
        assertIs(a, target, title + "\nby " + lines(back));
      }
    }
    assertTrue(changes > 10 * PAIRS, changes + " changes");
  }

  private static int go(String title, Target target, Snapshot from, Snapshot to) {
    List<Change> changes = Transition.of(from, to);
    apply(title, target, changes);
    assertIs(to, target, title + " by " + lines(changes));
    return changes.size();
  }

  private static int apply(String title, Target target, List<Change> changes) {
    for (Change change : changes) {
      try {
        change.applyTo(target);
      } catch (Refusal refusal) {
        fail(title + ": " + refusal.errno() + " to " + change + " of " + lines(changes));
      }
    }
    return changes.size();
  }

  private static String lines(List<Change> changes) {
    StringBuilder lines = new StringBuilder();
    changes.forEach(change -> lines.append("\n  ").append(change));
    return lines.toString();
  }

  private static void assertIs(Snapshot expected, Target target, String title) {
    Map<String, String> wanted = words(expected);
    Map<String, String> found = words(RandomTarget.snapshot(target));
    if (!wanted.equals(found)) {
      Map<String, String> both = new TreeMap<>(wanted);
      both.entrySet().retainAll(found.entrySet());
      wanted.keySet().removeAll(both.keySet());
      found.keySet().removeAll(both.keySet());
      assertEquals(wanted, found, title);
    }
  }

  /** A whole tree in words, for comparison. */
  private static Map<String, String> words(TargetTree tree) {
    Map<String, String> words = new TreeMap<>();
    walk(tree, NvmetPath.ROOT, words);
    return words;
  }

  private static void walk(TargetTree tree, NvmetPath path, Map<String, String> words) {
    words.put(path.toString(), "directory");
    for (String name : tree.attributes(path)) {
      words.put(path.child(name).toString(), tree.value(path.child(name)).orElse("?"));
    }
    for (TargetTree.Link link : tree.links(path)) {
      words.put(path.child(link.name()).toString(), "-> " + link.target());
    }
    for (String name : tree.directories(path)) {
      walk(tree, path.child(name), words);
    }
  }
}
