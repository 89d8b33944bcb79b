package io.nvmetsh.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nvmetsh.schema.ExitStatus;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The scripts under docs/examples, as the README has them run. */
class ExamplesTest {

  private static final Path EXAMPLES = Path.of("docs/examples").toAbsolutePath();

  @Test
  void testsubsystem(@TempDir Path folder) {
    SimShell shell = SimShell.of("ofed-4.1", folder);
    Path file = EXAMPLES.resolve("testsubsystem.nvmetsh");
    assertEquals(ExitStatus.DONE, shell.run("replay " + file), shell::said);
    String said = shell.said();
    assertTrue(said.contains("/dev/nvme0n1, enabled"), said);
    assertTrue(said.contains("conditions hold"), said);
    assertTrue(!said.contains("warning"), said);
    assertEquals(
        "0000:85:00.0", shell.value("/subsystems/testsubsystem/namespaces/1/pci_device_path"));

    SimShell other = SimShell.of("ofed-4.1", folder);
    other.must("replay " + file + " --param device=/dev/nvme1n1 --param traddr=10.9.2.1");
    assertEquals("10.9.2.1", other.value("/ports/1/addr_traddr"));
  }
}
