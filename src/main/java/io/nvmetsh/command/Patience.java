package io.nvmetsh.command;

import java.util.function.LongSupplier;

/**
 * How long a key press may read. Some machine answers slowly, be it for a drive that hangs or a
 * file system behind a network, and a list nobody waits for is worth less than one that says what
 * it lacks. Looked at between two reads: no thread is left behind in one that does not return.
 */
final class Patience {

  /** A list that comes later than this comes when the next key is pressed already. */
  static final long MILLIS = 300;

  /** That of a line, which is run to its end. */
  static final Patience ENDLESS = new Patience(() -> 0);

  private final LongSupplier nanos;
  private final long start;
  private boolean lost;

  /**
   * Begins now.
   *
   * @param nanos a clock such as {@link System#nanoTime}
   */
  Patience(LongSupplier nanos) {
    this.nanos = nanos;
    this.start = nanos.getAsLong();
  }

  /** Whether nothing more is to be read. Who asks and is told so goes without. */
  boolean isOver() {
    lost = lost || nanos.getAsLong() - start > MILLIS * 1_000_000;
    return lost;
  }

  /** Whether anybody went without something. */
  boolean isLost() {
    return lost;
  }
}
