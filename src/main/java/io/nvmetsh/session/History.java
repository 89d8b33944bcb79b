package io.nvmetsh.session;

import io.nvmetsh.command.SecretMask;
import java.util.ArrayList;
import java.util.List;

/**
 * The lines that were typed, without secrets. The terminal keeps them from one start to the next.
 */
public final class History {

  private static final int MOST = 10_000;

  private final SecretMask mask;
  private final List<String> lines = new ArrayList<>();

  History(SecretMask mask) {
    this.mask = mask;
  }

  /**
   * Takes in a line, masked.
   *
   * @return the line as it was kept
   */
  public String add(String typed) {
    String line = mask.line(typed);
    if (lines.size() == MOST) {
      lines.remove(0);
    }
    lines.add(line);
    return line;
  }

  /** The last lines, oldest first. */
  List<String> last(int count) {
    return List.copyOf(lines.subList(Math.max(0, lines.size() - count), lines.size()));
  }
}
