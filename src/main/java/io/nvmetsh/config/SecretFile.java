package io.nvmetsh.config;

import io.nvmetsh.schema.Problem;
import io.nvmetsh.schema.Quoting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Set;

/** A file with keys in it. One that others can read is refused: its keys are known already. */
public final class SecretFile {

  private static final Set<PosixFilePermission> OTHERS =
      Set.of(PosixFilePermission.GROUP_READ, PosixFilePermission.OTHERS_READ);

  private SecretFile() {}

  /**
   * @param name the file as it was named, for messages
   * @throws io.nvmetsh.schema.NvmetshException when it cannot be read, or can be by others; never
   *     with what is in it
   */
  public static String text(Path file, String name) {
    String text = ConfigFile.text(file, name);
    if (isOpen(file)) {
      throw Problem.of(
              Problem.Kind.FILE,
              name + " can be read by others than its owner, and there is a key in it",
              "close it, and think of another key:  chmod 600 " + Quoting.word(name))
          .with("path", name)
          .asException();
    }
    return text;
  }

  private static boolean isOpen(Path file) {
    try {
      Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file);
      // a pipe, such as <(pass show web1), has no name that others could open
      return Files.isRegularFile(file) && permissions.stream().anyMatch(OTHERS::contains);
    } catch (IOException | UnsupportedOperationException e) {
      return false;
    }
  }
}
