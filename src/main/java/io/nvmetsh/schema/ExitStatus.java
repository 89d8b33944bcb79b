package io.nvmetsh.schema;

/** How a command, a script or the program ended. The numbers are part of the contract. */
public enum ExitStatus {
  DONE(0, "done"),
  USAGE(1, "not understood, or refused by a check"),
  PENDING(2, "changes are pending, or a verification found a difference"),
  KERNEL_REFUSED(3, "refused by the kernel"),
  PARTIAL(4, "done in part"),
  LOCKED(5, "locked by another"),
  UNSUPPORTED(6, "not supported on this kernel"),
  BUG(70, "a fault of nvmetsh itself"),
  INTERRUPTED(130, "interrupted");

  private final int code;
  private final String description;

  ExitStatus(int code, String description) {
    this.code = code;
    this.description = description;
  }

  public int code() {
    return code;
  }

  /** What it says, as a clause. */
  public String description() {
    return description;
  }
}
