package io.nvmetsh.plan;

import io.nvmetsh.schema.KernelFlavor;
import io.nvmetsh.schema.NvmetPath;
import io.nvmetsh.tree.Snapshot;
import io.nvmetsh.tree.TargetTree;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The grounds of steps that followed each other, as one. What the first step to touch a thing saw
 * of it is how it was before all of them; what a step made was not there, whatever later ones saw.
 */
final class GroundMerge {

  private final Snapshot was;
  private final List<Change> changes = new ArrayList<>();
  private final Set<NvmetPath> whole = new HashSet<>();

  /** What was not there before. */
  private final Set<NvmetPath> made = new HashSet<>();

  private GroundMerge(KernelFlavor flavor) {
    this.was = new Snapshot(flavor);
  }

  static Ground of(List<Ground> steps, KernelFlavor flavor) {
    GroundMerge merge = new GroundMerge(flavor);
    for (Ground step : steps) {
      merge.add(step);
    }
    merge.whole.removeIf(merge::isMade);
    return new Ground(merge.was, merge.changes, merge.whole);
  }

  private void add(Ground step) {
    directories(step.was(), NvmetPath.ROOT);
    links(step.was(), NvmetPath.ROOT);
    for (Change change : step.changes()) {
      boolean fresh =
          change instanceof Change.Create
              ? !was.isDirectory(change.path())
              : change instanceof Change.Link && was.linkTarget(change.path()).isEmpty();
      if (fresh) {
        made.add(change.path());
      }
    }
    changes.addAll(step.changes());
    whole.addAll(step.whole());
  }

  private boolean isMade(NvmetPath path) {
    return path.isAtOrBelowAny(made);
  }

  private void directories(TargetTree seen, NvmetPath path) {
    for (String name : seen.directories(path)) {
      NvmetPath child = path.child(name);
      if (!isMade(child)) {
        was.create(child);
        directories(seen, child);
      }
    }
    for (String name : seen.attributes(path)) {
      NvmetPath attribute = path.child(name);
      if (was.value(attribute).isEmpty()) {
        seen.value(attribute).ifPresent(value -> was.set(attribute, value));
      }
    }
  }

  private void links(TargetTree seen, NvmetPath path) {
    for (TargetTree.Link link : seen.links(path)) {
      NvmetPath place = path.child(link.name());
      if (!isMade(place) && was.linkTarget(place).isEmpty()) {
        was.link(place, link.target());
      }
    }
    for (String name : seen.directories(path)) {
      if (!isMade(path.child(name))) {
        links(seen, path.child(name));
      }
    }
  }
}
