package io.nvmetsh.session;

import io.nvmetsh.journal.Journal;
import io.nvmetsh.journal.Owner;
import io.nvmetsh.journal.Times;
import io.nvmetsh.plan.Change;
import io.nvmetsh.plan.TypedLines;
import io.nvmetsh.schema.Placeholder;
import io.nvmetsh.schema.Printable;
import java.util.ArrayList;
import java.util.List;

/**
 * What was not done of the last line that failed, kept as a script that does it. Keys are
 * parameters of it.
 */
final class Failed {

  private Failed() {}

  /** The lines that make changes. */
  static List<String> lines(List<Change> changes) {
    List<String> parameters = new ArrayList<>();
    List<String> lines = new ArrayList<>();
    for (Change change : changes) {
      if (change instanceof Change.SetAttribute set && set.isSecret()) {
        String name = set.path().name() + (parameters.isEmpty() ? "" : "_" + parameters.size());
        parameters.add("param " + name + " secret");
        lines.add(TypedLines.of(new Change.SetAttribute(set.path(), Placeholder.of(name))));
      } else {
        lines.add(TypedLines.of(change));
      }
    }
    List<String> script = new ArrayList<>(parameters);
    script.addAll(lines);
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
