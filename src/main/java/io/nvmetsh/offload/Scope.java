package io.nvmetsh.offload;

import io.nvmetsh.plan.Change;
import io.nvmetsh.schema.NodeKind;
import io.nvmetsh.schema.NvmetPath;
import io.nvmetsh.tree.Port;
import io.nvmetsh.tree.Subsystem;
import io.nvmetsh.tree.TargetTree;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The subsystems and ports that are looked at: no more than a line can have touched. */
record Scope(Set<NvmetPath> subsystems, Set<NvmetPath> ports) {

  private static final Set<String> OF_NAMESPACE =
      Set.of("device_path", "pci_device_path", "enable");
  private static final Set<String> OF_PORT =
      Set.of("addr_trtype", "addr_adrfam", "addr_traddr", "param_offload_queues");

  private Scope() {
    this(new LinkedHashSet<>(), new LinkedHashSet<>());
  }

  /** What is at or below a directory, and what it is linked with. */
  static Scope below(TargetTree tree, NvmetPath path) {
    Scope scope = new Scope();
    boolean all = path.isRoot();
    for (NvmetPath subsystem : members(tree, path, "subsystems", all)) {
      scope.subsystems.add(subsystem);
      for (Port port : all ? List.<Port>of() : new Subsystem(tree, subsystem).ports()) {
        scope.ports.add(port.path());
      }
    }
    for (NvmetPath port : members(tree, path, "ports", all)) {
      scope.ports.add(port);
      for (Subsystem subsystem : all ? List.<Subsystem>of() : new Port(tree, port).subsystems()) {
        scope.subsystems.add(subsystem.path());
      }
    }
    return scope;
  }

  /** The members of a group that a path is about: all, or the one that it is in. */
  private static Set<NvmetPath> members(
      TargetTree tree, NvmetPath path, String group, boolean all) {
    Set<NvmetPath> members = new LinkedHashSet<>();
    if (!all && !path.name(0).equals(group)) {
      return members;
    }
    if (path.depth() > 1) {
      members.add(path.ancestor(2));
      return members;
    }
    for (String name : tree.directories(NvmetPath.of(group))) {
      members.add(NvmetPath.of(group, name));
    }
    return members;
  }

  /** What the changes can have made better or worse. */
  static Scope of(List<Change> changes, TargetTree before, TargetTree after) {
    Scope scope = new Scope();
    for (Change change : changes) {
      scope.add(change, after);
    }
    for (NvmetPath subsystem : scope.subsystems) {
      // a subsystem that has nothing to do with offload leaves its ports alone
      Subsystem now = new Subsystem(after, subsystem);
      if (now.asksForOffload() || new Subsystem(before, subsystem).asksForOffload()) {
        for (Port port : now.ports()) {
          scope.ports.add(port.path());
        }
      }
    }
    return scope;
  }

  private void add(Change change, TargetTree after) {
    NvmetPath path = change.path();
    NvmetPath directory = path.parent();
    if (change instanceof Change.SetAttribute) {
      addWrite(directory, path.name(), after);
    } else if (change instanceof Change.Link) {
      if (directory.kind().filter(NodeKind.PORT_SUBSYSTEMS::equals).isPresent()) {
        ports.add(path.ancestor(2));
        after.linkTarget(path).ifPresent(subsystems::add);
      }
    } else if (path.kind().filter(NodeKind.NAMESPACE::equals).isPresent()) {
      subsystems.add(path.ancestor(2));
    }
  }

  private void addWrite(NvmetPath directory, String attribute, TargetTree after) {
    NodeKind kind = directory.kind().orElse(NodeKind.ROOT);
    if (kind == NodeKind.NAMESPACE && OF_NAMESPACE.contains(attribute)) {
      subsystems.add(directory.ancestor(2));
    } else if (kind == NodeKind.SUBSYSTEM && attribute.equals("attr_offload")) {
      subsystems.add(directory);
    } else if (kind == NodeKind.PORT && OF_PORT.contains(attribute)) {
      ports.add(directory);
      for (Subsystem subsystem : new Port(after, directory).subsystems()) {
        subsystems.add(subsystem.path());
      }
    }
  }
}
