package io.nvmetsh.kernel.sim;

import io.nvmetsh.kernel.Errno;

/**
 * What nvmet does with one kind of directory: its configfs operations. Each method refuses like the
 * kernel function that its comment names, and in that function's order.
 */
interface Rules {

  /** make_group: the name is judged, and what differs between two new objects is set. */
  default void make(SimNode node) throws Deny {}

  /** release, after rmdir. */
  default void release(SimNode node) {}

  /** The store function of an attribute. */
  default void store(SimNode node, String attribute, Page page) throws Deny {
    throw new Deny(Errno.EACCES);
  }

  /** The show function of an attribute, without the newline it ends with. */
  default String show(SimNode node, String attribute) {
    return node.value(attribute);
  }

  /**
   * Whether show functions print with snprintf, which ends in a NUL where the page does. With
   * sprintf the NUL lands behind the page (HAZ-PAGE-END).
   */
  default boolean printsWithinPage() {
    return true;
  }

  /** allow_link. */
  default void allowLink(SimNode directory, SimNode target) throws Deny {
    throw new Deny(Errno.EPERM);
  }

  /** drop_link; the link is still there. */
  default void dropLink(SimNode directory, SimNode target) {}
}
