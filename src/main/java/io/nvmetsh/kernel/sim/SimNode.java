package io.nvmetsh.kernel.sim;

import io.nvmetsh.schema.NodeKind;
import io.nvmetsh.schema.NvmetPath;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A directory of the simulated tree, with what is in it: attributes that differ from their initial
 * value, directories, links. What the kernel knows of an object and shows nowhere is kept among the
 * attributes, under a name that begins with a dot.
 */
final class SimNode {

  private final NodeKind kind;
  private final Shape shape;
  private final String name;
  private final @Nullable SimNode parent;
  private final boolean defaultGroup;

  // Most directories have nothing of a kind, and there may be ten thousands.
  private Map<String, String> values = Map.of();
  private Map<String, SimNode> children = Map.of();
  private Map<String, SimNode> links = Map.of();
  private Set<SimNode> linkedFrom = Set.of();

  SimNode(NodeKind kind, Shape shape, String name, @Nullable SimNode parent, boolean defaultGroup) {
    this.kind = kind;
    this.shape = shape;
    this.name = name;
    this.parent = parent;
    this.defaultGroup = defaultGroup;
  }

  NodeKind kind() {
    return kind;
  }

  Shape shape() {
    return shape;
  }

  String name() {
    return name;
  }

  /** The directory this is in; the root's is the root. */
  SimNode parent() {
    return parent == null ? this : parent;
  }

  /** Whether the kernel made it together with its parent. */
  boolean isDefaultGroup() {
    return defaultGroup;
  }

  NvmetPath path() {
    return parent == null ? NvmetPath.ROOT : parent.path().child(name);
  }

  // Attributes.

  /** What an attribute holds now, without the newline that showing it adds. */
  String value(String attribute) {
    String value = values.get(attribute);
    return value == null ? shape.initial(attribute) : value;
  }

  /** Whether an attribute was ever stored or generated. */
  boolean isSet(String attribute) {
    return values.containsKey(attribute);
  }

  boolean flag(String attribute) {
    return value(attribute).equals("1");
  }

  int number(String attribute) {
    return Integer.parseInt(value(attribute));
  }

  void set(String attribute, String value) {
    if (values.isEmpty()) {
      values = new HashMap<>(4);
    }
    values.put(attribute, value);
  }

  void set(String attribute, boolean value) {
    set(attribute, value ? "1" : "0");
  }

  void reset(String attribute) {
    if (isSet(attribute)) {
      values.remove(attribute);
    }
  }

  Map<String, String> values() {
    return Collections.unmodifiableMap(values);
  }

  // Directories.

  @Nullable SimNode child(String childName) {
    return children.get(childName);
  }

  /** A default group that every directory of this kind has. */
  SimNode group(String groupName) {
    SimNode group = children.get(groupName);
    if (group == null) {
      throw new IllegalStateException(path() + " has no " + groupName);
    }
    return group;
  }

  Collection<SimNode> children() {
    return children.values();
  }

  void add(SimNode child) {
    if (children.isEmpty()) {
      children = new HashMap<>(4);
    }
    children.put(child.name, child);
  }

  void remove(SimNode child) {
    children.remove(child.name);
  }

  // Links.

  @Nullable SimNode link(String linkName) {
    return links.get(linkName);
  }

  Map<String, SimNode> links() {
    return Collections.unmodifiableMap(links);
  }

  void addLink(String linkName, SimNode target) {
    if (links.isEmpty()) {
      links = new HashMap<>(2);
    }
    links.put(linkName, target);
    if (target.linkedFrom.isEmpty()) {
      target.linkedFrom = new LinkedHashSet<>(2);
    }
    target.linkedFrom.add(this);
  }

  void removeLink(String linkName) {
    SimNode target = links.get(linkName);
    if (target != null) {
      links.remove(linkName);
      target.linkedFrom.remove(this);
    }
  }

  /** The directories that hold a link to this one; nvmet allows one in each. */
  Set<SimNode> linkedFrom() {
    return Collections.unmodifiableSet(linkedFrom);
  }
}
