package io.nvmetsh.plan;

import io.nvmetsh.schema.Attribute;
import io.nvmetsh.schema.Attribute.Initial;
import io.nvmetsh.schema.Lock;
import io.nvmetsh.schema.NodeKind;
import io.nvmetsh.schema.NvmetPath;
import io.nvmetsh.schema.NvmetSchema;
import io.nvmetsh.schema.Placeholder;
import io.nvmetsh.schema.ValueType.InvalidValue;
import io.nvmetsh.tree.Namespace;
import io.nvmetsh.tree.Subsystem;
import io.nvmetsh.tree.TargetTree;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What is different between two trees, and what that takes: which of the things in both must be
 * made anew, which ports and subsystems must lose their links for a while, which objects must be
 * switched off for a while. What none of this names is left alone, and its hosts with it.
 */
final class Differences {

  private final TargetTree from;
  private final TargetTree to;
  private final Set<NvmetPath> replaced = new HashSet<>();
  private final Set<NvmetPath> freed = new HashSet<>();

  Differences(TargetTree from, TargetTree to) {
    this.from = from;
    this.to = to;
    members(NvmetPath.of("hosts")).forEach(this::replaceIfUnset);
    members(NvmetPath.of("subsystems")).forEach(this::subsystem);
    members(NvmetPath.of("ports")).forEach(this::port);
  }

  /** Whether a directory of the first tree has to be removed. */
  boolean isRemoved(NvmetPath path) {
    return !to.isDirectory(path) || isReplaced(path);
  }

  /** Whether a directory of the second tree has to be made. */
  boolean isMade(NvmetPath path) {
    return !from.isDirectory(path) || isReplaced(path);
  }

  /** What is in both trees and has to be removed and made again. */
  Set<NvmetPath> replaced() {
    return Set.copyOf(replaced);
  }

  private boolean isReplaced(NvmetPath path) {
    return path.isAtOrBelowAny(replaced);
  }

  /** Whether a link of the first tree can stay throughout. */
  boolean isKept(NvmetPath link) {
    NvmetPath holder = link.ancestor(2);
    Optional<NvmetPath> target = from.linkTarget(link);
    return target.isPresent()
        && target.equals(to.linkTarget(link))
        && !isRemoved(holder)
        && !isRemoved(target.get())
        && (!holder.parent().name().equals("ports")
            || (!freed.contains(holder) && !freed.contains(target.get())));
  }

  /** Whether something in both trees that is on has to be off, for good or for a while. */
  boolean isSwitchedOff(NvmetPath path) {
    return from.isOn(path, "enable") && (!isOnThen(path) || differsIn(path, Lock.WHILE_ENABLED));
  }

  /** Whether something in the second tree has to be switched on, for the first time or again. */
  boolean isSwitchedOn(NvmetPath path) {
    return isOnThen(path) && (isMade(path) || !from.isOn(path, "enable") || isSwitchedOff(path));
  }

  /** Whether it is on in the second tree; what was not said is as it was. */
  boolean isOnThen(NvmetPath path) {
    return wanted(path.child("enable")).filter("1"::equals).isPresent();
  }

  /** The value of an attribute in the second tree; where it was not said, in the first. */
  Optional<String> wanted(NvmetPath attribute) {
    Optional<String> value = to.value(attribute);
    return value.isPresent() ? value : from.value(attribute);
  }

  /**
   * Whether an attribute of a directory in both trees has another value in the second, or may have:
   * a draft does not know what a kernel made up.
   */
  boolean differs(NvmetPath attribute) {
    Optional<String> value = to.value(attribute);
    return value.isPresent()
        && present(attribute)
            .filter(present -> row(attribute).type().same(present, value.get()))
            .isEmpty();
  }

  /** What a kernel was not built with is in none of its directories: it is as in a new object. */
  private Optional<String> present(NvmetPath attribute) {
    Optional<String> value = from.value(attribute);
    NvmetPath directory = attribute.parent();
    if (value.isPresent()
        || !from.isDirectory(directory)
        || from.attributes(directory).contains(attribute.name())) {
      return value;
    }
    return Optional.of(row(attribute).initial()).filter(Initial::known).map(Initial::text);
  }

  private boolean differsIn(NvmetPath directory, Lock lock) {
    for (String name : to.attributes(directory)) {
      if (row(directory.child(name)).lock() == lock && differs(directory.child(name))) {
        return true;
      }
    }
    return false;
  }

  private void subsystem(NvmetPath path) {
    replaceIfUnset(path);
    // the kernel makes the group and nobody removes it
    if (isUnset(path.child("passthru"))) {
      replaced.add(path);
    }
    List<NvmetPath> namespaces = members(path.child("namespaces"));
    boolean offload = differs(path.child("attr_offload"));
    // from 6.14 a namespace, enabled or not, is in the way of passthru
    boolean anew = isSwitchedOn(path.child("passthru"));
    for (NvmetPath namespace : namespaces) {
      replaceIfUnset(namespace);
      boolean disabled = isSwitchedOff(namespace);
      // HAZ-OFFLOAD-IDLE-NS: recent drivers look at what is not enabled, too, when attr_offload is
      // written; what is enabled throughout can stay, in every release
      boolean idle = offload && (disabled || !from.isOn(namespace, "enable"));
      // HAZ-PCI-REENABLE: disabled once, it can never be enabled again
      boolean spent = disabled && new Namespace(from, namespace).pciAddress().isPresent();
      if (anew || idle || spent) {
        replaced.add(namespace);
      }
    }
    if (offload || (isOffloaded(path) && changesNamespaces(path))) {
      freed.add(path);
    }
  }

  private boolean isOffloaded(NvmetPath path) {
    return new Subsystem(from, path).asksForOffload() || new Subsystem(to, path).asksForOffload();
  }

  /** Offload takes when a port is linked, with the namespaces that are there then. */
  private boolean changesNamespaces(NvmetPath subsystem) {
    NvmetPath group = subsystem.child("namespaces");
    for (String nsid : from.directories(group)) {
      if (isRemoved(group.child(nsid)) || isSwitchedOff(group.child(nsid))) {
        return true;
      }
    }
    for (String nsid : to.directories(group)) {
      if (isMade(group.child(nsid)) || isSwitchedOn(group.child(nsid))) {
        return true;
      }
    }
    return false;
  }

  private void port(NvmetPath path) {
    replaceIfUnset(path);
    members(path.child("referrals")).forEach(this::replaceIfUnset);
    if (differsIn(path, Lock.WHILE_LINKED)) {
      freed.add(path);
    }
  }

  /** No write makes an attribute show again what it shows in a new object. */
  private void replaceIfUnset(NvmetPath path) {
    if (isUnset(path)) {
      replaced.add(path);
    }
  }

  private boolean isUnset(NvmetPath path) {
    for (String name : to.attributes(path)) {
      NvmetPath attribute = path.child(name);
      if (differs(attribute) && !isWritable(attribute, to.value(attribute).orElse(""))) {
        return true;
      }
    }
    return false;
  }

  /** Whether a value is one that can be written; some are only ever shown. */
  static boolean isWritable(NvmetPath attribute, String value) {
    if (Placeholder.isIn(value)) {
      // of a script, whose parameters have values when it runs
      return true;
    }
    try {
      row(attribute).type().canonical(value);
      return true;
    } catch (InvalidValue e) {
      return false;
    }
  }

  static Attribute row(NvmetPath attribute) {
    return NvmetSchema.row(attribute.parent().kind().orElse(NodeKind.ROOT), attribute.name());
  }

  /** What both trees have in a group. */
  private List<NvmetPath> members(NvmetPath group) {
    List<NvmetPath> members = new ArrayList<>();
    for (String name : from.directories(group)) {
      if (to.isDirectory(group.child(name))) {
        members.add(group.child(name));
      }
    }
    return members;
  }
}
