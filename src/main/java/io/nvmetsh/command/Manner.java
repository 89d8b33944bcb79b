package io.nvmetsh.command;

import io.nvmetsh.journal.DeactivatedPort;
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
 * @param keeps what is to be kept, besides, of a port that is deactivated, activated or renamed
 */
public record Manner(
    OnError onError,
    Optional<Duration> confirm,
    List<Integer> undoes,
    Optional<DeactivatedPort> keeps) {

  public static final Manner ORDINARY = new Manner(OnError.STOP, Optional.empty(), List.of());

  public Manner {
    undoes = List.copyOf(undoes);
  }

  public Manner(OnError onError, Optional<Duration> confirm, List<Integer> undoes) {
    this(onError, confirm, undoes, Optional.empty());
  }

  /** The same for changes with which something is kept of a port. */
  Manner keeping(Optional<DeactivatedPort> port) {
    return new Manner(onError, confirm, undoes, port);
  }
}
