package io.nvmetsh.kernel.sim;

import io.nvmetsh.schema.Attribute;
import io.nvmetsh.schema.KernelFlavor;
import io.nvmetsh.schema.NodeKind;
import io.nvmetsh.schema.NvmetSchema;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What every directory of a kind has in a kernel: its attributes and its default groups. */
final class Shape {

  private final Map<String, Attribute> attributes = new HashMap<>();
  private final List<String> groups;

  Shape(NodeKind kind, KernelFlavor flavor) {
    for (Attribute row : NvmetSchema.of(kind, flavor)) {
      attributes.put(row.name(), row);
    }
    groups = kind.defaultGroups(flavor);
  }

  List<String> groups() {
    return groups;
  }

  Collection<String> attributes() {
    return attributes.keySet();
  }

  boolean has(String attribute) {
    return attributes.containsKey(attribute);
  }

  @Nullable Attribute attribute(String name) {
    return attributes.get(name);
  }

  /** What an attribute shows before anyone stores it; empty for what is kept beside attributes. */
  String initial(String attribute) {
    Attribute row = attributes.get(attribute);
    return row == null ? "" : row.initial().text();
  }
}
