package io.nvmetsh.plan;

import io.nvmetsh.schema.Attribute;
import io.nvmetsh.schema.NodeKind;
import io.nvmetsh.schema.NvmetPath;
import io.nvmetsh.schema.PciAddress;
import io.nvmetsh.schema.ValueType.InvalidValue;
import io.nvmetsh.tree.Namespace;
import io.nvmetsh.tree.TargetTree;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The way from one tree to another, in an order that the kernel accepts: first everything is taken
 * down that has to be, from the links of ports to hosts, then the rest is built up in the opposite
 * order, so that a port gets its links when all that it exports is there. What is the same in both
 * is not touched. The way back is the same with the trees exchanged.
 */
public final class Transition {

  private final TargetTree from;
  private final TargetTree to;
  private final Differences differences;
  private final List<Change> changes = new ArrayList<>();

  private Transition(TargetTree from, TargetTree to) {
    this.from = from;
    this.to = to;
    this.differences = new Differences(from, to);
  }

  /**
   * The changes that make one tree of the other.
   *
   * @param to as it shall be; of what is in both trees, attributes that it has no value for stay
   */
  public static List<Change> of(TargetTree from, TargetTree to) {
    Transition transition = new Transition(from, to);
    transition.takeDown();
    transition.buildUp();
    return transition.changes;
  }

  private void takeDown() {
    List<NvmetPath> ports = members(from, NvmetPath.of("ports"));
    for (NvmetPath port : ports) {
      unlink(port.child("subsystems"));
    }
    for (NvmetPath port : ports) {
      members(from, port.child("referrals")).forEach(this::removeOrSwitchOff);
      members(from, port.child("ana_groups")).forEach(this::removeOrSwitchOff);
      removeOrSwitchOff(port);
    }
    for (NvmetPath subsystem : members(from, NvmetPath.of("subsystems"))) {
      NvmetPath passthru = subsystem.child("passthru");
      if (from.isOn(passthru, "enable")
          && (differences.isRemoved(subsystem) || differences.isSwitchedOff(passthru))) {
        set(passthru.child("enable"), "0");
      }
      members(from, subsystem.child("namespaces")).forEach(this::removeOrSwitchOff);
      unlink(subsystem.child("allowed_hosts"));
      removeOrSwitchOff(subsystem);
    }
    members(from, NvmetPath.of("hosts")).forEach(this::removeOrSwitchOff);
  }

  private void removeOrSwitchOff(NvmetPath path) {
    if (differences.isRemoved(path)) {
      if (!isGroupOne(path)) {
        changes.add(new Change.Delete(path));
      }
    } else if (differences.isSwitchedOff(path)) {
      set(path.child("enable"), "0");
    }
  }

  private void unlink(NvmetPath directory) {
    for (String name : from.linkNames(directory)) {
      if (!differences.isKept(directory.child(name))) {
        changes.add(new Change.Unlink(directory.child(name)));
      }
    }
  }

  private void buildUp() {
    attributes(NvmetPath.ROOT);
    members(to, NvmetPath.of("hosts")).forEach(this::make);
    for (NvmetPath subsystem : members(to, NvmetPath.of("subsystems"))) {
      make(subsystem);
      link(subsystem.child("allowed_hosts"));
      make(subsystem.child("passthru"));
      members(to, subsystem.child("namespaces")).forEach(this::make);
    }
    List<NvmetPath> ports = members(to, NvmetPath.of("ports"));
    for (NvmetPath port : ports) {
      make(port);
      members(to, port.child("ana_groups")).forEach(this::make);
      members(to, port.child("referrals")).forEach(this::make);
    }
    for (NvmetPath port : ports) {
      link(port.child("subsystems"));
    }
  }

  private void link(NvmetPath directory) {
    for (TargetTree.Link link : to.links(directory)) {
      NvmetPath path = directory.child(link.name());
      if (!differences.isKept(path)) {
        changes.add(new Change.Link(path, link.target()));
      }
    }
  }

  /** Makes a directory where it has to be made, and its attributes what they shall be. */
  private void make(NvmetPath path) {
    boolean byHand = path.kind().filter(NodeKind::isMade).isPresent() && !isGroupOne(path);
    if (byHand && differences.isMade(path)) {
      changes.add(new Change.Create(path));
    }
    attributes(path);
    if (differences.isSwitchedOn(path)) {
      set(path.child("enable"), "1");
    }
  }

  private void attributes(NvmetPath path) {
    Set<String> disturbed = new HashSet<>();
    for (String name : inOrder(path)) {
      NvmetPath attribute = path.child(name);
      Optional<String> wanted = differences.wanted(attribute);
      // what a new object has from the start it has not lost
      boolean lost = disturbed.contains(name) && !differences.isMade(path);
      if (isSet(attribute) || (lost && wanted.filter(v -> writable(attribute, v)).isPresent())) {
        disturbed.addAll(set(attribute, wanted.orElse("")).disturbs());
        if (name.equals("device_path") && isPlain(path)) {
          // said, since the same line typed without it would fill in the drive's address
          set(path.child("pci_device_path"), PciAddress.CLEAR);
        }
      }
    }
  }

  /** Whether a namespace could ask for offload by the address of its drive, and does not. */
  private boolean isPlain(NvmetPath namespace) {
    NvmetPath address = namespace.child("pci_device_path");
    return namespace.kind().filter(NodeKind.NAMESPACE::equals).isPresent()
        && Differences.row(address).since().covers(to.flavor())
        && new Namespace(to, namespace).pciAddress().isEmpty()
        && (differences.isMade(namespace) || new Namespace(from, namespace).pciAddress().isEmpty());
  }

  private static boolean writable(NvmetPath attribute, String value) {
    return Differences.isWritable(attribute, value);
  }

  private boolean isSet(NvmetPath attribute) {
    if (!differences.isMade(attribute.parent())) {
      return differences.differs(attribute);
    }
    Optional<String> wanted = differences.wanted(attribute);
    Attribute row = Differences.row(attribute);
    return wanted.isPresent()
        && writable(attribute, wanted.get())
        && !(row.initial().known() && row.type().same(row.initial().text(), wanted.get()));
  }

  /** The attributes of a directory but enable, in the order in which they may be written. */
  private List<String> inOrder(NvmetPath path) {
    Set<String> names = new LinkedHashSet<>(to.attributes(path));
    names.addAll(from.attributes(path));
    names.removeIf(name -> !isWritten(Differences.row(path.child(name))));
    NvmetPath most = path.child(WriteOrder.MOST);
    return WriteOrder.of(
        path,
        names,
        () -> differences.wanted(path.child(WriteOrder.LEAST)),
        () -> differences.isMade(path) ? Optional.empty() : from.value(most));
  }

  private boolean isWritten(Attribute row) {
    return row.since().covers(to.flavor())
        && row.isWritable()
        && row.isReadable()
        && !row.name().equals("enable");
  }

  private Change.SetAttribute set(NvmetPath attribute, String value) {
    Change.SetAttribute set = new Change.SetAttribute(attribute, canonical(attribute, value));
    changes.add(set);
    return set;
  }

  private static String canonical(NvmetPath attribute, String value) {
    try {
      return Differences.row(attribute).type().canonical(value);
    } catch (InvalidValue e) {
      return value;
    }
  }

  private static List<NvmetPath> members(TargetTree tree, NvmetPath group) {
    List<NvmetPath> members = new ArrayList<>();
    for (String name : tree.directories(group)) {
      members.add(group.child(name));
    }
    return members;
  }

  /** ANA group 1 is the kernel's own. */
  private static boolean isGroupOne(NvmetPath path) {
    return path.kind().filter(NodeKind.ANA_GROUP::equals).isPresent() && path.name().equals("1");
  }
}
