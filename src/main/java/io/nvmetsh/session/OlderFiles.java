package io.nvmetsh.session;

import io.nvmetsh.schema.FileFailure;
import io.nvmetsh.schema.Problem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.Optional;

/**
 * The files that a saved target has replaced, the latest as {@code FILE.1}: whoever saves the wrong
 * one over the right one notices when it is loaded.
 */
final class OlderFiles {

  private static final int MOST = 10;

  private OlderFiles() {}

  /**
   * Keeps a file that is about to be replaced by something else.
   *
   * @return where; empty when it is not there, is no file or would be the same
   * @throws io.nvmetsh.schema.NvmetshException when it cannot be kept
   */
  static Optional<Path> keep(Path file, String next) {
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      return Optional.empty();
    }
    try {
      byte[] before = Files.readAllBytes(file);
      if (Arrays.equals(before, next.getBytes(StandardCharsets.UTF_8))) {
        return Optional.empty();
      }
      for (int number = MOST - 1; number > 0; number--) {
        try {
          Files.move(
              numbered(file, number),
              numbered(file, number + 1),
              StandardCopyOption.REPLACE_EXISTING);
        } catch (NoSuchFileException e) {
          // there are not as many yet, or another process has just moved it
        }
      }
      Path kept = numbered(file, 1);
      PrivateFile.write(kept, before, true);
      return Optional.of(kept);
    } catch (IOException e) {
      throw Problem.of(
              Problem.Kind.FILE,
              file + " is not replaced: it cannot be kept beside: " + FileFailure.writing(e),
              "choose another name, such as /tmp/" + file.getFileName())
          .with("path", file.toString())
          .asException();
    }
  }

  private static Path numbered(Path file, int number) {
    return file.resolveSibling(file.getFileName() + "." + number);
  }
}
