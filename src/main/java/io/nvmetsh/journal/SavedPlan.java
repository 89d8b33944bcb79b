package io.nvmetsh.journal;

import com.fasterxml.jackson.databind.JsonNode;
import io.nvmetsh.plan.Change;
import io.nvmetsh.plan.Ground;
import io.nvmetsh.schema.KernelFlavor;
import io.nvmetsh.schema.NvmetPath;
import io.nvmetsh.schema.Problem;
import io.nvmetsh.schema.Quoting;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A plan in a file, with the ground it was made on and the drives it means: it is applied as it was
 * shown, or not at all. No key is in it.
 *
 * @param drives what is known of the drives behind the namespaces that it touches, by namespace
 */
public record SavedPlan(Step step, SortedMap<NvmetPath, String> drives) {

  private static final String FIRST_LINE = "# nvmetsh plan 1";
  private static final String DAMAGED = "is a plan that is cut short or damaged";

  public SavedPlan {
    drives = Collections.unmodifiableSortedMap(new TreeMap<>(drives));
  }

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
  public static SavedPlan of(
      String line, List<Change> changes, Ground ground, SortedMap<NvmetPath, String> drives) {
    return new SavedPlan(Step.of(List.of(), line, changes, ground), drives);
  }

  /** The lines of the file. */
  public List<String> lines() {
    return List.of(FIRST_LINE, Records.of(step), Records.drives(drives));
  }

  /**
   * Reads a plan.
   *
   * @param name the file as it was named, for messages
   * @throws io.nvmetsh.schema.NvmetshException when it is none
   */
  public static SavedPlan read(String name, List<String> lines, KernelFlavor flavor) {
    if (lines.isEmpty() || !lines.get(0).equals(FIRST_LINE)) {
      throw none(name, "is no plan");
    } else if (lines.size() != 3) {
      throw none(name, DAMAGED);
    }
    try {
      JsonNode step = Records.parse(lines.get(1)).orElseThrow(() -> none(name, DAMAGED));
      JsonNode drives = Records.parse(lines.get(2)).orElseThrow(() -> none(name, DAMAGED));
      return new SavedPlan(Records.step(step, flavor), Records.drives(drives));
    } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
      throw none(name, DAMAGED);
    }
  }

  private static RuntimeException none(String name, String why) {
    return Problem.of(
            Problem.Kind.FILE,
            name + " " + why,
            "make one:  plan FILE --output "
                + Quoting.word(name)
                + (why.equals(DAMAGED) ? " --force" : ""),
            "a configuration is loaded:  load FILE; a script is replayed:  replay FILE")
        .with("path", name)
        .asException();
  }
}
