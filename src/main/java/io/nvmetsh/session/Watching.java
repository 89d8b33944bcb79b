package io.nvmetsh.session;

import io.nvmetsh.command.Context;
import io.nvmetsh.command.Effect;
import java.util.OptionalInt;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Shows something at even times until it has been shown often enough, or Ctrl-C. */
final class Watching {

  private final Output output;
  private final Supplier<Context> context;
  private final Pace pace;

  /** A clock that nobody sets, and waiting by it. */
  interface Pace {
    long nanos();

    /** Waits for so long, or somewhat less. */
    void rest(long nanos);
  }

  /**
   * @param context the target as it is when it is asked
   */
  Watching(Output output, Supplier<Context> context, Pace pace) {
    this.output = output;
    this.context = context;
    this.pace = pace;
  }

  /**
   * @param count how often; a rehearsal looks once
   */
  void run(Effect.Watch effect, OptionalInt count, BooleanSupplier interrupted) {
    long due = pace.nanos();
    for (int shown = 1; !interrupted.getAsBoolean(); shown++) {
      Context now = context.get();
      output.show(effect.sampler().sample(now, pace.nanos()));
      if (shown == count.orElse(0)) {
        return;
      }
      output.goesOn();
      // what took too long is not made up for
      due = Math.max(due + effect.interval().toNanos(), pace.nanos());
      for (long left = due - pace.nanos();
          left > 0 && !interrupted.getAsBoolean();
          left = due - pace.nanos()) {
        pace.rest(left);
      }
    }
  }

  /** Of this process. */
  static final class Now implements Pace {

    /** As long as Ctrl-C goes unnoticed. */
    private static final long MOST_MILLIS = 100;

    @Override
    public long nanos() {
      return System.nanoTime();
    }

    @Override
    public void rest(long nanos) {
      try {
        Thread.sleep(Math.min(MOST_MILLIS, nanos / 1_000_000 + 1));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
