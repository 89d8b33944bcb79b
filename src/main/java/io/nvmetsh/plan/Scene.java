package io.nvmetsh.plan;

import io.nvmetsh.device.Inventory;
import io.nvmetsh.schema.KernelFlavor;
import io.nvmetsh.schema.NodeKind;
import io.nvmetsh.schema.NvmetPath;
import io.nvmetsh.tree.DraftTree;
import io.nvmetsh.tree.Namespace;
import io.nvmetsh.tree.Subsystem;
import io.nvmetsh.tree.TargetTree;
import java.util.List;
import java.util.Optional;

/**
 * A change with the tree before and after it.
 *
 * @param after what the target would be if the change took
 */
public record Scene(Change change, TargetTree before, TargetTree after, Inventory inventory) {

  static Scene of(Change change, TargetTree before, Inventory inventory) {
    DraftTree after = new DraftTree(before);
    change.applyTo(after);
    return new Scene(change, before, after, inventory);
  }

  public KernelFlavor flavor() {
    return before.flavor();
  }

  /** The change as a write to that attribute of that kind of directory, if it is one. */
  public Optional<Change.SetAttribute> write(NodeKind kind, String attribute) {
    return change instanceof Change.SetAttribute set
            && set.path().name().equals(attribute)
            && set.path().parent().kind().filter(kind::equals).isPresent()
        ? Optional.of(set)
        : Optional.empty();
  }

  /** The namespace that the change enables, if it does. */
  public Optional<Namespace> enabling() {
    return write(NodeKind.NAMESPACE, "enable")
        .filter(set -> set.value().equals("1"))
        .map(set -> new Namespace(after, set.path().parent()));
  }

  /** The subsystem that the change links to a port, if it does. */
  public Optional<Subsystem> linking() {
    return change instanceof Change.Link link
            && link.path().parent().kind().filter(NodeKind.PORT_SUBSYSTEMS::equals).isPresent()
        ? Optional.of(new Subsystem(after, link.target()))
        : Optional.empty();
  }

  /**
   * The namespaces of subsystems that ask for offload, as they will be, for which the change may be
   * the last step to it: what is behind them, what asks, what shows them to hosts.
   */
  public List<Namespace> offloadedNamespaces() {
    if (linking().isPresent()) {
      return linking().get().asksForOffload() ? linking().get().namespaces() : List.of();
    }
    if (!(change instanceof Change.SetAttribute set)) {
      return List.of();
    }
    NvmetPath directory = set.path().parent();
    NodeKind kind = directory.kind().orElse(NodeKind.ROOT);
    String attribute = set.path().name();
    if (kind == NodeKind.SUBSYSTEM && attribute.equals("attr_offload")) {
      Subsystem subsystem = new Subsystem(after, directory);
      return subsystem.asksForOffload() ? subsystem.namespaces() : List.of();
    }
    boolean matters =
        attribute.equals("device_path")
            || attribute.equals("pci_device_path")
            || (attribute.equals("enable") && !set.value().equals("0"));
    if (kind != NodeKind.NAMESPACE || !matters) {
      return List.of();
    }
    Namespace namespace = new Namespace(after, directory);
    return namespace.asksForOffload() ? List.of(namespace) : List.of();
  }
}
