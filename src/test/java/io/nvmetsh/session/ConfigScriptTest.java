package io.nvmetsh.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nvmetsh.RandomTarget;
import io.nvmetsh.config.ConfigWriter;
import io.nvmetsh.kernel.Target;
import io.nvmetsh.schema.ExitStatus;
import io.nvmetsh.schema.NvmetPath;
import io.nvmetsh.tree.Snapshot;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** nvmetcli's file as a script, and a script as nvmetcli's file. */
class ConfigScriptTest {

  private static final int TARGETS = Integer.getInteger("nvmetsh.pairs", 40);
  private static final Path EXAMPLES = Path.of("docs/examples").toAbsolutePath();
  private static final String KEY = "DHHC-1:00:ia6zGodOr4SEG0Zzaw398rpY0wqipUWj4jWjUh4HWUz6aQ2n:";

  @TempDir Path folder;

  /** Replaying the script comes to the same as loading the file, and so does its export. */
  @ParameterizedTest
  @ValueSource(strings = {"ofed-4.1", "ofed-4.6", "ofed-25.10", "5.10", "6.1", "6.12", "7.3"})
  void aFileBecomesAScriptAndBack(String profile) {
    int compared = 0;
    for (int seed = 0; seed < TARGETS; seed++) {
      Target target = RandomTarget.of(profile, seed);
      Snapshot tree = RandomTarget.snapshot(target);
      SimShell loaded = started(profile);
      loaded.with(
          "c",
          ConfigWriter.of(tree, ConfigWriter.Besides.NOTHING).text().replace("secrets", "others"));
      if (loaded.run("load c --force") != ExitStatus.DONE) {
        continue; // a state that our checks refuse to make
      }
      String title = profile + ", seed " + seed;
      loaded.must("script import c -o s --force");
      SimShell replayed = started(profile);
      replayed.with(
          "s", replayed.text("s").replaceAll("(?m)^((create|set|link) .*)$", "$1 --force"));
      assertEquals(
          ExitStatus.DONE,
          replayed.run("replay --yes s"),
          () -> title + "\n" + replayed.said() + loaded.text("s"));
      assertEquals(loaded.state(), replayed.state(), title);
      replayed.must("script export --nvmetcli s -o d --force");
      SimShell again = started(profile).must("load d --force");
      assertEquals(replayed.state(), again.state(), title);
      compared++;
    }
    assertTrue(compared > TARGETS / 4, compared + " of " + TARGETS);
  }

  private SimShell started(String profile) {
    SimShell shell = SimShell.of(profile, folder);
    for (String module : new String[] {"nvmet-rdma", "nvmet-tcp", "nvme-loop"}) {
      shell.run("modules load " + module);
    }
    shell.said();
    return shell;
  }

  @Test
  void theExampleIsTheScript() {
    SimShell shell = SimShell.of("ofed-4.1", folder);
    shell.must("script import " + EXAMPLES.resolve("testsubsystem.json") + " -o s");
    String text = shell.text("s");
    assertTrue(text.startsWith("# nvmetsh script 1\n# reason: imported from "), text);
    assertTrue(text.contains("\ncreate /subsystems/testsubsystem\n"), text);
    assertTrue(text.contains("\nlink /subsystems/testsubsystem /ports/1\n"), text);
  }

  @Test
  void keysBecomeParameters() {
    SimShell shell = SimShell.typed("6.12", folder, KEY);
    shell.must("create /hosts/h dhchap_key=" + KEY, "create /hosts/i dhchap_ctrl_key=" + KEY);
    shell.run("save c");
    shell.must("script import c -o s");
    assertEquals(
        """
        param dhchap_key secret
        param dhchap_ctrl_key_2 secret
        create /hosts/h
        set /hosts/h dhchap_key=${dhchap_key}
        create /hosts/i
        set /hosts/i dhchap_ctrl_key=${dhchap_ctrl_key_2}
        """,
        shell.text("s").substring(shell.text("s").indexOf("param")));
    SimShell fresh = SimShell.typed("6.12", folder, KEY).must("replay s");
    assertEquals(KEY, fresh.value("/hosts/i/dhchap_ctrl_key"));
    fresh.must("script export --nvmetcli s -o d");
    assertEquals(shell.text("c"), shell.text("d"));
  }

  @Test
  void keysInAFileStayThere() {
    SimShell shell = SimShell.of("6.12", folder);
    shell.with("c", "{\"hosts\": [{\"nqn\": \"h\", \"dhchap\": {\"key\": \"" + KEY + "\"}}]}");
    shell.run("script import c -o s");
    assertTrue(shell.text("s").contains("dhchap_key=${dhchap_key}"), shell.text("s"));
    assertFalse(shell.text("s").contains(KEY), shell.text("s"));
  }

  /** A script of a file that says which drives were meant does nothing to others. */
  @Test
  void theDrivesThatWereMeantAreRequired() throws IOException {
    SimShell shell = SimShell.of("6.12", folder);
    shell.must(
        "create -p /subsystems/a/namespaces/1 device_path=/dev/nvme0n1", "save a.json --devices");
    shell.must("script import a.json -o a.nvmetsh", "delete -r /", "replay a.nvmetsh");
    shell.must("delete -r /");
    String serial = shell.session().context().inventory().drives().get(0).serial().strip();
    shell.with("b.json", shell.text("a.json").replace(serial, "OTHER"));
    shell.must("script import b.json -o b.nvmetsh");
    assertEquals(ExitStatus.USAGE, shell.run("replay b.nvmetsh"));
    String said = shell.said();
    assertTrue(said.contains("/dev/nvme0n1 is another drive: serial " + serial), said);
    assertFalse(shell.tree().isDirectory(NvmetPath.of("subsystems", "a")));
  }

  @Test
  void modulesAndParametersGoAlong() {
    SimShell shell = SimShell.of("ofed-4.1", folder);
    Path example = EXAMPLES.resolve("testsubsystem.nvmetsh");
    shell.must("script export --nvmetcli " + example + " --param traddr=10.9.2.1 -o c");
    String text = shell.text("c");
    assertTrue(text.contains("\"traddr\": \"10.9.2.1\""), text);
    assertTrue(text.contains("\"num_p2p_queues\": \"1\""), text);
    shell.must("script import c -o s");
    assertTrue(shell.text("s").contains("\nmodules load nvme num_p2p_queues=1\n"), text);
    shell.must("replay s");
    assertEquals("1", shell.value("/subsystems/testsubsystem/namespaces/1/enable"));
  }

  @Test
  void whatIsNoWholeTargetIsNotExported() {
    SimShell shell = SimShell.of("6.12", folder).with("s", "set /ports/1 addr_trtype=tcp\n");
    assertEquals(ExitStatus.USAGE, shell.run("script export --nvmetcli s"));
    assertTrue(shell.said().startsWith("error: s does not make /ports/1, which it uses"), "");
    shell.with("s", "param a\nparam b x\nparam c\nparam k secret\ncreate /hosts/$a\n");
    assertEquals(ExitStatus.USAGE, shell.run("script export --nvmetcli s"));
    assertTrue(shell.said().contains("needs values for its parameters: a, c"), "");
    assertEquals(ExitStatus.USAGE, shell.run("script export s"));
    assertEquals(ExitStatus.USAGE, shell.run("script export s --bash --nvmetcli"));
  }

  @Test
  void whatIsNoConfigurationIsRefused() {
    SimShell shell = SimShell.of("6.12", folder).with("c", "{}").with("d", " {\"ports\": [");
    assertEquals(ExitStatus.USAGE, shell.run("script import c -o s"));
    assertEquals(ExitStatus.USAGE, shell.run("script import d -o s"));
    assertFalse(shell.file("s").toFile().exists());
  }
}
