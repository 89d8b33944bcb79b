package io.nvmetsh.session;

import io.nvmetsh.plan.Applier;
import io.nvmetsh.plan.Change;
import io.nvmetsh.plan.Operations;
import io.nvmetsh.schema.Problem;
import java.util.Locale;
import java.util.function.LongSupplier;

/**
 * Says of a change that the kernel took long for how long that was: nvmet waits in configfs for
 * hosts to let go and for drives to answer, and nothing else shows it.
 */
final class SlowWrites implements Applier.Witness {

  private static final long SLOW_NANOS = 1_000_000_000L;

  private final Applier.Witness next;
  private final Output output;
  private final LongSupplier nanos;
  private long begun;

  /**
   * @param next is told first
   * @param nanos a clock that nobody sets; the first change begins now
   */
  SlowWrites(Applier.Witness next, Output output, LongSupplier nanos) {
    this.next = next;
    this.output = output;
    this.nanos = nanos;
    this.begun = nanos.getAsLong();
  }

  @Override
  public void made(Change change) {
    long took = nanos.getAsLong() - begun;
    next.made(change);
    say(change, took);
  }

  @Override
  public void refused(Change change, Problem why) {
    long took = nanos.getAsLong() - begun;
    next.refused(change, why);
    say(change, took);
  }

  private void say(Change change, long took) {
    if (took > SLOW_NANOS) {
      output.timing(
          String.format(
              Locale.ROOT, "the kernel took %.1f s for: %s", took / 1e9, Operations.of(change)));
    }
    begun = nanos.getAsLong();
  }
}
