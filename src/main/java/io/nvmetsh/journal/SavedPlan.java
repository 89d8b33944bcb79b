package io.nvmetsh.journal;

import io.nvmetsh.plan.Change;
import io.nvmetsh.plan.Ground;
import io.nvmetsh.schema.KernelFlavor;
import io.nvmetsh.schema.Problem;
import java.util.List;

/**
 * A plan in a file, with the ground it was made on: it is applied as it was shown, or not at all.
 * No key is in it.
 */
public final class SavedPlan {

  private static final String FIRST_LINE = "# nvmetsh plan 1";

  private SavedPlan() {}

  /** Whether changes can be saved: none of them sets a key. */
  public static boolean canHold(List<Change> changes) {
    for (Change change : changes) {
      if (change instanceof Change.SetAttribute set && set.isSecret() && !set.value().isEmpty()) {
        return false;
      }
    }
    return true;
  }

  /**
   * @param line what it came of
   */
  public static List<String> lines(String line, List<Change> changes, Ground ground) {
    return List.of(FIRST_LINE, Records.of(Step.of(List.of(), line, changes, ground)));
  }

  /**
   * Reads a plan.
   *
   * @param name the file as it was named, for messages
   * @throws io.nvmetsh.schema.NvmetshException when it is none
   */
  public static Step read(String name, List<String> lines, KernelFlavor flavor) {
    if (lines.size() != 2 || !lines.get(0).equals(FIRST_LINE)) {
      throw none(name);
    }
    try {
      return Records.step(Records.parse(lines.get(1)).orElseThrow(() -> none(name)), flavor);
    } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
      throw none(name);
    }
  }

  private static RuntimeException none(String name) {
    return Problem.of(
            Problem.Kind.FILE,
            name + " is no plan",
            "make one:  plan FILE --output " + name,
            "a configuration is loaded:  load FILE; a script is replayed:  replay FILE")
        .with("path", name)
        .asException();
  }
}
