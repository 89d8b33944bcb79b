package io.nvmetsh.kernel;

import io.nvmetsh.device.ModuleConfig;
import io.nvmetsh.schema.FileFailure;
import io.nvmetsh.schema.Problem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.function.UnaryOperator;

/** Our own file of modprobe.d(5) on this machine. */
final class OptionsFile {

  private OptionsFile() {}

  /**
   * Changes the file of this machine. It is written whole or not at all, readable for everybody as
   * such files are, since tools that make an initramfs need not run as root; a file without any
   * options is removed.
   *
   * @throws io.nvmetsh.schema.NvmetshException when it cannot be read or written
   */
  static void edit(UnaryOperator<String> change) {
    edit(Path.of(ModuleConfig.OWN_FILE), change);
  }

  static void edit(Path file, UnaryOperator<String> change) {
    boolean there = Files.exists(file, LinkOption.NOFOLLOW_LINKS);
    if (there && !Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      throw problem(file, "is no regular file", "look at it:  ls -l " + file);
    }
    try {
      String text = there ? Files.readString(file) : "";
      String changed = change.apply(text);
      if (changed.isEmpty()) {
        Files.deleteIfExists(file);
      } else if (!changed.equals(text)) {
        Files.createDirectories(file.getParent());
        WholeFile.replace(
            file,
            changed.getBytes(StandardCharsets.UTF_8),
            PosixFilePermissions.fromString("rw-r--r--"));
      }
    } catch (IOException e) {
      throw problem(
          file,
          "cannot be written: " + FileFailure.writing(e),
          "see whether you may:  ls -l " + file);
    }
  }

  private static RuntimeException problem(Path file, String what, String hint) {
    return Problem.of(Problem.Kind.FILE, file + " " + what, hint)
        .with("path", file.toString())
        .asException();
  }
}
