package io.nvmetsh.kernel.sim;

import io.nvmetsh.kernel.Errno;
import io.nvmetsh.kernel.Refusal;
import io.nvmetsh.schema.NvmetPath;
import io.nvmetsh.schema.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What goes wrong with a simulated kernel on request: one of its operations is refused, or gets no
 * answer. It is how one finds out beforehand what a script leaves behind then.
 */
public final class Fault extends Passage {

  private final long number;
  private final Optional<Errno> errno;
  private final boolean after;
  private long operations;

  private Fault(long number, Optional<Errno> errno, boolean after) {
    this.number = number;
    this.errno = errno;
    this.after = after;
  }

  /** Reads several, with commas between. */
  public static List<Fault> parseAll(String text) {
    List<Fault> faults = new ArrayList<>();
    for (String each : text.split(",", -1)) {
      faults.add(parse(each));
    }
    return faults;
  }

  /**
   * Reads {@code 12=EIO}, {@code 12=hang} (never done, no answer) or {@code 12=hang-after} (done,
   * no answer); the operations that change something are counted from 1.
   */
  private static Fault parse(String text) {
    int equals = text.indexOf('=');
    String digits = equals < 0 ? "" : text.substring(0, equals);
    String what = text.substring(equals + 1);
    boolean number =
        !digits.isEmpty()
            && digits.length() < 9
            && digits.chars().allMatch(c -> c >= '0' && c <= '9');
    boolean hangs = what.equals("hang") || what.equals("hang-after");
    Optional<Errno> errno = errno(what);
    if (!number || (!hangs && errno.isEmpty())) {
      throw Problem.of(
              Problem.Kind.USAGE,
              "--sim-fault is NUMBER=ERRNO, NUMBER=hang or NUMBER=hang-after, not " + text,
              "refuse the third change:  nvmetsh --sim --sim-fault 3=EIO")
          .asException();
    }
    return new Fault(Long.parseLong(digits), errno, what.equals("hang-after"));
  }

  private static Optional<Errno> errno(String name) {
    for (Errno errno : Errno.values()) {
      if (errno.name().equals(name)) {
        return Optional.of(errno);
      }
    }
    return Optional.empty();
  }

  @Override
  void pass(Refusal.Operation operation, List<String> words, Step step) throws Refusal {
    operations++;
    if (operations != number) {
      step.run();
      return;
    }
    if (errno.isPresent()) {
      boolean module = operation == Refusal.Operation.MODPROBE;
      NvmetPath path = module ? NvmetPath.ROOT : NvmetPath.parse(words.get(1));
      throw new Refusal(operation, path, errno.get());
    }
    if (after) {
      step.run();
    }
    sleepForever();
  }

  private static void sleepForever() {
    while (true) {
      try {
        Thread.sleep(Long.MAX_VALUE);
      } catch (InterruptedException e) {
        // a system call that hangs is not interrupted
      }
    }
  }
}
