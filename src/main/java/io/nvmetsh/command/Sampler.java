package io.nvmetsh.command;

/** What is shown again and again; each time it may be compared with the time before. */
public interface Sampler {

  /**
   * The next time.
   *
   * @param nanos when, on a clock that nobody sets
   */
  Document sample(Context now, long nanos);
}
