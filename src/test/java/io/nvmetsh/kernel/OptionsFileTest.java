package io.nvmetsh.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nvmetsh.schema.NvmetshException;
import io.nvmetsh.schema.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OptionsFileTest {

  @TempDir Path folder;

  private Path file() {
    return folder.resolve("modprobe.d/nvmetsh.conf");
  }

  @Test
  void isReadableForEverybodyAndAlone() throws IOException {
    OptionsFile.edit(file(), text -> text + "options nvme a=1\n");
    OptionsFile.edit(file(), text -> text + "options nvme a=2\n");
    assertEquals("options nvme a=1\noptions nvme a=2\n", Files.readString(file()));
    assertEquals("rw-r--r--", PosixFilePermissions.toString(Files.getPosixFilePermissions(file())));
    try (Stream<Path> files = Files.list(file().getParent())) {
      assertEquals(1, files.count());
    }
  }

  @Test
  void isGoneWhenNothingIsInIt() {
    OptionsFile.edit(file(), text -> "options nvme a=1\n");
    OptionsFile.edit(file(), text -> "");
    assertFalse(Files.exists(file()));
    OptionsFile.edit(file(), text -> "");
    assertFalse(Files.exists(file()));
  }

  @Test
  void linkIsNotFollowed() throws IOException {
    Path other = Files.writeString(folder.resolve("other"), "precious\n");
    Files.createDirectory(file().getParent());
    Files.createSymbolicLink(file(), other);
    Problem problem = refused();
    assertTrue(problem.message().endsWith("is no regular file"), problem.message());
    assertEquals("precious\n", Files.readString(other));
  }

  @Test
  void whatCannotBeWrittenIsSaid() throws IOException {
    Files.writeString(folder.resolve("modprobe.d"), "in the way\n");
    assertEquals(Problem.Kind.FILE, refused().kind());
  }

  private Problem refused() {
    return assertThrows(
            NvmetshException.class, () -> OptionsFile.edit(file(), text -> "options nvme a=1\n"))
        .problem();
  }
}
