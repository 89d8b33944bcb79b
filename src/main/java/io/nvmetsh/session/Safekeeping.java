package io.nvmetsh.session;

import io.nvmetsh.journal.MemoryStore;
import io.nvmetsh.journal.Store;

/** Where what is done is written down, who takes back what nobody confirmed, and who is told. */
public record Safekeeping(Store store, RevertTimer timer, Audit audit) {

  public Safekeeping(Store store, RevertTimer timer) {
    this(store, timer, Audit.none());
  }

  /** For a target that ends with this process. */
  static Safekeeping untilTheEnd() {
    return new Safekeeping(new MemoryStore(), RevertTimer.none());
  }
}
