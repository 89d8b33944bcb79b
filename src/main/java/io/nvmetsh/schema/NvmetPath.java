package io.nvmetsh.schema;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * An absolute path below {@code /sys/kernel/config/nvmet}, e.g. {@code /ports/1/addr_traddr}. The
 * root is {@code /}. A name may hold anything the kernel accepts except {@code /} and NUL; quoting
 * belongs to the command language, not here.
 */
public final class NvmetPath implements Comparable<NvmetPath> {

  public static final NvmetPath ROOT = new NvmetPath(List.of());

  /** Where the root is in the file system; nothing in the tree is called so. */
  public static final String MOUNT = "/sys/kernel/config/nvmet";

  private final List<String> names;

  private NvmetPath(List<String> names) {
    this.names = names;
  }

  /** The path of these names, outermost first. */
  public static NvmetPath of(String... names) {
    return new NvmetPath(List.of(names));
  }

  /** Reads an absolute path; {@code .} and {@code ..} are resolved. */
  public static NvmetPath parse(String text) {
    return ROOT.resolve(text);
  }

  /** What a person who types {@code text} here means: the mount point may be in front. */
  public NvmetPath resolveTyped(String text) {
    boolean mounted = text.equals(MOUNT) || text.startsWith(MOUNT + "/");
    return mounted ? ROOT.resolve(text.substring(MOUNT.length())) : resolve(text);
  }

  /** What {@code text}, absolute or relative, means from here. */
  public NvmetPath resolve(String text) {
    List<String> result = text.startsWith("/") ? new ArrayList<>() : new ArrayList<>(names);
    int start = 0;
    while (start <= text.length()) {
      int slash = text.indexOf('/', start);
      int end = slash < 0 ? text.length() : slash;
      String name = text.substring(start, end);
      if (name.equals("..")) {
        if (!result.isEmpty()) {
          result.remove(result.size() - 1);
        }
      } else if (!name.isEmpty() && !name.equals(".")) {
        result.add(name);
      }
      start = end + 1;
    }
    return new NvmetPath(List.copyOf(result));
  }

  /** The entry {@code name} of this directory, taken literally. */
  public NvmetPath child(String name) {
    List<String> result = new ArrayList<>(names.size() + 1);
    result.addAll(names);
    result.add(name);
    return new NvmetPath(List.copyOf(result));
  }

  /** The directory this is in; the root's parent is the root. */
  public NvmetPath parent() {
    return names.isEmpty() ? this : new NvmetPath(names.subList(0, names.size() - 1));
  }

  /** The first {@code depth} names. */
  public NvmetPath ancestor(int depth) {
    return new NvmetPath(names.subList(0, depth));
  }

  /** The last name; empty for the root. */
  public String name() {
    return names.isEmpty() ? "" : names.get(names.size() - 1);
  }

  /** The name at {@code index}, outermost first. */
  public String name(int index) {
    return names.get(index);
  }

  public int depth() {
    return names.size();
  }

  public boolean isRoot() {
    return names.isEmpty();
  }

  /** Whether this is {@code other} or lies below it. */
  public boolean isAtOrBelow(NvmetPath other) {
    return depth() >= other.depth() && names.subList(0, other.depth()).equals(other.names);
  }

  /**
   * The kind of directory this path names, by its place; empty for attributes, links, strangers.
   */
  public Optional<NodeKind> kind() {
    return NodeKind.at(this);
  }

  @Override
  public int compareTo(NvmetPath other) {
    int common = Math.min(depth(), other.depth());
    for (int i = 0; i < common; i++) {
      int order = NaturalOrder.INSTANCE.compare(name(i), other.name(i));
      if (order != 0) {
        return order;
      }
    }
    return Integer.compare(depth(), other.depth());
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof NvmetPath path && names.equals(path.names);
  }

  @Override
  public int hashCode() {
    return names.hashCode();
  }

  @Override
  public String toString() {
    return "/" + String.join("/", names);
  }
}
