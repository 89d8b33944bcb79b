package io.nvmetsh.schema;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Why something was not done: the user's mistake, a check of ours, or the kernel's no.
 *
 * @param kind what sort of no it is; decides the exit status
 * @param message names the path, the value and the rule, in one sentence without a final dot
 * @param hints what helps, each ending in something to type
 * @param about details for machines: keys such as {@code path}, {@code attribute}, {@code value},
 *     {@code rule}, {@code errno}
 */
public record Problem(Kind kind, String message, List<String> hints, List<Detail> about) {

  /** The sorts of no. */
  public enum Kind {
    /** Not understood: unknown command, bad quoting, missing argument. */
    USAGE(ExitStatus.USAGE),
    /** Names something that is not there. */
    NOT_FOUND(ExitStatus.USAGE),
    /** The value is not one the attribute takes. */
    INVALID(ExitStatus.USAGE),
    /** Right in itself, not possible in this state. */
    CONFLICT(ExitStatus.USAGE),
    /** Would crash, hang or corrupt: never sent to a kernel. */
    HAZARD(ExitStatus.USAGE),
    /** Needs an answer that nobody can give here. */
    UNCONFIRMED(ExitStatus.USAGE),
    /** A file outside the target could not be used. */
    FILE(ExitStatus.USAGE),
    /** A verification found a difference. */
    DIFFERENT(ExitStatus.PENDING),
    /** The kernel refused. */
    REFUSED(ExitStatus.KERNEL_REFUSED),
    /** A simulated kernel went down, or is down. */
    DOWN(ExitStatus.KERNEL_REFUSED),
    /** Somebody else works on it. */
    LOCKED(ExitStatus.LOCKED),
    /** Done in part. */
    PARTIAL(ExitStatus.PARTIAL),
    /** This kernel or machine cannot do it. */
    UNSUPPORTED(ExitStatus.UNSUPPORTED),
    INTERRUPTED(ExitStatus.INTERRUPTED);

    private final ExitStatus status;

    Kind(ExitStatus status) {
      this.status = status;
    }

    public ExitStatus status() {
      return status;
    }
  }

  /** One named detail. */
  public record Detail(String key, String value) {}

  public Problem {
    hints = List.copyOf(hints);
    about = List.copyOf(about);
  }

  public static Problem of(Kind kind, String message, String... hints) {
    return new Problem(kind, message, List.of(hints), List.of());
  }

  /** The same problem with one more detail. */
  public Problem with(String key, String value) {
    var more = new ArrayList<>(about);
    more.add(new Detail(key, value));
    return new Problem(kind, message, hints, more);
  }

  /** The detail of that name. */
  public Optional<String> detail(String key) {
    for (Detail detail : about) {
      if (detail.key().equals(key)) {
        return Optional.of(detail.value());
      }
    }
    return Optional.empty();
  }

  /** The same problem with one more thing that helps. */
  public Problem hint(String hint) {
    var more = new ArrayList<>(hints);
    more.add(hint);
    return new Problem(kind, message, more, about);
  }

  public ExitStatus status() {
    return kind.status();
  }

  /** This problem as the exception to throw. */
  public NvmetshException asException() {
    return new NvmetshException(this);
  }
}
