package io.nvmetsh.kernel.sim;

/**
 * The simulated kernel has gone down: it was sent what crashes the real one. Whoever sends it has
 * not asked for the hazards first, so this is a bug of ours and never the user's.
 */
public final class SimCrash extends RuntimeException {

  private static final long serialVersionUID = 1;

  private final String hazard;

  /**
   * @param hazard its id, such as {@code HAZ-NULL-PATH}
   */
  SimCrash(String hazard, String what) {
    super("the simulated kernel has gone down (" + hazard + "): " + what);
    this.hazard = hazard;
  }

  public String hazard() {
    return hazard;
  }
}
