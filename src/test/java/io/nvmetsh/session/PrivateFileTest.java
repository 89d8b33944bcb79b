package io.nvmetsh.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nvmetsh.schema.ExitStatus;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What --force may replace. A socket stands for all that is no file, devices among them. */
class PrivateFileTest {

  @TempDir Path folder;

  @BeforeEach
  void sources() throws IOException {
    Files.writeString(folder.resolve("s.nvmetsh"), "create /subsystems/s\n");
    Files.writeString(folder.resolve("s.sh"), "mkdir /sys/kernel/config/nvmet/subsystems/s\n");
  }

  @Test
  void aFolderIsItsOwnersAlone() throws IOException {
    Path folders = folder.resolve("a/b");
    PrivateFile.folder(folders);
    for (Path made : List.of(folders, folder.resolve("a"))) {
      assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(made)));
    }
    Files.setPosixFilePermissions(folders, PosixFilePermissions.fromString("rwxr-xr-x"));
    PrivateFile.folder(folders);
    assertEquals(
        "rwxr-xr-x", PosixFilePermissions.toString(Files.getPosixFilePermissions(folders)));
  }

  /** A target that was saved is not lost because another is saved in its place. */
  @Test
  void whatASavedTargetReplacesIsKept() throws IOException {
    SimShell shell = SimShell.of("6.1", folder);
    shell.must("save a.json", "save -f a.json");
    assertFalse(Files.exists(folder.resolve("a.json.1")), "the same need not be kept");
    for (int number = 1; number <= 12; number++) {
      shell.must("create /ports/" + number, "save -f a.json");
    }
    String permissions =
        PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("a.json.1")));
    assertEquals("rw-------", permissions);
    for (int older = 1; older <= 10; older++) {
      String text = Files.readString(folder.resolve("a.json." + older));
      assertTrue(text.contains("\"portid\": " + (12 - older)), text);
      assertFalse(text.contains("\"portid\": " + (13 - older)), text);
    }
    assertFalse(Files.exists(folder.resolve("a.json.11")));
    shell.must("failed -o f", "failed -f -o f");
    assertFalse(Files.exists(folder.resolve("f.1")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "record -f there",
        "machine dump -f there",
        "script export --bash -f -o there s.nvmetsh",
        "script import -f -o there s.sh"
      })
  void onlyFilesAreReplaced(String line) throws IOException {
    Path there = folder.resolve("there");
    SimShell shell = SimShell.of("6.1", folder);

    try (ServerSocketChannel socket = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      socket.bind(UnixDomainSocketAddress.of(there));
      refused(shell, line);
      assertTrue(Files.readAttributes(there, "isOther").containsValue(true));
    }
    Files.delete(there);

    Path old = Files.writeString(folder.resolve("old"), "old");
    Files.createSymbolicLink(there, old);
    refused(shell, line);
    assertTrue(Files.isSymbolicLink(there));
    assertEquals("old", Files.readString(old));
    Files.delete(there);

    Files.createDirectory(there);
    refused(shell, line);
    assertTrue(Files.isDirectory(there, LinkOption.NOFOLLOW_LINKS));
    Files.delete(there);

    Files.move(old, there);
    shell.must(line);
    assertFalse(Files.readString(there).startsWith("old"));
  }

  private static void refused(SimShell shell, String line) {
    assertEquals(ExitStatus.USAGE, shell.run(line));
    String said = shell.said();
    assertTrue(said.contains("there is no regular file; only those are replaced"), said);
  }

  @Test
  void withoutForceALinkThatLeadsNowhereStays() throws IOException {
    Path there = Files.createSymbolicLink(folder.resolve("there"), folder.resolve("nowhere"));
    refused(SimShell.of("6.1", folder), "machine dump there");
    assertTrue(Files.isSymbolicLink(there));
    assertFalse(Files.exists(folder.resolve("nowhere")));
  }
}
