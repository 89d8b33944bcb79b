package io.nvmetsh.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nvmetsh.TestShell;
import io.nvmetsh.journal.DiskStore;
import io.nvmetsh.journal.Store;
import io.nvmetsh.kernel.Refusal;
import io.nvmetsh.schema.ExitStatus;
import io.nvmetsh.schema.NvmetPath;
import io.nvmetsh.schema.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Keys are written down nowhere: the shell that replaced one puts it back, and no other can. */
class KeysTakenBackTest {

  private static final String KEY = "DHHC-1:00:ia6zGodOr4SEG0Zzaw398rpY0wqipUWj4jWjUh4HWUz6aQ2n:";
  private static final String OTHER = "DHHC-1:00:Z3VDb0RHVHJMbXJTSWlmZWVsamRTVUx6SFRLa1ZjRnZBUmFO:";

  private final Path folder;
  private final Store store;
  private final TestShell shell;

  KeysTakenBackTest(@TempDir Path folder) {
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
  void keysComeBackInTheSameShellAndAreWrittenDownNowhere() throws IOException {
    shell.has("create /hosts/h dhchap_key=" + KEY, "set /hosts/h dhchap_key=" + OTHER);
    shell.has("undo");
    assertEquals(KEY, value("/hosts/h/dhchap_key"));
    shell.has("delete /hosts/h", "undo");
    assertEquals(KEY, value("/hosts/h/dhchap_key"));
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String text = Files.readString(file);
        assertFalse(text.contains("DHHC-1"), file + ": " + text);
      }
    }
    TestShell.Said elsewhere = shell.beside().type("rollback 2 --dry-run");
    assertTrue(elsewhere.notes().toString().contains("not the keys"), elsewhere.notes().toString());
  }

  @Test
  void aScriptThatFailsPutsKeysBack() throws IOException {
    shell.has("create /hosts/h dhchap_key=" + KEY, "create /hosts/i dhchap_key=" + OTHER);
    Files.writeString(
        folder.resolve("x.nvmetsh"),
        "create /ports/1\nset /hosts/h dhchap_key="
            + OTHER
            + "\ndelete /hosts/i\ncreate /hosts/i\n");
    TestShell.Said said = shell.type("replay x.nvmetsh --on-error=undo");
    assertEquals(ExitStatus.DONE, said.status(), said.text());
    shell.has("undo");
    Files.writeString(folder.resolve("x.nvmetsh"), "create /ports/1\n", StandardOpenOption.APPEND);
    said = shell.type("replay x.nvmetsh --on-error=undo");
    assertEquals(ExitStatus.USAGE, said.status(), said.text());
    assertFalse(exists("/ports/1"));
    assertEquals(KEY, value("/hosts/h/dhchap_key"));
    assertEquals(OTHER, value("/hosts/i/dhchap_key"));
  }

  @Test
  void aKeyThatSomebodyElseHasSetSinceIsNotTakenBackUnasked() throws Refusal {
    shell.has("create /hosts/h", "set /hosts/h dhchap_key=" + KEY);
    shell.target().configfs().write(NvmetPath.parse("/hosts/h/dhchap_key"), OTHER);
    assertTrue(shell.refuses("undo").message().contains("has been changed since"));
    assertEquals(OTHER, value("/hosts/h/dhchap_key"));
  }

  /** Another shell does not know the key: the host would be let in without it. */
  @Test
  void noHostComesBackWithoutItsKeyUnasked() {
    shell.has("create /hosts/h dhchap_key=" + KEY, "delete /hosts/h");
    TestShell other = shell.beside();
    Problem problem = other.refuses("undo");
    assertTrue(problem.message().contains("/hosts/h/dhchap_key: the host had a key"));
    assertTrue(problem.hints().get(0).endsWith("create /hosts/h dhchap_key=@FILE"));
    assertFalse(exists("/hosts/h"));
    other.has("undo --force");
    assertTrue(exists("/hosts/h"));
    assertEquals("", value("/hosts/h/dhchap_key"));
  }

  /** A checkpoint has no keys, and no way back lets a host in without its key. */
  @Test
  void aCheckpointMakesNoHostWithoutTheKeyItHad() {
    shell.has("create /hosts/h dhchap_key=generate@key", "checkpoint before", "delete /hosts/h");
    Problem problem = shell.refuses("rollback before");
    assertTrue(problem.message().contains("/hosts/h/dhchap_key: the host had a key"));
    assertTrue(problem.hints().get(0).contains("create /hosts/h dhchap_key=@FILE"));
    assertFalse(exists("/hosts/h"));
    shell.has("create /hosts/h dhchap_key=@key", "create /hosts/i");
    String key = value("/hosts/h/dhchap_key");
    shell.has("rollback before");
    assertFalse(exists("/hosts/i"));
    assertEquals(key, value("/hosts/h/dhchap_key"));
    shell.has("delete /hosts/h", "rollback --force before");
    assertTrue(exists("/hosts/h"));
  }

  /** Who ends a transaction need not be who made it. */
  @Test
  void whoConfirmsKnowsNoKeyOfAnother() throws IOException {
    shell.has("create /hosts/h dhchap_key=" + KEY);
    Files.writeString(folder.resolve("x.nvmetsh"), "delete /hosts/h\n");
    shell.has("replay x.nvmetsh --confirm 5m");
    TestShell other = shell.beside().has("confirm");
    assertTrue(other.refuses("undo").message().contains("/hosts/h/dhchap_key: the host had a key"));
    shell.has("undo");
    assertEquals(KEY, value("/hosts/h/dhchap_key"));
  }

  @Test
  void whatWasNotConfirmedIsTakenBackWithItsKeys() throws IOException {
    shell.has("create /hosts/h dhchap_key=" + KEY);
    Files.writeString(folder.resolve("x.nvmetsh"), "delete /hosts/h\n");
    shell.has("replay x.nvmetsh --confirm 5m", "recover --undo");
    assertEquals(KEY, value("/hosts/h/dhchap_key"));
    shell.has("replay x.nvmetsh --confirm 5m");
    TestShell.Said said = shell.beside().type("recover --undo");
    assertEquals(ExitStatus.PARTIAL, said.status(), said.text());
    assertTrue(said.problems().toString().contains("/hosts/h/dhchap_key"), said.text());
  }
}
