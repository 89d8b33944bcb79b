package io.nvmetsh.command;

import io.nvmetsh.plan.Change;
import io.nvmetsh.plan.Excerpt;
import io.nvmetsh.plan.Transition;
import io.nvmetsh.schema.NvmetPath;
import io.nvmetsh.tree.Snapshot;
import io.nvmetsh.tree.TargetTree;
import java.util.ArrayList;
import java.util.List;

/** The lines that make an object: the way to the target as it is from one without it. */
final class MakingLines {

  private MakingLines() {}

  static Document of(TargetTree tree, NvmetPath path) {
    Snapshot now =
        path.isRoot()
            ? Snapshot.of(tree)
            : Excerpt.of(tree, List.of(path.ancestor(Math.min(2, path.depth()))));
    Snapshot without = path.isRoot() ? new Snapshot(tree.flavor()) : Snapshot.of(now);
    if (!path.isRoot()) {
      members(now, path).forEach(member -> remove(now, without, member));
    }
    List<Change> changes = new ArrayList<>();
    for (Change change : Transition.of(without, now)) {
      // links of others that are in the way for a moment are not part of it
      boolean linked = change instanceof Change.Link link && link.target().isAtOrBelow(path);
      if (linked || change.path().isAtOrBelow(path)) {
        changes.add(withoutKey(change));
      }
    }
    SecretMask mask = new SecretMask();
    List<String> lines = new ArrayList<>();
    for (ChangeLines.Line line : ChangeLines.of(ChangeLines.asMeant(changes, without))) {
      lines.add(mask.line(line.text()));
    }
    return Document.Lines.of(lines.toArray(String[]::new));
  }

  /** A key is asked for when the line is typed. */
  private static Change withoutKey(Change change) {
    return change instanceof Change.SetAttribute set && set.isSecret()
        ? new Change.SetAttribute(set.path(), "?")
        : change;
  }

  /** The object, or of one of the kernel's groups all that are in it. */
  private static List<NvmetPath> members(TargetTree tree, NvmetPath path) {
    if (path.kind().filter(kind -> kind.member().isPresent()).isEmpty()) {
      return List.of(path);
    }
    List<NvmetPath> members = new ArrayList<>();
    tree.directories(path).forEach(name -> members.add(path.child(name)));
    return members;
  }

  private static void remove(Snapshot now, Snapshot without, NvmetPath path) {
    for (NvmetPath link : now.linksTo(path)) {
      if (without.isDirectory(link.parent())) {
        without.unlink(link);
      }
    }
    without.remove(path);
  }
}
