package io.nvmetsh.command;

import java.util.Collection;

/** What can be said of a word while it is typed, without running the line. */
enum Standing {
  /** It names something that is there. */
  THERE,
  /** Something that is there begins so. */
  BEGUN,
  /** Nothing that is there is called so, or could be when more is typed. */
  ABSENT,
  /** It can be anything, or it takes more than a look to tell. */
  OPEN;

  /** How a word stands among all that could be in its place. */
  static Standing among(Collection<String> names, String word) {
    if (names.contains(word)) {
      return THERE;
    }
    for (String name : names) {
      if (name.startsWith(word)) {
        return BEGUN;
      }
    }
    return ABSENT;
  }

  /** The better of two, where a word can be one thing or the other. */
  Standing or(Standing other) {
    return this == OPEN || other == OPEN ? OPEN : compareTo(other) <= 0 ? this : other;
  }
}
