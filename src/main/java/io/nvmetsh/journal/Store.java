package io.nvmetsh.journal;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Where a target's past is kept: a directory beside the target, or the memory of this process for a
 * target that is gone with it. Names are those of files, in folders separated by {@code /}.
 */
public interface Store {

  /** The names in a folder, in order. */
  List<String> names(String folder);

  /** The lines of a file; empty when there is none. */
  Optional<List<String>> lines(String name);

  /**
   * Begins a file that grows line by line.
   *
   * @throws io.nvmetsh.schema.NvmetshException when it cannot be written; so do all that write
   */
  Log begin(String name);

  /** Goes on with a file that has been begun, after its last whole line. */
  Log resume(String name);

  /** Replaces a whole file, or makes it. */
  void replace(String name, List<String> lines);

  void rename(String name, String other);

  void delete(String name);

  /**
   * Keeps everybody else from changing the target by way of this store.
   *
   * @param owner what the others are told
   * @return empty when somebody else has the lock
   */
  Optional<Hold> lock(Owner owner);

  /** Who has the lock at the moment; empty when nobody does. */
  Optional<Owner> owner();

  /** The directory; empty when the store ends with this process. */
  Optional<Path> directory();

  /** A file that grows. Each line is the system's when {@code append} returns. */
  interface Log extends AutoCloseable {
    void append(String line);

    @Override
    void close();
  }

  /** A lock that is held; the system lets go of it when the process ends, however it ends. */
  interface Hold extends AutoCloseable {
    @Override
    void close();
  }
}
