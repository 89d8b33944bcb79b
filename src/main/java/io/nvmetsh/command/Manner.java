package io.nvmetsh.command;

import io.nvmetsh.plan.OnError;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How changes are gone about.
 *
 * @param onError what becomes of the rest when one is refused
 * @param confirm for how long they stay unless they are confirmed; empty when they stay
 * @param undoes the transactions that they take back
 */
public record Manner(OnError onError, Optional<Duration> confirm, List<Integer> undoes) {

  public static final Manner ORDINARY = new Manner(OnError.STOP, Optional.empty(), List.of());

  public Manner {
    undoes = List.copyOf(undoes);
  }
}
