package io.nvmetsh.journal;

import io.nvmetsh.schema.FileFailure;
import io.nvmetsh.schema.NvmetshException;
import io.nvmetsh.schema.Problem;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A store in a directory that nobody but its owner may look into, made when the first file is.
 *
 * <p>Nothing is forced to the disk: what it would outlive, a crash of the machine, the target does
 * not outlive either.
 */
public final class DiskStore implements Store {

  private static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
  private static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY_FOLDER =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
  private static final String LOCK = "lock";

  private final Path directory;

  public DiskStore(Path directory) {
    this.directory = directory;
  }

  @Override
  public List<String> names(String folder) {
    List<String> names = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(directory.resolve(folder))) {
      files.forEach(file -> names.add(file.getFileName().toString()));
    } catch (NoSuchFileException | NotDirectoryException e) {
      return List.of();
    } catch (IOException e) {
      throw problem(folder, "cannot be read: " + FileFailure.reading(e));
    }
    Collections.sort(names);
    return names;
  }

  @Override
  public Optional<List<String>> lines(String name) {
    try {
      return Optional.of(Files.readAllLines(directory.resolve(name), StandardCharsets.UTF_8));
    } catch (NoSuchFileException | NotDirectoryException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw problem(name, "cannot be read: " + FileFailure.reading(e));
    }
  }

  @Override
  public Log begin(String name) {
    try {
      makeFolder(directory.resolve(name));
      Files.createFile(directory.resolve(name), OWNER_ONLY);
      return log(name);
    } catch (IOException e) {
      throw problem(name, "cannot be written: " + FileFailure.writing(e));
    }
  }

  @Override
  public Log resume(String name) {
    try (RandomAccessFile file = new RandomAccessFile(directory.resolve(name).toFile(), "rw")) {
      file.setLength(wholeLines(file));
      return log(name);
    } catch (IOException e) {
      throw problem(name, "cannot be written: " + FileFailure.writing(e));
    }
  }

  /** What a full disk has cut short must not take the next line with it. */
  private void cutBack(String name) {
    try (RandomAccessFile file = new RandomAccessFile(directory.resolve(name).toFile(), "rw")) {
      file.setLength(wholeLines(file));
    } catch (IOException e) {
      // why it could not be written is told already, and its reader passes over it
    }
  }

  /** The length without a last line that was cut short. */
  private static long wholeLines(RandomAccessFile file) throws IOException {
    long end = file.length();
    while (end > 0) {
      file.seek(end - 1);
      if (file.read() == '\n') {
        break;
      }
      end--;
    }
    return end;
  }

  private Log log(String name) throws IOException {
    // no channel: an interrupt of the thread would close it
    OutputStream stream = new FileOutputStream(directory.resolve(name).toFile(), true);
    return new Log() {
      @Override
      public void append(String line) {
        try {
          stream.write((line + "\n").getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
          cutBack(name);
          throw problem(name, "cannot be written: " + FileFailure.writing(e));
        }
      }

      @Override
      public void close() {
        try {
          stream.close();
        } catch (IOException e) {
          throw problem(name, "cannot be written: " + FileFailure.writing(e));
        }
      }
    };
  }

  @Override
  public void replace(String name, List<String> lines) {
    Path file = directory.resolve(name);
    try {
      makeFolder(file);
      Path fresh = Files.createTempFile(file.getParent(), ".", ".new", OWNER_ONLY);
      try {
        Files.write(fresh, lines, StandardCharsets.UTF_8);
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
      } finally {
        Files.deleteIfExists(fresh);
      }
    } catch (IOException e) {
      throw problem(name, "cannot be written: " + FileFailure.writing(e));
    }
  }

  @Override
  public void rename(String name, String other) {
    try {
      Files.move(directory.resolve(name), directory.resolve(other), StandardCopyOption.ATOMIC_MOVE);
    } catch (NoSuchFileException e) {
      // another has done it
    } catch (IOException e) {
      throw problem(name, "cannot be renamed: " + FileFailure.writing(e));
    }
  }

  @Override
  public void delete(String name) {
    try {
      Files.deleteIfExists(directory.resolve(name));
    } catch (IOException e) {
      throw problem(name, "cannot be removed: " + FileFailure.writing(e));
    }
  }

  @Override
  public Optional<Hold> lock(Owner owner) {
    try {
      makeFolder(directory.resolve(LOCK));
      FileChannel channel =
          FileChannel.open(
              directory.resolve(LOCK),
              Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.CREATE),
              OWNER_ONLY);
      if (!isTaken(channel)) {
        channel.close();
        return Optional.empty();
      }
      channel.truncate(0);
      channel.write(StandardCharsets.UTF_8.encode(Records.of(owner)), 0);
      return Optional.of(() -> release(channel));
    } catch (IOException e) {
      throw problem(LOCK, "cannot be locked: " + FileFailure.writing(e));
    }
  }

  private static boolean isTaken(FileChannel channel) throws IOException {
    try {
      return channel.tryLock() != null;
    } catch (OverlappingFileLockException e) {
      return false; // by another shell of this process
    }
  }

  private static void release(FileChannel channel) {
    try {
      channel.truncate(0);
      channel.close();
    } catch (IOException e) {
      // the system lets go of it when the process ends
    }
  }

  @Override
  public Optional<Owner> owner() {
    try (FileChannel channel = FileChannel.open(directory.resolve(LOCK), StandardOpenOption.READ)) {
      // a shared lock is had when nobody has one of his own
      try (FileLock shared = channel.tryLock(0, Long.MAX_VALUE, true)) {
        if (shared != null) {
          return Optional.empty();
        }
      } catch (OverlappingFileLockException e) {
        // another shell of this process has it
      }
      ByteBuffer bytes = ByteBuffer.allocate(8192);
      channel.read(bytes, 0);
      return Records.owner(StandardCharsets.UTF_8.decode(bytes.flip()).toString());
    } catch (NoSuchFileException | NotDirectoryException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw problem(LOCK, "cannot be read: " + FileFailure.reading(e));
    }
  }

  @Override
  public Optional<Path> directory() {
    return Optional.of(directory);
  }

  private static void makeFolder(Path file) throws IOException {
    Path folder = file.getParent();
    if (folder != null && !Files.isDirectory(folder)) {
      Files.createDirectories(folder, OWNER_ONLY_FOLDER);
    }
  }

  private NvmetshException problem(String name, String what) {
    return Problem.of(
            Problem.Kind.FILE,
            directory.resolve(name) + " " + what,
            "what nvmetsh does is written there before it is done; to use another directory:"
                + "  nvmetsh --state-dir DIR")
        .with("path", directory.resolve(name).toString())
        .asException();
  }
}
