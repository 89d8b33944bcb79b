package io.nvmetsh.kernel.sim;

import io.nvmetsh.schema.NodeKind;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the functions of the simulated module share: the tree, and the kernel around them. */
final class Nvmet {

  static final String NAME = "nvmet";

  private final SimProfile profile;
  private final SimWorld world;
  private final SimModules modules;
  private final SimLog log;
  private final SimRandom random;
  private final Map<NodeKind, Shape> shapes = new EnumMap<>(NodeKind.class);
  private final SimNode root;
  private final List<SimController> controllers = new ArrayList<>();
  private final List<SimBackend> backends = new ArrayList<>();
  private final List<SocketAddress> taken = new ArrayList<>();

  Nvmet(SimProfile profile, SimWorld world, SimModules modules, SimLog log, SimRandom random) {
    this.profile = profile;
    this.world = world;
    this.modules = modules;
    this.log = log;
    this.random = random;
    this.root = create(NodeKind.ROOT, NAME, null, true);
  }

  SimProfile profile() {
    return profile;
  }

  boolean has(Quirk quirk) {
    return profile.has(quirk);
  }

  SimWorld world() {
    return world;
  }

  SimModules modules() {
    return modules;
  }

  SimLog log() {
    return log;
  }

  SimRandom random() {
    return random;
  }

  SimNode root() {
    return root;
  }

  /** The hosts' live associations. */
  List<SimController> controllers() {
    return controllers;
  }

  /** What the adapter serves them with, where it does. */
  List<SimBackend> backends() {
    return backends;
  }

  /** From now on directories of a kind have what one was seen to have. */
  void learn(NodeKind kind, Shape shape) {
    shapes.put(kind, shape);
  }

  /** Where sockets listen that are not the target's. */
  List<SocketAddress> taken() {
    return taken;
  }

  /** A new directory with its default groups; the parent does not know it yet. */
  SimNode create(NodeKind kind, String name, @Nullable SimNode parent, boolean defaultGroup) {
    Shape shape = shapes.get(kind);
    if (shape == null) {
      shape = new Shape(kind, profile.flavor());
      shapes.put(kind, shape);
    }
    SimNode node = new SimNode(kind, shape, name, parent, defaultGroup);
    for (String group : shape.groups()) {
      node.add(create(kind.entry(group).orElseThrow(), group, node, true));
    }
    if (kind == NodeKind.ANA_GROUPS) {
      // NVMET_DEFAULT_ANA_GRPID: made with the port and as undeletable as its other groups.
      node.add(create(NodeKind.ANA_GROUP, "1", node, true));
    }
    return node;
  }

  /** The namespace, port or ANA group number that a directory's name spells. */
  static long number(SimNode node) {
    try {
      return KernelNumber.unsigned(Page.bytes(node.name()), 0, 0xffff_ffffL);
    } catch (Deny e) {
      throw new IllegalStateException(node.path() + " has no number", e);
    }
  }

  /** A subsystem's name as it goes over the wire and into the log: NVMF_NQN_SIZE bytes of it. */
  static String nqn(SimNode subsystem) {
    String bytes = Page.bytes(subsystem.name());
    return bytes.length() <= 223 ? bytes : bytes.substring(0, 223);
  }

  /** Whether a port listens: nvmet enables it with its first link. */
  static boolean isEnabled(SimNode port) {
    return !port.group("subsystems").links().isEmpty();
  }

  /** The ports that a subsystem is linked to. */
  static List<SimNode> portsOf(SimNode subsystem) {
    List<SimNode> ports = new ArrayList<>();
    for (SimNode directory : subsystem.linkedFrom()) {
      ports.add(directory.parent());
    }
    return ports;
  }

  static boolean isPassthru(SimNode subsystem) {
    SimNode passthru = subsystem.child("passthru");
    return passthru != null && passthru.flag("enable");
  }
}
