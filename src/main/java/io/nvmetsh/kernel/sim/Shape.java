package io.nvmetsh.kernel.sim;

import io.nvmetsh.schema.Attribute;
import io.nvmetsh.schema.KernelFlavor;
import io.nvmetsh.schema.NodeKind;
import io.nvmetsh.schema.NvmetSchema;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

  /** What a directory of a kind was seen to have, whatever is known of its kernel. */
  Shape(NodeKind kind, Collection<String> attributes, Collection<String> directories) {
    for (String name : attributes) {
      this.attributes.put(name, NvmetSchema.row(kind, name));
    }
    groups = new ArrayList<>();
    for (String name : directories) {
      Optional<NodeKind> group = kind.entry(name);
      if (group.isPresent() && !group.get().isMade() && group.get() != NodeKind.OFFLOAD_CTX) {
        groups.add(name);
      }
    }
  }

  /** Whether nothing is known of an attribute but that it is there. */
  boolean isForeign(String attribute) {
    Attribute row = attributes.get(attribute);
    return row != null && NvmetSchema.find(row.owner(), attribute).isEmpty();
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
