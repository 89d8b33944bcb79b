package io.nvmetsh.kernel.sim;

import java.util.List;

/**
 * The simulated kernel has gone down: it was sent what crashes the real one. Whoever sends it has
 * not asked for the hazards first, so this is a bug of ours; unless it was sent to see just this.
 */
public final class SimCrash extends RuntimeException {

  private static final long serialVersionUID = 1;

  private final String hazard;
  private final transient List<String> log;

  /**
   * @param hazard its id, such as {@code HAZ-NULL-PATH}
   * @param log the head of what a real kernel logged, where one was seen to
   */
  SimCrash(String hazard, String what, String... log) {
    super("the simulated kernel has gone down (" + hazard + "): " + what);
    this.hazard = hazard;
    this.log = log.length > 0 ? List.of(log) : List.of("BUG: " + what);
  }

  public String hazard() {
    return hazard;
  }

  /** Its last words. */
  public List<String> log() {
    return log;
  }
}
