package io.nvmetsh.kernel;

import java.util.List;

/**
 * What the kernel says about nvmet beside the errno: the lines in its log that explain an {@code
 * EINVAL}. Escaped as {@code /dev/kmsg} escapes them, so they hold printable ASCII only.
 */
public interface KernelLog {

  /** Whether the log can be read; who shows a refusal says it once when it cannot. */
  enum State {
    READABLE("the kernel log can be read"),
    ABSENT("there is no kernel log here (/dev/kmsg)"),
    NOT_PERMITTED("the kernel log may not be read (/dev/kmsg; root only)"),
    /** Lines cannot be attributed to an operation: the log's clock is not ours. */
    NO_CLOCK("the kernel log's clock is unknown (no debugfs), so its lines cannot be told apart");

    private final String description;

    State(String description) {
      this.description = description;
    }

    public String description() {
      return description;
    }
  }

  State state();

  /** The lines about nvmet that the log still holds, oldest first. */
  List<String> lines();
}
