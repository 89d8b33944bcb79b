package io.nvmetsh.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.nvmetsh.RandomTarget;
import io.nvmetsh.TestShell;
import io.nvmetsh.TestShell.Said;
import io.nvmetsh.kernel.Refusal;
import io.nvmetsh.kernel.Target;
import io.nvmetsh.kernel.sim.SimProfile;
import io.nvmetsh.schema.ExitStatus;
import io.nvmetsh.schema.Feature;
import io.nvmetsh.schema.KernelFlavor;
import io.nvmetsh.schema.NvmetPath;
import io.nvmetsh.schema.Problem;
import io.nvmetsh.tree.Comparison;
import io.nvmetsh.tree.Snapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class LoadTest {

  private static final int PAIRS = Integer.getInteger("nvmetsh.pairs", 25);

  private static final String[] TARGET = {
    "create /subsystems/s attr_allow_any_host=1",
    "create /subsystems/s/namespaces/1 device_path=/dev/nvme0n1 enable=1",
    "create /ports/1 addr_trtype=tcp addr_adrfam=ipv4 addr_traddr=10.9.1.1 addr_trsvcid=4420",
    "link s /ports/1",
  };

  @TempDir Path folder;

  static List<String> profiles() {
    return SimProfile.names();
  }

  /** Whatever was there, a load makes of it what was saved, and then has nothing left to do. */
  @ParameterizedTest
  @MethodSource("profiles")
  void whatWasSavedIsWhatIsThere(String profile) throws IOException {
    int loaded = 0;
    for (int pair = 0; pair < PAIRS; pair++) {
      String title = profile + ", pair " + pair;
      TestShell one = TestShell.of(folder, RandomTarget.of(profile, 2L * pair));
      TestShell other = TestShell.of(folder, RandomTarget.of(profile, 2L * pair + 1));
      one.has("save --force a.json --secrets a.keys");
      Said load = other.type("load a.json --secrets a.keys --force --allow-delete --yes");
      if (load.status() != ExitStatus.DONE) {
        // what a kernel took from whoever made this target we do not send it
        assertTrue(load.problem().kind() != Problem.Kind.REFUSED, title + load.problems());
        assertEquals(Problem.Kind.HAZARD, load.problem().kind(), title + load.problems());
        continue;
      }
      loaded++;
      assertEquals(
          List.of(), Comparison.of(Snapshot.of(other.tree()), Snapshot.of(one.tree())), title);
      assertEquals(
          List.of("unchanged"),
          other.type("load a.json --secrets a.keys").notes().stream()
              .filter(note -> !note.contains(" modules load "))
              .toList(),
          title);
      other.has("save --force b.json --secrets b.keys", "diff a.json b.json");
      assertEquals(withoutModules("a.json"), withoutModules("b.json"), title);
      assertEquals(
          Files.readString(folder.resolve("a.keys")), Files.readString(folder.resolve("b.keys")));
    }
    assertTrue(loaded > PAIRS / 2, loaded + " loaded");
  }

  /** Which modules are loaded is the machine's affair. */
  private String withoutModules(String file) throws IOException {
    ObjectNode root = (ObjectNode) new ObjectMapper().readTree(folder.resolve(file).toFile());
    if (root.get("nvmetsh") instanceof ObjectNode extra) {
      extra.remove("modules");
    }
    return root.toPrettyString();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{}", "[]", "{\"hosts\": [", "{\"hosts\": {}}"})
  void whatIsNoConfigurationTouchesNothing(String text) throws IOException {
    TestShell shell = TestShell.in(folder, "6.12").has(TARGET);
    Snapshot before = Snapshot.of(shell.tree());
    Files.writeString(folder.resolve("f.json"), text);
    Problem no = shell.refuses("load f.json --allow-delete --force --yes");
    assertEquals(Problem.Kind.FILE, no.kind());
    assertEquals(List.of(), Comparison.of(before, shell.tree()));
  }

  /** Whatever somebody's editor did to it, a file is loaded or refused. */
  @Test
  void aDamagedFileIsLoadedOrRefused() throws IOException {
    TestShell.in(folder, "6.12")
        .has(TARGET)
        .has(
            "create /hosts/h",
            "create /subsystems/s/namespaces/2 buffered_io=1",
            "create /subsystems/p",
            "link /hosts/h /subsystems/p",
            "save whole.json --devices --only /ports/1 --only /subsystems/p");
    String whole = Files.readString(folder.resolve("whole.json"));
    String more =
        "\"nvmetsh\": {\"secrets\": [\"/hosts/h/dhchap_hash\"],"
            + "\"links\": {\"/ports/1/subsystems/alias\": \"/subsystems/s\"},";
    String text = whole.replace("\"nvmetsh\": {", more);
    Pattern token = Pattern.compile("\"[^\"]*\"|\\d+|[\\[\\]{}]");
    List<MatchResult> tokens = token.matcher(text).results().toList();
    List<String> others =
        List.of(
            "\"/\"",
            "\"..\"",
            "\"\"",
            "\"a/b\"",
            "\"/ports/1\"",
            "\"\\u0000\"",
            "0",
            "-1",
            "1e99",
            "null",
            "true",
            "[]",
            "{}",
            "[[1]]",
            "\"x\": 1",
            "");
    TestShell shell = TestShell.in(folder, "6.12").has(TARGET);
    Files.writeString(folder.resolve("f.json"), text);
    shell.has("plan f.json");
    Random random = new Random(1);
    for (int i = 0; i < 1500; i++) {
      MatchResult hit = tokens.get(random.nextInt(tokens.size()));
      String other = others.get(random.nextInt(others.size()));
      Files.writeString(
          folder.resolve("f.json"),
          text.substring(0, hit.start()) + other + text.substring(hit.end()));
      // a bug would be thrown
      shell.type("plan f.json");
      shell.type("diff f.json whole.json");
    }
  }

  @Test
  void aLoadThatOnlyRemovesHasToBeAllowed() {
    TestShell shell = TestShell.in(folder, "6.12").has("save empty.json").has(TARGET);
    Problem no = shell.refuses("load empty.json --force --yes");
    assertTrue(no.hints().toString().contains("--allow-delete"), no.toString());
    assertTrue(shell.tree().isDirectory(NvmetPath.of("ports", "1")));
  }

  /** nvmetcli clears the target first; here hosts stay connected. */
  @Test
  void whatIsSoAlreadyIsNotTouched() {
    TestShell shell = TestShell.in(folder, "6.12").has(TARGET).has("save a.json");
    shell.has("create /subsystems/new", "set /subsystems/s attr_allow_any_host=0");
    Said plan = shell.type("plan a.json --exit-code");
    assertEquals(ExitStatus.PENDING, plan.status());
    assertTrue(plan.text().contains("delete /subsystems/new"), plan.text());
    assertTrue(plan.text().contains("set /subsystems/s attr_allow_any_host=1"), plan.text());
    assertEquals(2, plan.text().lines().skip(1).count(), plan.text());
    shell.has("load a.json");
    assertEquals(ExitStatus.DONE, shell.type("plan a.json --exit-code").status());
  }

  /** Where nobody can say what a kernel was built with, what it lacks is not asked of it. */
  @Test
  void whatTheKernelWasBuiltWithoutIsNotMissed() {
    Target kernel = TestShell.on("6.1").target();
    Target target =
        new Target(
            kernel.configfs(),
            kernel.sys(),
            kernel.modules(),
            kernel.log(),
            new KernelFlavor(kernel.flavor().linux(), Optional.empty(), Set.of(Feature.values())),
            kernel.label(),
            true);
    TestShell shell = TestShell.of(folder, target).has(TARGET).has("save a.json");
    shell.has("plan a.json --exit-code");
    shell.has("clear", "load a.json", "plan a.json --exit-code");
  }

  @Test
  void aDifferenceIsWhatSomebodyMade() {
    TestShell.in(folder, "6.12").has(TARGET).has("save a.json");
    Said diff = TestShell.in(folder, "6.12").type("diff a.json");
    assertEquals(ExitStatus.PENDING, diff.status());
    assertTrue(diff.text().contains("+   /ports/1/addr_traddr"), diff.text());
    // what comes with a port is not a difference of its own
    assertFalse(diff.text().contains("/ports/1/referrals"), diff.text());
  }

  @Test
  void whatCutsHostsOffIsMarked() {
    SimShell shell = SimShell.typed("6.12", folder, "y").must(TARGET).must("save a.json");
    shell.must("unlink s /ports/1", "set /ports/1 addr_trsvcid=4421", "link s /ports/1");
    shell.must("plan a.json --json");
    assertEquals(ExitStatus.DONE, shell.run("plan a.json"));
    String plan = shell.said();
    assertTrue(plan.contains("!   unlink /ports/1/subsystems/s"), plan);
    assertTrue(plan.contains("s on port 1 (how many is not told)"), plan);
  }

  @Test
  void keysAreNowhereButInTheirOwnFile() throws IOException {
    String key = "DHHC-1:00:ia6zGodOr4SEG0Zzaw398rpY0wqipUWj4jWjUh4HWUz6aQ2n:";
    TestShell shell =
        TestShell.in(folder, "6.12").has("create /hosts/h", "set /hosts/h dhchap_key=" + key);
    Said saved = shell.type("save a.json");
    assertTrue(saved.notes().toString().contains("1 key of hosts left out"), saved.toString());
    assertFalse(Files.readString(folder.resolve("a.json")).contains("DHHC"));
    Problem no = TestShell.in(folder, "6.12").refuses("load a.json");
    assertTrue(no.message().contains("anybody who knows its NQN may connect"), no.toString());
    shell.has("save --force a.json --secrets keys");
    assertEquals(
        "rw-------",
        PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("keys"))));
    TestShell other = TestShell.in(folder, "6.12");
    String shown = other.type("plan a.json --secrets keys").text();
    assertFalse(shown.contains("DHHC"), shown);
    shown = other.type("diff a.json --secrets keys").text();
    assertFalse(shown.contains("DHHC"), shown);
    other.has("load a.json --secrets keys");
    assertEquals(List.of(), Comparison.of(shell.tree(), Snapshot.of(other.tree())));
    // the key that a host has is not forgotten because a file does not have it
    assertEquals(ExitStatus.DONE, other.type("load a.json").status());
    assertEquals(List.of(), Comparison.of(shell.tree(), Snapshot.of(other.tree())));
  }

  @Test
  void theBootFileIsNotForSimulations() throws Refusal {
    Problem no = TestShell.in(folder, "6.12").refuses("save");
    assertTrue(no.message().contains("/etc/nvmet/config.json"), no.toString());
  }
}
