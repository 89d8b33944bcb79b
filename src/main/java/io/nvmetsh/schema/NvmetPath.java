package io.nvmetsh.schema;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An absolute path below {@code /sys/kernel/config/nvmet}, e.g. {@code /ports/1/addr_traddr}. The
 * root is {@code /}. A name may hold anything the kernel accepts except {@code /} and NUL; quoting
 * belongs to the command language, not here.
 *
 * <p>A path is its parent and one name, so that what lies in one directory shares the way there:
 * commands about the whole tree hold hundreds of thousands of them.
 */
public final class NvmetPath implements Comparable<NvmetPath> {

  public static final NvmetPath ROOT = new NvmetPath();

  /** Where the root is in the file system; nothing in the tree is called so. */
  public static final String MOUNT = "/sys/kernel/config/nvmet";

  /** The root's is the root. */
  private final NvmetPath parent;

  private final String name;
  private final int depth;
  private final int hash;
  private final Optional<NodeKind> kind;

  private NvmetPath() {
    this.parent = this;
    this.name = "";
    this.depth = 0;
    this.hash = 1;
    this.kind = Optional.of(NodeKind.ROOT);
  }

  private NvmetPath(NvmetPath parent, String name) {
    this.parent = parent;
    this.name = name;
    this.depth = parent.depth + 1;
    this.hash = 31 * parent.hash + name.hashCode();
    this.kind = parent.kind.isPresent() ? parent.kind.get().entry(name) : parent.kind;
  }

  /** The path of these names, outermost first. */
  public static NvmetPath of(String... names) {
    NvmetPath path = ROOT;
    for (String name : names) {
      path = path.child(name);
    }
    return path;
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
    NvmetPath path = text.startsWith("/") ? ROOT : this;
    int start = 0;
    while (start <= text.length()) {
      int slash = text.indexOf('/', start);
      int end = slash < 0 ? text.length() : slash;
      String part = text.substring(start, end);
      if (part.equals("..")) {
        path = path.parent;
      } else if (!part.isEmpty() && !part.equals(".")) {
        path = path.child(part);
      }
      start = end + 1;
    }
    return path;
  }

  /** The entry {@code name} of this directory, taken literally. */
  public NvmetPath child(String name) {
    return new NvmetPath(this, name);
  }

  /** The directory this is in; the root's parent is the root. */
  public NvmetPath parent() {
    return parent;
  }

  /** The first {@code depth} names. */
  public NvmetPath ancestor(int depth) {
    Objects.checkIndex(depth, this.depth + 1);
    NvmetPath path = this;
    while (path.depth > depth) {
      path = path.parent;
    }
    return path;
  }

  /** The last name; empty for the root. */
  public String name() {
    return name;
  }

  /** The name at {@code index}, outermost first. */
  public String name(int index) {
    Objects.checkIndex(index, depth);
    return ancestor(index + 1).name;
  }

  public int depth() {
    return depth;
  }

  public boolean isRoot() {
    return depth == 0;
  }

  /** Whether this is {@code other} or lies below it. */
  public boolean isAtOrBelow(NvmetPath other) {
    return depth >= other.depth && ancestor(other.depth).equals(other);
  }

  /** Whether this is one of others or lies below one. */
  public boolean isAtOrBelowAny(Set<NvmetPath> others) {
    for (NvmetPath path = this; !path.isRoot(); path = path.parent) {
      if (others.contains(path)) {
        return true;
      }
    }
    return others.contains(ROOT);
  }

  /** The paths that lead here one by one: the outermost first, without the root, and this last. */
  public List<NvmetPath> way() {
    NvmetPath[] way = new NvmetPath[depth];
    for (NvmetPath path = this; !path.isRoot(); path = path.parent) {
      way[path.depth - 1] = path;
    }
    return Arrays.asList(way);
  }

  /**
   * The kind of directory this path names, by its place; empty for attributes, links, strangers.
   */
  public Optional<NodeKind> kind() {
    return kind;
  }

  /** {@inheritDoc} By the outermost name that differs, as people count; the shorter path first. */
  @Override
  public int compareTo(NvmetPath other) {
    int common = Math.min(depth, other.depth);
    NvmetPath mine = ancestor(common);
    NvmetPath theirs = other.ancestor(common);
    int order = Integer.compare(depth, other.depth);
    while (mine != theirs) {
      int here = NaturalOrder.INSTANCE.compare(mine.name, theirs.name);
      order = here != 0 ? here : order;
      mine = mine.parent;
      theirs = theirs.parent;
    }
    return order;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    if (!(other instanceof NvmetPath path) || hash != path.hash || depth != path.depth) {
      return false;
    }
    NvmetPath mine = this;
    NvmetPath theirs = path;
    while (mine != theirs) {
      if (!mine.name.equals(theirs.name)) {
        return false;
      }
      mine = mine.parent;
      theirs = theirs.parent;
    }
    return true;
  }

  @Override
  public int hashCode() {
    return hash;
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    for (NvmetPath path : way()) {
      text.append('/').append(path.name);
    }
    return text.isEmpty() ? "/" : text.toString();
  }
}
