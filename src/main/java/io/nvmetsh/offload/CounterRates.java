package io.nvmetsh.offload;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * How fast counters move: each look is compared with the one before, by the time that has really
 * passed between them.
 */
public final class CounterRates {

  private static final double NANOS = 1e9;

  private Optional<Look> before = Optional.empty();

  private record Look(List<OffloadCounter> counters, long nanos) {}

  /**
   * A counter, and how fast it moved since the look before.
   *
   * @param perSecond empty where nothing was known before or is now, and where it went backwards,
   *     which is a counter that was begun anew
   */
  public record Moving(OffloadCounter counter, OptionalDouble perSecond) {

    public boolean moved() {
      return perSecond.orElse(0) > 0;
    }
  }

  /**
   * One look.
   *
   * @param seconds since the look before; empty at the first
   */
  public record Sample(OptionalDouble seconds, List<Moving> counters) {}

  /**
   * The next look.
   *
   * @param nanos when it was made, on a clock that nobody sets
   */
  public Sample next(List<OffloadCounter> counters, long nanos) {
    OptionalDouble seconds =
        before.isPresent()
            ? OptionalDouble.of((nanos - before.get().nanos()) / NANOS)
            : OptionalDouble.empty();
    List<Moving> moving = new ArrayList<>();
    for (OffloadCounter counter : counters) {
      moving.add(new Moving(counter, rate(counter, seconds)));
    }
    before = Optional.of(new Look(List.copyOf(counters), nanos));
    return new Sample(seconds, moving);
  }

  private OptionalDouble rate(OffloadCounter counter, OptionalDouble seconds) {
    if (counter.total().isEmpty() || seconds.orElse(0) <= 0) {
      return OptionalDouble.empty();
    }
    for (OffloadCounter old : before.map(Look::counters).orElse(List.of())) {
      if (old.isSame(counter) && old.total().isPresent()) {
        long more = counter.total().getAsLong() - old.total().getAsLong();
        return more < 0 ? OptionalDouble.empty() : OptionalDouble.of(more / seconds.getAsDouble());
      }
    }
    return OptionalDouble.empty();
  }
}
