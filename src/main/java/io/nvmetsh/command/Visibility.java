package io.nvmetsh.command;

import io.nvmetsh.journal.DeactivatedPorts;
import io.nvmetsh.plan.TypedLines;
import io.nvmetsh.schema.NodeKind;
import io.nvmetsh.schema.NvmetPath;
import io.nvmetsh.tree.Namespace;
import io.nvmetsh.tree.Port;
import io.nvmetsh.tree.Subsystem;
import io.nvmetsh.tree.TargetTree;
import java.util.ArrayList;
import java.util.List;

/** What keeps hosts from seeing an object: of the chain from port to namespace, what is missing. */
final class Visibility {

  /**
   * One thing that is missing.
   *
   * @param help what to type
   */
  record Obstacle(String what, String help) {}

  private final TargetTree tree;
  private final DeactivatedPorts deactivated;
  private final List<Obstacle> obstacles = new ArrayList<>();

  Visibility(Context context) {
    this.tree = context.tree();
    this.deactivated = new DeactivatedPorts(context.journal().store());
  }

  /** What hosts miss of an object; nothing where it is none that hosts see. */
  List<Obstacle> of(NvmetPath path) {
    switch (path.kind().orElse(NodeKind.ROOT)) {
      case NAMESPACE -> namespace(new Namespace(tree, path));
      case SUBSYSTEM -> subsystem(new Subsystem(tree, path));
      case PORT -> port(new Port(tree, path));
      case REFERRAL -> {
        if (!tree.isOn(path, "enable")) {
          add("it is not enabled", "enable " + Words.quote(path.toString()));
        }
      }
      default -> {}
    }
    return obstacles;
  }

  private void namespace(Namespace namespace) {
    if (namespace.subsystem().isPassthru()) {
      add(
          "its subsystem passes a controller through, and shows that one's namespaces",
          "disable " + Words.quote(namespace.subsystem().path().child("passthru").toString()));
    }
    if (!namespace.isEnabled()) {
      add("it is not enabled", "enable " + Words.quote(namespace.path().toString()));
    }
    exported(namespace.subsystem());
    String group = tree.value(namespace.path(), "ana_grpid", "1");
    for (Port port : namespace.subsystem().ports()) {
      access(port.path().child("ana_groups").child(group));
    }
  }

  private void subsystem(Subsystem subsystem) {
    List<Namespace> namespaces = subsystem.namespaces();
    if (namespaces.isEmpty() && !subsystem.isPassthru()) {
      add(
          "it has no namespace",
          "create " + Words.quote(subsystem.path() + "/namespaces/1") + " device_path=DEVICE");
    } else if (!subsystem.isPassthru() && namespaces.stream().noneMatch(Namespace::isEnabled)) {
      add(
          "none of its namespaces is enabled",
          "enable " + Words.quote(namespaces.get(0).path().toString()));
    }
    exported(subsystem);
  }

  /** What hosts need to reach a subsystem. */
  private void exported(Subsystem subsystem) {
    String path = Words.quote(subsystem.path().toString());
    if (!subsystem.isLinked()) {
      List<String> ports = tree.directories(NvmetPath.of("ports"));
      String port = ports.isEmpty() ? "/ports/1" : "/ports/" + ports.get(0);
      add("the subsystem is linked to no port", "link " + path + " " + Words.quote(port));
    }
    boolean listed = !tree.glance(subsystem.path().child("allowed_hosts"), 1).isEmpty();
    if (!subsystem.allowsAnyHost() && !listed) {
      add(
          "no host may connect",
          "link /hosts/NQN "
              + path
              + "; or for any host:  "
              + TypedLines.set(subsystem.path(), "attr_allow_any_host", "1"));
    }
  }

  /** Of a group that a port does not have, hosts are told the same as of an inaccessible one. */
  private void access(NvmetPath group) {
    if (!tree.isDirectory(group.parent())) {
      return; // before ANA
    }
    String path = Words.quote(group.toString());
    if (!tree.isDirectory(group)) {
      add(
          group.ancestor(2) + " has no ANA group " + group.name() + ", so it is inaccessible there",
          "create " + path + " ana_state=optimized");
      return;
    }
    String state = tree.value(group, "ana_state", "optimized");
    if (state.equals("inaccessible") || state.equals("persistent-loss")) {
      add(
          "its ANA group " + group.name() + " is " + state + " on " + group.ancestor(2),
          "set " + path + " ana_state=optimized");
    }
  }

  private void port(Port port) {
    String path = Words.quote(port.path().toString());
    if (!port.isLinked()) {
      boolean back = deactivated.inForce(port.path(), tree).isPresent();
      add(
          back ? "it is deactivated" : "no subsystem is linked, so it does not listen",
          back ? "activate " + path : "link NQN " + path);
    }
  }

  private void add(String what, String help) {
    obstacles.add(new Obstacle(what, help));
  }
}
