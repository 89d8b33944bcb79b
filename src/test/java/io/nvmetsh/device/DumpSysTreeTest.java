package io.nvmetsh.device;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nvmetsh.device.SysTree.FileKind;
import io.nvmetsh.schema.NvmetshException;
import io.nvmetsh.schema.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DumpSysTreeTest {

  private static final String HEAD = "nvmetsh machine 1\n";

  private static DumpSysTree parse(String body) {
    return DumpSysTree.parse("m", HEAD + body);
  }

  @Test
  void readsEveryKindOfEntry() {
    DumpSysTree tree =
        parse(
            """
            # a comment

            /a/b
              one = text
              # another
              blank =
              two = first
                  | second
                  |
                  |  indented
              open = no newline\\
              none = \\
              ten -> /a/c
              up -> /a/b/../c
              unread : file
              disk : block
              tty : char
              pipe : other
            /a/c
              x = in c
            /empty
            """);
    assertEquals(Optional.of("text\n"), tree.read("/a/b/one"));
    assertEquals(Optional.of("\n"), tree.read("/a/b/blank"));
    assertEquals(Optional.of("first\nsecond\n\n indented\n"), tree.read("/a/b/two"));
    assertEquals(Optional.of("no newline"), tree.read("/a/b/open"));
    assertEquals(Optional.of(""), tree.read("/a/b/none"));
    assertEquals(Optional.of("in c\n"), tree.read("/a/b/ten/x"));
    assertEquals(Optional.of("/a/c"), tree.link("/a/b/ten"));
    assertEquals(Optional.of("/a/c"), tree.link("/a/b/up"));
    assertEquals(Optional.empty(), tree.link("/a/b"));
    assertEquals(Optional.of("/a/c/x"), tree.realPath("/a/b/ten/x"));
    assertEquals(Optional.empty(), tree.realPath("/a/b/ten/y"));
    assertEquals(Optional.empty(), tree.read("/a/b/unread"));
    assertEquals(FileKind.REGULAR, tree.kind("/a/b/unread"));
    assertEquals(FileKind.BLOCK_DEVICE, tree.kind("/a/b/disk"));
    assertEquals(FileKind.CHARACTER_DEVICE, tree.kind("/a/b/tty"));
    assertEquals(FileKind.OTHER, tree.kind("/a/b/pipe"));
    assertEquals(FileKind.DIRECTORY, tree.kind("/empty"));
    assertEquals(FileKind.DIRECTORY, tree.kind("/a/b/ten"));
    assertEquals(FileKind.ABSENT, tree.kind("/a/b/one/x"));
    assertEquals(List.of("a", "empty"), tree.list("/"));
    assertEquals(List.of("x"), tree.list("/a/b/ten/"));
    assertEquals(List.of(), tree.list("/a/b/one"));
  }

  @Test
  void linksAreThoseOfOneDirectory() {
    for (String path : List.of("/sys/class/nvme", "/sys/class/block", "/dev", "/nothing")) {
      DumpSysTree tree = DumpSysTree.defaultMachine();
      List<String> links = new ArrayList<>();
      for (String name : tree.list(path)) {
        tree.link(path + "/" + name).ifPresent(target -> links.add(name + "=" + target));
      }
      List<String> atOnce = new ArrayList<>();
      tree.links(path).forEach((name, target) -> atOnce.add(name + "=" + target));
      assertEquals(links, atOnce);
    }
  }

  @Test
  void listsInTheOrderPeopleCount() {
    assertEquals(
        List.of("nvme0", "nvme2", "nvme10"),
        parse("/d\n  nvme10 : char\n  nvme0 : char\n  nvme2 : char\n").list("/d"));
  }

  @Test
  void undoesEscapes() {
    DumpSysTree tree = parse("/d\\sd\n  \\x23n\\\\ = a\\tb\\x1b\\u202e\\\\\\s\n  l -> /d\\sd/x\n");
    assertEquals(List.of("#n\\", "l"), tree.list("/d d"));
    assertEquals(Optional.of("a\tb\u001b\u202e\\ \n"), tree.read("/d d/#n\\"));
    assertEquals(Optional.of("/d d/x"), tree.link("/d d/l"));
  }

  @Test
  void linksMayRunInCircles() {
    DumpSysTree tree = parse("/d\n  a -> /d/b\n  b -> /d/a\n  root -> /\n");
    assertEquals(FileKind.ABSENT, tree.kind("/d/a"));
    assertEquals(Optional.empty(), tree.realPath("/d/a/x"));
    assertEquals(Optional.of("/d/b"), tree.link("/d/a"));
    assertEquals(Optional.of("/d"), tree.realPath("/d/root/d/root/d"));
  }

  @Test
  void toleratesTheLineEndsOfOtherSystems() {
    assertEquals(
        Optional.of("x\ny\n"),
        DumpSysTree.parse("m", "nvmetsh machine 1\r\n/d\r\n  a = x\r\n    | y\r\n").read("/d/a"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '!',
      quoteCharacter = '`',
      value = {
        "``                                ! 1 ! is empty",
        "`hello`                           ! 1 ! is no machine dump",
        "`nvmetsh machine 2`               ! 1 ! is of format version 2; this program reads 1",
        "`nvmetsh machine 1\n  a = b`      ! 2 ! 'a' is in no directory",
        "`nvmetsh machine 1\n| b`          ! 2 ! is a further line of content",
        "`nvmetsh machine 1\nsys`          ! 2 ! begins at the margin",
        "`nvmetsh machine 1\n/d\n  a b`    ! 3 ! 'a' is not followed by",
        "`nvmetsh machine 1\n/d\n  a`      ! 3 ! 'a' is not followed by",
        "`nvmetsh machine 1\n/d\n  a -> b` ! 3 ! 'a' is not followed by",
        "`nvmetsh machine 1\n/d\n  a : socket`     ! 3 ! 'socket' is none of",
        "`nvmetsh machine 1\n/d\n  a = 1\n\n  a = 2`       ! 5 ! 'a' is in this directory already",
        "`nvmetsh machine 1\n/d\n  a = 1\n  b : file\n | 2` ! 5 ! is a further line of content",
        "`nvmetsh machine 1\n/d\n  a = 1\\\\\n | 2`        ! 4 ! follows a line",
        "`nvmetsh machine 1\n/d\n  a = \\\\q`              ! 3 ! has a backslash",
        "`nvmetsh machine 1\n/d\n  a = \\\\x1`             ! 3 ! has a backslash",
        "`nvmetsh machine 1\n/d\n  a/b = 1`              ! 3 ! 'a/b' is not a name",
        "`nvmetsh machine 1\n/d\n  .. = 1`               ! 3 ! '..' is not a name",
        "`nvmetsh machine 1\n/d\n  a -> /e\n/d/a/b`      ! 4 ! leads through a link or a file",
        "`nvmetsh machine 1\n/d\n  a\u001b[2J b`         ! 3 ! 'a[2J' is not followed by",
      })
  void aMistakeIsNamedWithItsLine(String text, int line, String what) {
    String dump = text.replace("\\\\", "\\");
    Problem problem =
        assertThrows(NvmetshException.class, () -> DumpSysTree.parse("my.machine", dump)).problem();
    assertEquals(Problem.Kind.FILE, problem.kind());
    assertTrue(
        problem.message().startsWith("machine dump my.machine:" + line + ": "), problem.message());
    assertTrue(problem.message().contains(what), problem.message());
    assertTrue(problem.hints().get(0).contains("nvmetsh machine dump"), problem.toString());
  }

  @Test
  void aFileThatCannotBeReadIsNamed(@TempDir Path directory) throws IOException {
    assertMessage(directory.resolve("none.machine"), "there is no such file");
    assertMessage(directory, "cannot be read");
    Path file = directory.resolve("a.machine");
    Files.writeString(file, "#!/bin/sh\n");
    assertMessage(file, ":1: is no machine dump");
    Files.writeString(file, HEAD + "/d\n  a = b\n");
    assertEquals(Optional.of("b\n"), DumpSysTree.load(file).read("/d/a"));
  }

  private static void assertMessage(Path file, String what) {
    Problem problem = assertThrows(NvmetshException.class, () -> DumpSysTree.load(file)).problem();
    assertTrue(problem.message().startsWith("machine dump " + file), problem.message());
    assertTrue(problem.message().contains(what), problem.message());
  }

  @Test
  void withAndWithoutMakeAnotherMachine() {
    DumpSysTree before = parse("/sys/real\n  v = 1\n  w = 2\n/sys/class\n  l -> /sys/real\n");
    DumpSysTree after =
        before.with("/sys/class/l/v", "3\n").with("/new/dir/f", "4\n").without("/sys/class/l/w");
    assertEquals(Optional.of("3\n"), after.read("/sys/real/v"));
    assertEquals(Optional.of("4\n"), after.read("/new/dir/f"));
    assertEquals(List.of("v"), after.list("/sys/real"));
    assertEquals(List.of("v", "w"), before.list("/sys/real"));
    assertEquals(Optional.of("1\n"), before.read("/sys/real/v"));
    assertEquals(FileKind.DIRECTORY, after.without("/sys/class/l").kind("/sys/real"));
    assertEquals(FileKind.ABSENT, after.without("/sys/class/l").kind("/sys/class/l"));
    assertEquals(List.of(), after.without("/sys/nothing").list("/sys/nothing"));
    assertThrows(IllegalArgumentException.class, () -> before.with("/sys/real/v/x", ""));
  }
}
