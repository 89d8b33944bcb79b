package io.nvmetsh.kernel;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Set;

/** Writes files whole or not at all, also when the power goes meanwhile. */
public final class WholeFile {

  private WholeFile() {}

  /** Puts a file of this content and these permissions, whatever the umask, in place of another. */
  public static void replace(Path file, byte[] content, Set<PosixFilePermission> permissions)
      throws IOException {
    Path target = file.toAbsolutePath();
    // made for its owner alone, and hidden: no name that anybody would read options from
    Path fresh = Files.createTempFile(target.getParent(), "." + target.getFileName(), ".new");
    try {
      try (FileChannel channel = FileChannel.open(fresh, StandardOpenOption.WRITE)) {
        ByteBuffer bytes = ByteBuffer.wrap(content);
        while (bytes.hasRemaining()) {
          channel.write(bytes);
        }
        Files.setPosixFilePermissions(fresh, permissions);
        channel.force(true);
      }
      Files.move(fresh, target, StandardCopyOption.ATOMIC_MOVE);
      try (FileChannel folder = FileChannel.open(target.getParent())) {
        folder.force(true);
      }
    } finally {
      Files.deleteIfExists(fresh);
    }
  }
}
