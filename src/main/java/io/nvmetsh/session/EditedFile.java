package io.nvmetsh.session;

import io.nvmetsh.schema.NvmetPath;
import io.nvmetsh.schema.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * A text in somebody's editor: a file in a folder of its own, where the editor may leave what it
 * likes beside it, and nobody else may look.
 */
final class EditedFile {

  /** More is no text of attributes, whoever wrote it. */
  private static final long LONGEST = 1 << 20;

  private final Path file;

  private EditedFile(Path file) {
    this.file = file;
  }

  /**
   * @throws io.nvmetsh.schema.NvmetshException when there is no room for it
   */
  static EditedFile of(NvmetPath object) {
    try {
      // none but the owner may look into it (Files.createTempDirectory)
      return new EditedFile(Files.createTempDirectory("nvmetsh-edit-").resolve(name(object)));
    } catch (IOException e) {
      throw PrivateFile.unwritable(Path.of(System.getProperty("java.io.tmpdir", "/tmp")), e);
    }
  }

  /** What an editor shows as the file's name, and colours it by. */
  private static String name(NvmetPath object) {
    String plain = object.toString().substring(1).replaceAll("[^A-Za-z0-9.:_-]", "_");
    return plain.substring(Math.max(0, plain.length() - 100)) + ".conf";
  }

  Path path() {
    return file;
  }

  void write(List<String> lines) {
    PrivateFile.write(file, String.join("\n", lines) + "\n", true);
  }

  /**
   * The lines that are in it now; none where it is gone.
   *
   * @throws io.nvmetsh.schema.NvmetshException when it is no text any more
   */
  List<String> lines() {
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      return List.of();
    }
    try {
      if (Files.size(file) > LONGEST) {
        throw Problem.of(Problem.Kind.FILE, file + " is too long for a text of attributes")
            .asException();
      }
      return new String(Files.readAllBytes(file), StandardCharsets.UTF_8).lines().toList();
    } catch (IOException e) {
      throw Problem.of(Problem.Kind.FILE, file + " cannot be read: " + e.getMessage())
          .asException();
    }
  }

  /** Takes it away, with what the editor left beside it. */
  void remove() {
    try (Stream<Path> all = Files.walk(file.getParent())) {
      List<Path> paths = new ArrayList<>(all.toList());
      paths.sort(Comparator.reverseOrder());
      for (Path each : paths) {
        Files.deleteIfExists(each);
      }
    } catch (IOException | UncheckedIOException e) {
      // an editor that is still there; nobody else can read it
    }
  }
}
