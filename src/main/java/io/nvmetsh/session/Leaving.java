package io.nvmetsh.session;

/**
 * Whether a shell is left with changes that no file has. They are gone when the machine starts
 * again, so that is said first; whoever leaves a second time means it.
 */
final class Leaving {

  private final boolean matters;
  private boolean unsaved;
  private boolean told;

  /**
   * @param matters whether somebody types, and the target is not made up
   */
  Leaving(boolean matters) {
    this.matters = matters;
  }

  /** A line has ended. */
  void made(Outcome outcome) {
    if (!outcome.made().isEmpty()) {
      unsaved = true;
      told = false;
    }
  }

  /** The whole target has been written down. */
  void saved() {
    unsaved = false;
  }

  /** Whether something would be gone when the machine starts again. */
  boolean isUnsaved() {
    return matters && unsaved;
  }

  boolean mayLeave(Output output) {
    if (!isUnsaved() || told) {
      return true;
    }
    told = true;
    output.note("what was changed is in no file, and gone when the machine starts again");
    output.note("  save it:  save");
    output.note("  leave all the same:  exit");
    return false;
  }
}
