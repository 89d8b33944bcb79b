package io.nvmetsh.command;

import java.util.function.UnaryOperator;

/** What is shown again and again; each time it may be compared with the time before. */
public interface Sampler {

  /**
   * The next time.
   *
   * @param nanos when, on a clock that nobody sets
   */
  Document sample(Context now, long nanos);

  /** The same, of which filters make something else; what says when it was is not theirs. */
  default Sampler through(UnaryOperator<Document> filters) {
    return (now, nanos) -> filters.apply(sample(now, nanos));
  }
}
