package io.nvmetsh.plan;

import io.nvmetsh.device.Inventory;
import io.nvmetsh.schema.Problem;
import io.nvmetsh.tree.TargetTree;
import java.util.List;
import java.util.Optional;

/**
 * Whether a change may be sent to the kernel: what is known to be refused is said here in better
 * words, and what is known to crash or corrupt is never sent. What the kernel accepts is not
 * refused, except where it would harm somebody who does not expect it; {@code --force} overrules
 * that.
 */
public final class ChangeCheck {

  /** The hint of every check that is not the kernel's. */
  static final String FORCE = "to do it all the same, add to the line:  --force";

  private final Inventory inventory;

  public ChangeCheck(Inventory inventory) {
    this.inventory = inventory;
  }

  /**
   * What is wrong with a change in this tree; empty when nothing is known to be.
   *
   * @param force overrules checks that are not the kernel's, and never a hazard
   */
  public Optional<Problem> problem(Change change, TargetTree tree, boolean force) {
    Optional<Problem> hazard = Hazards.refusal(change, tree, inventory);
    if (hazard.isPresent()) {
      return hazard;
    }
    for (Check check : checks(tree, force)) {
      Optional<Problem> problem = change.match(check);
      if (problem.isPresent()) {
        return problem;
      }
    }
    return Optional.empty();
  }

  /** In the order in which the kernel would find out. */
  private List<Check> checks(TargetTree tree, boolean force) {
    return List.of(
        new NameCheck(tree, force),
        new RemovalCheck(tree),
        new ValueCheck(tree, force),
        new LockCheck(tree),
        new ExclusionCheck(tree),
        new DeviceCheck(tree, inventory, force),
        new LinkCheck(tree),
        new AddressCheck(tree, inventory, force),
        new ModuleCheck(tree, inventory, force));
  }
}
