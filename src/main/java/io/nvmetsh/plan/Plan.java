package io.nvmetsh.plan;

import java.util.List;

/**
 * Changes in the order in which they are made.
 *
 * @param force whether checks of ours that the administrator may overrule are overruled
 */
public record Plan(List<Change> changes, boolean force) {

  public Plan {
    changes = List.copyOf(changes);
  }

  public static Plan of(Change... changes) {
    return new Plan(List.of(changes), false);
  }

  public boolean isEmpty() {
    return changes.isEmpty();
  }
}
