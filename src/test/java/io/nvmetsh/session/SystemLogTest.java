package io.nvmetsh.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nvmetsh.kernel.Errno;
import io.nvmetsh.plan.Change;
import io.nvmetsh.schema.NvmetPath;
import io.nvmetsh.schema.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code logger} is told, by a stand-in for it that writes down what it gets. */
class SystemLogTest {

  private static final Origin ALICE =
      new Origin(Clock.systemUTC(), "test", "root", Optional.of("alice"));

  @TempDir private Path folder;

  private SystemLog log(String script) throws IOException {
    Path logger = folder.resolve("logger");
    Files.writeString(logger, "#!/bin/sh\n" + script);
    Files.setPosixFilePermissions(logger, PosixFilePermissions.fromString("rwx------"));
    return new SystemLog(List.of(folder.resolve("none"), logger), ALICE);
  }

  private List<String> told() throws IOException {
    return Files.readAllLines(folder.resolve("told"));
  }

  private static Change set(String path, String value) {
    return new Change.SetAttribute(NvmetPath.parse(path), value);
  }

  @Test
  void eachChangeIsOneLine() throws IOException {
    try (SystemLog log = log("echo \"$@\" >> " + folder + "/told; cat >> " + folder + "/told")) {
      log.made(new Change.Create(NvmetPath.parse("/ports/1")));
      log.refused(
          set("/ports/1/addr_trtype", "rdma"),
          Problem.of(Problem.Kind.REFUSED, "no").with("errno", "EACCES"));
    }
    List<String> told = told();
    assertEquals(3, told.size(), told::toString);
    assertEquals("-t nvmetsh -p authpriv.notice", told.get(0));
    String first = told.get(1);
    assertTrue(first.startsWith("user=root sudo_user=alice "), first);
    assertTrue(first.contains(" pid=" + ProcessHandle.current().pid() + " result=done "), first);
    assertTrue(first.endsWith(" change=mkdir /ports/1"), first);
    assertTrue(
        told.get(2).endsWith("result=refused/EACCES change=write \"rdma\" to /ports/1/addr_trtype"),
        told.get(2));
  }

  @Test
  void noSecretAndNoControlCharacterIsAmongIt() throws IOException {
    try (SystemLog log = log("cat > " + folder + "/told")) {
      log.made(set("/hosts/h/dhchap_key", "DHHC-1:00:ia6zGodOr4SEG0Zzaw398rpY0wqipUWj4:"));
      log.made(new Change.Create(NvmetPath.of("subsystems", "a\nuser=root\u001b[2J")));
      log.made(set("/subsystems/s/namespaces/1/device_path", "x".repeat(4000)));
    }
    List<String> told = told();
    assertEquals(3, told.size(), told::toString);
    assertTrue(told.get(0).endsWith("change=write \"***\" to /hosts/h/dhchap_key"), told.get(0));
    assertTrue(told.get(1).endsWith("mkdir /subsystems/a\\nuser=root\\x1b[2J"), told.get(1));
    assertTrue(told.get(2).endsWith("xxx...") && told.get(2).length() <= 1000, told.get(2));
  }

  @Test
  void aLoggerThatWasKilledGetsASuccessor() throws Exception {
    String script =
        "read line; echo $line >> %1$s/told; touch %1$s/read.$$; exec sleep 0".formatted(folder);
    try (SystemLog log = log(script)) {
      for (int i = 1; i < 4; i++) {
        log.made(new Change.Create(NvmetPath.of("ports", Integer.toString(i))));
        Optional<ProcessHandle> child = ProcessHandle.current().children().findFirst();
        if (child.isPresent()) {
          child.get().onExit().get();
        }
      }
    }
    assertEquals(3, told().size(), told()::toString);
  }

  @Test
  void withoutLoggerThatIsSaidOnce() {
    List<String> notes = new ArrayList<>();
    try (SystemLog log = new SystemLog(List.of(folder.resolve("none")), ALICE)) {
      log.begins(notes::add);
      log.made(new Change.Create(NvmetPath.parse("/ports/1")));
      log.begins(notes::add);
    }
    assertEquals(1, notes.size(), notes::toString);
    assertTrue(notes.get(0).contains("logger"), notes.get(0));
  }

  /** On every way: done, refused, taken back, and not when it is only rehearsed. */
  @Test
  void nothingIsChangedUntold() {
    List<String> told = new ArrayList<>();
    SimShell shell = SimShell.of("6.12", folder, new Heard(told));
    shell.must("create /ports/1 addr_trtype=tcp", "create /ports/2 --dry-run");
    assertEquals(List.of("made /ports/1", "made /ports/1/addr_trtype"), told);
    told.clear();
    shell.refuse("/ports/3", Errno.EACCES);
    shell.with("s", "create /hosts/h\ncreate /ports/3\n");
    shell.run("replay s --on-error=undo");
    assertEquals(List.of("made /hosts/h", "refused /ports/3", "made /hosts/h"), told);
    assertFalse(shell.tree().isDirectory(NvmetPath.parse("/hosts/h")));
    told.clear();
    shell.must("undo");
    assertEquals(List.of("made /ports/1"), told);
  }

  /** Writes down what it hears. */
  private record Heard(List<String> told) implements Audit {
    @Override
    public void begins(Consumer<String> note) {}

    @Override
    public void made(Change change) {
      told.add("made " + change.path());
    }

    @Override
    public void refused(Change change, Problem why) {
      told.add("refused " + change.path());
    }

    @Override
    public void close() {}
  }
}
