package io.nvmetsh.journal;

import io.nvmetsh.plan.Change;
import io.nvmetsh.plan.Ground;
import io.nvmetsh.schema.NvmetPath;
import java.util.List;

/**
 * What one line is about to change.
 *
 * @param position of the line in the scripts that run, outermost first, each counted from 0; empty
 *     for a line that was typed
 * @param line as it was written, keys masked
 * @param ground what leads back
 * @param keys that were there before; what they were is not written down
 */
public record Step(
    List<Integer> position,
    String line,
    List<Change> changes,
    Ground ground,
    List<NvmetPath> keys) {

  public Step {
    position = List.copyOf(position);
    changes = List.copyOf(changes);
    keys = List.copyOf(keys);
  }

  /** Whether its record says all: keys are not written, neither old nor new ones. */
  boolean isWholeWritten() {
    for (Change change : changes) {
      if (!ChangeWords.sayAll(change)) {
        return false;
      }
    }
    return keys.isEmpty();
  }

  /** One that is about to be begun. */
  public static Step of(List<Integer> position, String line, List<Change> changes, Ground ground) {
    return new Step(position, line, changes, ground, GroundRecord.keys(ground));
  }
}
