package io.nvmetsh.kernel.sim;

import io.nvmetsh.kernel.Errno;

/** A kernel function's negative return value, on its way up to the system call. */
final class Deny extends Exception {

  private static final long serialVersionUID = 1;

  private final Errno errno;

  Deny(Errno errno) {
    super(errno.name(), null, false, false);
    this.errno = errno;
  }

  Errno errno() {
    return errno;
  }
}
