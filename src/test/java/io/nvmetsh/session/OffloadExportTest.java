package io.nvmetsh.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nvmetsh.schema.ExitStatus;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The offloaded target that one script sets up on every driver, exported to bash for each: bash
 * runs it, and a kernel of that driver is asked the very same things in the same order. It has to
 * take each, come to the same target, and have the port offloaded in the end.
 */
class OffloadExportTest {

  private static final String INTENT =
      """
      create /subsystems/s attr_allow_any_host=1
      offload on /subsystems/s
      create /subsystems/s/namespaces/1 device_path=/dev/nvme0n1 enable=1
      create /ports/1 addr_trtype=rdma addr_adrfam=ipv4 addr_traddr=10.9.1.1 addr_trsvcid=4420
      link s /ports/1
      """;

  private static final String EXAMPLE = "docs/examples/offloaded.nvmetsh";

  private final Path folder;
  private final BashMachine machine;

  OffloadExportTest(@TempDir Path folder) throws Exception {
    this.folder = folder;
    this.machine = new BashMachine(folder);
    machine.drive("nvme0n1", "0000:85:00.0");
    machine.drive("nvme1n1", "0000:86:00.0");
  }

  /** Of the example as it is, and of what was recorded of it. */
  @ParameterizedTest
  @ValueSource(strings = {"ofed-4.1", "ofed-4.6", "ofed-5.0", "ofed-25.10"})
  void theKernelTakesWhatBashDoes(String profile) throws Exception {
    SimShell shell = SimShell.of(profile, folder);
    shell.with("s", Files.readString(Path.of(EXAMPLE)));
    shell.must("record r", "replay s", "record off");
    shell.must("script export --bash s -o s.sh", "script export --bash r -o r.sh");
    for (String script : List.of("s.sh", "r.sh")) {
      assertEquals("", machine.bash(shell, script));
      SimShell other = SimShell.of(profile, folder);
      machine.repeatOn(other.target());
      assertEquals(shell.state(), other.state(), script);
      assertOffloads(other, "testsubsystem");
      machine.startAnew();
    }
  }

  /** What the shell can see, and what the kernel shows of a port it offloads: a refusal. */
  private static void assertOffloads(SimShell shell, String subsystem) {
    assertEquals(ExitStatus.DONE, shell.run("offload"));
    String said = shell.said();
    assertTrue(said.contains(subsystem + "  1     conditions hold"), said);
    shell.must("create /subsystems/plain");
    assertEquals(ExitStatus.KERNEL_REFUSED, shell.run("link plain /ports/1 --force"));
    said = shell.said();
    assertTrue(said.contains("Offloaded port restricted") || said.contains("polarity"), said);
  }

  /** The test before would see it: the same steps in an order that this driver does not take. */
  @Test
  void whatIsDoneInAnotherOrderDoesNotOffload() throws Exception {
    SimShell early = SimShell.of("ofed-4.1", folder);
    early.with("s", INTENT.replace(" enable=1", "") + "enable /subsystems/s/namespaces/1\n");
    early.must("script export --bash s -o s.sh");
    assertEquals("", machine.bash(early, "s.sh"));
    SimShell other = SimShell.of("ofed-4.1", folder);
    machine.repeatOn(other.target());
    // nothing shows that the port was linked too early but what it takes besides
    other.must("create /subsystems/plain", "link plain /ports/1");
  }

  /** Which drive is behind a device given by then, the script finds out when it runs. */
  @Test
  void theAddressOfADriveIsFoundWhenTheScriptRuns() throws Exception {
    SimShell shell = SimShell.of("ofed-4.1", folder);
    shell.with("s", "param dev\n" + INTENT.replace("/dev/nvme0n1", "$dev"));
    shell.must("script export --bash s -o s.sh");
    assertEquals("", machine.bash(shell, "s.sh", "dev=/dev/nvme1n1"));
    Path address = machine.nvmet().resolve("subsystems/s/namespaces/1/pci_device_path");
    assertEquals("0000:86:00.0", Files.readString(address));
    machine.startAnew();
    assertEquals("", machine.bash(shell, "s.sh", "dev=/dev/nvme1n1p1"));
    assertEquals("", Files.readString(address));
  }
}
