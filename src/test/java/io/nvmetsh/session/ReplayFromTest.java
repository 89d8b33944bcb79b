package io.nvmetsh.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nvmetsh.kernel.Errno;
import io.nvmetsh.schema.ExitStatus;
import io.nvmetsh.schema.NvmetPath;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Going on with a script that stopped. */
class ReplayFromTest {

  private static final String SCRIPT =
      """
      param address 10.9.1.1
      modules load nvmet-tcp
      cd /subsystems
      create disk1 attr_serial=S1
      create disk1/namespaces/1 device_path=/dev/nvme0n1
      -delete nothing
      create scratch

      delete scratch
      set disk1 attr_serial=S2
      cd /ports
      create 1 addr_trtype=tcp addr_adrfam=ipv4
      set 1 \\
        addr_traddr=$address addr_trsvcid=4420
      link disk1 1
      enable /subsystems/disk1/namespaces/1
      """;

  private final SimShell shell;

  ReplayFromTest(@TempDir Path folder) {
    this.shell = SimShell.of("6.12", folder).with("s", SCRIPT);
  }

  private String ends(ExitStatus status, String line) {
    shell.said();
    assertEquals(status, shell.run(line), shell::said);
    return shell.said();
  }

  /** Stops at line 15, where the port is to be linked. */
  private void stopped() {
    shell.refuse("/subsystems/disk1/namespaces/1/enable", Errno.EBUSY);
    ends(ExitStatus.KERNEL_REFUSED, "replay s");
    shell.must("unlink disk1 /ports/1 --yes");
    shell.accept("/subsystems/disk1/namespaces/1/enable");
    shell.echoed().clear();
  }

  @Test
  void itGoesOnWhereItStopped() {
    stopped();
    ends(ExitStatus.DONE, "replay s --from 15");
    assertEquals(
        List.of(
            "s:3: cd /subsystems",
            "s:11: cd /ports",
            "s:15: link disk1 1",
            "s:16: enable /subsystems/disk1/namespaces/1"),
        shell.echoed());
    assertEquals("1", shell.value("/subsystems/disk1/namespaces/1/enable"));
  }

  @Test
  void itEndsWhereItIsTold() {
    shell.must("replay s --to 10");
    assertTrue(shell.echoed().stream().noneMatch(line -> line.startsWith("s:11:")), "line 11");
    assertFalse(shell.tree().isDirectory(NvmetPath.of("ports", "1")));
    shell.echoed().clear();
    shell.must("replay s --from 12 --to 14");
    assertEquals(List.of("s:3:", "s:11:", "s:12:", "s:13:"), places());
    assertEquals("4420", shell.value("/ports/1/addr_trsvcid"));
    assertTrue(
        ends(ExitStatus.USAGE, "replay s --from 16 --to 16").contains("this line is not in effect"),
        "what is before it is looked at");
    assertTrue(ends(ExitStatus.USAGE, "replay s --from 5 --to 4").contains("--to 4 is before"));
  }

  private List<String> places() {
    return shell.echoed().stream().map(line -> line.substring(0, line.indexOf(' '))).toList();
  }

  /** What a recording says of its end is said of all of it. */
  @Test
  void aPartIsNotComparedWithTheEndOfTheWhole() {
    shell.must("record r", "create /hosts/a", "create /subsystems/b attr_model=B", "record off");
    assertTrue(ends(ExitStatus.USAGE, "replay r --to 1").contains("nothing to run up to line 1"));
    int line = 1 + shell.text("r").lines().toList().indexOf("create /hosts/a");
    shell.must("delete /subsystems/b");
    assertTrue(
        ends(ExitStatus.DONE, "replay --verify r --from " + (line + 1)).contains("verified:"));
    shell.must("delete /subsystems/b", "delete /hosts/a");
    String said = ends(ExitStatus.DONE, "replay --verify r --to " + line);
    assertTrue(said.endsWith("such as record writes"), said);
  }

  @Test
  void anyLineOfAStepMeansTheStepAndACommentTheNext() {
    stopped();
    ends(ExitStatus.DONE, "replay s --from 14 --dry-run");
    assertEquals("s:13: set 1 \\\n  addr_traddr=$address addr_trsvcid=4420", shell.echoed().get(2));
    shell.echoed().clear();
    // what the lines before the ninth led to has been changed by those behind it
    String said = ends(ExitStatus.USAGE, "replay s --from 8");
    assertTrue(said.contains("s:4: this line is not in effect: /subsystems/disk1/attr"), said);
  }

  @Test
  void theFirstLineThatIsNotInEffectIsNamed() {
    stopped();
    assertEquals(
        """
        error: s:15: this line is not in effect: /ports/1/subsystems/disk1 is not there
          nothing was done
          begin with it:  replay s --from 15""",
        ends(ExitStatus.USAGE, "replay s --from 16"));
    shell.must("set /subsystems/disk1 attr_serial=S3");
    assertEquals(
        """
        error: s:10: this line is not in effect: /subsystems/disk1/attr_serial is S3, not S2
          nothing was done
          begin with it:  replay s --from 10""",
        ends(ExitStatus.USAGE, "replay s --from 15"));
    assertEquals(List.of(), shell.echoed());
    shell.must("create /subsystems/scratch");
    assertTrue(
        ends(ExitStatus.USAGE, "replay s --from 15").contains("s:9: this line is not in effect"));
  }

  @Test
  void whatAParameterSaysCounts() {
    stopped();
    String said = ends(ExitStatus.USAGE, "replay s --from 15 --param address=10.9.2.1");
    assertTrue(said.contains("s:13: this line is not in effect: /ports/1/addr_traddr"), said);
  }

  @Test
  void modulesCount() {
    shell.with("m", "modules load nvmet-rdma\nmodules unload nvmet-rdma\ncreate /hosts/h\n");
    ends(ExitStatus.DONE, "replay m --from 3");
    assertTrue(shell.tree().isDirectory(NvmetPath.parse("/hosts/h")));
    shell.must("modules load nvmet-rdma");
    String said = ends(ExitStatus.USAGE, "replay m --from 3");
    assertTrue(said.contains("m:2: this line is not in effect: nvmet_rdma is loaded"), said);
  }

  @Test
  void aLineThatIsNotThereIsRefused() {
    String said = ends(ExitStatus.USAGE, "replay s --from 17");
    assertTrue(said.contains("its last one:  replay s --from 16"), said);
    ends(ExitStatus.USAGE, "replay s --from 0");
    ends(ExitStatus.USAGE, "replay s --from x");
  }
}
