package io.nvmetsh.kernel.sim;

import io.nvmetsh.schema.FileFailure;
import io.nvmetsh.schema.Problem;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Set;

/**
 * The right to work on a simulated kernel's state: one shell at a time, since each has the whole
 * kernel in memory. Held on a file beside the state, which itself is replaced at every write; a
 * shell that dies lets go of it.
 */
public final class StateLock implements AutoCloseable {

  /** Long enough for a queue of commands, too short for somebody to finish typing. */
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private static final Duration PAUSE = Duration.ofMillis(20);

  private final FileChannel channel;

  private StateLock(FileChannel channel) {
    this.channel = channel;
  }

  /**
   * Waits for whoever has the state.
   *
   * @throws io.nvmetsh.schema.NvmetshException when somebody keeps it, or no state can be kept
   *     there
   */
  public static StateLock take(Path state) {
    return take(state, PATIENCE);
  }

  static StateLock take(Path state, Duration patience) {
    SimState.checkPlace(state);
    Path file = state.resolveSibling("." + state.getFileName() + ".lock");
    try {
      FileChannel channel =
          FileChannel.open(
              file,
              Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.CREATE),
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      long end = System.nanoTime() + patience.toNanos();
      while (!isTaken(channel)) {
        if (System.nanoTime() > end) {
          String holder = read(channel);
          channel.close();
          throw inUse(state, holder);
        }
        Thread.sleep(PAUSE.toMillis());
      }
      write(channel, Long.toString(ProcessHandle.current().pid()));
      return new StateLock(channel);
    } catch (IOException e) {
      throw SimState.problem(state, "cannot be locked: " + FileFailure.writing(e));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw SimState.problem(state, "is in use by another nvmetsh");
    }
  }

  private static boolean isTaken(FileChannel channel) throws IOException {
    try {
      return channel.tryLock() != null;
    } catch (OverlappingFileLockException e) {
      return false; // by another shell of this process
    }
  }

  private static String read(FileChannel channel) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(20);
    channel.read(bytes, 0);
    String text = new String(bytes.array(), 0, bytes.position(), StandardCharsets.US_ASCII).strip();
    return text.chars().allMatch(Character::isDigit) ? text : "";
  }

  private static void write(FileChannel channel, String text) throws IOException {
    channel.truncate(0);
    channel.write(StandardCharsets.US_ASCII.encode(text + "\n"), 0);
  }

  private static RuntimeException inUse(Path state, String holder) {
    return Problem.of(
            Problem.Kind.LOCKED,
            state
                + " is in use by another nvmetsh"
                + (holder.isEmpty() ? "" : ", process " + holder),
            "leave that one first"
                + (holder.isEmpty() ? "" : "; see whose it is:  ps -fp " + holder),
            "or work on another state:  nvmetsh --sim --sim-state FILE")
        .with("path", state.toString())
        .asException();
  }

  /** The file stays: a lock on one that was removed would keep nobody out. */
  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      // the kernel has let go of it all the same
    }
  }
}
