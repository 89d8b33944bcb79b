package io.nvmetsh.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nvmetsh.TestShell;
import io.nvmetsh.journal.DiskStore;
import io.nvmetsh.journal.Owner;
import io.nvmetsh.journal.Store;
import io.nvmetsh.kernel.Refusal;
import io.nvmetsh.plan.Transition;
import io.nvmetsh.schema.ExitStatus;
import io.nvmetsh.schema.NvmetPath;
import io.nvmetsh.schema.Problem;
import io.nvmetsh.tree.Snapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was done can be seen, taken back and come back to. */
class PastTest {

  private final Path folder;
  private final Store store;
  private final TestShell shell;

  PastTest(@TempDir Path folder) {
    this.folder = folder;
    this.store = new DiskStore(folder.resolve("state"));
    this.shell = TestShell.keeping(store, folder, "7.3");
  }

  private boolean exists(String path) {
    return shell.tree().isDirectory(NvmetPath.parse(path));
  }

  private String value(String path) {
    return shell.tree().value(NvmetPath.parse(path)).orElse("").strip();
  }

  @Test
  void undoTakesBackTheLastLineAndThenTheOneBefore() {
    shell.has("create /subsystems/a attr_model=One", "set /subsystems/a attr_model=Two");
    shell.has("undo");
    assertEquals("One", value("/subsystems/a/attr_model"));
    shell.has("undo");
    assertFalse(exists("/subsystems/a"));
    assertEquals("there is nothing to take back", shell.refuses("undo").message());
    shell.has("rollback 2");
    assertEquals("Two", value("/subsystems/a/attr_model"), "what was taken back comes back");
  }

  @Test
  void aScriptIsTakenBackAsOne() throws IOException {
    Files.writeString(
        folder.resolve("x.nvmetsh"),
        "create /hosts/h\ncreate /subsystems/s\nlink /hosts/h /subsystems/s\n");
    shell.has("create /hosts/before", "replay x.nvmetsh");
    shell.has("undo");
    assertFalse(exists("/subsystems/s"));
    assertFalse(exists("/hosts/h"));
    assertTrue(exists("/hosts/before"));
  }

  @Test
  void whatWasChangedSinceIsNotTakenBackUnasked() throws Refusal {
    shell.has("create /subsystems/s attr_model=Mine");
    shell.beside().has("set /subsystems/s attr_model=Theirs");
    shell.has("undo");
    assertEquals("Mine", value("/subsystems/s/attr_model"), "what another shell did comes first");
    shell.target().configfs().write(NvmetPath.parse("/subsystems/s/attr_model"), "By hand");
    assertTrue(shell.refuses("undo").message().contains("has been changed since"));
    assertEquals("By hand", value("/subsystems/s/attr_model"));
    shell.has("undo --force");
    assertFalse(exists("/subsystems/s"));
  }

  /** In another shell, too: it knows what was made from the journal. */
  @Test
  void aLineThatWasRefusedHalfWayIsTakenBack() {
    shell.has("create /ports/1");
    for (TestShell each : List.of(shell, shell.beside())) {
      TestShell.Said said =
          shell.type("set --force /ports/1 addr_traddr=10.9.1.1 addr_adrfam=ipv9");
      assertEquals(ExitStatus.PARTIAL, said.status(), said.text());
      assertEquals("10.9.1.1", value("/ports/1/addr_traddr"));
      each.has("undo");
      assertEquals("", value("/ports/1/addr_traddr"));
    }
  }

  @Test
  void aCheckpointIsComeBackTo() {
    shell.has("create /subsystems/s attr_model=Before", "checkpoint before-upgrade");
    shell.has("set /subsystems/s attr_model=After", "create /subsystems/t", "create /hosts/h");
    assertTrue(shell.type("rollback").text().contains("before-upgrade"));
    assertTrue(shell.refuses("checkpoint before-upgrade").message().contains("already"));
    shell.has("rollback before-upgrade");
    assertEquals("Before", value("/subsystems/s/attr_model"));
    assertFalse(exists("/subsystems/t"));
    shell.has("undo");
    assertTrue(exists("/subsystems/t"));
    shell.has("checkpoint --delete before-upgrade");
    assertTrue(shell.refuses("rollback before-upgrade").message().contains("no checkpoint"));
    for (String bad : List.of("../x", "1", "a/b", ".x", "''")) {
      assertTrue(shell.refuses("checkpoint " + bad).message().contains("cannot be a name"), bad);
    }
  }

  @Test
  void aPlanIsAppliedAsItWasShownOrNotAtAll() {
    shell.has("create /subsystems/s attr_model=Wanted", "save target.json", "clear");
    shell.has("create /subsystems/s attr_model=Now", "plan target.json --output change.plan");
    shell.has("apply change.plan");
    assertEquals("Wanted", value("/subsystems/s/attr_model"));
    shell.has("undo", "set /subsystems/s attr_model=Moved");
    assertTrue(
        shell.refuses("apply change.plan").message().contains("not what it was"), "moved ground");
    assertEquals("Moved", value("/subsystems/s/attr_model"));
    shell.has("set /subsystems/s attr_model=Now", "create /subsystems/elsewhere");
    shell.has("apply change.plan");
    assertEquals("Wanted", value("/subsystems/s/attr_model"), "what it does not touch may move");
    assertEquals(
        List.of("change.plan is applied already", "unchanged"),
        shell.type("apply change.plan").notes());
  }

  @Test
  void aPlanMeansTheDriveThatItWasMadeFor() throws IOException {
    String namespace = "/subsystems/s/namespaces/1";
    shell.has("create " + namespace + " -p device_path=/dev/nvme0n1", "save off.json");
    shell.has("enable " + namespace, "save on.json", "undo 2");
    shell.has("plan on.json --output on.plan");
    String plan = Files.readString(folder.resolve("on.plan"));
    String serial = shell.inventory().driveBehind("/dev/nvme0n1").orElseThrow().serial().strip();
    assertTrue(plan.contains(serial), plan);
    String other = shell.inventory().driveBehind("/dev/nvme1n1").orElseThrow().serial().strip();
    Files.writeString(folder.resolve("on.plan"), plan.replace(serial, other));
    Problem problem = shell.refuses("apply on.plan");
    assertTrue(
        problem.message().contains("/dev/nvme0n1 is another drive than when the plan was made"),
        problem.message());
    assertTrue(problem.message().contains("that drive is nvme1"), problem.message());
    assertTrue(problem.hints().toString().contains("plan on.json --output on.plan --force"));
    assertFalse(exists(namespace));

    // one that only enables it, too
    shell.has("load off.json", "plan on.json --output on.plan --force");
    plan = Files.readString(folder.resolve("on.plan"));
    Files.writeString(folder.resolve("on.plan"), plan.replace(serial, "GONE"));
    problem = shell.refuses("apply on.plan");
    assertTrue(problem.message().contains("that drive is not here"), problem.message());
    assertEquals("0", value(namespace + "/enable"));
    Files.writeString(folder.resolve("on.plan"), plan);
    shell.has("apply on.plan");
    assertEquals("1", value(namespace + "/enable"));
    Files.writeString(folder.resolve("on.plan"), plan.substring(0, plan.length() - 20));
    assertTrue(shell.refuses("apply on.plan").message().contains("cut short"));
  }

  @Test
  void whatCannotBeDoneDoesNotStopTheRest() throws IOException {
    Files.writeString(
        folder.resolve("x.nvmetsh"),
        """
        create /subsystems/s attr_allow_any_host=1
        create /subsystems/s/namespaces/1 device_path=/dev/nvme0n1
        enable /subsystems/s/namespaces/1
        create /subsystems/s/namespaces/2 device_path=/dev/nvme1n1
        enable /subsystems/s/namespaces/2
        create /ports/1 addr_trtype=tcp addr_adrfam=ipv4 addr_traddr=10.9.1.1 addr_trsvcid=4420
        link s /ports/1
        """);
    shell.has("replay x.nvmetsh", "save all.json", "clear");
    String file = Files.readString(folder.resolve("all.json"));
    Files.writeString(folder.resolve("missing.json"), file.replace("/dev/nvme0n1", "/dev/nvme9n1"));
    Snapshot empty = Snapshot.of(shell.tree());
    assertTrue(shell.refuses("load missing.json").message().contains("/dev/nvme9n1"));
    assertEquals(List.of(), Transition.of(shell.tree(), empty), "nothing was done");

    TestShell.Said said = shell.type("load missing.json --on-error=continue");
    assertEquals(ExitStatus.PARTIAL, said.status(), said.text());
    assertEquals("0", value("/subsystems/s/namespaces/1/enable"));
    assertEquals("1", value("/subsystems/s/namespaces/2/enable"));
    assertTrue(shell.tree().linkTarget(NvmetPath.parse("/ports/1/subsystems/s")).isPresent());
    String failed = shell.type("failed").text();
    assertTrue(failed.contains("device_path=/dev/nvme9n1"), failed);
    assertTrue(failed.contains("enable /subsystems/s/namespaces/1"), failed);
    assertFalse(failed.contains("namespaces/2"), failed);
  }

  @Test
  void whatIsNotConfirmedIsInTheWayOfEverythingElse() throws IOException {
    Files.writeString(folder.resolve("x.nvmetsh"), "create /hosts/h\n");
    shell.has("replay x.nvmetsh --confirm 5m");
    assertTrue(exists("/hosts/h"));
    assertTrue(shell.refuses("create /hosts/i").message().contains("unless confirmed"));
    assertEquals(ExitStatus.LOCKED, shell.type("create /hosts/i").status());
    assertEquals(ExitStatus.DONE, shell.type("confirm --dry-run").status());
    assertTrue(shell.refuses("create /hosts/i").message().contains("unless confirmed"));
    shell.has("confirm", "create /hosts/i");
    assertTrue(exists("/hosts/h"));
    assertTrue(shell.refuses("confirm").message().contains("nothing waits"));

    shell.has("undo 2", "replay x.nvmetsh --confirm 5m");
    shell.has("recover --undo");
    assertFalse(exists("/hosts/h"));

    shell.has("replay x.nvmetsh --confirm 5m");
    int number = 0;
    for (String name : store.names("journal")) {
      number = name.endsWith(".open") ? Integer.parseInt(name.substring(0, 6)) : number;
    }
    shell.has("recover --expired " + (number + 1));
    assertTrue(exists("/hosts/h"), "another transaction's time is over");
    shell.has("recover --expired " + number);
    assertFalse(exists("/hosts/h"));
    shell.has("recover --expired " + number);
  }

  /** A line of a shell whose process ended in the middle, as the next shell finds it. */
  @Test
  void whatWasLeftBehindIsShownAndRehearsed() {
    assertEquals(List.of("nothing was left behind"), shell.type("recover").notes());
    shell.has("create /subsystems/s", "undo", "rollback 1 --confirm 5m");
    TestShell.Said told = shell.type("recover");
    assertEquals(ExitStatus.PENDING, told.status());
    assertTrue(told.notes().get(0).contains("unless confirmed"), told.notes().toString());
    for (String line :
        List.of("recover --undo", "recover --finish", "recover --forget", "recover --expired 3")) {
      TestShell.Said said = shell.type(line + " --dry-run");
      assertEquals(ExitStatus.DONE, said.status(), line + ": " + said.problems());
      assertTrue(exists("/subsystems/s"), line);
      assertEquals(
          line.contains("undo") || line.contains("expired"),
          said.operations().contains("rmdir /subsystems/s"),
          line + ": " + said.operations());
    }
    assertEquals(ExitStatus.PENDING, shell.type("recover").status(), "nothing was decided");
    shell.has("recover --undo");
    assertFalse(exists("/subsystems/s"));
  }

  @Test
  void aReadOnlyShellDecidesNothing() {
    shell.has("create /subsystems/s", "undo", "rollback 1 --confirm 5m");
    TestShell other = shell.besideReadOnly();
    for (String line : List.of("recover --undo", "recover --forget", "confirm")) {
      assertTrue(other.refuses(line).message().contains("read-only"), line);
    }
    assertEquals(ExitStatus.PENDING, other.type("recover").status());
    assertTrue(exists("/subsystems/s"));
    shell.has("confirm");
  }

  /** No timer reaches a simulated kernel in the memory of a shell. */
  @Test
  void aSimulatedShellTakesBackWhatWasNotConfirmedInTime() throws InterruptedException {
    shell.has("create /subsystems/s", "undo", "rollback 1 --confirm 1s");
    assertTrue(exists("/subsystems/s"));
    Thread.sleep(1100);
    TestShell.Said said = shell.type("confirm");
    assertTrue(said.notes().contains("taken back: \"rollback 1 --confirm 1s\""), said.toString());
    assertTrue(said.problem().message().contains("nothing waits to be confirmed"));
    assertFalse(exists("/subsystems/s"));
  }

  @Test
  void whoHasTheLockIsTold() {
    Owner owner =
        new Owner("root (alice)", Optional.of("pts/7"), 4711, Instant.now(), "replay big.nvmetsh");
    Store.Hold hold = store.lock(owner).orElseThrow();
    try {
      assertEquals(Optional.of(owner), store.owner());
      TestShell.Said said = shell.type("create /hosts/h");
      assertEquals(ExitStatus.LOCKED, said.status());
      assertTrue(said.problem().message().contains("root (alice) on pts/7"), said.text());
      assertTrue(said.problem().message().contains("replay big.nvmetsh"), said.text());
      assertFalse(exists("/hosts/h"));
      assertEquals(ExitStatus.DONE, shell.type("ls /").status(), "looking needs no lock");
    } finally {
      hold.close();
    }
    assertEquals(Optional.empty(), store.owner());
    shell.has("create /hosts/h");
  }

  @Test
  void theJournalKeepsTheLastFifty() {
    for (int i = 0; i < 60; i++) {
      shell.has("create /hosts/h" + i);
    }
    assertEquals(50, store.names("journal").size());
    assertTrue(shell.refuses("rollback 51").message().contains("only 50"));
    shell.has("rollback 50");
    assertEquals(10, shell.tree().directories(NvmetPath.of("hosts")).size());
  }

  @Test
  void filesAreTheOwnersAlone() throws IOException {
    shell.has("create /hosts/h", "checkpoint now");
    try (Stream<Path> files = Files.walk(folder.resolve("state"))) {
      for (Path file : files.toList()) {
        String mode = PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
        assertEquals(Files.isDirectory(file) ? "rwx------" : "rw-------", mode, file.toString());
      }
    }
  }
}
