package io.nvmetsh.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nvmetsh.kernel.Configfs.Entry;
import io.nvmetsh.kernel.Configfs.EntryType;
import io.nvmetsh.schema.NvmetPath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The calls themselves, on a directory laid out like nvmet's tree. */
class SysfsConfigfsTest {

  private final Path root;
  private final Configfs configfs;

  SysfsConfigfsTest(@TempDir Path directory) throws IOException {
    root = Files.createDirectory(directory.resolve("nvmet"));
    configfs = new SysfsConfigfs(root);
    for (String made :
        List.of(
            "hosts/h",
            "subsystems/s/namespaces",
            "subsystems/s/allowed_hosts",
            "ports/1/subsystems",
            "ports/10",
            "ports/9")) {
      Files.createDirectories(root.resolve(made));
    }
    Files.writeString(root.resolve("subsystems/s/attr_allow_any_host"), "0\n");
    Files.writeString(root.resolve("subsystems/s/attr_of_a_later_kernel"), "x\n");
    Files.createDirectory(root.resolve("subsystems/s/group_of_a_later_kernel"));
  }

  private static NvmetPath path(String text) {
    return NvmetPath.parse(text);
  }

  private static void refused(Errno errno, Executable operation) {
    assertEquals(errno, assertThrows(Refusal.class, operation).errno());
  }

  @Test
  void listsWithTypesInNaturalOrder() throws Refusal {
    assertEquals(
        List.of(
            new Entry("1", EntryType.DIRECTORY),
            new Entry("9", EntryType.DIRECTORY),
            new Entry("10", EntryType.DIRECTORY)),
        configfs.list(path("/ports")));
    assertEquals(
        List.of(
            new Entry("allowed_hosts", EntryType.DIRECTORY),
            new Entry("attr_allow_any_host", EntryType.ATTRIBUTE),
            new Entry("attr_of_a_later_kernel", EntryType.ATTRIBUTE),
            new Entry("group_of_a_later_kernel", EntryType.DIRECTORY),
            new Entry("namespaces", EntryType.DIRECTORY)),
        configfs.list(path("/subsystems/s")));
  }

  @Test
  void namesAreAsManyAsAreAskedFor() throws Refusal {
    assertEquals(3, configfs.glance(path("/ports"), Integer.MAX_VALUE).size());
    assertEquals(2, configfs.glance(path("/ports"), 2).size());
    assertEquals(List.of(), configfs.glance(path("/ports"), 0));
    for (int most : List.of(0, 1, Integer.MAX_VALUE)) {
      refused(Errno.ENOENT, () -> configfs.glance(path("/missing"), most));
      refused(
          Errno.ENOTDIR, () -> configfs.glance(path("/subsystems/s/attr_allow_any_host"), most));
      refused(
          Errno.ENOTDIR, () -> configfs.glance(path("/subsystems/s/attr_allow_any_host/x"), most));
    }
  }

  @Test
  void linksAreMadeAbsoluteAndReadByTheirLastNames() throws Refusal, IOException {
    NvmetPath link = path("/subsystems/s/allowed_hosts/other");
    configfs.symlink(link, path("/hosts/h"));
    assertEquals(
        root.resolve("hosts/h"),
        Files.readSymbolicLink(root.resolve("subsystems/s/allowed_hosts/other")));
    assertEquals(path("/hosts/h"), configfs.readlink(link));
    assertEquals(
        List.of(new Entry("other", EntryType.LINK)),
        configfs.list(path("/subsystems/s/allowed_hosts")));
    // What the kernel makes of it.
    Files.createSymbolicLink(
        root.resolve("ports/1/subsystems/x"), Path.of("../../../../nvmet/subsystems/s"));
    assertEquals(path("/subsystems/s"), configfs.readlink(path("/ports/1/subsystems/x")));
    assertEquals(5, configfs.list(path("/ports/1/subsystems/x")).size());
  }

  /** rmdir(2) and unlink(2), not whichever would work. */
  @Test
  void rmdirRemovesDirectoriesOnlyAndUnlinkNone() throws Refusal {
    NvmetPath link = path("/subsystems/s/allowed_hosts/h");
    configfs.symlink(link, path("/hosts/h"));
    refused(Errno.ENOTDIR, () -> configfs.rmdir(link));
    refused(Errno.ENOTDIR, () -> configfs.rmdir(path("/subsystems/s/attr_allow_any_host")));
    refused(Errno.EISDIR, () -> configfs.unlink(path("/hosts/h")));
    assertTrue(Files.isSymbolicLink(root.resolve("subsystems/s/allowed_hosts/h")));
    configfs.unlink(link);
    assertFalse(
        Files.exists(root.resolve("subsystems/s/allowed_hosts/h"), LinkOption.NOFOLLOW_LINKS));
    configfs.rmdir(path("/hosts/h"));
    refused(Errno.ENOENT, () -> configfs.rmdir(path("/hosts/h")));
    refused(Errno.ENOENT, () -> configfs.unlink(link));
    refused(Errno.ENOTEMPTY, () -> configfs.rmdir(path("/subsystems/s")));
  }

  @Test
  void writesReplaceWhatWasThere() throws Refusal {
    NvmetPath attribute = path("/subsystems/s/attr_of_a_later_kernel");
    configfs.write(attribute, "a long value\n");
    configfs.write(attribute, "1");
    assertEquals("1", configfs.read(attribute));
    configfs.write(attribute, "été");
    assertEquals("été", configfs.read(attribute));
  }

  @Test
  void aWriteMakesNoFileAndIsNeverEmpty() {
    refused(Errno.ENOENT, () -> configfs.write(path("/subsystems/s/missing"), "1"));
    assertFalse(Files.exists(root.resolve("subsystems/s/missing")));
    refused(Errno.EINVAL, () -> configfs.write(path("/subsystems/s/attr_allow_any_host"), ""));
    refused(Errno.EISDIR, () -> configfs.write(path("/subsystems/s"), "1"));
    refused(Errno.EISDIR, () -> configfs.read(path("/subsystems/s")));
    refused(Errno.ENOENT, () -> configfs.read(path("/subsystems/s/missing")));
    refused(Errno.ENOTDIR, () -> configfs.list(path("/subsystems/s/attr_allow_any_host")));
    refused(Errno.ENOENT, () -> configfs.list(path("/subsystems/t")));
  }

  @Test
  void makesDirectories() throws Refusal {
    configfs.mkdir(path("/hosts/i"));
    assertTrue(Files.isDirectory(root.resolve("hosts/i")));
    refused(Errno.EEXIST, () -> configfs.mkdir(path("/hosts/i")));
    refused(Errno.ENOENT, () -> configfs.mkdir(path("/nowhere/i")));
    refused(Errno.ENAMETOOLONG, () -> configfs.mkdir(path("/hosts/" + "i".repeat(256))));
  }

  /** A full file system: the errno comes as a text only, and from a file that has no name then. */
  @Test
  void errnosWithoutAnExceptionAreKnownByTheirText() throws IOException, Refusal {
    Path full = Files.createSymbolicLink(root.resolve("hosts/h/full"), Path.of("/dev/full"));
    refused(Errno.ENOSPC, () -> configfs.write(path("/hosts/h/full"), "x"));
    Files.delete(full);
  }

  @ParameterizedTest
  @ValueSource(strings = {"..", ".", "a/b", "/etc", "a\0b", ""})
  void noNameLeadsOutOfTheTree(String name) throws IOException {
    Files.writeString(root.resolveSibling("secret"), "x");
    NvmetPath below = NvmetPath.ROOT.child(name).child("secret");
    refused(Errno.EINVAL, () -> configfs.read(below));
    refused(Errno.EINVAL, () -> configfs.write(below, "y"));
    refused(Errno.EINVAL, () -> configfs.unlink(below));
    refused(Errno.EINVAL, () -> configfs.rmdir(NvmetPath.ROOT.child(name)));
    refused(Errno.EINVAL, () -> configfs.symlink(below, path("/hosts/h")));
    refused(Errno.EINVAL, () -> configfs.symlink(path("/hosts/h/l"), below));
    assertEquals("x", Files.readString(root.resolveSibling("secret")));
  }

  /** Ctrl-C before a write means no write. */
  @Test
  void anInterruptedWriteIsNotMade() throws Refusal {
    NvmetPath attribute = path("/subsystems/s/attr_allow_any_host");
    Thread.currentThread().interrupt();
    refused(Errno.EINTR, () -> configfs.write(attribute, "1"));
    assertTrue(Thread.interrupted());
    assertEquals("0\n", configfs.read(attribute));
  }
}
