package io.nvmetsh.session;

import io.nvmetsh.schema.Problem;
import java.time.Duration;

/** Takes a transaction back when its time is over, whatever has become of this process by then. */
public interface RevertTimer {

  /**
   * @param transaction to be taken back unless it has been confirmed
   * @throws io.nvmetsh.schema.NvmetshException when nothing here outlives this process
   */
  void arm(int transaction, Duration time);

  /**
   * Nothing is left to be taken back. A timer that cannot be stopped is none the worse: it finds
   * that out itself.
   */
  default void disarm(int transaction) {}

  /** The timer of a target that ends with this process: there is none. */
  static RevertTimer none() {
    return (transaction, time) -> {
      throw Problem.of(
              Problem.Kind.UNSUPPORTED,
              "--confirm: this simulated target ends with this process, and nothing could take"
                  + " anything back after it",
              "keep its state in a file:  nvmetsh --sim --sim-state FILE")
          .asException();
    };
  }
}
