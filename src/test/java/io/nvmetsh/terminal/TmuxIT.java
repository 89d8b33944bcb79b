package io.nvmetsh.terminal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A person at the keyboard of a terminal, from the first key to the last. */
class TmuxIT {

  private static final String ROOT = "[sim ofed-4.1] stor1:/>";
  private static final String BOLD = "\u001b[1m";
  private static final String FAINT = "\u001b[2m";
  private static final String UNDERLINED = "\u001b[4m";
  private static final String RED = "\u001b[31m";

  private final GuideScreens guide = new GuideScreens(Path.of("docs/guide/2-moving-around.md"));
  private Path home;

  @BeforeEach
  void atHome(@TempDir Path directory) {
    home = directory;
  }

  private Tmux start(int columns, int rows, String... environment) throws Exception {
    Tmux tmux = Tmux.start(home, columns, rows, List.of(environment), "--sim");
    tmux.awaitEnd(ROOT);
    return tmux;
  }

  @Test
  void aLineTellsWhatItIsAndHowItMayGoOn() throws Exception {
    try (Tmux tmux = start(100, 24)) {
      tmux.type("craete /subsystems/a");
      tmux.awaitEscapes(RED + "craete");
      tmux.key("C-c");
      tmux.awaitEnd(ROOT);
      tmux.line("create /ports/1");
      tmux.awaitEnd(ROOT);
      tmux.type("set /ports/1 addr_traddr=10.9.1.77");
      tmux.awaitEscapes(BOLD + "set");
      tmux.awaitEscapes(UNDERLINED + "/ports/1");
      tmux.awaitEscapes(RED + "10.9.1.77");
      tmux.key("C-c");
      tmux.awaitEnd(ROOT);
      tmux.type("ls /por");
      tmux.awaitEscapes(FAINT + "ts/");
      tmux.key("Right");
      tmux.await("the line taken", screen -> screen.endsWith("> ls /ports/1/"));
    }
  }

  @Test
  void whatCanStandHereIsListedBelowTheLine() throws Exception {
    try (Tmux tmux = start(100, 30)) {
      tmux.line("create /subsystems/disk1 attr_allow_any_host=1");
      tmux.awaitEnd(ROOT);
      tmux.type("create /subsystems/disk1/namespaces/1 device_path=");
      tmux.key("Tab");
      tmux.await("device_path=/dev/");
      tmux.key("Tab");
      tmux.await("/dev/disk/by-id/");
      String[] listed = tmux.screen().split("\n", -1);
      assertTrue(listed[1].endsWith("device_path=/dev/"), tmux::screen);
      assertTrue(listed[2].startsWith("/dev/nvme0n1"), tmux::screen);
      tmux.type("nvme2?"); // what it may be is shown above, and the line stays as it is
      tmux.await("in use, 2 TB, 0000:05:00.0, INTEL SSDPE2KX020T8, serial ..2P0BGN, NUMA 0:\n");
      tmux.await("device_path=/dev/nvme2\n");
      tmux.key("C-c");
      tmux.awaitEnd(ROOT);
    }
  }

  /** The guide's: each key in the order that its chapter tells. */
  @Test
  void theGuidesLineGrows() throws Exception {
    try (Tmux tmux = start(90, 24)) {
      tmux.line("create ports/1 addr_trtype=rdma");
      tmux.awaitEnd(ROOT);
      tmux.type("set ports/1 addr_adrfam=?");
      tmux.await("Fibre Channel\n" + ROOT + " set ports/1 addr_adrfam=");
      guide.screen("question-mark", tmux.screen());
      tmux.type("ipv4 addr_traddr=10.9");
      tmux.key("Tab");
      tmux.await("addr_traddr=10.9.");
      tmux.key("Tab");
      tmux.awaitEnd("no offload (ConnectX-4), link up");
      guide.screen("addresses", tmux.screen());
    }
    guide.compare();
  }

  @Test
  void ctrlCStopsWhatRunsAndNothingElse() throws Exception {
    Files.writeString(home.resolve("endless.nvmetsh"), "tree /\n".repeat(200_000));
    try (Tmux tmux = start(100, 24)) {
      tmux.type("create subsystems/half");
      tmux.await("half");
      tmux.key("C-c");
      tmux.await("create subsystems/half\n^C\n" + ROOT);
      tmux.line("replay endless.nvmetsh");
      tmux.await("endless.nvmetsh:9");
      tmux.key("C-c");
      tmux.await("interrupted before this line");
      tmux.awaitEnd(ROOT);
      tmux.line("ls");
      tmux.await("subsystems/  none");
    }
  }

  @Test
  void whatIsInNoFileIsNotLeftWithoutAWord() throws Exception {
    for (String name : List.of("hosts", "ports", "subsystems")) {
      Files.createDirectories(home.resolve("target").resolve(name));
    }
    try (Tmux tmux =
        Tmux.start(home, 100, 24, List.of(), "--root", "target", "--state-dir", "kept")) {
      tmux.awaitEnd(":/>");
      tmux.line("create /hosts/a");
      tmux.awaitEnd(":/*>");
      tmux.key("C-d");
      tmux.await("what was changed is in no file");
      tmux.awaitEnd(":/*>");
      tmux.line("save " + home.resolve("all.json"));
      tmux.awaitEnd(":/>");
      tmux.line("create /hosts/b");
      tmux.awaitEnd(":/*>");
      tmux.key("C-d");
      tmux.await("leave all the same:  exit", screen -> screen.contains("same:  exit"));
      tmux.awaitEnd(":/*>");
      tmux.key("C-d");
      assertEquals(0, tmux.status());
    }
  }

  @Test
  void twoHundredPastedLinesAllRun() throws Exception {
    String block =
        IntStream.rangeClosed(1, 200)
            .mapToObj("create subsystems/disk%d attr_allow_any_host=1"::formatted)
            .collect(Collectors.joining("\n"));
    try (Tmux tmux = start(100, 24)) {
      tmux.paste(block);
      tmux.awaitEnd("create subsystems/disk200 attr_allow_any_host=1");
      assertFalse(tmux.everything().contains("disk200 attr_allow_any_host=1\n" + ROOT));
      tmux.key("Enter");
      tmux.await(
          "the last line run", screen -> screen.endsWith("disk200 attr_allow_any_host=1\n" + ROOT));
      tmux.line("ls subsystems | count");
      tmux.await("count  200\n");
      tmux.line("exit");
      assertEquals(0, tmux.status());
    }
  }

  @Test
  void aLineSurvivesThatTheTerminalIsMadeSmallerAndLarger() throws Exception {
    String line = "set /ports/1 addr_trtype=rdma addr_adrfam=ipv4 addr_trsvcid=4420";
    try (Tmux tmux = start(110, 24)) {
      tmux.line("create /ports/1");
      tmux.awaitEnd(ROOT);
      tmux.type(line);
      tmux.awaitEnd(line);
      tmux.resize(40, 24);
      tmux.type(" ");
      tmux.resize(110, 30);
      tmux.type("addr_traddr=10.9.1.1");
      tmux.key("C-l"); // what a terminal makes of wrapped lines is its own affair
      tmux.await(line + " addr_traddr=10.9.1.1");
      tmux.resize(40, 12);
      tmux.key("Enter");
      tmux.awaitEnd(ROOT);
      tmux.line("ls ports");
      tmux.await("rdma 10.9.1.1:4420");
    }
  }

  /** No row is wider than the screen, and every frame and dash is of the characters there are. */
  @ParameterizedTest
  @ValueSource(strings = {"LC_ALL=C", "LC_ALL=C.UTF-8"})
  void fortyColumnsAreEnough(String locale) throws Exception {
    try (Tmux tmux = start(40, 60, locale, "TERM=screen", "NO_COLOR=1")) {
      tmux.line("create subsystems/disk1");
      tmux.awaitEnd(ROOT);
      tmux.line("tree");
      tmux.await("the tree", screen -> screen.endsWith(ROOT) && screen.contains("disk1  "));
      assertTrue(
          tmux.screen().contains(locale.endsWith("UTF-8") ? "├─ hosts" : "|- hosts"),
          tmux.screen());
      tmux.line("devices");
      tmux.await("the drives", screen -> screen.endsWith(ROOT) && screen.contains("nvme0n1"));
      assertFalse(tmux.run("capture-pane", "-p", "-e").contains("\u001b["), "no colour");
    }
  }

  @Test
  void aDumbTerminalGetsPlainLines() throws Exception {
    try (Tmux tmux = start(80, 24, "TERM=dumb")) {
      tmux.line("create subsystems/a");
      tmux.awaitEnd(ROOT);
      tmux.line("ls subsystems");
      tmux.awaitEnd(ROOT);
      assertEquals(
          """
          [sim ofed-4.1] stor1:/> create subsystems/a
          [sim ofed-4.1] stor1:/> ls subsystems
          a/  0 namespaces, no host may connect
          [sim ofed-4.1] stor1:/>\
          """,
          tmux.screen());
    }
  }

  /** A terminal inside a terminal, with ideas of its own about colours, pasting and sizes. */
  @Test
  void insideScreenNothingIsMissing() throws Exception {
    Tmux.assumeInstalled("screen");
    Path sockets = Files.createDirectory(home.resolve("screen"));
    Files.setPosixFilePermissions(sockets, PosixFilePermissions.fromString("rwx------"));
    Path settings = Files.writeString(home.resolve("screenrc"), "autodetach off\n"); // ends with us
    try (Tmux tmux = start(100, 30, "SCREENDIR=" + sockets, "screen -U -c " + settings)) {
      tmux.type("craete /subsystems/a");
      tmux.awaitEscapes(RED + "craete");
      tmux.key("C-c");
      tmux.awaitEnd(ROOT);
      tmux.type("create /por");
      tmux.key("Tab");
      tmux.awaitEscapes("/ports/" + FAINT + "1");
      tmux.type("?");
      tmux.await("next free");
      tmux.key("C-c");
      tmux.awaitEnd(ROOT);
      tmux.paste(
          IntStream.range(0, 60)
              .mapToObj(number -> "create /subsystems/d" + number + "\n")
              .collect(Collectors.joining()));
      tmux.awaitEnd("create /subsystems/d59\n>");
      tmux.key("Enter");
      tmux.await("the last of them", screen -> screen.endsWith("create /subsystems/d59\n" + ROOT));
      tmux.resize(70, 20);
      tmux.line("ls /subsystems");
      tmux.await("q for no more --");
      tmux.key("q");
      tmux.awaitEnd(ROOT);
      tmux.line("exit");
      tmux.awaitEnd("[screen is terminating]");
    }
  }

  @Test
  void theLastRowMovesWithTheTerminal() throws Exception {
    String state = " stor1 | sim ofed-4.1 | hosts connected: 0";
    try (Tmux tmux = Tmux.start(home, 90, 12, List.of(), "--sim", "--status-line")) {
      tmux.awaitEnd(state);
      tmux.resize(60, 20);
      tmux.line("ls");
      tmux.await("subsystems/  none");
      tmux.await("row 20", screen -> screen.endsWith("\n" + state) && screen.lines().count() == 20);
      tmux.resize(60, 10);
      tmux.line("pwd");
      tmux.await("\n/\n");
      tmux.await("row 10", screen -> screen.endsWith("\n" + state) && screen.lines().count() == 10);
    }
  }

  @Test
  void theLastRowTellsTheStateOfThings() throws Exception {
    String state = " stor1 | sim ofed-4.1 | ";
    try (Tmux tmux = Tmux.start(home, 90, 12, List.of(), "--sim", "--status-line")) {
      tmux.awaitEnd("hosts connected: 0");
      tmux.line("record walk.nvmetsh");
      tmux.awaitEnd(state + "recording walk.nvmetsh | hosts connected: 0");
      tmux.line("help | no-more"); // longer than the screen
      tmux.await("all of it", screen -> screen.contains("walk.nvmetsh stor1:/>\n"));
      tmux.line("record off");
      tmux.awaitEnd(state + "hosts connected: 0");
      tmux.line("exit");
      assertEquals(0, tmux.status());
      assertFalse(tmux.screen().contains("hosts connected"), tmux.screen());
    }
  }
}
