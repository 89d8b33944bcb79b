package io.nvmetsh.session;

import io.nvmetsh.journal.MemoryStore;
import io.nvmetsh.journal.Store;

/** Where what is done is written down, and who takes back what nobody confirmed. */
public record Safekeeping(Store store, RevertTimer timer) {

  /** For a target that ends with this process. */
  static Safekeeping untilTheEnd() {
    return new Safekeeping(new MemoryStore(), RevertTimer.none());
  }
}
