package io.nvmetsh.terminal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a line looks like while it is typed, and the keys that help to type it. */
class TypingIT {

  private static final String CTRL_C = "\u0003";
  private static final String CTRL_E = "\u0005";
  private static final String UP = "\u001bOA";
  private static final String DOWN = "\u001bOB";
  private static final String RIGHT = "\u001bOC";
  private static final String ALT_RIGHT = "\u001b[1;3C";
  private static final String ROOT = "[sim ofed-4.1] stor1:/>";

  private Path home;
  private Pty.Setup setup;

  @BeforeEach
  void atHome(@TempDir Path directory) {
    home = directory;
    setup = Pty.Setup.usual(directory).withColors();
  }

  private Pty start(String... lines) throws Exception {
    Pty pty = setup.start("--sim");
    pty.awaitPrompt(ROOT);
    for (String line : lines) {
      pty.line(line, ROOT);
    }
    return pty;
  }

  /** Drops the line and types another. */
  private static void instead(Pty pty, String line) throws Exception {
    pty.type(CTRL_C);
    pty.awaitPrompt(ROOT);
    pty.type(line);
  }

  @Test
  void whatIsWrongIsRedBeforeEnter() throws Exception {
    try (Pty pty = start()) {
      pty.type("frobnicate");
      pty.awaitDrawn("!frobnicate!");
      instead(pty, "ls /ports ");
      pty.awaitDrawn("*ls* _/ports_");
      instead(pty, "ls /porst -l");
      pty.awaitDrawn("*ls* !/porst! ^-l^");
      instead(pty, "create /ports/1 addr_traddr=10.9.1.77 addr_traddr=10.9.1.1 ");
      pty.awaitDrawn(
          "*create* /ports/1 addr_traddr=!10.9.1.77! addr_traddr=_10.9.1.1_ ~[ATTRIBUTE=VALUE...]~");
    }
  }

  @Test
  void whatWasTypedBeforeIsSuggestedWhereItStillRuns() throws Exception {
    try (Pty pty = start("create /ports/1", "create /ports/2", "delete /ports/2")) {
      pty.type("cr");
      pty.awaitDrawn("*cr*~eate /ports/2~"); // port 1 is there, and can be made no more
      pty.type(ALT_RIGHT);
      pty.awaitDrawn("*create*~ /ports/2~");
      pty.type(RIGHT);
      pty.awaitDrawn("*create* /ports/2");
      instead(pty, "delete /p");
      pty.awaitDrawn("*delete* /p~orts/~"); // the word, and never the line that deletes
      pty.type(CTRL_E);
      pty.awaitDrawn("*delete* _/ports/_~1/~");
      pty.type(CTRL_C);
    }
  }

  @Test
  void enterTakesNoSuggestion() throws Exception {
    try (Pty pty = start("create /ports/1")) {
      pty.type("ls /po");
      pty.awaitDrawn("*ls* /po~rts/~");
      pty.enter(ROOT);
      pty.await("/ has no po");
    }
  }

  @Test
  void aQuestionMarkHelpsAndKeepsTheLine() throws Exception {
    try (Pty pty = start("create /ports/1")) {
      pty.type("set /ports/1 addr_trt");
      pty.awaitDrawn("*set* _/ports/1_ addr_trt~ype=~");
      pty.type("?");
      pty.await("addr_trtype=");
      pty.awaitLine("set /ports/1 addr_trt");
      pty.type("ype=?");
      pty.await("rdma  RDMA (RoCE, InfiniBand, iWARP): the one offload needs");
      pty.awaitLine("set /ports/1 addr_trtype=");
      instead(pty, "ls '?");
      pty.awaitLine("ls '?");
    }
  }

  @Test
  void aShortCommandIsWrittenOut() throws Exception {
    try (Pty pty = start()) {
      pty.type("cr /ports/1");
      pty.awaitLine("create /ports/1");
      pty.enter(ROOT);
      pty.type("ver");
      pty.type("\r");
      pty.await("no command is called ver");
      pty.type("pw");
      pty.enter(ROOT);
      pty.await("> pwd\n/");
    }
    List<String> lines = Files.readAllLines(home.resolve("state/nvmetsh/history-stor1"));
    assertEquals(
        List.of("create /ports/1", "ver", "pwd"),
        lines.stream().map(line -> line.substring(line.indexOf(':') + 1)).toList());
  }

  @Test
  void theArrowsRecallWhatBeganSo() throws Exception {
    try (Pty pty = start("create /ports/1", "ls /ports", "create /ports/2", "pwd")) {
      pty.type("cre");
      pty.awaitLine("cre");
      pty.type(UP);
      pty.awaitLine("create /ports/2");
      pty.type(UP);
      pty.awaitLine("create /ports/1");
      pty.type(DOWN);
      pty.awaitLine("create /ports/2");
      pty.type(DOWN);
      pty.awaitLine("cre");
      instead(pty, UP + UP + UP);
      pty.awaitLine("ls /ports");
    }
  }
}
