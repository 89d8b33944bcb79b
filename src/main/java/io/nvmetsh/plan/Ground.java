package io.nvmetsh.plan;

import io.nvmetsh.schema.KernelFlavor;
import io.nvmetsh.schema.NvmetPath;
import io.nvmetsh.schema.Placeholder;
import io.nvmetsh.tree.DraftTree;
import io.nvmetsh.tree.Snapshot;
import io.nvmetsh.tree.TargetTree;
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
    return of(changes, before, after);
  }

  /**
   * @param after the same with all of the changes made
   */
  public static Ground of(List<Change> changes, TargetTree before, TargetTree after) {
    Excerpt was = new Excerpt(before);
    Excerpt is = new Excerpt(after);
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
    return new Ground(was.seen(), changes, whole);
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
    Excerpt is = new Excerpt(now);
    for (Change change : changes) {
      if (change instanceof Change.Unlink) {
        was.linkTarget(change.path()).ifPresent(is::exists);
      }
      is.touch(change);
    }
    whole.forEach(is::whole);
    return Transition.of(is.seen(), was);
  }

  /**
   * What would make what the changes touch as they left it, as far as that was known beforehand;
   * nothing when it is.
   */
  public List<Change> wayToWhatWasLeft(TargetTree now) {
    Excerpt then = new Excerpt(left());
    Excerpt is = new Excerpt(now);
    for (Change change : changes) {
      then.touch(change);
      is.touch(change);
    }
    return Transition.of(is.seen(), then.seen());
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
  private static Set<NvmetPath> anew(Excerpt is, Excerpt was) {
    return new Differences(is.seen(), was.seen()).replaced();
  }
}
