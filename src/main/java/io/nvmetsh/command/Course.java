package io.nvmetsh.command;

import java.util.OptionalInt;

/**
 * How the lines of a script are gone through.
 *
 * @param from the line of the file to begin with; the lines before it are in effect
 * @param to the last line of the file to run; those behind it are left
 * @param step whether somebody is asked before each line
 * @param force whether what is there already and is another is made what the script says
 */
public record Course(OptionalInt from, OptionalInt to, boolean step, boolean force) {
  public static final Course WHOLE =
      new Course(OptionalInt.empty(), OptionalInt.empty(), false, false);

  /** Whether only some lines are run. */
  public boolean isPart() {
    return from.isPresent() || to.isPresent();
  }
}
