package io.nvmetsh.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nvmetsh.RandomTarget;
import io.nvmetsh.TestShell;
import io.nvmetsh.TestShell.Said;
import io.nvmetsh.config.NvmetcliFile;
import io.nvmetsh.kernel.Refusal;
import io.nvmetsh.kernel.Target;
import io.nvmetsh.kernel.sim.SimProfile;
import io.nvmetsh.schema.ExitStatus;
import io.nvmetsh.schema.Problem;
import io.nvmetsh.tree.Comparison;
import io.nvmetsh.tree.Snapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for every target that is saved, on every kernel. */
class ConfigurationLawTest {

  private static final int TARGETS = Integer.getInteger("nvmetsh.pairs", 10);

  /** All that our part of the file may hold here: the vendor's machine loaded nvme with some. */
  private static final Pattern OPTIONS_OF_MODULES =
      Pattern.compile("(?s)\n  \"nvmetsh\": \\{\n    \"format\": 1,\n    \"modules\": .*?\n  \\},");

  @TempDir Path folder;

  static List<String> profiles() {
    return SimProfile.names();
  }

  @ParameterizedTest
  @MethodSource("profiles")
  void savedAndClearedItIsLoadedAsItWas(String profile) throws IOException {
    int loaded = 0;
    for (int seed = 0; seed < TARGETS; seed++) {
      String title = profile + ", seed " + seed;
      Target target = RandomTarget.of(profile, seed);
      Snapshot before = RandomTarget.snapshot(target);
      TestShell shell = TestShell.of(folder, target);
      shell.has("save --force a.json --secrets a.keys", "clear");
      if (!loads(shell, "load a.json --secrets a.keys --force", title)) {
        continue;
      }
      loaded++;
      Snapshot after = RandomTarget.snapshot(target);
      assertEquals(List.of(), Comparison.of(before, after), title);
      assertEquals(List.of(), Comparison.of(after, before), title);
      shell.has("plan a.json --secrets a.keys --exit-code");
      shell.has("save --force b.json --secrets b.keys");
      assertEquals(text("a.json"), text("b.json"), title);
      assertEquals(text("a.keys"), text("b.keys"), title);
    }
    assertTrue(loaded > TARGETS * 3 / 4, loaded + " loaded");
  }

  /** Byte for byte, lists being put in order. */
  @ParameterizedTest
  @MethodSource("profiles")
  void nvmetclisFileIsLoadedAndSavedAsItWas(String profile) throws IOException, Refusal {
    int same = 0;
    for (int seed = 0; seed < TARGETS; seed++) {
      String title = profile + ", seed " + seed;
      Target target = RandomTarget.of(profile, seed);
      String theirs = NvmetcliFile.of(target.configfs(), seed);
      if (theirs.contains("DHHC")) {
        continue; // keys are never in ours
      }
      Files.writeString(folder.resolve("theirs.json"), theirs);
      TestShell other = TestShell.in(folder, profile);
      if (loads(other, "load theirs.json --force --yes", title)) {
        same++;
        other.has("plan theirs.json --exit-code", "save --force ours.json");
        String ours = OPTIONS_OF_MODULES.matcher(text("ours.json")).replaceFirst("");
        assertEquals(NvmetcliFile.inOrder(target.configfs()), ours, title);
      }
    }
    assertTrue(same > TARGETS / 2, same + " the same");
  }

  /** Whether a file is loaded; what a kernel took from whoever made this target we may not send. */
  private static boolean loads(TestShell shell, String line, String title) {
    Said load = shell.type(line);
    if (load.status() == ExitStatus.DONE) {
      return true;
    }
    assertEquals(Problem.Kind.HAZARD, load.problem().kind(), title + load.problems());
    return false;
  }

  private String text(String file) throws IOException {
    return Files.readString(folder.resolve(file));
  }
}
