package io.nvmetsh.tree;

import io.nvmetsh.schema.NaturalOrder;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The attributes of one directory, in natural order, and something of each. They are a dozen, of
 * ten thousand directories: two short lists take a quarter of the memory of a map.
 */
final class AttributeMap<V> {

  private List<String> names = List.of();
  private List<V> things = List.of();

  /** What is kept of an attribute; null when nothing is. */
  @Nullable V get(String name) {
    int at = names.indexOf(name);
    return at < 0 ? null : things.get(at);
  }

  void put(String name, V thing) {
    if (names.isEmpty()) {
      names = new ArrayList<>(0);
      things = new ArrayList<>(0);
    }
    int at = names.indexOf(name);
    if (at >= 0) {
      things.set(at, thing);
      return;
    }
    at = names.size();
    while (at > 0 && NaturalOrder.INSTANCE.compare(names.get(at - 1), name) > 0) {
      at--;
    }
    names.add(at, name);
    things.add(at, thing);
  }

  /** The attributes of which something is kept. */
  List<String> names() {
    return List.copyOf(names);
  }
}
