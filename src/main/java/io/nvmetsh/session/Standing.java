package io.nvmetsh.session;

import io.nvmetsh.command.CommandLine;
import io.nvmetsh.command.Context;
import io.nvmetsh.command.Document;
import io.nvmetsh.command.Document.Cell;
import io.nvmetsh.command.Document.Column;
import io.nvmetsh.command.Document.Tone;
import io.nvmetsh.command.Words;
import io.nvmetsh.plan.Change;
import io.nvmetsh.plan.Plan;
import io.nvmetsh.schema.NvmetPath;
import io.nvmetsh.schema.NvmetshException;
import io.nvmetsh.schema.Problem;
import io.nvmetsh.script.Script;
import io.nvmetsh.script.ScriptPlan;
import io.nvmetsh.tree.TargetTree;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * What stands already when a script runs that would make it. Made and set as the script would, it
 * is left as it is; something else of the same name stops the script before its first line. What
 * the script makes twice is a mistake as ever.
 */
final class Standing {

  private static final List<Column> COLUMNS =
      List.of(
          new Column("line", "line"),
          new Column("path", "path"),
          new Column("before", "is"),
          new Column("after", "would be"));

  private final boolean kept;
  private final Set<NvmetPath> own;

  /**
   * @param own what has been made since the outermost script began
   */
  private Standing(boolean kept, Set<NvmetPath> own) {
    this.kept = kept;
    this.own = own;
  }

  /** Where everything that is made must not be there yet. */
  static Standing none() {
    return new Standing(false, new HashSet<>());
  }

  /**
   * @param outer of the script that runs this one, if one does
   * @param first the line to begin with
   * @param overwritten whether another object of the same name is made what the script says
   * @throws NvmetshException when there is another object of the same name; the differences have
   *     been shown
   */
  static Standing of(
      Standing outer,
      Script script,
      List<Supplier<CommandLine>> lines,
      Map<String, String> values,
      int first,
      boolean overwritten,
      Context context,
      Output output) {
    if (!mayStand(lines, context)) {
      return new Standing(true, outer.own);
    }
    ScriptPlan plan;
    try {
      plan = ScriptPlan.of(script, context, values);
    } catch (NvmetshException e) {
      // what it will do cannot be told, so it makes nothing that is there
      return new Standing(false, outer.own);
    }
    if (!overwritten) {
      List<StandingObject> objects =
          new ArrayList<>(StandingObject.of(plan, first, context.tree()));
      objects.removeIf(object -> outer.own.contains(object.path()));
      refuseOthers(script, objects, context.tree(), output);
    }
    return new Standing(true, outer.own);
  }

  /** Whether something that is created may be there, told from the words alone. */
  private static boolean mayStand(List<Supplier<CommandLine>> lines, Context context) {
    for (Supplier<CommandLine> each : lines) {
      CommandLine line;
      try {
        line = each.get();
      } catch (NvmetshException e) {
        continue;
      }
      boolean creates =
          context
              .commands()
              .find(line.command())
              .filter(command -> command.spec().name().equals("create"))
              .isPresent();
      if (creates && (line.place().isPresent() || !isAbsent(line, context.tree()))) {
        return true;
      }
    }
    return false;
  }

  private static boolean isAbsent(CommandLine line, TargetTree tree) {
    for (String word : line.words()) {
      if (word.startsWith("/")) {
        return !tree.isDirectory(NvmetPath.ROOT.resolveTyped(word));
      } else if (!word.startsWith("-")) {
        return false;
      }
    }
    return false;
  }

  private static void refuseOthers(
      Script script, List<StandingObject> objects, TargetTree tree, Output output) {
    List<List<Cell>> rows = new ArrayList<>();
    int line = 0;
    for (StandingObject object : objects) {
      for (StandingObject.Difference each : object.differences(tree)) {
        rows.add(
            List.of(
                Cell.of(Integer.toString(each.line()), (Object) each.line()),
                Cell.of(each.path().toString(), Tone.PATH),
                Cell.of(each.is()),
                Cell.of(each.wouldBe())));
        line = line == 0 ? object.line() : line;
      }
    }
    if (!rows.isEmpty()) {
      output.show(new Document.Table(COLUMNS, rows));
      throw script
          .at(
              line,
              Problem.of(
                  Problem.Kind.CONFLICT,
                  "what this line would make is there already, and is another"))
          .hint("nothing was done")
          .hint("to make it what the script says:  replay --force " + Words.quote(script.name()))
          .asException();
    }
  }

  /** What is left of a plan without that which stands already. */
  Plan without(Plan plan, TargetTree tree) {
    List<Change> left = new ArrayList<>();
    for (Change change : plan.changes()) {
      boolean stands =
          change instanceof Change.Create
              ? tree.isDirectory(change.path())
              : change instanceof Change.Link link
                  && tree.linkTarget(change.path()).equals(Optional.of(link.target()));
      boolean makes = change instanceof Change.Create || change instanceof Change.Link;
      // before the line is done: what fails half-way is the script's own all the same
      if (!kept || !makes || own.contains(change.path()) || !stands) {
        left.add(change);
      }
      if (makes && !stands) {
        own.add(change.path());
      }
    }
    return new Plan(left, plan.force());
  }
}
