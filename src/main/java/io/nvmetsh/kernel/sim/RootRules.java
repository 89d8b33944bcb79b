package io.nvmetsh.kernel.sim;

import io.nvmetsh.kernel.Errno;

/** The target itself: the name of its discovery subsystem. */
record RootRules(Nvmet nvmet) implements Rules {

  /**
   * nvmet_root_discovery_nqn_store. It returns how much it took without the newline, so that a
   * writer who asks for all of it tries again with the newline and fails.
   */
  @Override
  public void store(SimNode root, String attribute, Page page) throws Deny {
    String name = page.line();
    if (name.isEmpty() || name.length() > 255) {
      throw new Deny(Errno.EINVAL);
    }
    for (SimNode subsystem : root.group("subsystems").children()) {
      String other = Page.bytes(subsystem.name());
      if (other.startsWith(name)) {
        nvmet.log().print(Nvmet.NAME, "duplicate NQN " + other);
        throw new Deny(Errno.EINVAL);
      }
    }
    root.set("discovery_nqn", name);
  }
}
