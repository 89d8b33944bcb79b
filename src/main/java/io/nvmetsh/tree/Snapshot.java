package io.nvmetsh.tree;

import io.nvmetsh.schema.Attribute;
import io.nvmetsh.schema.KernelFlavor;
import io.nvmetsh.schema.NaturalOrder;
import io.nvmetsh.schema.NodeKind;
import io.nvmetsh.schema.NvmetPath;
import io.nvmetsh.schema.NvmetSchema;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A target written down, with no kernel behind it: as it was at one moment, or as it shall be. It
 * has what was said and nothing else; an attribute without a value is one that nobody spoke of.
 */
public final class Snapshot implements TargetTree {

  private final KernelFlavor flavor;
  private final Map<NvmetPath, Directory> directories = new HashMap<>();
  private final Pool<String> same = new Pool<>();

  /**
   * A directory; most hold nothing of a kind, and ten thousand changes keep what was before each.
   */
  private static final class Directory {
    private NavigableSet<String> directories = Collections.emptyNavigableSet();
    private final AttributeMap<String> values = new AttributeMap<>();
    private NavigableMap<String, NvmetPath> links = Collections.emptyNavigableMap();

    void add(String directory) {
      if (directories.isEmpty()) {
        directories = new TreeSet<>(NaturalOrder.INSTANCE);
      }
      directories.add(directory);
    }

    void link(String name, NvmetPath target) {
      if (links.isEmpty()) {
        links = new TreeMap<>(NaturalOrder.INSTANCE);
      }
      links.put(name, target);
    }

    void remove(String directory) {
      if (!directories.isEmpty()) {
        directories.remove(directory);
      }
    }

    @Nullable NvmetPath unlink(String name) {
      return links.isEmpty() ? null : links.remove(name);
    }
  }

  /** An empty target: the root and its groups. */
  public Snapshot(KernelFlavor flavor) {
    this.flavor = flavor;
    make(NvmetPath.ROOT, NodeKind.ROOT);
  }

  /** All that can be set in a tree, as it is now, keys included. Reads the whole of it. */
  public static Snapshot of(TargetTree tree) {
    Snapshot snapshot = new Snapshot(tree.flavor());
    snapshot.copy(tree, NvmetPath.ROOT);
    return snapshot;
  }

  /**
   * Adds a directory of another tree with all that is in it; where both say something, that one.
   */
  public void copy(TargetTree tree, NvmetPath path) {
    if (!path.isRoot()) {
      create(path);
    }
    NodeKind kind = path.kind().orElse(NodeKind.ROOT);
    for (String name : tree.attributes(path)) {
      Attribute row = NvmetSchema.row(kind, name);
      if (row.isWritable() && row.isReadable()) {
        tree.value(path.child(name)).ifPresent(value -> set(path.child(name), value));
      }
    }
    for (TargetTree.Link link : tree.links(path)) {
      link(path.child(link.name()), link.target());
    }
    for (String name : tree.directories(path)) {
      if (kind.entry(name).filter(entry -> entry != NodeKind.OFFLOAD_CTXS).isPresent()) {
        copy(tree, path.child(name));
      }
    }
  }

  /** Makes a directory, the groups that come with it, and what it is in. */
  public void create(NvmetPath path) {
    if (!directories.containsKey(path)) {
      create(path.parent());
      make(path, path.kind().orElseThrow());
    }
  }

  private void make(NvmetPath path, NodeKind kind) {
    directories.put(path, new Directory());
    if (!path.isRoot()) {
      directory(path.parent()).add(path.name());
    }
    for (String group : kind.defaultGroups(flavor)) {
      make(path.child(group), kind.entry(group).orElseThrow());
    }
    if (kind == NodeKind.ANA_GROUPS) {
      make(path.child("1"), NodeKind.ANA_GROUP);
    }
  }

  /** Takes a directory away with everything in it, if it is there. */
  public void remove(NvmetPath path) {
    if (directories.keySet().removeIf(each -> each.isAtOrBelow(path))) {
      directory(path.parent()).remove(path.name());
    }
  }

  /** Takes a link away, if it is there. */
  public void unlink(NvmetPath link) {
    directory(link.parent()).unlink(link.name());
  }

  /** Says what the value of an attribute of a directory that is there is. */
  public void set(NvmetPath attribute, String value) {
    directory(attribute.parent()).values.put(same.one(attribute.name()), same.one(value));
  }

  /** Links an item into a directory that is there. */
  public void link(NvmetPath link, NvmetPath target) {
    directory(link.parent()).link(link.name(), target);
  }

  /** Gives a link that is there another name. */
  public void rename(NvmetPath link, String name) {
    Directory directory = directory(link.parent());
    NvmetPath target = directory.unlink(link.name());
    if (target == null) {
      throw new IllegalArgumentException("there is no link " + link);
    }
    directory.link(name, target);
  }

  private Directory directory(NvmetPath path) {
    Directory directory = directories.get(path);
    if (directory == null) {
      throw new IllegalArgumentException("there is no " + path);
    }
    return directory;
  }

  private Optional<Directory> find(NvmetPath path) {
    return Optional.ofNullable(directories.get(path));
  }

  @Override
  public KernelFlavor flavor() {
    return flavor;
  }

  @Override
  public boolean isDirectory(NvmetPath path) {
    return directories.containsKey(path);
  }

  @Override
  public List<String> directories(NvmetPath directory) {
    return find(directory).map(found -> List.copyOf(found.directories)).orElse(List.of());
  }

  @Override
  public List<String> attributes(NvmetPath directory) {
    return find(directory).map(found -> found.values.names()).orElse(List.of());
  }

  @Override
  public List<String> linkNames(NvmetPath directory) {
    return find(directory).map(found -> List.copyOf(found.links.keySet())).orElse(List.of());
  }

  @Override
  public Optional<NvmetPath> linkTarget(NvmetPath link) {
    return link.isRoot()
        ? Optional.empty()
        : find(link.parent()).map(found -> found.links.get(link.name()));
  }

  @Override
  public Optional<String> value(NvmetPath attribute) {
    return attribute.isRoot()
        ? Optional.empty()
        : find(attribute.parent()).map(found -> found.values.get(attribute.name()));
  }
}
