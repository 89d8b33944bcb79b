package io.nvmetsh.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nvmetsh.TestShell;
import io.nvmetsh.TestShell.Said;
import io.nvmetsh.journal.DiskStore;
import io.nvmetsh.journal.MemoryStore;
import io.nvmetsh.journal.Store;
import io.nvmetsh.kernel.Refusal;
import io.nvmetsh.schema.ExitStatus;
import io.nvmetsh.schema.NvmetPath;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is deactivated is out of effect, and comes back as it was. */
class DeactivateTest {

  private static final NvmetPath LINKS = NvmetPath.of("ports", "1", "subsystems");
  private static final List<String> BOTH = List.of("a", "b");
  private static final List<String> NONE = List.of();

  private final Path folder;
  private final Path file;
  private final TestShell shell;

  DeactivateTest(@TempDir Path folder) {
    this.folder = folder;
    Store store = new DiskStore(folder.resolve("state"));
    this.file = folder.resolve("state/deactivated/1");
    this.shell = TestShell.keeping(store, folder, "6.12");
  }

  @BeforeEach
  void aPortWithTwoSubsystems() {
    shell.has(
        "create /subsystems/a",
        "create /subsystems/b",
        "create /subsystems/c",
        "create /ports/1 addr_trtype=tcp addr_adrfam=ipv4 addr_traddr=10.9.1.1 addr_trsvcid=4420",
        "link a /ports/1",
        "link b /ports/1");
  }

  private List<String> links() {
    return shell.tree().linkNames(LINKS);
  }

  private String state() {
    String text = shell.type("ls /ports").text();
    return text.substring(text.indexOf(", ") + 2);
  }

  private void unlinkWithoutUs(String name) throws Refusal {
    shell.target().configfs().unlink(LINKS.child(name));
  }

  private void linkWithoutUs(String name) throws Refusal {
    shell.target().configfs().symlink(LINKS.child(name), NvmetPath.of("subsystems", name));
  }

  /** A change is made, and what there was to say to it is said. */
  private List<String> notes(String line) {
    Said said = shell.type(line);
    assertEquals(ExitStatus.DONE, said.status(), said.toString());
    return said.notes();
  }

  @Test
  void aPortComesBackWithTheLinksThatItHad() {
    assertEquals(
        List.of("2 links kept; to have them again:  activate /ports/1"),
        notes("deactivate /ports/1"));
    assertEquals(NONE, links());
    assertEquals("deactivated (2 links kept)", state());
    assertTrue(shell.type("tree /ports").text().contains("deactivated (2 links kept)"));
    assertEquals(List.of(), notes("activate /ports/1"));
    assertEquals(BOTH, links());
    assertEquals("2 subsystems", state());
  }

  @Test
  void whoLooksAtThePortIsTold() {
    shell.has("deactivate /ports/1");
    assertTrue(shell.type("show /ports/1").text().contains("2 links kept: a, b"));
    assertFalse(shell.type("get /ports/1 addr_traddr").text().contains("kept"));
    String why = shell.type("why /ports/1").text();
    assertTrue(why.contains("it is deactivated") && why.contains("activate /ports/1"), why);
  }

  /** What ten thousand ports cost, when none was ever deactivated, is one look for all. */
  @Test
  void aListingLooksIntoTheStoreOnce() {
    AtomicInteger looks = new AtomicInteger();
    MemoryStore memory = new MemoryStore();
    Store store =
        (Store)
            Proxy.newProxyInstance(
                Store.class.getClassLoader(),
                new Class<?>[] {Store.class},
                (proxy, method, arguments) -> {
                  if (arguments != null && arguments[0].toString().startsWith("deactivated")) {
                    looks.incrementAndGet();
                  }
                  return method.invoke(memory, arguments);
                });
    TestShell other = TestShell.keeping(store, folder, "6.12");
    other.has("create /ports/1", "create /ports/2", "create /ports/3");
    looks.set(0);
    other.has("ls /ports");
    assertEquals(1, looks.get());
  }

  @Test
  void whatIsKeptOutlastsTheShellAndIsItsOwnersAlone() throws IOException {
    shell.has("deactivate /ports/1");
    assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
    TestShell other = shell.beside();
    assertTrue(other.type("ls /ports").text().contains("2 links kept"));
    other.has("/ports/1 activate");
    assertEquals(BOTH, links());
  }

  @Test
  void nothingToDoChangesNothing() {
    String none = "/ports/1 is not deactivated";
    assertEquals(List.of(none, "unchanged"), notes("activate /ports/1"));
    shell.has("deactivate /ports/1");
    assertEquals(
        List.of("/ports/1 is deactivated already, 2 links kept", "unchanged"),
        notes("deactivate /ports/1"));
    shell.has("activate /ports/1", "unlink a /ports/1", "unlink b /ports/1");
    assertEquals(
        List.of("/ports/1 has no links: there is nothing to deactivate", "unchanged"),
        notes("deactivate /ports/1"));
    assertEquals(
        List.of(none + "; link a subsystem to switch it on:  link NQN /ports/1", "unchanged"),
        notes("activate /ports/1"));
    assertEquals("nothing linked", state());
    assertFalse(Files.exists(file), "what was taken away by hand is not kept");
  }

  @Test
  void whatHasASwitchIsSwitched() {
    shell.has(
        "create /subsystems/a/namespaces/1 device_path=/dev/nvme0n1 enable=1",
        "create /ports/1/referrals/r addr_trtype=tcp addr_adrfam=ipv4 addr_traddr=10.9.9.9"
            + " addr_trsvcid=4420 enable=1");
    for (String path : List.of("/subsystems/a/namespaces/1", "/ports/1/referrals/r")) {
      NvmetPath enable = NvmetPath.parse(path).child("enable");
      shell.has("deactivate " + path);
      assertEquals(Optional.of("0"), shell.tree().value(enable).map(String::strip));
      shell.has("activate " + path);
      assertEquals(Optional.of("1"), shell.tree().value(enable).map(String::strip));
    }
    assertFalse(Files.exists(file.getParent()), "the kernel keeps what these need");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/subsystems/a | disable /subsystems/a/namespaces/N",
        "/subsystems/a | unlink /subsystems/a /ports/N",
        "/subsystems/a/namespaces | disable /subsystems/a/namespaces/N",
        "/subsystems/a/allowed_hosts | unlink /hosts/NQN /subsystems/a",
        "/hosts | unlink /hosts/NQN /subsystems/NQN",
        "/ports | deactivate /ports/N",
        "/ports/1/subsystems | deactivate /ports/1",
        "/ports/1/subsystems/a | unlink /ports/1/subsystems/a",
        "/ | deactivate /ports/N",
      })
  void whatCannotBeDeactivatedSaysWhatToType(String path, String help) {
    List<String> hints = shell.refuses("deactivate " + path).hints();
    assertTrue(hints.stream().anyMatch(hint -> hint.endsWith(":  " + help)), hints.toString());
  }

  @Test
  void undoTakesBackBoth() {
    shell.has("deactivate /ports/1", "undo");
    assertEquals(BOTH, links());
    assertEquals("2 subsystems", state());
    shell.has("deactivate /ports/1", "activate /ports/1", "undo");
    assertEquals(NONE, links());
    assertEquals("deactivated (2 links kept)", state(), "as it was before it was activated");
    shell.has("activate /ports/1");
    assertEquals(BOTH, links());
  }

  @Test
  void whatIsUndoneIsKeptForNothingElse() {
    shell.has("deactivate /ports/1", "undo", "unlink b /ports/1", "deactivate /ports/1");
    assertEquals("deactivated (1 link kept)", state());
  }

  @Test
  void aDryRunKeepsNothing() {
    Said said = shell.type("deactivate /ports/1 --dry-run");
    assertEquals(2, said.operations().size(), said.toString());
    assertEquals(BOTH, links());
    assertFalse(Files.exists(file));
  }

  @Test
  void aScriptIsRehearsedWithWhatItsOwnLinesKeep() throws IOException {
    Files.writeString(
        folder.resolve("x.nvmetsh"),
        """
        deactivate /ports/1
        set /ports/1 addr_trsvcid=4421
        -set /ports/1 param_inline_data_size=8192
        activate /ports/1
        """);
    Said rehearsed = shell.type("replay --dry-run x.nvmetsh");
    assertEquals(ExitStatus.DONE, rehearsed.status(), rehearsed.toString());
    assertTrue(
        rehearsed.operations().toString().contains("symlink"), "activate makes links there, too");
    assertFalse(Files.exists(file), "a rehearsal is for itself");
    assertEquals(ExitStatus.DONE, shell.type("replay x.nvmetsh").status());
    assertEquals(BOTH, links());
    assertEquals("2 subsystems", state());
  }

  @Test
  void aRehearsalSeesWhatIsKeptAlready() throws IOException {
    Files.writeString(folder.resolve("x.nvmetsh"), "activate /ports/1\ndeactivate /ports/1\n");
    shell.has("deactivate /ports/1", "replay --dry-run x.nvmetsh");
    assertEquals("deactivated (2 links kept)", state());
    shell.has("activate /ports/1");
    assertEquals(BOTH, links());
  }

  @Test
  void aScriptThatFailsLeavesThePortAsItWas() throws IOException {
    Files.writeString(folder.resolve("off.nvmetsh"), "deactivate /ports/1\nrmdir /ports/9\n");
    Files.writeString(folder.resolve("on.nvmetsh"), "activate /ports/1\nrmdir /ports/9\n");
    shell.type("replay --on-error=undo off.nvmetsh");
    assertEquals("2 subsystems", state());
    shell.has("deactivate /ports/1");
    shell.type("replay --on-error=undo on.nvmetsh");
    assertEquals("deactivated (2 links kept)", state());
  }

  @Test
  void itsAddressCanBeChangedMeanwhile() {
    shell.has("deactivate /ports/1", "set /ports/1 addr_traddr=10.9.2.1 addr_trsvcid=4421");
    assertEquals("deactivated (2 links kept)", state());
    shell.has("activate /ports/1");
    assertEquals(BOTH, links());
  }

  @Test
  void anAddressThatIsTakenBackIsItsOwnStill() throws IOException {
    Files.writeString(
        folder.resolve("x.nvmetsh"), "set /ports/1 addr_traddr=10.9.2.1\nrmdir /ports/9\n");
    shell.has("deactivate /ports/1");
    shell.type("replay --on-error=undo x.nvmetsh");
    assertEquals("deactivated (2 links kept)", state());
    shell.has("set /ports/1 addr_trsvcid=4421", "undo", "activate /ports/1");
    assertEquals(BOTH, links());
  }

  @Test
  void anotherPortOfTheNameGetsNoLinks() throws Refusal {
    shell.has("deactivate /ports/1");
    shell.target().configfs().rmdir(NvmetPath.of("ports", "1"));
    shell.has(
        "create /ports/1 addr_trtype=tcp addr_adrfam=ipv4 addr_traddr=10.9.2.1 addr_trsvcid=4420");
    assertEquals("nothing linked", state());
    List<String> hints = shell.refuses("activate /ports/1").hints();
    assertTrue(hints.toString().contains("link a /ports/1"), hints.toString());
    shell.has("link c /ports/1", "deactivate /ports/1");
    assertEquals("deactivated (1 link kept)", state());
  }

  @Test
  void whatIsKeptGoesWithThePort() {
    shell.has("deactivate /ports/1", "delete /ports/1");
    shell.has(
        "create /ports/1 addr_trtype=tcp addr_adrfam=ipv4 addr_traddr=10.9.1.1 addr_trsvcid=4420");
    assertEquals("nothing linked", state());
    assertFalse(Files.exists(file));
  }

  @Test
  void clearLeavesNothingBehind() {
    shell.has("deactivate /ports/1", "clear");
    assertFalse(Files.exists(file));
  }

  @Test
  void aRenamedPortStaysDeactivated() {
    shell.has("deactivate /ports/1", "rename /ports/1 7");
    assertEquals("deactivated (2 links kept)", state());
    assertFalse(Files.exists(file));
    shell.has("activate /ports/7");
    assertEquals(BOTH, shell.tree().linkNames(NvmetPath.of("ports", "7", "subsystems")));
  }

  @Test
  void whatIsGoneIsSaidAndTheOthersComeBack() {
    shell.has("deactivate /ports/1", "delete /subsystems/b");
    assertEquals("deactivated (1 link kept)", state());
    assertEquals(
        List.of("not linked again, as it is not there any more: /subsystems/b"),
        notes("activate /ports/1"));
    assertEquals(List.of("a"), links());
    shell.has("create /subsystems/b");
    assertEquals("1 subsystem", state(), "another subsystem was not meant");
  }

  @Test
  void whatIsKeptOutlastsARestartOfTheMachine() {
    shell.has("deactivate /ports/1");
    TestShell restarted =
        TestShell.keeping(new DiskStore(folder.resolve("state")), folder, "6.12")
            .has(
                "create /subsystems/a",
                "create /subsystems/b",
                "create /ports/1 addr_trtype=tcp addr_adrfam=ipv4 addr_traddr=10.9.1.1"
                    + " addr_trsvcid=4420");
    assertTrue(restarted.type("ls /ports").text().contains("deactivated (2 links kept)"));
    restarted.has("activate /ports/1");
    assertEquals(BOTH, restarted.tree().linkNames(LINKS));
  }

  /** A process that ends among the changes, and what the next one makes of it. */
  @ParameterizedTest
  @CsvSource({
    "deactivate, forget, 1 subsystem (1 link kept)",
    "deactivate, undo, 2 subsystems",
    "deactivate, finish, deactivated (2 links kept)",
    "activate, forget, 1 subsystem (1 link kept)",
    "activate, undo, deactivated (2 links kept)",
    "activate, finish, 2 subsystems",
  })
  void whoeverIsKilledHalfwayLosesNothing(String word, String way, String state) {
    AtomicInteger left = new AtomicInteger(Integer.MAX_VALUE);
    TestShell dying = TestShell.of(folder, DyingTarget.of(shell.target(), left));
    dying.has("ls /");
    if (word.equals("activate")) {
      dying.has("deactivate /ports/1");
    }
    left.set(1);
    assertThrows(DyingTarget.Killed.class, () -> dying.type(word + " /ports/1"));
    left.set(Integer.MAX_VALUE);
    TestShell next = dying.beside();
    next.has("recover --" + way);
    String text = next.type("ls /ports").text();
    assertTrue(text.endsWith(", " + state), text);
    for (String again : List.of("activate", "deactivate", "activate")) {
      next.has(again + " /ports/1");
      assertEquals(again.equals("activate") ? BOTH : NONE, links());
    }
  }

  /** As after a kill among the changes, whichever way they went. */
  @ParameterizedTest
  @CsvSource({"activate /ports/1", "deactivate /ports/1"})
  void halfwayEitherWordCanBeTyped(String line) throws Refusal {
    shell.has("deactivate /ports/1");
    linkWithoutUs("b");
    assertEquals("1 subsystem (1 link kept)", state());
    List<String> notes = notes(line);
    if (line.startsWith("activate")) {
      assertEquals(BOTH, links());
    } else {
      assertEquals(NONE, links());
      assertTrue(notes.contains("kept from before, too: /subsystems/a"), notes.toString());
      assertEquals("deactivated (2 links kept)", state());
    }
  }

  @Test
  void whatOthersHaveLinkedMeanwhileStays() throws Refusal {
    shell.has("deactivate /ports/1");
    linkWithoutUs("c");
    assertEquals("1 subsystem (2 links kept)", state());
    shell.has("activate /ports/1");
    assertEquals(List.of("a", "b", "c"), links());
  }

  @Test
  void whatOthersTookAwayOnceItWasActiveStaysAway() throws Refusal {
    shell.has("deactivate /ports/1", "activate /ports/1");
    unlinkWithoutUs("b");
    assertEquals("1 subsystem", state());
    shell.has("deactivate /ports/1");
    assertEquals("deactivated (1 link kept)", state());
  }

  @Test
  void aFileThatIsNoneOfOursIsNone() throws IOException {
    Files.createDirectories(file.getParent());
    for (String text :
        List.of(
            "",
            "what?\n",
            "{\"port\":\"/ports/1\"}\nwhat?\n",
            "[]\n",
            "{\"port\":1}\n{\"link\":2}\n")) {
      Files.writeString(file, text);
      assertEquals("2 subsystems", state());
      assertEquals(List.of("/ports/1 is not deactivated", "unchanged"), notes("activate /ports/1"));
    }
  }

  @Test
  void aRecordingHasThePlainLines() throws IOException {
    shell.has("record r.nvmetsh", "deactivate /ports/1", "activate /ports/1", "record off");
    List<String> lines = Files.readAllLines(folder.resolve("r.nvmetsh"));
    lines.removeIf(line -> line.startsWith("#") || line.startsWith("require"));
    assertEquals(
        List.of(
            "unlink /ports/1/subsystems/a",
            "unlink /ports/1/subsystems/b",
            "link /subsystems/a /ports/1",
            "link /subsystems/b /ports/1"),
        lines.stream().map(line -> line.replace(" --yes", "")).toList());
  }

  @Test
  void whoeverCutsHostsOffIsAsked() {
    SimShell asked =
        SimShell.of("6.1", folder)
            .must(
                "create /subsystems/s",
                "create /ports/1 addr_trtype=tcp addr_adrfam=ipv4 addr_traddr=10.9.1.1"
                    + " addr_trsvcid=4420",
                "link s /ports/1");
    assertEquals(ExitStatus.USAGE, asked.run("deactivate /ports/1"));
    assertTrue(asked.said().contains("from s on port 1"), asked.said());
    assertEquals(ExitStatus.DONE, asked.run("ls /ports"));
    assertTrue(asked.said().contains("1 subsystem"), "what is not done is not kept");
    assertEquals(ExitStatus.DONE, asked.run("deactivate /ports/1 --yes"));
  }

  @Test
  void whatIsExportedIsWhatTheScriptItselfHasMade() throws IOException {
    Files.writeString(
        folder.resolve("own.nvmetsh"),
        """
        create /subsystems/s
        create /ports/2
        link s /ports/2
        deactivate /ports/2
        activate /ports/2
        """);
    String bash = shell.type("script export --bash own.nvmetsh").text();
    assertEquals(3, bash.split("subsystems/s' |ln -s ", -1).length, bash);
    Files.writeString(folder.resolve("other.nvmetsh"), "deactivate /ports/1\n");
    assertTrue(
        shell
            .refuses("script export --bash other.nvmetsh")
            .message()
            .endsWith(
                "/ports/1 is not made by the script; what is linked to it is not known here"));
  }
}
