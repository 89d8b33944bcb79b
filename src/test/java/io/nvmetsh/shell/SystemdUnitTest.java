package io.nvmetsh.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The unit that is shipped, as systemd reads it. */
class SystemdUnitTest {

  private static final Path SHIPPED = Path.of("src/main/dist").toAbsolutePath();
  private static final Path UNIT = SHIPPED.resolve("lib/systemd/nvmetsh-restore.service");
  private static final Path ANALYZE = Path.of("/usr/bin/systemd-analyze");

  @TempDir private Path folder;

  @Test
  void systemdHasNothingAgainstIt() throws Exception {
    assumeTrue(Files.isExecutable(ANALYZE), ANALYZE + " of the package systemd is not here");
    assertEquals("", verify(Files.readString(UNIT)));
    // and it is really read
    assertTrue(
        verify(Files.readString(UNIT).replace("oneshot", "onceshot")).contains("service type"));
  }

  /** What it says; the program is the one in the source tree, for it must be there. */
  private String verify(String unit) throws IOException, InterruptedException {
    Path file = folder.resolve("nvmetsh-restore.service");
    Files.writeString(file, unit.replace("/opt/nvmetsh", SHIPPED.toString()));
    Process process =
        new ProcessBuilder(ANALYZE.toString(), "verify", "--man=no", file.toString())
            .redirectErrorStream(true)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertTrue(process.waitFor(1, TimeUnit.MINUTES));
    // what is wrong with units of this machine's own is not ours
    List<String> ours = said.lines().filter(line -> line.contains("nvmetsh")).toList();
    return String.join("\n", ours);
  }

  @Test
  void theCommandInItIsOneOfTheProgram() throws IOException {
    List<String> unit = Files.readAllLines(UNIT);
    assertTrue(unit.contains("Environment=\"OPTIONS=--wait 60s\""), unit::toString);
    assertTrue(unit.contains("ExecStart=/opt/nvmetsh/bin/nvmetsh boot-restore $OPTIONS"));
    Program run = Program.run("--sim", "boot-restore", "--wait", "60s", "--help");
    assertEquals(0, run.status(), run::toString);
  }
}
