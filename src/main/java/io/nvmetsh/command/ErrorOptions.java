package io.nvmetsh.command;

import io.nvmetsh.command.CommandSpec.Kind;
import io.nvmetsh.command.CommandSpec.Option;
import io.nvmetsh.plan.OnError;
import io.nvmetsh.schema.Problem;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What lines of many changes have in common: what a refusal means for the rest, and for how long it
 * stays.
 */
final class ErrorOptions {

  static final Option ON_ERROR =
      Option.valued(
          "on-error",
          '\0',
          "undo|stop|continue",
          Kind.WORD,
          "when a change is refused, take back what is done, leave the rest, or go on");

  static final Option CONFIRM =
      Option.valued(
          "confirm",
          '\0',
          "TIME",
          Kind.WORD,
          "take it back after this time, such as 5m, unless confirm follows");

  private ErrorOptions() {}

  static Manner manner(Arguments arguments, OnError otherwise) {
    return new Manner(onError(arguments, otherwise), confirm(arguments), List.of());
  }

  private static OnError onError(Arguments arguments, OnError otherwise) {
    Optional<String> word = arguments.option("on-error");
    if (word.isEmpty()) {
      return otherwise;
    }
    return OnError.named(word.get())
        .orElseThrow(
            () ->
                usage(
                    "--on-error is undo, stop or continue, not " + Words.quote(word.get()),
                    "--on-error=undo"));
  }

  private static Optional<Duration> confirm(Arguments arguments) {
    Optional<String> word = arguments.option("confirm");
    return word.map(time -> duration("confirm", time));
  }

  /** Reads {@code 90s}, {@code 5m}, {@code 2h}. */
  static Duration duration(String option, String word) {
    int last = word.length() - 1;
    String digits = last < 0 ? "" : word.substring(0, last);
    boolean number =
        !digits.isEmpty()
            && digits.length() < 7
            && digits.chars().allMatch(c -> c >= '0' && c <= '9');
    long count = number ? Long.parseLong(digits) : 0;
    long seconds =
        switch (last < 0 ? ' ' : word.charAt(last)) {
          case 's' -> count;
          case 'm' -> 60 * count;
          case 'h' -> 3600 * count;
          default -> 0;
        };
    if (seconds > 0) {
      return Duration.ofSeconds(seconds);
    }
    throw usage(
        "--" + option + " is a time such as 90s, 5m or 1h, not " + Words.quote(word),
        "--" + option + " 5m");
  }

  private static RuntimeException usage(String message, String example) {
    return Problem.of(Problem.Kind.USAGE, message, "write for instance:  " + example).asException();
  }
}
