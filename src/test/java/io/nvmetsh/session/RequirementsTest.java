package io.nvmetsh.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nvmetsh.schema.ExitStatus;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What recordings rely on, and what becomes of that elsewhere. */
class RequirementsTest {

  private final Path folder;
  private final SimShell shell;

  RequirementsTest(@TempDir Path folder) {
    this.folder = folder;
    this.shell = SimShell.typed("6.12", folder, "y");
  }

  private String recorded(String... lines) {
    shell.must("record r.nvmetsh").must(lines).must("record off");
    StringBuilder facts = new StringBuilder();
    shell
        .text("r.nvmetsh")
        .lines()
        .filter(line -> line.startsWith("require"))
        .forEach(line -> facts.append(line).append('\n'));
    return facts.toString();
  }

  @Test
  void whatWasNotMadeIsRequiredOnce() {
    shell.must(
        "create /subsystems/old/namespaces/1 -p",
        "create /ports/1",
        "create /hosts/h",
        "set /ports/1 addr_trtype=tcp addr_adrfam=ipv4 addr_traddr=10.9.1.1 addr_trsvcid=4420",
        "link old /ports/1");
    assertEquals(
        """
        require path /subsystems/old
        require attribute subsystems/*/attr_serial
        require path /subsystems/old/namespaces/1
        require path /ports/1/subsystems/old
        require path /hosts/h
        """,
        recorded(
            "set /subsystems/old attr_serial=S1",
            "create /subsystems/new",
            "set /subsystems/new attr_serial=S2",
            "delete /subsystems/old/namespaces/1",
            "unlink old /ports/1",
            "link new /ports/1",
            "link /hosts/h /subsystems/new"));
  }

  @Test
  void theMachineIsRequiredToBeTheSame() {
    assertEquals(
        """
        require device /dev/nvme0n1 serial=S439NA0M200417
        require device /dev/loop0
        require address 10.9.1.1
        """,
        recorded(
            "create /subsystems/s/namespaces/1 -p device_path=/dev/nvme0n1",
            "create /subsystems/s/namespaces/2 device_path=/dev/loop0",
            "create /subsystems/s/namespaces/3",
            "set /subsystems/s/namespaces/3 device_path=/dev/nvme0n1 --force",
            "create /ports/1 addr_traddr=10.9.1.1",
            "create /ports/1/referrals/r addr_traddr=10.9.2.1"));
  }

  @Test
  void allThatIsNotSoIsNamedBeforeAnythingIsDone() {
    shell.with(
        "s",
        """
        param nic
        create /hosts/h
        require address ${nic}
        require path /hosts/h
        require linux 4.8
        require device /dev/nvme0n1 serial=X
        -require linux 99.1
        """);
    assertEquals(ExitStatus.USAGE, shell.run("replay s --param nic=10.1.2.3"));
    assertEquals(
        """
        error: s relies on facts that are not so
          s:3: this machine has no address 10.1.2.3
          s:4: /hosts/h is not there
          s:6: /dev/nvme0n1 is another drive: serial S439NA0M200417, not X
          see what there is:  nics
          nothing was done""",
        shell.said());
    assertFalse(shell.state().contains("/hosts/h/"), shell.state());
  }

  @Test
  void aRehearsalWithinAnotherSeesTheCopy() {
    shell.with("inner", "require path /hosts/h\n").with("s", "create /hosts/h\nreplay inner\n");
    assertEquals(ExitStatus.DONE, shell.run("replay --dry-run s"), shell::said);
    assertEquals(ExitStatus.USAGE, shell.run("replay inner"), shell::said);
  }

  @Test
  void oneThatMayFailIsLookedAtWhereItStands() {
    shell.with("s", "-require path /hosts/h\ncreate /hosts/h\n-require path /hosts/h\n");
    assertEquals(ExitStatus.DONE, shell.run("replay s"), shell::said);
    assertEquals("error: s:1: /hosts/h is not there\n  see what there is:  tree /", shell.said());
  }

  @Test
  void oneThatMeansNothingStopsTheScript() {
    shell.with("s", "create /hosts/h\nrequire linux six\n");
    assertEquals(ExitStatus.USAGE, shell.run("replay s"));
    assertTrue(shell.said().startsWith("error: s:2: require: six is no release"), shell.said());
    assertFalse(shell.state().contains("/hosts/h/"), shell.state());
  }

  @Test
  void infoShowsThem() {
    shell.with("s", "param d\nrequire device ${d}\nrequire linux 5.0\ncreate /hosts/h\n");
    shell.said();
    shell.must().run("script info s");
    String said = shell.said();
    assertTrue(said.contains("requires\n  require device ${d}\n  require linux 5.0\n"), said);
  }

  @Test
  void anotherMachineIsToldBeforeAnythingIsDone() {
    recorded("create /subsystems/s", "set /subsystems/s attr_serial=S1");
    SimShell other = SimShell.of("ofed-4.1", folder);
    assertEquals(ExitStatus.UNSUPPORTED, other.run("replay r.nvmetsh"));
    assertFalse(other.state().contains("/subsystems/s/"), other.state());
  }
}
