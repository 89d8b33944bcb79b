package io.nvmetsh.session;

import io.nvmetsh.schema.FileFailure;
import io.nvmetsh.schema.NvmetshException;
import io.nvmetsh.schema.Problem;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;

/**
 * Files that nobody but their owner may read, written whole or not at all. Root names them: they
 * replace other files and nothing else, neither a device nor a pipe nor the link that leads to one.
 */
final class PrivateFile {

  private static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY =
      PosixFilePermissions.asFileAttribute(
          Set.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE));

  private static final FileAttribute<Set<PosixFilePermission>> OWNERS_FOLDER =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

  private PrivateFile() {}

  /**
   * Makes a folder that nobody but its owner may look into, and those that it is in; one that is
   * there stays as it is.
   *
   * @throws io.nvmetsh.schema.NvmetshException when it cannot be made
   */
  static void folder(Path folder) {
    try {
      if (!Files.isDirectory(folder)) {
        Files.createDirectories(folder, OWNERS_FOLDER);
      }
    } catch (IOException e) {
      throw unwritable(folder, e);
    }
  }

  /**
   * @throws io.nvmetsh.schema.NvmetshException when the file exists and is not to be replaced, or
   *     cannot be written
   */
  static void write(Path file, String content, boolean replace) {
    write(file, content.getBytes(StandardCharsets.UTF_8), replace);
  }

  /** The same of bytes that may be no text. */
  static void write(Path file, byte[] content, boolean replace) {
    checkPlace(file, replace);
    try {
      Path folder = file.toAbsolutePath().getParent();
      Path fresh = Files.createTempFile(folder, "." + file.getFileName(), ".new", OWNER_ONLY);
      try {
        try (FileChannel channel = FileChannel.open(fresh, StandardOpenOption.WRITE)) {
          ByteBuffer bytes = ByteBuffer.wrap(content);
          while (bytes.hasRemaining()) {
            channel.write(bytes);
          }
          channel.force(true);
        }
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
        // the name, too, is to outlive a loss of power
        try (FileChannel channel = FileChannel.open(folder)) {
          channel.force(true);
        }
      } finally {
        Files.deleteIfExists(fresh);
      }
    } catch (IOException e) {
      throw unwritable(file, e);
    }
  }

  private static void checkPlace(Path file, boolean replace) {
    if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      throw Problem.of(
              Problem.Kind.FILE,
              file + " is no regular file; only those are replaced",
              "choose another name, such as /tmp/" + file.getFileName())
          .with("path", file.toString())
          .asException();
    }
    if (!replace) {
      throw exists(file);
    }
  }

  /** A file that grows line by line. */
  static final class Appender {

    // no channel: an interrupt of the thread would close it
    private final OutputStream stream;

    private Appender(OutputStream stream) {
      this.stream = stream;
    }

    /** Hands the lines to the kernel before it returns: they outlive this process. */
    void append(List<String> lines) throws IOException {
      if (!lines.isEmpty()) {
        stream.write(String.join("\n", lines).concat("\n").getBytes(StandardCharsets.UTF_8));
      }
    }

    void close() throws IOException {
      stream.close();
    }
  }

  /**
   * Makes a file to append to. It is made by this call and no other: neither what exists nor what a
   * link leads to is ever opened.
   */
  static Appender append(Path file, boolean replace) {
    checkPlace(file, replace);
    try {
      if (replace) {
        Files.deleteIfExists(file);
      }
      Files.createFile(file, OWNER_ONLY);
      return new Appender(new FileOutputStream(file.toFile(), true));
    } catch (FileAlreadyExistsException e) {
      throw exists(file);
    } catch (IOException e) {
      throw unwritable(file, e);
    }
  }

  private static NvmetshException exists(Path file) {
    return Problem.of(
            Problem.Kind.FILE,
            file + " exists already",
            "choose another name, or replace it with --force")
        .with("path", file.toString())
        .asException();
  }

  static NvmetshException unwritable(Path file, IOException e) {
    return Problem.of(
            Problem.Kind.FILE,
            file + " cannot be written: " + FileFailure.writing(e),
            "choose another place, such as /tmp/" + file.getFileName())
        .with("path", file.toString())
        .asException();
  }
}
