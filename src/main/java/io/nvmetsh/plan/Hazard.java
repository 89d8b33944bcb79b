package io.nvmetsh.plan;

import io.nvmetsh.schema.KernelFlavor;
import io.nvmetsh.schema.NvmetPath;
import java.util.List;
import java.util.Optional;

/**
 * One sequence of operations that crashes, hangs or corrupts some kernel. A hazard looks at the
 * change that would complete it, in whichever order the steps come, and is never overruled.
 */
public interface Hazard {

  /** Stable, e.g. {@code HAZ-NULL-PATH}. */
  String id();

  /** What must not be sent, in one sentence without a final dot. */
  String title();

  /** What happens, as a clause: {@code the kernel writes behind the field}. */
  String effect();

  /** Where it is known to happen. */
  String where();

  Evidence evidence();

  /**
   * Whether it may happen on this kernel. In doubt it may: a vendor driver whose release is unknown
   * counts as every release.
   */
  boolean isIn(KernelFlavor flavor);

  /** The head of what the kernel logs as it happens; empty where nobody has seen that. */
  default List<String> log() {
    return List.of();
  }

  /** What the change would complete; empty when it is none of this. */
  Optional<Trip> trip(Scene scene);

  /** How it is known. */
  enum Evidence {
    OBSERVED("done to a real kernel"),
    READ("concluded from the source");

    private final String words;

    Evidence(String words) {
      this.words = words;
    }

    public String words() {
      return words;
    }
  }

  /**
   * A hazard about to happen.
   *
   * @param what the state or value that makes it one, as a clause
   * @param hints what to do instead, each ending in something to type
   */
  record Trip(NvmetPath path, String what, List<String> hints) {
    public Trip {
      hints = List.copyOf(hints);
    }

    public static Trip of(NvmetPath path, String what, String... hints) {
      return new Trip(path, what, List.of(hints));
    }
  }
}
