package io.nvmetsh.offload;

import io.nvmetsh.plan.Change;
import io.nvmetsh.tree.Port;
import io.nvmetsh.tree.Subsystem;
import java.util.List;
import java.util.Optional;

/**
 * One condition of hardware offload. A rule looks, finds, and says what to type; it never prints
 * and never refuses. It is asked about the part of the target it speaks of, and only where
 * something asks for offload there.
 */
public interface OffloadRule {

  /** Stable, e.g. {@code OFF-NS-ONE}. */
  String id();

  /** The condition, in one sentence without a final dot. */
  String title();

  /** Why it is so, and in which releases. */
  String explanation();

  /** Whether offload is lost where it is broken; otherwise it is only slower. */
  default boolean decides() {
    return true;
  }

  /** Whether there is no offload to be asked for where it is broken: the kernel says no. */
  default boolean precludes() {
    return false;
  }

  /**
   * Why no finding of this rule has a line to type; empty where findings do. What mends it then, as
   * far as anybody knows, lies outside of the target.
   */
  default Optional<String> noCommand() {
    return Optional.empty();
  }

  /** What is wrong with a subsystem that asks for offload. */
  default List<Finding> subsystem(OffloadView view, Subsystem subsystem) {
    return List.of();
  }

  /** What is wrong with a port that exports a subsystem that asks for offload. */
  default List<Finding> port(OffloadView view, Port port) {
    return List.of();
  }

  /** What is wrong with the machine, seen by anybody who asks for offload. */
  default List<Finding> machine(OffloadView view) {
    return List.of();
  }

  /**
   * What is wrong with a step itself, or what will be seen of it no more once it is made.
   *
   * @param before the target before the step
   * @param after the target after the whole line
   */
  default List<Finding> step(Change change, OffloadView before, OffloadView after) {
    return List.of();
  }

  /** A finding of this rule that costs offload. */
  default Finding warning(Object about, String summary, List<String> mend) {
    return new Finding(Finding.Severity.WARNING, id(), about.toString(), summary, mend);
  }

  /** A finding of this rule that is worth knowing. */
  default Finding note(Object about, String summary, List<String> mend) {
    return new Finding(Finding.Severity.NOTE, id(), about.toString(), summary, mend);
  }
}
