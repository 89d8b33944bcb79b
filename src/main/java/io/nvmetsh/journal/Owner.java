package io.nvmetsh.journal;

import java.time.Instant;
import java.util.Optional;

/**
 * Who is at work on a target.
 *
 * @param user the name, and in brackets who became this user by sudo: {@code root (alice)}
 * @param terminal such as {@code pts/3}; empty without one
 * @param line what was typed, keys masked
 */
public record Owner(
    String user, Optional<String> terminal, long process, Instant since, String line) {

  /** As others are told: {@code root (alice) on pts/3, process 4711, since 14:03:22: replay x}. */
  @Override
  public String toString() {
    return who() + ", process " + process + ", since " + Times.of(since) + ": " + line;
  }

  /** The person and the place: {@code root (alice) on pts/3}. */
  public String who() {
    return user + terminal.map(place -> " on " + place).orElse("");
  }
}
