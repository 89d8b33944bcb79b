package io.nvmetsh.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nvmetsh.kernel.Errno;
import io.nvmetsh.kernel.Refusal;
import io.nvmetsh.schema.ExitStatus;
import io.nvmetsh.schema.NvmetPath;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code edit}, where the person at the editor is a line for bash on the file {@code $1}. */
class EditingTest {

  private static final String KEY = "DHHC-1:00:ia6zGodOr4SEG0Zzaw398rpY0wqipUWj4jWjUh4HWUz6aQ2n:";
  private static final Pattern KEPT = Pattern.compile("the text is kept in: +(\\S+)");

  @TempDir Path folder;

  private final Deque<String> edits = new ArrayDeque<>();

  /** What the editor was opened with, each time. */
  private final List<String> opened = new ArrayList<>();

  private final Set<Path> folders = new HashSet<>();
  private Path edited = Path.of("none");
  private SimShell shell;

  @BeforeEach
  void aPort() {
    shell = shell("7.3");
  }

  private SimShell shell(String release) {
    SimShell made = SimShell.of(release, folder).editing(this::edit);
    made.must(
        "create /ports/1 addr_trtype=rdma addr_adrfam=ipv4 addr_traddr=10.9.1.1 addr_trsvcid=4420",
        "create /subsystems/s",
        "create /subsystems/s/namespaces/1 device_path=/dev/nvme0n1");
    return made;
  }

  @AfterEach
  void clearUp() throws IOException {
    for (Path each : folders) {
      if (Files.exists(each)) {
        try (Stream<Path> files = Files.list(each)) {
          files.forEach(file -> assertTrue(file.toFile().delete()));
        }
        Files.delete(each);
      }
    }
  }

  private int edit(Path file) {
    try {
      edited = file;
      folders.add(folder(file));
      opened.add(Files.readString(file));
      assertEquals("rw-------", permissions(file));
      assertEquals("rwx------", permissions(folder(file)));
      Process process =
          new ProcessBuilder("bash", "-c", edits.remove(), "bash", file.toString())
              .inheritIO()
              .start();
      return process.waitFor();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Path folder(Path file) {
    return file.toAbsolutePath().resolveSibling("");
  }

  private static String permissions(Path file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }

  /** What was said of the line, whose editor was left so each time. */
  private String edits(ExitStatus status, String line, String... with) {
    edits.addAll(List.of(with));
    opened.clear();
    shell.said();
    assertEquals(status, shell.run(line), shell::said);
    assertEquals(List.of(), List.copyOf(edits), "the editor was not opened as often");
    return shell.said();
  }

  private static String sed(String commands) {
    return "sed -i '" + commands + "' \"$1\"";
  }

  /** The file in which the text is kept, as it was said. */
  private static Path kept(String said) {
    Matcher matcher = KEPT.matcher(said);
    assertTrue(matcher.find(), said);
    return Path.of(matcher.group(1));
  }

  private void nothingIsLeft() {
    assertFalse(Files.exists(folder(edited)), edited::toString);
  }

  // What is shown.

  @Test
  void theTextSaysWhatEachAttributeIs() {
    edits(ExitStatus.DONE, "edit /subsystems/s/namespaces/1", "true");
    String text = opened.get(0);
    assertTrue(text.startsWith("# /subsystems/s/namespaces/1\n"), text);
    assertTrue(
        text.contains(
            """

            # block device or file behind the namespace
            #   absolute path of a block device or file; only while disabled
            device_path=/dev/nvme0n1
            """),
        text);
    assertTrue(text.indexOf("\ndevice_path=") < text.indexOf("\nbuffered_io="), text);
    assertTrue(text.indexOf("\nbuffered_io=") < text.indexOf("\nenable=0"), text);
    assertFalse(text.contains("revalidate_size"), "it has no value");
  }

  @Test
  void theObjectIsTheOneHereOrNamedOrBeforeTheCommand() {
    shell.must("cd /ports/1");
    edits(ExitStatus.DONE, "edit", "true");
    String here = opened.get(0);
    edits(ExitStatus.DONE, "edit /ports/1", "true");
    assertEquals(here, opened.get(0));
    edits(ExitStatus.DONE, "/ports/1 edit", "true");
    assertEquals(here, opened.get(0));
    assertTrue(here.startsWith("# /ports/1\n"), here);
  }

  @Test
  void keysAreNotInTheText() throws IOException {
    shell.must("create /hosts/h");
    shell.with("key", KEY + "\n").must("set /hosts/h dhchap_key=@key");
    String said = edits(ExitStatus.DONE, "edit /hosts/h", "true");
    assertTrue(said.contains("unchanged"), said);
    String text = opened.get(0);
    assertFalse(text.contains("DHHC"), text);
    assertFalse(text.contains("\ndhchap_key"), text);
    assertTrue(text.contains("set /hosts/h dhchap_key=?"), text);
    // and none is taken from it, nor kept
    said =
        edits(
            ExitStatus.USAGE,
            "edit /hosts/h",
            "printf 'dhchap_ctrl_key=%s\\n# %s\\n' " + KEY + " " + KEY + " >> \"$1\"");
    assertTrue(said.contains("dhchap_ctrl_key is a key"), said);
    assertFalse(said.contains("ia6zGod"), said);
    String kept = Files.readString(kept(said));
    assertTrue(kept.contains("dhchap_ctrl_key=***"), kept);
    assertFalse(kept.contains("ia6zGod"), kept);
    assertEquals("", shell.value("/hosts/h/dhchap_ctrl_key").strip());
  }

  // What is done.

  @Test
  void whatDiffersIsSetAndNothingElse() {
    shell.written().clear();
    edits(ExitStatus.DONE, "edit /ports/1", sed("s/^addr_trsvcid=.*/addr_trsvcid=4421/"));
    assertEquals("4421", shell.value("/ports/1/addr_trsvcid"));
    assertEquals("[/ports/1/addr_trsvcid]", shell.written().keySet().toString());
    nothingIsLeft();
    shell.must("undo --yes");
    assertEquals("4420", shell.value("/ports/1/addr_trsvcid"));
  }

  @Test
  void aRecordingHasTheLinesThatDoIt() {
    shell.must("record r").answer("y");
    edits(
        ExitStatus.DONE,
        "edit /subsystems/s/namespaces/1",
        sed("s/^enable=.*/enable=1/;s/^buffered_io=.*/buffered_io=1/"));
    edits(
        ExitStatus.DONE,
        "edit /ports/1",
        sed("s/^addr_trsvcid=.*/addr_trsvcid=4421/;s/rdma$/x/"),
        sed("s/^addr_trtype=.*/addr_trtype=rdma/"));
    shell.must("record off");
    String text = shell.text("r");
    assertTrue(text.contains("\nset /subsystems/s/namespaces/1 buffered_io=1\n"), text);
    assertTrue(text.contains("\nenable /subsystems/s/namespaces/1"), text);
    assertTrue(text.contains("\nset /ports/1 addr_trsvcid=4421\n"), text);
    assertFalse(text.contains("edit"), text);
  }

  @Test
  void itIsSwitchedOffFirstAndOnLast() {
    shell.must("enable /subsystems/s/namespaces/1");
    edits(
        ExitStatus.DONE,
        "edit /subsystems/s/namespaces/1 --yes",
        sed("s/^enable=.*/enable=0/;s/^buffered_io=.*/buffered_io=1/"));
    edits(
        ExitStatus.DONE,
        "edit /subsystems/s/namespaces/1",
        sed("s/^enable=.*/enable=1/;s/^buffered_io=.*/buffered_io=0/"));
    assertEquals("1", shell.value("/subsystems/s/namespaces/1/enable"));
    assertEquals("0", shell.value("/subsystems/s/namespaces/1/buffered_io"));
  }

  @ParameterizedTest
  @CsvSource({"100,200", "300,400", "10,20"})
  void bothIdsMoveInAnOrderThatWorks(int least, int most) {
    shell.must("set /subsystems/s attr_cntlid_max=200 attr_cntlid_min=100");
    edits(
        ExitStatus.DONE,
        "edit /subsystems/s",
        sed(
            "s/^attr_cntlid_min=.*/attr_cntlid_min=%d/;s/^attr_cntlid_max=.*/attr_cntlid_max=%d/"
                .formatted(least, most)));
    assertEquals("" + least, shell.value("/subsystems/s/attr_cntlid_min"));
    assertEquals("" + most, shell.value("/subsystems/s/attr_cntlid_max"));
  }

  /** The kernel forgets treq with the transport; the text still says it. */
  @Test
  void whatTheTextSaysIsSoAlsoWhereAnotherChangesIt() {
    shell = shell("6.1");
    shell.must("set /ports/1 addr_treq='not required'");
    String said =
        edits(ExitStatus.DONE, "edit /ports/1", sed("s/^addr_trtype=.*/addr_trtype=tcp/"));
    assertTrue(said.contains("addr_treq=not required: set again"), said);
    assertEquals("not required", shell.value("/ports/1/addr_treq"));
  }

  @Test
  void aDeviceBringsItsAddressAsBySet() {
    shell = shell("ofed-4.1");
    shell.must("create /subsystems/s/namespaces/2");
    edits(
        ExitStatus.DONE,
        "edit /subsystems/s/namespaces/2",
        sed("s|^device_path=.*|device_path=/dev/nvme1n1|"));
    assertEquals("0000:86:00.0", shell.value("/subsystems/s/namespaces/2/pci_device_path"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "true",
        "sed -i /^addr_trsvcid/d \"$1\"",
        "sed -i -n /^#/p \"$1\"",
        "sed -i 's/=/ = /;s/$/\\r/' \"$1\""
      })
  void whatSaysTheSameChangesNothing(String edit) {
    String before = shell.state();
    assertTrue(edits(ExitStatus.DONE, "edit /ports/1", edit).contains("note: unchanged"));
    assertEquals(before, shell.state());
    nothingIsLeft();
  }

  @ParameterizedTest
  @CsvSource({
    "': > \"$1\"', DONE, the file is empty",
    "'rm \"$1\"', DONE, the file is empty",
    "'sed -i s/4420/4421/ \"$1\"; exit 1', INTERRUPTED, the editor ended with status 1"
  })
  void itIsAbandoned(String edit, ExitStatus status, String why) {
    String before = shell.state();
    String said = edits(status, "edit /ports/1", edit);
    assertEquals("note: abandoned: " + why + "; nothing is changed", said);
    assertEquals(before, shell.state());
    nothingIsLeft();
  }

  @Test
  void aRehearsalShowsWhatWouldBeDone() {
    String before = shell.state();
    String said = edits(ExitStatus.DONE, "edit /ports/1 --dry-run", sed("s/4420/4421/"));
    assertTrue(said.contains("would: write \"4421\" to /ports/1/addr_trsvcid"), said);
    assertEquals(before, shell.state());
  }

  // What is wrong.

  @Test
  void wrongThenWrongAgainThenRight() {
    shell.answer("y", "");
    String said =
        edits(
            ExitStatus.DONE,
            "edit /ports/1",
            sed("s/^addr_trtype=.*/addr_trtype=udp/;s/^addr_adrfam/adr_fam/;$a nonsense"),
            sed("s/^adr_fam/addr_adrfam/;/^nonsense/d"),
            sed("s/^addr_trtype=.*/addr_trtype=tcp/"));
    assertTrue(said.contains("addr_trtype takes rdma, tcp"), said);
    assertTrue(said.contains("/ports/1 has no attribute adr_fam"), said);
    assertTrue(said.contains("not an assignment: nonsense"), said);
    assertEquals("tcp", shell.value("/ports/1/addr_trtype"));
    // each time what is wrong then, with the number of its line, and no more
    assertEquals(0, faults(opened.get(0)).size());
    assertEquals(3, faults(opened.get(1)).size(), opened.get(1));
    assertEquals(1, faults(opened.get(2)).size(), opened.get(2));
    for (String text : opened.subList(1, 3)) {
      for (String fault : faults(text)) {
        assertTrue(said.contains("error: " + fault), said);
      }
      assertTrue(lineOf(text, "addr_trtype takes").startsWith("addr_trtype=udp"), text);
    }
    assertTrue(lineOf(opened.get(1), "not an assignment").equals("nonsense"), opened.get(1));
    nothingIsLeft();
  }

  /** What is said to be wrong at the top of a text. */
  private static List<String> faults(String text) {
    return text.lines()
        .filter(line -> line.startsWith("#! line "))
        .map(line -> line.substring(3))
        .toList();
  }

  /** The line of which a text says this. */
  private static String lineOf(String text, String fault) {
    for (String each : faults(text)) {
      if (each.contains(fault)) {
        int number = Integer.parseInt(each.replaceAll("line ([0-9]+):.*", "$1"));
        return text.lines().toList().get(number - 1);
      }
    }
    throw new AssertionError(text);
  }

  @Test
  void whoLeavesKeepsTheText() throws IOException {
    shell.answer("maybe", "n");
    String before = shell.state();
    String said = edits(ExitStatus.USAGE, "edit /ports/1", sed("s/^addr_trtype=.*/addr_trtype=x/"));
    assertEquals(2, shell.asked().size(), shell.asked()::toString);
    assertTrue(said.contains("error: left: nothing is changed"), said);
    Path kept = kept(said);
    assertEquals("rw-------", permissions(kept));
    String text = Files.readString(kept);
    assertTrue(text.contains("\naddr_trtype=x\n"), text);
    assertTrue(text.contains("\naddr_trsvcid=4420\n"), text);
    assertEquals(1, faults(text).size(), text);
    assertEquals(before, shell.state());
  }

  @Test
  void whoGivesUpLaterKeepsTheTextBefore() throws IOException {
    shell.answer("y");
    String said =
        edits(
            ExitStatus.INTERRUPTED,
            "edit /ports/1",
            sed("s/^addr_trtype=.*/addr_trtype=x/"),
            ": > \"$1\"; exit 1");
    assertTrue(Files.readString(kept(said)).contains("\naddr_trtype=x\n"), said);
  }

  @Test
  void whatStandsTwiceIsRefused() {
    String said = edits(ExitStatus.USAGE, "edit /ports/1", "echo addr_trsvcid=4421 >> \"$1\"");
    assertTrue(said.contains("addr_trsvcid stands here for the second time"), said);
  }

  @Test
  void whatIsLockedIsRefusedWithItsLine() {
    shell.must("link s /ports/1");
    shell.answer("y");
    String said = edits(ExitStatus.DONE, "edit /ports/1", sed("s/4420/4421/"), sed("s/4421/4420/"));
    assertTrue(said.contains("cannot set addr_trsvcid while subsystems are linked"), said);
    assertEquals("addr_trsvcid=4421", lineOf(opened.get(1), "while subsystems are linked"));
    assertTrue(said.endsWith("note: unchanged"), said);
  }

  @Test
  void whatTheKernelRefusesCanBeEditedAgain() {
    shell.answer("y");
    shell.refuse("/ports/1/addr_trsvcid", Errno.EINVAL);
    shell.must("record r");
    String said =
        edits(
            ExitStatus.DONE,
            "edit /ports/1",
            sed("s/^addr_traddr=.*/addr_traddr=10.9.2.1/;s/4420/4421/"),
            sed("s/4421/4420/"));
    assertTrue(said.contains("EINVAL"), said);
    assertTrue(opened.get(1).contains("\naddr_traddr=10.9.2.1\n"), opened.get(1));
    assertEquals("addr_trsvcid=4421", lineOf(opened.get(1), "EINVAL"));
    assertEquals("10.9.2.1", shell.value("/ports/1/addr_traddr"));
    shell.must("record off");
    assertTrue(shell.text("r").contains("\nset /ports/1 addr_traddr=10.9.2.1\n"), shell.text("r"));
    assertFalse(shell.text("r").contains("FAILED"), shell.text("r"));
  }

  @Test
  void whatTheKernelRefusedIsNotLostEither() {
    shell.answer("n");
    shell.refuse("/ports/1/addr_trsvcid", Errno.EINVAL);
    String said =
        edits(
            ExitStatus.PARTIAL,
            "edit /ports/1",
            sed("s/^addr_traddr=.*/addr_traddr=10.9.2.1/;s/4420/4421/"));
    assertTrue(said.contains("left: what was done before stays"), said);
    assertTrue(Files.exists(kept(said)), said);
    shell.must("undo --yes");
    assertEquals("10.9.1.1", shell.value("/ports/1/addr_traddr"));
  }

  // Others.

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void whatAnotherHasSetMeanwhileIsSaid(boolean withNvmetsh) {
    shell.answer("y");
    Runnable other =
        () -> {
          String svc = "/ports/1/addr_trsvcid";
          String address = "/ports/1/addr_traddr";
          if (withNvmetsh) {
            shell.beside().run("set /ports/1 addr_trsvcid=4430 addr_traddr=10.9.2.1");
          } else {
            echo(svc, "4430");
            echo(address, "10.9.2.1");
          }
        };
    boolean[] been = {false};
    shell.editing(
        file -> {
          int status = edit(file);
          if (!been[0]) {
            been[0] = true;
            other.run();
          }
          return status;
        });
    String said = edits(ExitStatus.DONE, "edit /ports/1", sed("s/4420/4421/"), "true");
    assertTrue(said.contains("addr_trsvcid was 4420 and is 4430 by now"), said);
    // what was not touched is as it is now, and stays so
    assertTrue(opened.get(1).contains("\naddr_traddr=10.9.2.1\n"), opened.get(1));
    assertEquals("addr_trsvcid=4421", lineOf(opened.get(1), "is 4430 by now"));
    // left so, it is meant
    assertEquals("4421", shell.value("/ports/1/addr_trsvcid"));
    assertEquals("10.9.2.1", shell.value("/ports/1/addr_traddr"));
  }

  private void echo(String path, String value) {
    try {
      shell.target().configfs().write(NvmetPath.parse(path), value);
    } catch (Refusal e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void whatAnotherHasSetElsewhereIsNoMatter() {
    shell.editing(
        file -> {
          shell.beside().run("set /ports/1 addr_traddr=10.9.2.1");
          return edit(file);
        });
    edits(ExitStatus.DONE, "edit /ports/1", sed("s/4420/4421/"));
    assertEquals("10.9.2.1", shell.value("/ports/1/addr_traddr"));
    assertEquals("4421", shell.value("/ports/1/addr_trsvcid"));
  }

  @Test
  void whatIsGoneMeanwhileIsKept() {
    shell.editing(
        file -> {
          shell.beside().run("delete /ports/1");
          return edit(file);
        });
    String said = edits(ExitStatus.USAGE, "edit /ports/1", sed("s/4420/4421/"));
    assertTrue(said.contains("/ports has no 1"), said);
    assertTrue(Files.exists(kept(said)), said);
  }

  /** While the text is in the editor again, nobody has to wait. */
  @Test
  void othersCanWorkWhileItIsEditedAgain() {
    shell.answer("y");
    shell.refuse("/ports/1/addr_trsvcid", Errno.EINVAL);
    List<ExitStatus> other = new ArrayList<>();
    shell.editing(
        file -> {
          other.add(shell.beside().run("set /subsystems/s attr_model=m" + other.size()).status());
          return edit(file);
        });
    edits(
        ExitStatus.DONE,
        "edit /ports/1",
        sed("s/^addr_traddr=.*/addr_traddr=10.9.2.1/;s/4420/4421/"),
        sed("s/4421/4420/"));
    assertEquals(List.of(ExitStatus.DONE, ExitStatus.DONE), other);
  }

  // Where nobody is.

  @Test
  void withoutATerminalItSaysWhatToType() {
    SimShell alone = SimShell.of("7.3", folder);
    alone.must("create /ports/1");
    assertEquals(ExitStatus.USAGE, alone.run("edit /ports/1"));
    assertTrue(alone.said().contains("set /ports/1 ATTRIBUTE=VALUE"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"replay f", "replay --dry-run f", "script export --bash f"})
  void aScriptIsRefused(String line) {
    shell.with("f", "edit /ports/1\n");
    String said = edits(ExitStatus.USAGE, line);
    assertTrue(said.contains("set /ports/1 ATTRIBUTE=VALUE"), said);
  }

  @Test
  void whatHasNothingToSetIsSaid() {
    String said = edits(ExitStatus.USAGE, "edit /ports");
    assertTrue(said.contains("/ports has no attribute that can be set"), said);
  }
}
