package io.nvmetsh.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nvmetsh.kernel.Errno;
import io.nvmetsh.schema.ExitStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The ways in which a key comes into the kernel without standing on a line. */
class KeysTest {

  private static final String KEY = "DHHC-1:00:ia6zGodOr4SEG0Zzaw398rpY0wqipUWj4jWjUh4HWUz6aQ2n:";
  private static final String ATTRIBUTE = "/hosts/h/dhchap_key";

  @TempDir private Path folder;

  private SimShell shell() {
    return SimShell.of("6.12", folder).must("create /hosts/h");
  }

  @Test
  void aKeyIsAskedFor() {
    SimShell shell = SimShell.typed("6.12", folder, KEY).must("create /hosts/h");
    assertEquals(ExitStatus.DONE, shell.run("set /hosts/h dhchap_key=?"));
    assertEquals(KEY, shell.value(ATTRIBUTE));
    assertEquals(ExitStatus.DONE, shell.run("create /hosts/g dhchap_key=?"));
    assertEquals(KEY, shell.value("/hosts/g/dhchap_key"));
    assertFalse(shell.said().contains("ia6z"));
  }

  @Test
  void whatIsTypedThereIsShownToNobodyEvenWhenItIsNoKey() {
    SimShell shell = SimShell.typed("6.12", folder, "hunter2").must("create /hosts/h");
    assertEquals(ExitStatus.USAGE, shell.run("set /hosts/h dhchap_key=?"));
    String said = shell.said();
    assertTrue(said.contains("what was typed does not begin with DHHC-1:0N:"), said);
    assertFalse(said.contains("hunter2"), said);
  }

  @Test
  void whereNobodyIsTheOtherWaysAreNamed() {
    SimShell shell = shell();
    assertEquals(ExitStatus.USAGE, shell.run("set /hosts/h dhchap_key=?"));
    String said = shell.said();
    assertTrue(said.contains("dhchap_key=@FILE"), said);
    assertTrue(said.contains("dhchap_key=generate@FILE"), said);
    SimShell typed = SimShell.typed("6.12", folder, KEY).must("create /hosts/h");
    typed.with("s", "set /hosts/h dhchap_key=?\n");
    assertEquals(ExitStatus.USAGE, typed.run("replay s"), "scripts ask nobody");
    assertTrue(typed.said().contains("param dhchap_key secret"));
  }

  @Test
  void aKeyIsReadFromAFile() throws IOException {
    SimShell shell = shell();
    assertEquals(ExitStatus.USAGE, shell.run("set /hosts/h dhchap_key=@none"));
    assertTrue(shell.said().contains("none cannot be read"));
    shell.with("k", KEY + "\n");
    assertEquals(ExitStatus.DONE, shell.run("set /hosts/h dhchap_key=@k"));
    assertEquals(KEY, shell.value(ATTRIBUTE));
    shell.with("k", "hunter2\n");
    assertEquals(ExitStatus.USAGE, shell.run("set /hosts/h dhchap_key=@k"));
    assertFalse(shell.said().contains("hunter2"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"rw-r-----", "rw----r--"})
  void aFileThatOthersCanReadIsRefused(String permissions) throws IOException {
    SimShell shell = shell().with("k", KEY);
    Files.setPosixFilePermissions(
        folder.resolve("k"), PosixFilePermissions.fromString(permissions));
    assertEquals(ExitStatus.USAGE, shell.run("set /hosts/h dhchap_key=@k"));
    assertTrue(shell.said().contains("chmod 600 k"));
    assertEquals("", shell.value(ATTRIBUTE).strip());
  }

  @Test
  void aKeyIsMadeUp() throws IOException {
    SimShell shell = shell();
    assertEquals(
        ExitStatus.DONE,
        shell.run("set /hosts/h dhchap_key=generate@h dhchap_ctrl_key=generate:sha512@c"));
    String key = shell.value(ATTRIBUTE);
    assertEquals(key + "\n", shell.text("h"));
    assertTrue(shell.text("c").startsWith("DHHC-1:03:"));
    assertEquals(
        "rw-------",
        PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("h"))));
    assertEquals(ExitStatus.USAGE, shell.run("set /hosts/h dhchap_key=generate@h"));
    assertTrue(shell.said().contains("h exists already"));
    assertEquals(key, shell.value(ATTRIBUTE));
    assertEquals(ExitStatus.DONE, shell.run("create /hosts/g dhchap_key=@h"));
    assertEquals(key, shell.value("/hosts/g/dhchap_key"));
  }

  @Test
  void noFileIsLeftOfAKeyThatTheKernelHasNot() throws IOException {
    SimShell shell = shell();
    shell.run("set /hosts/h dhchap_key=generate@h dhchap_hash=md5");
    assertEquals(ExitStatus.USAGE, shell.run("set /hosts/none dhchap_key=generate@h"));
    shell.refuse(ATTRIBUTE, Errno.EINVAL);
    assertEquals(ExitStatus.KERNEL_REFUSED, shell.run("set /hosts/h dhchap_key=generate@h"));
    assertEquals(
        ExitStatus.PARTIAL,
        shell.run("set /hosts/h dhchap_ctrl_key=generate@c dhchap_key=generate@h"));
    assertEquals(List.of("c"), files());
  }

  @Test
  void aRehearsalAsksNothingAndWritesNoFile() throws IOException {
    SimShell shell = shell();
    assertEquals(
        ExitStatus.DONE,
        shell.run("set /hosts/h dhchap_key=? dhchap_ctrl_key=generate@c --dry-run"));
    String said = shell.said();
    assertTrue(said.contains("would: write " + folder.resolve("c")), said);
    assertFalse(said.contains("DHHC"), said);
    assertEquals(List.of(), files());
    assertEquals("", shell.value(ATTRIBUTE).strip());
  }

  @Test
  void aRecordingHasAParameterWhateverTheWay() throws IOException {
    SimShell shell = shell().with("k", KEY);
    shell.must("record r", "set /hosts/h dhchap_key=@k");
    shell.must("set /hosts/h dhchap_key=generate@h", "record off");
    String text = shell.text("r");
    assertTrue(text.contains("set /hosts/h dhchap_key=${dhchap_key}\n"), text);
    assertTrue(text.contains("set /hosts/h dhchap_key=${dhchap_key_2}\n"), text);
    assertFalse(text.contains("DHHC"), text);
  }

  @Test
  void historyKeepsWhereAKeyCameFrom() {
    SimShell shell = SimShell.typed("6.12", folder, KEY).must("create /hosts/h");
    shell.with("k", KEY);
    shell.must("set /hosts/h dhchap_key=?", "set /hosts/h dhchap_key=@k");
    assertEquals(
        List.of("set /hosts/h dhchap_key=?", "set /hosts/h dhchap_key=@k"),
        shell.session().history().last(2));
  }

  @Test
  void bashGetsNoKeyEither() {
    SimShell shell = shell();
    shell.with(
        "s",
        "create /hosts/h\nset /hosts/h dhchap_key="
            + KEY
            + "\nset /hosts/h dhchap_ctrl_key=@/root/c.key\n");
    shell.must("script export --bash s -o s.sh");
    String bash = shell.text("s.sh");
    assertFalse(bash.contains("ia6z"), bash);
    assertTrue(bash.contains(": \"${dhchap_key:?"), bash);
    assertTrue(bash.contains("printf %s \"$dhchap_key\" > \"$NVMET\"/hosts/h/dhchap_key"), bash);
    assertTrue(bash.contains("dhchap_ctrl_key_2=$(cat -- /root/c.key)"), bash);
  }

  private List<String> files() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }
}
