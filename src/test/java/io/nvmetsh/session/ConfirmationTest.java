package io.nvmetsh.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nvmetsh.schema.ExitStatus;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfirmationTest {

  @TempDir Path folder;

  private static SimShell serving(SimShell shell) {
    return shell.must(
        "create /subsystems/s",
        "create /subsystems/t",
        "create /ports/1 addr_trtype=tcp addr_adrfam=ipv4 addr_traddr=10.9.1.1 addr_trsvcid=4420",
        "link s /ports/1");
  }

  @Test
  void hostsMayBeCutOffOnlyByAgreement() {
    SimShell shell = serving(SimShell.of("6.1", folder));
    assertEquals(ExitStatus.USAGE, shell.run("unlink s /ports/1"));
    String said = shell.said();
    assertTrue(said.contains("from s on port 1") && said.contains("--yes"), said);
    assertEquals(ExitStatus.DONE, shell.run("unlink s /ports/1 --yes"));
  }

  @Test
  void whoAgreesToTheWholeAgreesToItsParts() {
    SimShell shell = serving(SimShell.agreed("6.1", folder, "stor1"));
    assertEquals(ExitStatus.DONE, shell.run("unlink s /ports/1"));
    assertEquals(ExitStatus.DONE, shell.run("delete -r /"));
  }

  @Test
  void whoNamesAnotherMachineAgreesToNothing() {
    SimShell shell = serving(SimShell.agreed("6.1", folder, "stor2"));
    assertEquals(ExitStatus.USAGE, shell.run("unlink s /ports/1"));
    assertEquals(ExitStatus.USAGE, shell.run("delete -r /"));
    assertEquals(ExitStatus.USAGE, shell.run("delete -r / --yes"));
    assertTrue(shell.said().contains("--yes=stor1"));
  }
}
