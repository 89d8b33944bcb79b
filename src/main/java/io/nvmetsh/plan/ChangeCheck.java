package io.nvmetsh.plan;

import io.nvmetsh.device.Inventory;
import io.nvmetsh.schema.NvmetPath;
import io.nvmetsh.schema.Problem;
import io.nvmetsh.tree.TargetTree;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Whether a change may be sent to the kernel: what is known to be refused is said here in better
 * words, and what is known to crash or corrupt is never sent. What the kernel accepts is not
 * refused, except where it would harm somebody who does not expect it. With {@code --force} the
 * kernel is asked all the same: it knows better, should this not be the kernel that the checks
 * know.
 */
public final class ChangeCheck {

  /** The hint where the kernel would accept what a check does not. */
  static final String FORCE = "to do it all the same, add to the line:  --force";

  private final Inventory inventory;

  public ChangeCheck(Inventory inventory) {
    this.inventory = inventory;
  }

  /**
   * What is wrong with a change in this tree; empty when nothing is known to be.
   *
   * @param force what the kernel can refuse by itself is left to it; never a hazard
   */
  public Optional<Problem> problem(Change change, TargetTree tree, boolean force) {
    Optional<Problem> hazard = Hazards.refusal(change, tree, inventory);
    if (hazard.isPresent()) {
      return hazard;
    }
    for (Check check : force ? always(tree) : checks(tree)) {
      Optional<Problem> problem = change.match(check);
      if (problem.isPresent()) {
        return problem;
      }
    }
    return Optional.empty();
  }

  /** Everything the checks have against a change in this tree, hazards apart. */
  public List<Problem> objections(Change change, TargetTree tree) {
    List<Problem> objections = new ArrayList<>();
    for (Check check : checks(tree)) {
      change.match(check).ifPresent(objections::add);
    }
    return objections;
  }

  /** Why an attribute cannot be written now, whatever is written. */
  public Optional<Problem> lock(NvmetPath attribute, TargetTree tree) {
    String value = tree.value(attribute).orElse("");
    return new LockCheck(tree).set(new Change.SetAttribute(attribute, value));
  }

  /** Whether the answer to a problem can be to insist. */
  public static boolean namesForce(Problem problem) {
    return problem.hints().contains(FORCE);
  }

  /** What the kernel would not refuse, but take for something else. */
  private List<Check> always(TargetTree tree) {
    return List.of(new FormCheck(tree), new ReloadCheck(inventory));
  }

  /** In the order in which the kernel would find out. */
  private List<Check> checks(TargetTree tree) {
    return List.of(
        new FormCheck(tree),
        new NameCheck(tree),
        new RemovalCheck(tree),
        new ValueCheck(tree),
        new LockCheck(tree),
        new ExclusionCheck(tree),
        new DeviceCheck(tree, inventory),
        new PeerMemoryCheck(tree, inventory),
        new LinkCheck(tree),
        new AddressCheck(tree, inventory),
        new ModuleCheck(tree, inventory),
        new ReloadCheck(inventory));
  }
}
