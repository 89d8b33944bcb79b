package io.nvmetsh.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nvmetsh.TestShell;
import io.nvmetsh.TestShell.Said;
import io.nvmetsh.command.Candidate;
import io.nvmetsh.command.LineCompletion;
import io.nvmetsh.command.Words;
import io.nvmetsh.config.ConfigFile;
import io.nvmetsh.kernel.Refusal;
import io.nvmetsh.schema.ExitStatus;
import io.nvmetsh.schema.NvmetPath;
import io.nvmetsh.schema.Problem;
import io.nvmetsh.tree.Comparison;
import io.nvmetsh.tree.Snapshot;
import io.nvmetsh.tree.TargetTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What nvmetcli, from 0.4 to 0.9, does to its users, one defect a test, in the order of {@code
 * docs/reference/nvmetcli.md}: here it does not happen.
 */
class NvmetcliDefectsTest {

  private static final String KEY = "DHHC-1:00:ia6zGodOr4SEG0Zzaw398rpY0wqipUWj4jWjUh4HWUz6aQ2n:";

  private static final String[] TARGET = {
    "create /subsystems/s attr_allow_any_host=1",
    "create /subsystems/s/namespaces/1 device_path=/dev/nvme0n1 enable=1",
    "create /ports/1 addr_trtype=tcp addr_adrfam=ipv4 addr_traddr=10.9.1.1 addr_trsvcid=4420",
    "link s /ports/1",
  };

  @TempDir Path folder;

  private TestShell target() {
    return TestShell.in(folder, "6.12").has(TARGET);
  }

  private static void isUntouched(Snapshot before, TestShell shell) {
    assertEquals(List.of(), Comparison.of(before, shell.tree()));
    assertEquals(List.of(), Comparison.of(Snapshot.of(shell.tree()), before));
  }

  private static String value(TargetTree tree, String path) {
    return tree.value(NvmetPath.parse(path)).orElseThrow();
  }

  /** 1: one missing device ends a restore, and every later subsystem and all ports are missing. */
  @Test
  void aMissingDriveIsFoundBeforeAnythingIsTakenDown() throws IOException {
    target().has("create /subsystems/t attr_allow_any_host=1", "link t /ports/1", "save a.json");
    String text = Files.readString(folder.resolve("a.json"));
    Files.writeString(folder.resolve("b.json"), text.replace("/dev/nvme0n1", "/dev/nvme8n1"));
    TestShell shell = target();
    Snapshot before = Snapshot.of(shell.tree());
    Problem no = shell.refuses("load b.json --yes");
    assertTrue(no.message().contains("/subsystems/s/namespaces/1"), no.message());
    assertTrue(no.message().contains("/dev/nvme8n1"), no.message());
    isUntouched(before, shell);
  }

  /** 2: a restore of {@code {}} deletes everything, with status 0. */
  @Test
  void anEmptyDocumentIsAnError() throws IOException {
    Files.writeString(folder.resolve("empty.json"), "{}");
    TestShell shell = target();
    Snapshot before = Snapshot.of(shell.tree());
    assertEquals(Problem.Kind.FILE, shell.refuses("load empty.json --allow-delete").kind());
    isUntouched(before, shell);
  }

  /** 3: {@code clear_existing=False} clears everything, as any text counts as true. */
  @Test
  void anUnknownWordIsAnError() {
    TestShell shell = target().has("save a.json");
    Snapshot before = Snapshot.of(shell.tree());
    for (String word : List.of("clear_existing=False", "False", "--clear-existing")) {
      assertEquals(Problem.Kind.USAGE, shell.refuses("restoreconfig a.json " + word).kind());
    }
    isUntouched(before, shell);
  }

  /** 4: quotes make a value {@code None}, braces cut it, a blank cannot be had. */
  @Test
  void valuesArriveAsTheyWereTyped() {
    TestShell shell = target().has("create /subsystems/v");
    shell.has("/subsystems/v set attr model=\"My Model\"");
    assertEquals("My Model", value(shell.tree(), "/subsystems/v/attr_model").strip());
    shell.has("/subsystems/v set attr model='Your Model'");
    assertEquals("Your Model", value(shell.tree(), "/subsystems/v/attr_model").strip());
    shell.has("/subsystems/v set attr serial=abc{def}");
    assertEquals("abc{def}", value(shell.tree(), "/subsystems/v/attr_serial").strip());
    shell.has("create /ports/2", "/ports/2 set addr treq=\"not required\"");
    assertEquals("not required", value(shell.tree(), "/ports/2/addr_treq").strip());
  }

  /** 5: a script goes on after an error and ends with status 0. */
  @Test
  void aScriptStopsAtItsFirstError() throws IOException {
    Files.writeString(
        folder.resolve("bad.nvmetsh"),
        "create /subsystems/a\n- create /subsystems/a/b/c\ncreate /nowhere/x\ncreate /ports/3\n");
    SimShell shell = SimShell.of("6.12", folder);
    assertEquals(ExitStatus.USAGE, shell.run("replay bad.nvmetsh"));
    String said = shell.said();
    assertTrue(said.contains("bad.nvmetsh:3"), said);
    assertTrue(shell.tree().isDirectory(NvmetPath.of("subsystems", "a")));
    assertFalse(shell.tree().isDirectory(NvmetPath.of("ports", "3")));
  }

  /** 6: {@code refresh} inside a port makes its children vanish. */
  @Test
  void theTreeIsAlwaysTheKernels() throws Refusal {
    TestShell shell = target().has("cd /ports/1");
    shell.target().configfs().mkdir(NvmetPath.parse("/ports/1/referrals/r"));
    assertTrue(shell.type("ls referrals").text().contains("r"), shell.type("ls").text());
    assertEquals(ExitStatus.USAGE, shell.type("refresh").status());
    String children = shell.type("ls").text();
    for (String child : List.of("subsystems", "referrals", "ana_groups")) {
      assertTrue(children.contains(child), children);
    }
  }

  /** 7: of ten saves at a time nine fail, over one name for what is not yet the file. */
  @Test
  void tenMaySaveAtATime() throws Exception {
    target().has("save alone.json");
    ExecutorService ten = Executors.newFixedThreadPool(10);
    try {
      List<Future<ExitStatus>> saves = new ArrayList<>();
      for (int i = 0; i < 10; i++) {
        TestShell shell = target();
        saves.add(ten.submit(() -> shell.type("save --force all.json").status()));
      }
      for (Future<ExitStatus> save : saves) {
        assertEquals(ExitStatus.DONE, save.get());
      }
    } finally {
      ten.shutdownNow();
    }
    assertEquals(files(List.of("alone.json")), files(List.of("all.json")));
    try (Stream<Path> left = Files.list(folder)) {
      assertEquals(2, left.count());
    }
  }

  private List<String> files(List<String> names) throws IOException {
    List<String> texts = new ArrayList<>();
    for (String name : names) {
      texts.add(Files.readString(folder.resolve(name)));
    }
    return texts;
  }

  /** 8: a log in the home directory, readable by everybody, has the keys in clear. */
  @Test
  void keysAreWrittenNowhere() throws IOException {
    SimShell shell = SimShell.typed("6.12", folder, KEY);
    shell.must("record all.nvmetsh", "create /hosts/h");
    assertEquals(ExitStatus.DONE, shell.run("set /hosts/h dhchap_key=" + KEY));
    assertNotEquals(ExitStatus.DONE, shell.run("set /hosts/h dhchap_hash=x dhchap_key=" + KEY));
    shell.run("get --all /hosts/h");
    shell.run("history");
    shell.run("save a.json");
    shell.run("record stop");
    assertFalse(shell.said().contains("ia6z"));
    try (Stream<Path> written = Files.walk(folder)) {
      for (Path file : written.filter(Files::isRegularFile).toList()) {
        assertFalse(Files.readString(file).contains("ia6z"), file.toString());
        assertEquals(
            "rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
      }
    }
  }

  /** 9: a subsystem that is still linked loses its namespaces and then cannot be removed. */
  @Test
  void aDeleteIsWholeOrNotAtAll() {
    TestShell shell = target();
    Snapshot before = Snapshot.of(shell.tree());
    Problem no = shell.refuses("delete /subsystems/s");
    assertTrue(no.toString().contains("delete -r"), no.toString());
    isUntouched(before, shell);
    SimShell asked = SimShell.of("6.12", folder).must(TARGET);
    assertEquals(ExitStatus.USAGE, asked.run("delete -r /subsystems/s"));
    assertTrue(asked.said().contains("s on port 1"));
    assertTrue(asked.tree().isDirectory(NvmetPath.parse("/subsystems/s/namespaces/1")));
    shell.has("delete -r --yes /subsystems/s");
    assertFalse(shell.tree().isDirectory(NvmetPath.of("subsystems", "s")));
  }

  /** 10: a bad argument, a missing one or a busy kernel ends the shell with a traceback. */
  @Test
  void noLineEndsTheShell() {
    TestShell shell = target().has("cd /ports");
    for (String line : List.of("create abc", "create", "create 1", "delete 1", "create 70000")) {
      shell.type(line);
    }
    Random random = new Random(10);
    List<String> lines = List.of(TARGET);
    for (int i = 0; i < 2000; i++) {
      StringBuilder line = new StringBuilder(lines.get(random.nextInt(lines.size())));
      for (int edits = random.nextInt(6); edits > 0; edits--) {
        int at = random.nextInt(line.length());
        int codePoint = random.nextInt(random.nextInt(4) == 0 ? 0x11000 : 128);
        line.replace(at, Math.min(line.length(), at + random.nextInt(3)), "");
        line.insert(Math.min(at, line.length()), Character.toString(codePoint));
      }
      assertNotEquals(ExitStatus.BUG, shell.type(line.toString()).status(), line.toString());
    }
    assertEquals(ExitStatus.DONE, shell.type("pwd").status());
  }

  /** 11: a name with {@code +} and the like can be made and then not be entered. */
  @Test
  void anyLegalNameCanBeTypedCompletedSavedAndLoaded() {
    TestShell shell = TestShell.in(folder, "6.12");
    List<String> nqns = new ArrayList<>();
    for (char c = '!'; c <= '~'; c++) {
      if (c != '/') {
        nqns.add("nqn.2024-01.io.example:" + c + "x" + c);
      }
    }
    nqns.add("nqn.2014-08.org.nvmexpress:uuid:11111111-2222-3333-4444-555555555555");
    nqns.add("nqn.2024-01.io.example:" + "l".repeat(200));
    for (String nqn : nqns) {
      String path = Words.quote("/subsystems/" + nqn);
      shell.has("create " + path, path + " set attr_allow_any_host=1", "cd " + path);
      assertEquals("/subsystems/" + nqn, shell.type("pwd").text());
      shell.has("cd /");
      assertTrue(completions(shell, path).contains("/subsystems/" + nqn), nqn);
    }
    shell.has("save a.json");
    Snapshot before = Snapshot.of(shell.tree());
    TestShell other = TestShell.in(folder, "6.12").has("load a.json");
    isUntouched(before, other);
  }

  /** Where the paths lead that Tab offers for all but the last characters of one. */
  private static List<String> completions(TestShell shell, String path) {
    List<String> places = new ArrayList<>();
    String line = "ls " + path.substring(0, path.length() - 3);
    for (Candidate each : LineCompletion.candidates(shell.session().context(), line)) {
      places.add(shell.type(Words.quote(each.value()) + " pwd").text());
    }
    return places;
  }

  /** 12: errors are tracebacks. */
  @Test
  void anErrorIsALineWithAReasonAndAdvice() {
    TestShell shell = target();
    for (String line :
        List.of(
            "load nothing.json",
            "create /subsystems/s",
            "set /ports/1 addr_trtype=udp",
            "link nothing /ports/1",
            "delete /ports/9",
            "cd /nowhere")) {
      Problem problem = shell.type(line).problem();
      assertEquals(1, problem.message().lines().count(), problem.message());
      assertFalse(problem.hints().isEmpty(), line + ": " + problem.message());
    }
  }

  /** 13: "Permission denied", without a reason; "could not be enabled", without an errno. */
  @Test
  void aLockIsNamedAndSoIsWhatTheKernelLogged() {
    TestShell shell = target();
    Problem no = shell.refuses("set /ports/1 addr_trsvcid=4421");
    assertTrue(no.message().contains("/ports/1"), no.message());
    assertTrue(no.message().contains("linked"), no.message());
    assertTrue(no.hints().toString().contains("unlink"), no.hints().toString());
    shell.has(
        "create /subsystems/p", "set /subsystems/p/passthru device_path=/dev/nvme0n1 --force");
    Problem kernels = shell.type("enable /subsystems/p/passthru --force").problem();
    assertEquals(Problem.Kind.REFUSED, kernels.kind());
    assertTrue(kernels.message().contains("EINVAL"), kernels.message());
    assertTrue(kernels.toString().contains("failed to open nvme controller"), kernels.toString());
  }

  /** 14: {@code clear} asks nothing. */
  @Test
  void clearTakesTheNameOfTheMachine() {
    SimShell nobody = SimShell.of("6.12", folder).must(TARGET);
    for (String line : List.of("clear", "clear --yes")) {
      assertEquals(ExitStatus.USAGE, nobody.run(line));
      String said = nobody.said();
      assertTrue(said.contains("s on port 1"), said);
      assertTrue(said.contains("This removes everything. This disconnects hosts"), said);
      assertTrue(nobody.tree().isDirectory(NvmetPath.of("subsystems", "s")));
    }
    SimShell right = SimShell.agreed("6.12", folder, "stor1").must(TARGET);
    assertEquals(ExitStatus.DONE, right.run("clear"));
    assertEquals(List.of(), right.tree().directories(NvmetPath.of("subsystems")));
  }

  /** 15: {@code enable} of passthru and {@code discovery_nqn} are lost. */
  @Test
  void whatIsSetIsSavedAndLoaded() {
    TestShell shell =
        TestShell.in(folder, "6.12")
            .has(
                "set / discovery_nqn=nqn.2024-01.io.example:discovery",
                "create /subsystems/p",
                "set /subsystems/p/passthru device_path=/dev/nvme0",
                "enable /subsystems/p/passthru",
                "create /subsystems/f",
                "create /subsystems/f/namespaces/1 device_path=/dev/nvme1n1 buffered_io=1",
                "save a.json");
    TestShell other = TestShell.in(folder, "6.12").has("load a.json");
    assertEquals("1", value(other.tree(), "/subsystems/p/passthru/enable").strip());
    assertEquals("1", value(other.tree(), "/subsystems/f/namespaces/1/buffered_io").strip());
    isUntouched(Snapshot.of(shell.tree()), other);
  }

  /** 16: a file that is not there is "ok", mistyped or not. */
  @Test
  void aNamedFileHasToBeThere() {
    TestShell shell = target();
    Snapshot before = Snapshot.of(shell.tree());
    assertEquals(Problem.Kind.FILE, shell.refuses("load monady.json").kind());
    Assumptions.assumeTrue(Files.notExists(ConfigFile.DEFAULT));
    Said absent = shell.type("load");
    assertEquals(ExitStatus.DONE, absent.status());
    assertTrue(absent.notes().toString().contains("there is no " + ConfigFile.DEFAULT));
    isUntouched(before, shell);
  }

  /** 17: the more subsystems, the slower every start: a thousand take seconds. */
  @Test
  void aLineReadsWhatItNeeds() throws Refusal {
    TestShell shell = target();
    shell.has("set /subsystems/s attr_serial=S1");
    int among1 = shell.operations();
    for (int i = 0; i < 2000; i++) {
      shell.target().configfs().mkdir(NvmetPath.of("subsystems", "more" + i));
    }
    shell.has("set /subsystems/s attr_serial=S2");
    assertTrue(shell.operations() <= among1 + 5, shell.operations() + " instead of " + among1);
    shell.has("pwd");
    assertEquals(0, shell.operations());
  }

  /** 18: a port is live before its ANA groups are what they shall be; nothing is checked before. */
  @Test
  void aPortIsLinkedLastAndTheWholeFileIsCheckedFirst() throws IOException {
    target()
        .has(
            "unlink s /ports/1",
            "set /ports/1/ana_groups/1 ana_state=inaccessible",
            "create /ports/1/referrals/r addr_trtype=tcp addr_traddr=10.9.1.9",
            "link s /ports/1",
            "save a.json");
    List<String> plan = TestShell.in(folder, "6.12").type("plan a.json").text().lines().toList();
    assertTrue(plan.get(plan.size() - 1).contains("link /subsystems/s /ports/1"), plan.toString());
    assertTrue(plan.toString().contains("ana_state=inaccessible"), plan.toString());
    String text = Files.readString(folder.resolve("a.json"));
    Files.writeString(folder.resolve("b.json"), text.replace("\"4420\"", "\"99999\""));
    TestShell shell = target();
    Snapshot before = Snapshot.of(shell.tree());
    Problem no = shell.refuses("load b.json --yes");
    assertTrue(no.message().contains("99999"), no.toString());
    isUntouched(before, shell);
  }
}
