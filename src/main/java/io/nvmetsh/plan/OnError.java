package io.nvmetsh.plan;

import java.util.Locale;
import java.util.Optional;

/** What becomes of the rest, and of what is done already, when a change is refused. */
public enum OnError {
  /** What is done stays, the rest is left. */
  STOP,
  /** What is done is taken back. */
  UNDO,
  /** What does not depend on it is done all the same. */
  CONTINUE;

  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Optional<OnError> named(String word) {
    for (OnError each : values()) {
      if (each.word().equals(word)) {
        return Optional.of(each);
      }
    }
    return Optional.empty();
  }
}
