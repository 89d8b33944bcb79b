package io.nvmetsh.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nvmetsh.kernel.Errno;
import io.nvmetsh.schema.ExitStatus;
import io.nvmetsh.schema.NvmetPath;
import io.nvmetsh.schema.Quoting;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReplayTest {

  private final Path folder;
  private SimShell shell;

  ReplayTest(@TempDir Path folder) {
    this.folder = folder;
    this.shell = SimShell.of("6.12", folder);
  }

  private void replays(String text) {
    assertEquals(ExitStatus.DONE, shell.with("s", text).run("replay s"), () -> shell.said());
  }

  /** Runs a script that ends so, and returns what it said. */
  private String ends(ExitStatus status, String text, String options) {
    shell.with("s", text);
    shell.said();
    assertEquals(status, shell.run("replay " + options + " s"), () -> shell.said());
    return shell.said();
  }

  @Test
  void theFirstFailureEndsItAndIsNamed() {
    String said =
        ends(
            ExitStatus.USAGE,
            """
            # one

            create /ports/1
            create /ports/2
            cd /ports

            set 1 addr_trtype=pigeon
            create /ports/3
            """,
            "");
    assertTrue(said.contains("error: s:7: /ports/1: "), said);
    assertTrue(said.endsWith("  stopped here; 3 lines of 5 done"), said);
    assertFalse(shell.tree().isDirectory(NvmetPath.of("ports", "3")));
    assertEquals(
        "s:3: create /ports/1|s:4: create /ports/2|s:5: cd /ports|s:7: set 1 addr_trtype=pigeon",
        String.join("|", shell.echoed()));
  }

  @Test
  void theKernelsNoIsTheScriptsStatus() {
    shell.refuse("/ports/2", Errno.EBUSY);
    String said = ends(ExitStatus.KERNEL_REFUSED, "create /ports/1\ncreate /ports/2\npwd", "");
    assertTrue(said.contains("error: s:2: mkdir /ports/2: the kernel answers EBUSY"), said);
    assertTrue(said.endsWith("stopped here; 1 line of 3 done"), said);
  }

  @Test
  void whatIsDoneInPartSaysSo() {
    shell.refuse("/ports/1/addr_trtype", Errno.EBUSY);
    String said =
        ends(
            ExitStatus.PARTIAL, "create /ports/1\nset /ports/1 addr_trsvcid=1 addr_trtype=tcp", "");
    assertTrue(said.contains("1 of 2 changes of the line are made"), said);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          create /ports/'7      | a quote that opens
          creat /ports/7        | no command is called creat
          create --nonsense x   | no option is called --nonsense
          create /ports/$number | no parameter is called number
          set                   | set: nothing to set
          link                  | link: TARGET is missing
          """)
  void aLineThatCannotBeMeantStopsItBeforeAnythingIsDone(String line, String message) {
    String said = ends(ExitStatus.USAGE, "create /ports/1\n\n\n\n\n\n" + line, "");
    assertTrue(said.contains("error: s:7: "), said);
    assertTrue(said.contains(message), said);
    if (!line.equals("set")) {
      assertFalse(shell.tree().isDirectory(NvmetPath.of("ports", "1")), said);
      assertTrue(said.endsWith("nothing was done"), said);
    }
  }

  @Test
  void wordsAreNotAbbreviatedInScripts() {
    SimShell typed = SimShell.typed("6.12", folder, "y");
    assertEquals(ExitStatus.DONE, typed.run("crea /ports/1"));
    typed.with("s", "crea /ports/2");
    assertEquals(ExitStatus.USAGE, typed.run("replay s"));
    assertTrue(typed.said().contains("s:1: no command is called crea"));
  }

  @Test
  void linesMayGoOnAndComeFromAnywhere() {
    replays(
        "\ufeff# made elsewhere\r\ncreate \\\r\n  /ports/1  # here\r\n\r\nset /ports/1 \\\r\n"
            + "addr_trsvcid=4420\\\r\n addr_adrfam='ipv4'\r\n  # \\\r\n/ports/1 pwd");
    assertEquals("4420", shell.value("/ports/1/addr_trsvcid"));
    assertEquals("ipv4", shell.value("/ports/1/addr_adrfam"));
  }

  @Test
  void aLineBehindADashMayFail() {
    String said =
        ends(
            ExitStatus.DONE, "-delete /ports/1\n- nonsense\ncreate /ports/1\n-create /ports/2", "");
    assertTrue(said.contains("error: s:1: / has no ports/1") || said.contains("s:1: "), said);
    assertTrue(said.contains("s:2: no command is called nonsense"), said);
    assertFalse(said.contains("stopped"), said);
    assertTrue(shell.tree().isDirectory(NvmetPath.of("ports", "2")));
  }

  @Test
  void theShellStaysWhereItIs() {
    shell.must("create /ports/1", "cd /ports/1");
    replays("pwd\ncd /subsystems\npwd");
    shell.said();
    shell.run("pwd");
    assertEquals("/ports/1", shell.said());
  }

  @Test
  void aScriptBeginsAtTheRoot() {
    shell.must("create /ports/1", "cd /ports/1");
    replays("create hosts/a");
    assertTrue(shell.tree().isDirectory(NvmetPath.of("hosts", "a")));
  }

  @Test
  void allMissingParametersAreNamedTogether() {
    String script =
        "param traddr\nparam trsvcid 4420\n\nparam key secret\nparam 'model'\ncreate /ports/1\n";
    String said = ends(ExitStatus.USAGE, script, "");
    assertEquals(
        "error: s needs values for its parameters: traddr (line 1), key (line 4, secret), model"
            + " (line 5)\n  supply them:  replay s --param traddr=VALUE --param key=@FILE --param"
            + " model=VALUE",
        said);
    assertFalse(shell.tree().isDirectory(NvmetPath.of("ports", "1")));
  }

  @Test
  void parametersStayOneWord() {
    replays(
        """
        param model 'a b; $x "c" #d'
        param port 1
        create /subsystems/x
        set /subsystems/x attr_model=$model
        create /ports/${port}
        """);
    assertEquals("a b; $x \"c\" #d", shell.value("/subsystems/x/attr_model").stripTrailing());
    assertTrue(shell.tree().isDirectory(NvmetPath.of("ports", "1")));
  }

  @Test
  void givenValuesWinOverDefaults() {
    String said = ends(ExitStatus.DONE, "param n 1\ncreate /ports/$n", "--param n=5");
    assertTrue(shell.tree().isDirectory(NvmetPath.of("ports", "5")), said);
    assertTrue(ends(ExitStatus.USAGE, "param n 1", "--param m=5").contains("no parameter m"));
    assertTrue(ends(ExitStatus.USAGE, "param n 1", "--param m").contains("NAME=VALUE"));
    assertTrue(ends(ExitStatus.USAGE, "param n 1\nparam n 2", "").contains("s:2: param n"));
    assertTrue(ends(ExitStatus.USAGE, "param 1n 1", "").contains("s:1: param: 1n"));
  }

  @Test
  void parametersAreTheScriptsOwn() {
    assertEquals(ExitStatus.DONE, shell.run("param n 3"));
    assertTrue(ends(ExitStatus.USAGE, "create /ports/$n", "").contains("no parameter is called n"));
    replays("param n 4\ncreate /ports/$n");
    shell.must("create /ports/$n");
    assertTrue(shell.tree().isDirectory(NvmetPath.of("ports", "3")));
  }

  @Test
  void aSecretComesFromAFileAndNotFromALine() {
    String key = "DHHC-1:00:c2VjcmV0c2VjcmV0c2VjcmV0c2VjcmV0c2VjcmV0:";
    shell.with("key", key + "\n");
    String script = "param k secret\ncreate /hosts/h\nset /hosts/h dhchap_key=$k\n";
    assertEquals("", ends(ExitStatus.DONE, script, "--param k=@key"));
    assertEquals(key, shell.value("/hosts/h/dhchap_key"));
    assertEquals("s:3: set /hosts/h dhchap_key=$k", shell.echoed().get(2));

    String said = ends(ExitStatus.USAGE, script, "--param k=" + key);
    assertTrue(said.contains("k is secret and not given on a line"), said);
    assertFalse(said.contains("c2VjcmV0"), said);
    assertTrue(ends(ExitStatus.USAGE, script, "--param k=@none").contains("cannot be read"));
  }

  @Test
  void aDryRunPlansEachLineOnWhatTheOnesBeforeWouldHaveDone() {
    String before = shell.state();
    String said =
        ends(
            ExitStatus.DONE,
            """
            create /subsystems/x
            cd /subsystems/x
            create namespaces
            create namespaces
            set namespaces/2 device_path=/dev/nvme0n1
            create /ports/1
            set /ports/1 addr_trtype=rdma addr_adrfam=ipv4 addr_traddr=10.9.1.1 addr_trsvcid=4420
            link x /ports/1
            delete -r /subsystems/x
            """,
            "--dry-run --yes");
    assertTrue(said.contains("would: mkdir /subsystems/x/namespaces/2\n"), said);
    assertTrue(said.contains("would: symlink /ports/1/subsystems/x -> /subsystems/x\n"), said);
    assertTrue(said.contains("would: rmdir /subsystems/x\n"), said);
    assertTrue(said.endsWith("all 9 lines would be done"), said);
    assertEquals(before, shell.state());
    said = ends(ExitStatus.USAGE, "create /ports/1\ncreate /ports/1", "--dry-run");
    assertTrue(said.contains("would fail at s:2: /ports/1 exists already"), said);
  }

  @Test
  void aDryRunReachesIntoScriptsOfScripts() {
    shell.with("inner", "create /ports/1");
    String said = ends(ExitStatus.USAGE, "replay inner\nreplay inner", "--dry-run");
    assertTrue(said.contains("would fail at s:2: inner:1: /ports/1 exists already"), said);
    assertFalse(shell.tree().isDirectory(NvmetPath.of("ports", "1")));
  }

  @Test
  void nothingIsAsked() {
    SimShell typed = SimShell.typed("6.12", folder, "y");
    typed.must(
        "create /subsystems/x attr_allow_any_host=1",
        "create /subsystems/x/namespaces/1 device_path=/dev/nvme0n1",
        "enable /subsystems/x/namespaces/1",
        "create /ports/1 addr_trtype=rdma addr_adrfam=ipv4 addr_traddr=10.9.1.1 addr_trsvcid=4420",
        "link x /ports/1");
    typed.with("s", "disable /subsystems/x/namespaces/1\n");
    String name = "/subsystems/x/namespaces/1/enable";
    assertEquals(ExitStatus.USAGE, typed.run("replay s"));
    assertTrue(typed.said().contains("s:1: not done: This disconnects"));
    assertEquals("1", typed.value(name));
    assertEquals(ExitStatus.DONE, typed.run("replay s --yes"));
    assertEquals("0", typed.value(name));
  }

  @Test
  void aScriptDoesNotReplayItself() {
    assertTrue(
        ends(ExitStatus.USAGE, "replay s", "").contains("s:1: replay: s would replay itself"));
    shell.with("t", "replay s");
    assertTrue(ends(ExitStatus.USAGE, "replay ./t", "").contains("would replay itself"));
    for (int i = 0; i < 9; i++) {
      shell.with("n" + i, "replay n" + (i + 1));
    }
    shell.with("n9", "create /ports/1");
    assertEquals(ExitStatus.USAGE, shell.run("replay n0"));
    assertTrue(shell.said().contains("8 scripts run inside each other already"));
    assertEquals(ExitStatus.DONE, shell.run("replay n3"));
  }

  /** Between two lines as within one: what is asked for when it goes wrong is done. */
  @Test
  void whatIsInterruptedIsTakenBackOrKept() {
    String before = shell.state();
    shell.onEcho(2, () -> shell.session().interrupt());
    String said =
        ends(ExitStatus.INTERRUPTED, "create /ports/1\npwd\ncreate /ports/3\n", "--on-error=undo");
    assertTrue(said.contains("s:3: interrupted before this line"), said);
    assertTrue(said.endsWith("taken back: the target is as it was before s"), said);
    assertEquals(before, shell.state());
    shell.refuse("/ports/1", Errno.EBUSY);
    shell.onEcho(4, () -> shell.session().interrupt());
    said =
        ends(
            ExitStatus.INTERRUPTED,
            "create /ports/1\npwd\ncreate /ports/3\n",
            "--on-error=continue");
    assertTrue(said.contains("  gone on without it"), said);
    assertTrue(said.endsWith("  stopped here; 1 line of 3 done"), said);
    shell.run("failed");
    said = shell.said();
    assertTrue(
        said.endsWith("create /ports/1\n# interrupted before this line\ncreate /ports/3"), said);
  }

  /** The status says whether anything was done, as it does for a single line. */
  @Test
  void goneOnWithIsDoneInPartOnlyWhereSomethingIs() {
    String lines =
        "param x y\ncd /ports\nset /ports/9 addr_trtype=tcp\n-create /ports/1\ncreate /ports/1\n";
    shell.refuse("/ports/1", Errno.EIO);
    ends(ExitStatus.USAGE, lines, "--on-error=continue");
    shell.run("failed");
    String said = shell.said();
    assertTrue(said.contains("# /ports has no 9"), said);
    assertTrue(said.contains("# mkdir /ports/1: the kernel answers EIO"), said);
    ends(ExitStatus.KERNEL_REFUSED, "create /ports/1\n", "--on-error=continue");
    shell.accept("/ports/1");
    ends(ExitStatus.PARTIAL, lines, "--on-error=continue");
    // a line that was so already is one that is done
    ends(ExitStatus.PARTIAL, lines, "--on-error=continue");
  }

  @Test
  void whereNothingWasDoneNothingIsCalledTakenBack() {
    shell.refuse("/ports/1", Errno.EIO);
    for (String lines :
        List.of(
            "create /ports/1\n", "pwd\ncreate /ports/1\n", "create /ports/1 addr_trtype=tcp\n")) {
      String said = ends(ExitStatus.KERNEL_REFUSED, lines, "--on-error=undo");
      assertTrue(said.endsWith("nothing had been changed: the target is as it was before s"), said);
    }
  }

  @Test
  void aFirstLineThatIsHalfDoneIsNotCalledUndone() {
    shell.refuse("/ports/1/addr_trtype", Errno.EIO);
    String said = ends(ExitStatus.PARTIAL, "create /ports/1 addr_trtype=tcp\n", "");
    assertTrue(said.contains("1 of 2 changes of the line are made"), said);
    assertTrue(said.endsWith("stopped in its first line"), said);
    shell.must("delete /ports/1");
    said = ends(ExitStatus.KERNEL_REFUSED, "create /ports/1 addr_trtype=tcp\n", "--on-error=undo");
    assertTrue(said.endsWith("taken back: the target is as it was before s"), said);
    ends(ExitStatus.PARTIAL, "create /ports/1 addr_trtype=tcp\n", "--on-error=continue");
  }

  @Test
  void anInterruptStopsItBetweenLines() {
    // the second line is on its way when it comes
    shell.onEcho(2, () -> shell.session().interrupt());
    String said = ends(ExitStatus.INTERRUPTED, "create /ports/1\npwd\ncreate /ports/2", "");
    assertTrue(said.contains("s:3: interrupted before this line"), said);
    assertTrue(said.contains("2 lines of 3 done"), said);
    assertFalse(shell.tree().isDirectory(NvmetPath.of("ports", "2")));
  }

  @Test
  void anInterruptStopsALineBeforeItsNextChange() {
    shell.onEcho(2, () -> shell.session().interrupt());
    String said = ends(ExitStatus.INTERRUPTED, "create /ports/1\ncreate /ports/2\npwd", "");
    assertTrue(said.contains("s:2: interrupted; not done any more: mkdir /ports/2"), said);
    assertTrue(said.contains("1 line of 3 done"), said);
    assertFalse(shell.tree().isDirectory(NvmetPath.of("ports", "2")));
  }

  @Test
  void whatOnlyStandsForAValueIsNeverSent() {
    String made = "\ufdd0x\ufdd1";
    for (String line :
        List.of(
            "create /hosts/" + made,
            "create /ports/1 addr_trsvcid=" + made,
            "modules load nvmet-rdma offload_mem_size=" + made)) {
      assertEquals(ExitStatus.USAGE, shell.run(line));
      assertTrue(shell.said().contains("characters that Unicode keeps from being text"));
    }
  }

  @Test
  void anotherFormatIsRefused() {
    String said = ends(ExitStatus.UNSUPPORTED, "# nvmetsh script 2\ncreate /ports/1", "");
    assertTrue(said.contains("s is a script of format 2; this nvmetsh reads format 1"), said);
    replays("# nvmetsh script 1\ncreate /ports/1");
  }

  @Test
  void unreadableFilesAreNamed() throws Exception {
    assertEquals(ExitStatus.USAGE, shell.run("replay nowhere"));
    assertTrue(shell.said().contains("nowhere cannot be read: there is no such file"));
    Files.createDirectory(folder.resolve("d"));
    assertEquals(ExitStatus.USAGE, shell.run("replay d"));
    assertTrue(shell.said().contains("d cannot be read: it is a directory"));
    Files.write(folder.resolve("b"), new byte[] {(byte) 0xff, (byte) 0xfe, 0, 1});
    assertEquals(ExitStatus.USAGE, shell.run("replay b"));
    assertTrue(shell.said().contains("b cannot be read: it is not UTF-8 text"));
  }

  @Test
  void exitEndsTheScriptAndNotTheShell() {
    replays("create /ports/1\nexit\ncreate /ports/2");
    assertFalse(shell.tree().isDirectory(NvmetPath.of("ports", "2")));
    assertFalse(shell.session().isOver());
  }

  private static final String RECORDED =
      """
      create /ports/1
      set /ports/1 addr_trsvcid=4420 addr_treq='not required'
      #= /ports/1/addr_trsvcid 4420
      #= /ports/1/addr_treq 'not required'
      ls /ports
      #> 1/  no transport, nothing linked
      """;

  @Test
  void verifyingPasses() {
    String said = ends(ExitStatus.DONE, RECORDED, "--verify");
    assertTrue(
        said.endsWith("note: verified: 3 values and outputs compared, all as recorded"), said);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          trsvcid 4420       | trsvcid 4421     | s:3: /ports/1/addr_trsvcid: expected 4421, found 4420
          treq 'not required' | treq required | s:4: /ports/1/addr_treq: expected required, found 'not required'
          #= /ports/1/addr_t | #= /ports/2/addr_t | s:3: /ports/2/addr_trsvcid: expected 4420, found not there
          nothing linked     | 1 linked         | s:6: expected "1/  no transport, 1 linked", found "1/  no transport, nothing linked"
          """)
  void verifyingFailsWhenOneThingDiffers(String from, String to, String message) {
    String script = RECORDED.replaceFirst(from, to);
    assertFalse(script.equals(RECORDED));
    String said = ends(ExitStatus.PENDING, script, "--verify");
    assertTrue(said.contains("error: " + message), said);
    assertTrue(said.endsWith("3 values and outputs compared, 1 different"), said);
    assertEquals(ExitStatus.DONE, SimShell.of("6.12", folder).run("replay s"));
  }

  @Test
  void verifyingNoticesThatALaterLineUndidAnEarlierOne() {
    shell.must("record r", "create /ports/1", "set /ports/1 addr_trsvcid=4420", "record off");
    SimShell fresh = SimShell.of("6.12", folder);
    fresh.with("r", shell.text("r") + "set /ports/1 addr_trsvcid=4421\n");
    assertEquals(ExitStatus.PENDING, fresh.run("replay --verify r"));
    assertTrue(fresh.said().contains("the values together are not what they were"));
  }

  @Test
  void valuesAreComparedByTheirType() {
    String said =
        ends(
            ExitStatus.DONE,
            """
            create /subsystems/s
            set /subsystems/s attr_allow_any_host=1
            #= /subsystems/s/attr_allow_any_host yes
            """,
            "--verify");
    assertTrue(said.contains("1 values"), said);
    assertTrue(ends(ExitStatus.USAGE, "pwd", "--verify --dry-run").contains("cannot be verified"));
    assertTrue(ends(ExitStatus.USAGE, "pwd\n#= /ports", "--verify").contains("s:2: not a path"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a b", "it's", "\"q\"", "$(reboot)", "a;b", "-x", "#c", "a\\b", "x=y"})
  void hostileNamesReplay(String name) {
    shell.must("record r");
    shell.must("create " + Quoting.word("/hosts/" + name), "record off");
    SimShell fresh = SimShell.of("6.12", folder);
    assertEquals(ExitStatus.DONE, fresh.run("replay --verify r"), fresh::said);
    assertEquals(List.of(name), fresh.tree().directories(NvmetPath.of("hosts")));
    assertEquals(shell.state(), fresh.state());
  }
}
