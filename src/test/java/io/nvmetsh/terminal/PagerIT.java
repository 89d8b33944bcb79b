package io.nvmetsh.terminal;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is longer than the screen, on a small one. */
class PagerIT {

  private static final String ROOT = "[sim ofed-4.1] stor1:/>";
  private static final String MORE = " more: space";

  @TempDir private Path home;

  private Pty start(String... words) throws Exception {
    Pty pty = Pty.Setup.usual(home).withSize(100, 12).start(words);
    pty.awaitPrompt(ROOT);
    return pty;
  }

  private static void begin(Pty pty, String line) throws Exception {
    pty.type(line);
    pty.awaitLine(line);
    pty.type("\r");
  }

  @Test
  void keysShowTheRest() throws Exception {
    try (Pty pty = start("--sim")) {
      begin(pty, "help");
      pty.await(MORE);
      String first = pty.screen();
      List<String> commands = first.lines().filter(line -> line.startsWith("  ")).toList();
      String last = commands.get(commands.size() - 2);
      pty.type("\r");
      pty.await(() -> !pty.screen().equals(first) && pty.screen().contains(MORE), "a line more");
      assertTrue(pty.screen().contains(last), "one line, and not a screenful");
      pty.type(" ");
      pty.await(
          () -> !pty.screen().contains(last) && pty.screen().contains(MORE), "a screenful more");
      pty.type("a");
      pty.awaitPrompt(ROOT);
      assertTrue(pty.screen().contains("One in detail:  help COMMAND"), pty.screen());
      assertFalse(pty.screen().contains(MORE), pty.screen());
      begin(pty, "help");
      pty.await(MORE);
      pty.type("q");
      pty.awaitPrompt(ROOT);
      assertFalse(pty.screen().contains("One in detail"), pty.screen());
      begin(pty, "help");
      pty.await(MORE);
      pty.type("\u0003");
      pty.awaitPrompt(ROOT);
      pty.line("pwd", ROOT);
      pty.await("> pwd\n/");
    }
  }

  @Test
  void whatFitsOrIsWantedWholeIsNotStopped() throws Exception {
    try (Pty pty = start("--sim")) {
      pty.line("pwd", ROOT);
      pty.line("help | no-more", ROOT);
      assertTrue(pty.screen().contains("One in detail"), pty.screen());
      pty.line("help --json", ROOT);
      Files.writeString(home.resolve("long.nvmetsh"), "help\npwd\n");
      pty.line("replay long.nvmetsh", ROOT);
      pty.line("watch -n 1 1 help", ROOT);
      pty.type("\u001b[200~help\rpwd\r\u001b[201~\r");
      pty.await("> pwd\n/");
    }
    try (Pty pty = start("--sim", "--no-pager")) {
      pty.line("help", ROOT);
    }
  }

  @Test
  void nothingStopsOnADumbTerminalOrOutsideTheShell() throws Exception {
    Pty.Setup setup = Pty.Setup.usual(home).withSize(100, 12);
    try (Pty pty = setup.withType("dumb").start("--sim")) {
      pty.awaitPrompt(ROOT);
      pty.line("help", ROOT);
    }
    try (Pty pty = setup.run(Pty.PROGRAM + " --sim help")) {
      pty.await("One in detail:  help COMMAND");
    }
  }
}
