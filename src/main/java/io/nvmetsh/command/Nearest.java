package io.nvmetsh.command;

import java.util.Collection;
import java.util.Optional;

/**
 * The name that was probably meant: at most a third of the letters wrong, never all of them, and
 * not ambiguous.
 */
final class Nearest {

  private Nearest() {}

  static Optional<String> of(String typed, Collection<String> names) {
    int best = Math.min(typed.length(), Math.max(1, typed.length() / 3) + 1);
    String nearest = null;
    boolean tie = false;
    for (String name : names) {
      if (Math.abs(name.length() - typed.length()) >= best) {
        continue;
      }
      int distance = distance(typed, name);
      if (distance < best) {
        best = distance;
        nearest = name;
        tie = false;
      } else if (distance == best && nearest != null) {
        tie = true;
      }
    }
    return tie ? Optional.empty() : Optional.ofNullable(nearest);
  }

  /** Levenshtein's edit distance. */
  private static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int above = row[j];
        int change = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        row[j] = Math.min(change, Math.min(above, row[j - 1]) + 1);
        diagonal = above;
      }
    }
    return row[b.length()];
  }
}
