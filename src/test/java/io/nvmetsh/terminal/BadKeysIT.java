package io.nvmetsh.terminal;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What nobody should press, and terminals nobody should have: the shell lives on. */
class BadKeysIT {

  private static final String CTRL_C = "\u0003";
  private static final String CTRL_D = "\u0004";
  private static final String CTRL_B = "\u0002";
  private static final String ROOT = "[sim ofed-4.1] stor1:/>";

  private Path home;
  private Pty.Setup setup;

  @BeforeEach
  void atHome(@TempDir Path directory) {
    home = directory;
    setup = Pty.Setup.usual(directory);
  }

  private Pty start() throws Exception {
    Pty pty = setup.start("--sim");
    pty.awaitPrompt(ROOT);
    return pty;
  }

  /** Leaves, and expects the status of the last line. */
  private static void leave(Pty pty, int status) throws Exception {
    pty.type(CTRL_D);
    assertEquals(status, pty.status(), pty::screen);
  }

  @Test
  void ctrlCDropsTheLine() throws Exception {
    try (Pty pty = start()) {
      pty.type("create subsystems/half");
      pty.awaitLine("create subsystems/half");
      pty.type(CTRL_C);
      pty.await("create subsystems/half\n^C\n" + ROOT);
      pty.awaitPrompt(ROOT);
      pty.line("ls", ROOT);
      assertTrue(pty.screen().contains("subsystems/  none"), pty::screen);
      leave(pty, 0);
    }
  }

  @Test
  void ctrlCStopsAScriptBetweenTwoLines() throws Exception {
    Files.writeString(home.resolve("endless.nvmetsh"), "tree /\n".repeat(200_000));
    try (Pty pty = start()) {
      pty.type("replay endless.nvmetsh\r");
      pty.await("endless.nvmetsh:9");
      pty.type(CTRL_C);
      pty.await("interrupted before this line");
      pty.awaitPrompt(ROOT);
      pty.line("pwd", ROOT);
      leave(pty, 0);
    }
  }

  @Test
  void ctrlDLeavesOnlyAnEmptyLine() throws Exception {
    try (Pty pty = start()) {
      pty.type("pwd");
      pty.awaitLine("pwd");
      pty.type(CTRL_D);
      pty.enter(ROOT);
      pty.line("cd /nowhere", ROOT);
      leave(pty, 1);
    }
  }

  @Test
  void anOpenQuoteIsAMistakeAndNothingWorse() throws Exception {
    try (Pty pty = start()) {
      pty.line("create \"subsystems/x", ROOT);
      pty.await("a quote that opens at character 8 is not closed");
      pty.line("ls", ROOT);
      assertTrue(pty.screen().contains("subsystems/  none"), pty::screen);
      leave(pty, 0);
    }
  }

  @Test
  void tabInTheMiddleOfAWordCompletesWhatIsBeforeTheCursor() throws Exception {
    try (Pty pty = start()) {
      pty.type("cd subXX");
      pty.awaitLine("cd subXX");
      pty.type(CTRL_B + CTRL_B);
      pty.awaitLine("cd sub");
      pty.tab("s", "cd subsystems/");
      pty.await("cd subsystems/XX");
      pty.type(CTRL_C);
      pty.awaitPrompt(ROOT);
      leave(pty, 0);
    }
  }

  @Test
  void tabWithAnOpenQuoteClosesIt() throws Exception {
    try (Pty pty = start()) {
      pty.line("create 'subsystems/two words'", ROOT);
      pty.tab("cd \"subsystems/tw", "cd 'subsystems/two words/'");
      pty.tab("name", "cd 'subsystems/two words/namespaces/'");
      pty.enter("stor1:/subsystems/two words/namespaces>");
      leave(pty, 0);
    }
  }

  @Test
  void aKeyThatIsNoAnswerIsNotLost() throws Exception {
    setup = setup.withSize(80, 24);
    try (Pty pty = start()) {
      pty.type("\t");
      pty.await("do you wish to see all");
      pty.type("pwd");
      pty.awaitLine("pwd");
      pty.enter(ROOT);
      pty.await("\n/\n");
      leave(pty, 0);
    }
  }

  @Test
  void aVeryLongLineIsSaidToBeTooLong() throws Exception {
    try (Pty pty = start()) {
      String name = "nqn.2024-01.io.example:" + "x".repeat(1000);
      pty.type("create subsystems/" + name);
      pty.await("x".repeat(110));
      pty.enter(ROOT);
      pty.await("223");
      pty.line("cd subsystems", "stor1:/subsystems>");
      leave(pty, 0);
    }
  }

  /** As terminals send it that mark what is pasted, and as they send it that do not. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aPastedBlockRunsLineByLine(boolean marked) throws Exception {
    String block = "create subsystems/a\ncd subsystems/a\n# a word about it\n\n  pwd\n";
    try (Pty pty = start()) {
      if (marked) {
        pty.type("\u001b[200~" + block + "\u001b[201~");
        pty.await(">   pwd");
        pty.type("\r");
      } else {
        pty.type(block.replace('\n', '\r'));
      }
      pty.await("\n/subsystems/a\n");
      pty.awaitPrompt("stor1:/subsystems/a>");
      leave(pty, 0);
    }
  }

  @Test
  void aPastedBlockStopsWhereItFails() throws Exception {
    try (Pty pty = start()) {
      pty.type("\u001b[200~create subsystems/a\ncd subsystems/b\ncreate namespaces/1\u001b[201~");
      pty.await("> create namespaces/1");
      pty.enter(ROOT);
      pty.await("not run: what was pasted behind this line");
      pty.line("cd subsystems/a/namespaces", "stor1:/subsystems/a/namespaces>");
      pty.line("ls", "stor1:/subsystems/a/namespaces>");
      assertFalse(pty.screen().contains("\n1/"), pty::screen);
      leave(pty, 0);
    }
  }

  @Test
  void theRecordingIsInThePromptAndEndsWithTheShell() throws Exception {
    String recording = "[sim ofed-4.1] rec walk.nvmetsh stor1:/>";
    try (Pty pty = start()) {
      pty.line("record walk.nvmetsh", recording);
      pty.line("create subsystems/a", recording);
      pty.line("record off", ROOT);
      pty.line("record again.nvmetsh", "[sim ofed-4.1] rec again.nvmetsh stor1:/>");
      leave(pty, 0);
    }
    assertAll(
        () -> assertTrue(Files.readString(home.resolve("walk.nvmetsh")).contains("create /sub")),
        () -> assertTrue(Files.readString(home.resolve("again.nvmetsh")).contains("# end: ")));
  }

  /** Types that are known, that are not, and sizes that people and serial lines have. */
  @ParameterizedTest
  @CsvSource({
    "tmux-256color, 80, 24",
    "screen, 80, 24",
    "linux, 80, 25",
    "vt100, 80, 24",
    "vt220, 0, 0",
    "not-known-anywhere, 80, 24",
    "xterm, 40, 12",
  })
  void everyTerminalIsGoodEnough(String type, int columns, int rows) throws Exception {
    setup = setup.withType(type).withSize(columns, rows);
    try (Pty pty = start()) {
      pty.tab("cd sub", "cd subsystems/");
      pty.enter("stor1:/subsystems>");
      pty.line("cd /", ROOT);
      pty.type("se");
      pty.awaitLine("se");
      pty.tab("", "set ");
      pty.list("set ", "hosts/");
      pty.type("\u0015");
      pty.tab("hist", "history ");
      pty.enter(ROOT);
      assertTrue(pty.screen().contains("\ncd subsystems/\ncd /\nhistory\n"), pty::screen);
      leave(pty, 0);
    }
  }

  /** Where nothing can be drawn the kernel edits the line: no Tab, but all else. */
  @Test
  void aDumbTerminalGetsPlainLines() throws Exception {
    setup = setup.withType("dumb");
    try (Pty pty = start()) {
      pty.line("create subsystems/a", ROOT);
      pty.type("create subsystems/b");
      pty.awaitLine("create subsystems/b");
      pty.type(CTRL_C);
      pty.awaitPrompt(ROOT);
      pty.line("ls subsystems", ROOT);
      assertEquals(
          """
          [sim ofed-4.1] stor1:/> create subsystems/a
          [sim ofed-4.1] stor1:/> create subsystems/b^C
          [sim ofed-4.1] stor1:/> ls subsystems
          a/  0 namespaces, no host may connect
          [sim ofed-4.1] stor1:/>\
          """,
          pty.screen());
      leave(pty, 0);
    }
  }
}
