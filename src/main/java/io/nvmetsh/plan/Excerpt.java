package io.nvmetsh.plan;

import io.nvmetsh.schema.Attribute;
import io.nvmetsh.schema.NodeKind;
import io.nvmetsh.schema.NvmetPath;
import io.nvmetsh.schema.NvmetSchema;
import io.nvmetsh.tree.Snapshot;
import io.nvmetsh.tree.TargetTree;
import java.util.ArrayList;
import java.util.List;

/**
 * A part of a tree, written down: as much as somebody asks for. The way between two trees is the
 * way between two excerpts of them, where they differ in nothing else, and costs no more to find
 * than what was read.
 */
public final class Excerpt {

  private final TargetTree tree;
  private final Snapshot snapshot;

  Excerpt(TargetTree tree) {
    this.tree = tree;
    this.snapshot = new Snapshot(tree.flavor());
  }

  /** A subsystem, port or host with all that is in it, and the links to it. */
  public static Snapshot of(TargetTree tree, Iterable<NvmetPath> paths) {
    Excerpt excerpt = new Excerpt(tree);
    paths.forEach(excerpt::whole);
    return excerpt.seen();
  }

  Snapshot seen() {
    return snapshot;
  }

  void whole(NvmetPath path) {
    directory(path);
    for (TargetTree.Link link : tree.links(path)) {
      link(path.child(link.name()));
    }
    for (String name : tree.directories(path)) {
      if (path.child(name).kind().filter(kind -> kind != NodeKind.OFFLOAD_CTXS).isPresent()) {
        whole(path.child(name));
      }
    }
    for (NvmetPath link : tree.linksTo(path)) {
      exists(link.parent());
      link(link);
    }
  }

  void touch(Change change) {
    exists(change.path());
    if (change instanceof Change.SetAttribute set) {
      directory(set.path().parent());
    } else if (change instanceof Change.Create || change instanceof Change.Delete) {
      directory(change.path());
    } else if (change instanceof Change.Link link) {
      exists(link.target());
      link(link.path());
    } else if (change instanceof Change.Unlink) {
      link(change.path());
    }
  }

  /** Takes over of a path what is there. */
  void exists(NvmetPath path) {
    for (NvmetPath each : path.way()) {
      if (tree.isDirectory(each)) {
        snapshot.create(each);
      }
    }
  }

  private void link(NvmetPath path) {
    tree.linkTarget(path)
        .ifPresent(
            target -> {
              exists(target);
              snapshot.link(path, target);
            });
  }

  /** A directory, its attributes, and the groups that come and go with it. */
  private void directory(NvmetPath path) {
    if (!tree.isDirectory(path)) {
      return;
    }
    snapshot.create(path);
    NodeKind kind = path.kind().orElseThrow();
    for (String name : tree.attributes(path)) {
      Attribute row = NvmetSchema.row(kind, name);
      if (row.isWritable() && row.isReadable()) {
        tree.value(path.child(name)).ifPresent(value -> snapshot.set(path.child(name), value));
      }
    }
    for (NvmetPath group : groups(path, kind)) {
      directory(group);
    }
  }

  private List<NvmetPath> groups(NvmetPath path, NodeKind kind) {
    List<NvmetPath> groups = new ArrayList<>();
    if (kind == NodeKind.ANA_GROUPS) {
      groups.add(path.child("1"));
    } else if (kind != NodeKind.ROOT) {
      kind.defaultGroups(tree.flavor()).forEach(group -> groups.add(path.child(group)));
    }
    return groups;
  }
}
