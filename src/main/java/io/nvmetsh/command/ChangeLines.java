package io.nvmetsh.command;

import io.nvmetsh.plan.Change;
import io.nvmetsh.plan.TypedLines;
import io.nvmetsh.schema.NodeKind;
import io.nvmetsh.schema.NvmetPath;
import io.nvmetsh.schema.NvmetSchema;
import io.nvmetsh.schema.PciAddress;
import io.nvmetsh.schema.Quoting;
import io.nvmetsh.tree.Namespace;
import io.nvmetsh.tree.TargetTree;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Changes as the lines that make them: full command words, absolute paths, chosen names and ids as
 * values. What was typed may have meant something else elsewhere; these lines mean the same
 * everywhere. Consecutive assignments in one directory are one line.
 */
public final class ChangeLines {

  /** A line and what it does. */
  public record Line(String text, List<Change> changes) {}

  private static final String PCI = "pci_device_path";

  private ChangeLines() {}

  public static List<Line> of(List<Change> changes) {
    List<Line> lines = new ArrayList<>();
    List<Change> assignments = new ArrayList<>();
    for (Change change : changes) {
      if (!assignments.isEmpty() && !joins(assignments, change)) {
        lines.add(assigning(assignments));
        assignments.clear();
      }
      if (isAssignment(change)) {
        assignments.add(change);
      } else {
        lines.add(new Line(TypedLines.of(change), List.of(change)));
      }
    }
    if (!assignments.isEmpty()) {
      lines.add(assigning(assignments));
    }
    return lines;
  }

  /**
   * Changes whose lines ask for no more than they do: one that sets {@code device_path} would fill
   * in {@code pci_device_path}, and with it ask for offload, unless it says that it does not.
   *
   * @param tree in which the changes are made
   */
  public static List<Change> asMeant(List<Change> changes, TargetTree tree) {
    if (NvmetSchema.of(NodeKind.NAMESPACE, tree.flavor()).stream()
        .noneMatch(row -> row.name().equals(PCI))) {
      return changes;
    }
    Set<NvmetPath> set = new HashSet<>();
    changes.forEach(change -> set.add(change.path()));
    List<Change> meant = new ArrayList<>();
    for (Change change : changes) {
      meant.add(change);
      if (!(change instanceof Change.SetAttribute)) {
        continue;
      }
      NvmetPath directory = change.path().parent();
      NvmetPath pci = directory.child(PCI);
      if (change.path().equals(directory.child("device_path"))
          && directory.kind().filter(NodeKind.NAMESPACE::equals).isPresent()
          && !set.contains(pci)
          && new Namespace(tree, directory).pciAddress().isEmpty()) {
        meant.add(new Change.SetAttribute(pci, PciAddress.CLEAR));
      }
    }
    return meant;
  }

  /** Whether the command of a line has {@code --force}. */
  public static boolean takesForce(Line line) {
    Change first = line.changes().get(0);
    return first instanceof Change.Create
        || first instanceof Change.Link
        || first instanceof Change.LoadModule
        || isAssignment(first);
  }

  /** Whether a change is one of {@code set}; the switches have words of their own. */
  private static boolean isAssignment(Change change) {
    return change instanceof Change.SetAttribute set && !isSwitch(set);
  }

  private static boolean isSwitch(Change.SetAttribute set) {
    return set.path().name().equals("enable")
        && set.path().parent().kind().filter(NodeKind::isSwitched).isPresent()
        && (set.value().equals("0") || set.value().equals("1"));
  }

  /** Assignments of one directory join; a second one of the same attribute shows the order. */
  private static boolean joins(List<Change> assignments, Change change) {
    if (!isAssignment(change) || !sameParent(assignments.get(0), change)) {
      return false;
    }
    for (Change before : assignments) {
      if (before.path().equals(change.path())) {
        return false;
      }
    }
    return true;
  }

  private static boolean sameParent(Change a, Change b) {
    return a.path().parent().equals(b.path().parent());
  }

  private static Line assigning(List<Change> assignments) {
    StringBuilder text = new StringBuilder("set ");
    text.append(Quoting.path(assignments.get(0).path().parent()));
    for (Change change : assignments) {
      Change.SetAttribute set = (Change.SetAttribute) change;
      text.append(' ').append(Quoting.assignment(set.path().name(), set.value()));
    }
    return new Line(text.toString(), List.copyOf(assignments));
  }
}
