package io.nvmetsh.terminal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The guided set-up as a dialogue, in a real terminal: Tab, Enter, wrong answers, leaving. */
class SetupIT {

  private static final String PROMPT = "[sim ofed-25.10] stor1:/>";
  private static final String DRIVE = "drive to export, the whole of it [/dev/nvme0n1]:";
  private static final String ADDRESS =
      "RDMA address to listen on, or two with a comma [10.9.1.1]:";
  private static final String NAME = "[nqn.2016-06.local.stor1:nvme0n1]:";
  private static final String HOSTS = "NQNs of hosts that may connect, or any [any]:";

  private final GuideScreens guide = new GuideScreens(Path.of("docs/guide/3-offload.md"));

  @TempDir Path home;

  private Pty start() throws Exception {
    Pty pty = Pty.Setup.usual(home).start("--sim=ofed-25.10");
    pty.awaitPrompt(PROMPT);
    return pty;
  }

  @Test
  void aDialogueSetsUpATarget() throws Exception {
    try (Pty pty = start()) {
      pty.line("offload setup", DRIVE);
      pty.line("/dev/md0", DRIVE);
      assertTrue(pty.screen().contains("/dev/md0 is an md device"), pty::screen);
      pty.enter(ADDRESS);
      // Tab knows the addresses of this machine, and no commands
      pty.type("10.9.1");
      pty.type("\t");
      pty.await(ADDRESS + " 10.9.1.1");
      pty.enter(NAME);
      pty.enter(HOSTS);
      pty.enter("Do this? [y/N]:");
      assertTrue(pty.screen().contains("would: mkdir /ports/1"), pty::screen);
      pty.line("y", PROMPT);
      assertTrue(pty.screen().contains("nvme connect -t rdma"), pty::screen);
      pty.clear();
      pty.line("offload", PROMPT);
      assertTrue(pty.screen().contains("conditions hold"), pty::screen);
      pty.type("exit\r");
      assertEquals(0, pty.status(), pty::screen);
    }
    String history = Files.readString(home.resolve("state/nvmetsh/history-stor1"));
    assertTrue(history.contains("offload setup"), history);
    assertFalse(history.contains("/dev/md0"), "answers are no commands");
  }

  @Test
  void theGuideShowsIt() throws Exception {
    try (Pty pty = start()) {
      pty.clear();
      pty.line("offload setup", DRIVE);
      pty.enter(ADDRESS);
      pty.enter(NAME);
      pty.line("nqn.2024-01.io.example:d1", HOSTS);
      pty.enter("Do this? [y/N]:");
      pty.line("y", PROMPT);
      guide.screen("setup", pty.screen());
    }
    guide.compare();
  }

  @ParameterizedTest
  @ValueSource(strings = {"\u0003", "\u0004"})
  void whoLeavesChangesNothing(String key) throws Exception {
    try (Pty pty = start()) {
      pty.line("offload setup", DRIVE);
      pty.enter(ADDRESS);
      pty.type(key);
      pty.awaitPrompt(PROMPT);
      assertTrue(pty.screen().contains("left: nothing is changed"), pty::screen);
      pty.clear();
      pty.line("ls", PROMPT);
      assertTrue(pty.screen().contains("subsystems/  none"), pty::screen);
    }
  }

  /** Beside a single command somebody can be asked, too. */
  @Test
  void aSingleCommandAsks() throws Exception {
    try (Pty pty = Pty.Setup.usual(home).start("--sim=ofed-5.0", "offload", "setup")) {
      pty.awaitPrompt(DRIVE);
      pty.enter(ADDRESS);
      pty.enter(NAME);
      pty.enter(HOSTS);
      pty.enter("Do this? [y/N]:");
      pty.type("y\r");
      pty.await("nvme connect -t rdma");
      assertEquals(0, pty.status(), pty::screen);
    }
  }
}
