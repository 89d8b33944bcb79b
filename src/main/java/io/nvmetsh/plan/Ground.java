package io.nvmetsh.plan;

import io.nvmetsh.schema.Attribute;
import io.nvmetsh.schema.KernelFlavor;
import io.nvmetsh.schema.NodeKind;
import io.nvmetsh.schema.NvmetPath;
import io.nvmetsh.schema.NvmetSchema;
import io.nvmetsh.schema.Placeholder;
import io.nvmetsh.tree.DraftTree;
import io.nvmetsh.tree.Snapshot;
import io.nvmetsh.tree.TargetTree;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The ground that changes stand on: what they touch, as it was before them. It leads back from
 * wherever they got to, over the directories and links that they touch and no others, so that it
 * costs what they did. Modules are left as they are.
 *
 * @param was the target before the changes, as far as they touch it. An attribute without a value
 *     is one whose value is not known, such as a key that was not written down
 * @param changes those that were made on it, or some first ones of them
 * @param whole the directories that the way back makes anew, with all that is in them
 */
public record Ground(Snapshot was, List<Change> changes, Set<NvmetPath> whole) {

  public Ground {
    changes = List.copyOf(changes);
    whole = Set.copyOf(whole);
  }

  /**
   * @param before the target before the first of the changes; read now, so they must not be made
   *     yet
   */
  public static Ground of(List<Change> changes, TargetTree before) {
    DraftTree after = new DraftTree(before);
    changes.forEach(change -> change.applyTo(after));
    View was = new View(before);
    View is = new View(after);
    for (Change change : changes) {
      was.touch(change);
      if (change instanceof Change.Unlink) {
        // where it leads is known to the first tree alone
        before.linkTarget(change.path()).ifPresent(is::exists);
      }
      is.touch(change);
    }
    Set<NvmetPath> whole = new HashSet<>();
    for (Set<NvmetPath> anew = anew(is, was); whole.addAll(anew); anew = anew(is, was)) {
      for (NvmetPath path : anew) {
        was.whole(path);
        is.whole(path);
      }
    }
    return new Ground(was.snapshot, changes, whole);
  }

  /** One ground for steps that followed each other: what they touch, as it was before the first. */
  public static Ground of(List<Ground> steps, KernelFlavor flavor) {
    return GroundMerge.of(steps, flavor);
  }

  /** The same ground, when only some of the changes were made. */
  public Ground only(List<Change> made) {
    return new Ground(was, made, whole);
  }

  /**
   * What leads back.
   *
   * @param now the target as it is, with all of the changes made, or the first of them
   */
  public List<Change> wayBack(TargetTree now) {
    View is = new View(now);
    for (Change change : changes) {
      if (change instanceof Change.Unlink) {
        was.linkTarget(change.path()).ifPresent(is::exists);
      }
      is.touch(change);
    }
    whole.forEach(is::whole);
    return Transition.of(is.snapshot, was);
  }

  /**
   * What would make what the changes touch as they left it, as far as that was known beforehand;
   * nothing when it is.
   */
  public List<Change> wayToWhatWasLeft(TargetTree now) {
    View then = new View(left());
    View is = new View(now);
    for (Change change : changes) {
      then.touch(change);
      is.touch(change);
    }
    return Transition.of(is.snapshot, then.snapshot);
  }

  /** What the changes left, without what the kernel made up or adjusted. */
  private DraftTree left() {
    DraftTree left = new DraftTree(was);
    Set<NvmetPath> said = new HashSet<>();
    for (Change change : changes) {
      change.applyTo(left);
      if (change instanceof Change.Create) {
        said.removeIf(path -> path.isAtOrBelow(change.path()));
        forget(left, change.path(), "", said);
      } else if (change instanceof Change.Link) {
        // nvmet_rdma_add_port and nvmet_tcp_add_port choose what nobody chose
        forget(left, change.path().ancestor(2), "param_", said);
      } else if (change instanceof Change.SetAttribute set) {
        said.add(set.path());
        if (Placeholder.isIn(set.value())) {
          // a key that was not written down
          left.forgetValue(set.path());
        }
      }
    }
    return left;
  }

  private static void forget(
      DraftTree tree, NvmetPath directory, String prefix, Set<NvmetPath> said) {
    for (String name : tree.attributes(directory)) {
      if (name.startsWith(prefix) && !said.contains(directory.child(name))) {
        tree.forgetValue(directory.child(name));
      }
    }
    for (String name : tree.directories(directory)) {
      forget(tree, directory.child(name), prefix, said);
    }
  }

  /** Whether what the changes touch is as it was before them. */
  public boolean isUntouched(TargetTree now) {
    return wayBack(now).isEmpty();
  }

  /** What must be removed and made again, with all that is in it and linked to it. */
  private static Set<NvmetPath> anew(View is, View was) {
    return new Differences(is.snapshot, was.snapshot).replaced();
  }

  /** A tree, seen as far as changes touch it. */
  private static final class View {
    private final TargetTree tree;
    private final Snapshot snapshot;

    View(TargetTree tree) {
      this.tree = tree;
      this.snapshot = new Snapshot(tree.flavor());
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
      if (path.kind().filter(NodeKind.SUBSYSTEM::equals).isPresent()) {
        linkedFrom(NvmetPath.of("ports"), "subsystems", path);
      } else if (path.kind().filter(NodeKind.HOST::equals).isPresent()) {
        linkedFrom(NvmetPath.of("subsystems"), "allowed_hosts", path);
      }
    }

    private void linkedFrom(NvmetPath holders, String directory, NvmetPath target) {
      for (String holder : tree.directories(holders)) {
        NvmetPath links = holders.child(holder).child(directory);
        for (TargetTree.Link link : tree.links(links)) {
          if (link.target().equals(target)) {
            exists(links);
            link(links.child(link.name()));
          }
        }
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
      for (int depth = 1; depth <= path.depth(); depth++) {
        if (tree.isDirectory(path.ancestor(depth))) {
          snapshot.create(path.ancestor(depth));
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
}
