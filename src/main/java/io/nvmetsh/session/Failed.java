package io.nvmetsh.session;

import io.nvmetsh.command.ChangeLines;
import io.nvmetsh.journal.Journal;
import io.nvmetsh.journal.Owner;
import io.nvmetsh.journal.Times;
import io.nvmetsh.plan.Change;
import io.nvmetsh.schema.Placeholder;
import io.nvmetsh.schema.Printable;
import io.nvmetsh.tree.TargetTree;
import java.util.ArrayList;
import java.util.List;

/**
 * What was not done of the last line that failed, kept as a script that does it. Keys are
 * parameters of it.
 */
final class Failed {

  private Failed() {}

  /** The lines that make changes; what has no value yet is a parameter, too. */
  static List<String> lines(List<Change> changes, TargetTree tree) {
    List<String> parameters = new ArrayList<>();
    List<Change> named = new ArrayList<>();
    for (Change change : ChangeLines.asMeant(changes, tree)) {
      if (change instanceof Change.SetAttribute set && set.isSecret()) {
        String name = set.path().name() + (parameters.isEmpty() ? "" : "_" + parameters.size());
        parameters.add("param " + name + " secret");
        named.add(new Change.SetAttribute(set.path(), Placeholder.of(name)));
      } else if (change instanceof Change.SetAttribute set && Placeholder.isIn(set.value())) {
        // a drive's PCI address is filled in by the line that names the drive
        if (!set.path().name().equals("pci_device_path")) {
          Placeholder.pieces(set.value()).forEach(piece -> parameters.add("param " + piece.text()));
          named.add(change);
        }
      } else {
        named.add(change);
      }
    }
    List<String> script = new ArrayList<>(parameters);
    ChangeLines.of(named).forEach(line -> script.add(line.text()));
    return script;
  }

  static void keep(Journal journal, Owner owner, List<String> lines, String why) {
    List<String> script = new ArrayList<>();
    script.add("# not done of \"" + Printable.text(owner.line()) + "\"");
    script.add("# by " + owner.who() + ", " + Times.of(owner.since()));
    script.add("# " + Printable.text(why));
    script.addAll(lines);
    journal.keepFailed(script);
  }
}
