package io.nvmetsh.command;

import io.nvmetsh.schema.Problem;

/** Numbers typed as words of a command. */
public final class Numbers {

  private Numbers() {}

  /**
   * A count of 1 or more.
   *
   * @param what what it counts, to begin the message with
   */
  public static int count(String what, String text) {
    try {
      int count = Integer.parseInt(text);
      if (count > 0) {
        return count;
      }
    } catch (NumberFormatException e) {
      // said below
    }
    throw Problem.of(
            Problem.Kind.INVALID,
            what + " takes a count of 1 or more, not " + Words.quote(text),
            "write for instance:  10")
        .asException();
  }
}
