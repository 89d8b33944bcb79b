package io.nvmetsh.plan;

import io.nvmetsh.schema.NodeKind;
import io.nvmetsh.schema.NvmetPath;
import io.nvmetsh.tree.TargetTree;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * How to take a directory away with all it holds and all links to it, in an order that the kernel
 * accepts: links into ports first (a linked item is EBUSY, fs/configfs/dir.c configfs_detach_prep),
 * then contents, then the directory.
 */
public final class Removal {

  private final TargetTree tree;
  private final Set<NvmetPath> unlinked = new LinkedHashSet<>();
  private final List<Change> rest = new ArrayList<>();

  private Removal(TargetTree tree) {
    this.tree = tree;
  }

  /** The changes that remove {@code path}; of a default group, all its members. */
  public static List<Change> of(TargetTree tree, NvmetPath path) {
    Removal removal = new Removal(tree);
    removal.remove(path);
    List<Change> changes = new ArrayList<>();
    for (NvmetPath link : removal.unlinked) {
      changes.add(new Change.Unlink(link));
    }
    changes.addAll(removal.rest);
    return changes;
  }

  private void remove(NvmetPath path) {
    NodeKind kind = path.kind().orElse(NodeKind.ROOT);
    unlinked.addAll(tree.linksTo(path));
    if (kind == NodeKind.PASSTHRU && tree.isOn(path, "enable")) {
      rest.add(new Change.SetAttribute(path.child("enable"), "0"));
    }
    for (String link : tree.linkNames(path)) {
      unlinked.add(path.child(link));
    }
    // ports before subsystems, subsystems before hosts: whoever links goes first
    for (String name :
        kind == NodeKind.ROOT ? List.of("ports", "subsystems", "hosts") : tree.directories(path)) {
      remove(path.child(name));
    }
    if (kind.isMade() && !isGroupOne(path, kind)) {
      rest.add(new Change.Delete(path));
    }
  }

  /** ANA group 1 is the kernel's own and cannot be removed. */
  private static boolean isGroupOne(NvmetPath path, NodeKind kind) {
    return kind == NodeKind.ANA_GROUP && path.name().equals("1");
  }
}
