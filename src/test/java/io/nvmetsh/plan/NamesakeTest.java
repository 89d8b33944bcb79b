package io.nvmetsh.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nvmetsh.RandomTarget;
import io.nvmetsh.TestShell;
import io.nvmetsh.kernel.Refusal;
import io.nvmetsh.kernel.Target;
import io.nvmetsh.kernel.sim.SimProfile;
import io.nvmetsh.schema.NvmetPath;
import io.nvmetsh.tree.Comparison;
import io.nvmetsh.tree.LiveTree;
import io.nvmetsh.tree.Port;
import io.nvmetsh.tree.Snapshot;
import io.nvmetsh.tree.Subsystem;
import io.nvmetsh.tree.TargetTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class NamesakeTest {

  private static final int TARGETS = Integer.getInteger("nvmetsh.pairs", 20);

  static List<String> profiles() {
    return SimProfile.names();
  }

  /** Under another name and back, everything is as it was, serial numbers and links included. */
  @ParameterizedTest
  @MethodSource("profiles")
  void renamedThereAndBackNothingDiffers(String profile) throws Refusal {
    int renamed = 0;
    for (int seed = 0; seed < TARGETS; seed++) {
      Target target = RandomTarget.of(profile, seed);
      Snapshot before = RandomTarget.snapshot(target);
      for (NvmetPath path : objects(before)) {
        NvmetPath other = path.parent().child(path.name(0).equals("ports") ? "4711" : "other");
        apply(target, Namesake.renamed(live(target), path, other));
        assertFalse(live(target).isDirectory(path), profile + ", seed " + seed + ", " + path);
        assertTrue(live(target).isDirectory(other));
        apply(target, Namesake.renamed(live(target), other, path));
        assertEquals(
            List.of(),
            Comparison.of(before, RandomTarget.snapshot(target)),
            profile + ", seed " + seed + ", " + path);
        renamed++;
      }
    }
    assertTrue(renamed > TARGETS, renamed + " renamed");
  }

  /** A copy takes nothing from what it is a copy of, and is gone without a trace. */
  @ParameterizedTest
  @MethodSource("profiles")
  void copiedAndDeletedNothingDiffers(String profile) throws Refusal {
    for (int seed = 0; seed < TARGETS; seed++) {
      Target target = RandomTarget.of(profile, seed);
      Snapshot before = RandomTarget.snapshot(target);
      for (NvmetPath path : objects(before)) {
        NvmetPath other = path.parent().child(path.name(0).equals("ports") ? "4711" : "other");
        apply(target, Namesake.copied(live(target), path, other, false));
        assertTrue(live(target).isDirectory(other));
        apply(target, Removal.of(live(target), other));
        assertEquals(
            List.of(),
            Comparison.of(before, RandomTarget.snapshot(target)),
            profile + ", seed " + seed + ", " + path);
      }
    }
  }

  private static LiveTree live(Target target) {
    return new LiveTree(target.configfs(), target.flavor());
  }

  private static void apply(Target target, List<Change> changes) throws Refusal {
    for (Change change : changes) {
      change.applyTo(target);
    }
  }

  /**
   * All but what only ever came about by the order of things: offload asked for where it cannot be.
   */
  private static List<NvmetPath> objects(TargetTree tree) {
    List<NvmetPath> objects = new ArrayList<>();
    for (String group : List.of("hosts", "subsystems", "ports")) {
      for (String name : tree.directories(NvmetPath.of(group))) {
        NvmetPath path = NvmetPath.of(group, name);
        boolean odd = false;
        for (Subsystem subsystem :
            group.equals("ports") ? new Port(tree, path).subsystems() : List.<Subsystem>of()) {
          odd |= subsystem.asksForOffload();
        }
        if (group.equals("subsystems")) {
          odd = new Subsystem(tree, path).asksForOffload() && new Subsystem(tree, path).isLinked();
        }
        if (!odd) {
          objects.add(path);
        }
      }
    }
    return objects;
  }

  @Test
  void keysMoveWithAHostUnseenAndAreNotCopied(@TempDir Path directory) throws IOException {
    String key = "DHHC-1:00:c2VjcmV0c2VjcmV0:";
    TestShell shell = TestShell.in(directory, "6.12").has("create /hosts/a");
    shell.has("set /hosts/a dhchap_key=" + key, "record moved.nvmetsh");
    StringBuilder said = new StringBuilder();
    said.append(shell.type("rename /hosts/a b --dry-run"));
    said.append(shell.type("rename /hosts/a b"));
    said.append(shell.type("copy /hosts/b c"));
    shell.has("record off");
    assertEquals(key, shell.tree().value(NvmetPath.parse("/hosts/b"), "dhchap_key", ""));
    assertEquals("", shell.tree().value(NvmetPath.parse("/hosts/c"), "dhchap_key", ""));
    String recorded = Files.readString(directory.resolve("moved.nvmetsh"));
    assertTrue(recorded.contains("create /hosts/b"), recorded);
    assertFalse((said + recorded).contains("c2VjcmV0"), said + recorded);
  }
}
