package io.nvmetsh.command;

import io.nvmetsh.command.CommandSpec.Group;
import io.nvmetsh.command.CommandSpec.Kind;
import io.nvmetsh.command.CommandSpec.Option;
import io.nvmetsh.command.Document.Cell;
import io.nvmetsh.command.Document.Column;
import io.nvmetsh.command.Document.Tone;
import io.nvmetsh.journal.SavedPlan;
import io.nvmetsh.plan.Change;
import io.nvmetsh.plan.Disruption;
import io.nvmetsh.plan.Ground;
import io.nvmetsh.schema.ExitStatus;
import io.nvmetsh.schema.Problem;
import io.nvmetsh.tree.DraftTree;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Shows what a load would do, line by line. */
final class PlanCommand implements Command {

  private static final List<Column> COLUMNS =
      List.of(
          new Column("sign", "do"),
          new Column("line", "line"),
          new Column("disconnects", "hosts of"));

  @Override
  public CommandSpec spec() {
    return new CommandSpec(
        "plan",
        List.of(),
        Group.CONFIGURATION,
        "show what load would do, and whom it cuts off",
        List.of(Wanted.FILE),
        List.of(
            Wanted.SECRETS,
            Option.valued("output", 'o', "PLAN", Kind.FILE, "write it to a file for apply"),
            Option.toggle("force", 'f', "replace that file"),
            Option.toggle("exit-code", '\0', "end in status 2 when there is something to do")),
        """
        The lines are those that would be typed, in their order: + makes, ~ changes, - removes, and !
        disconnects hosts. They can be kept as a script, and nothing is done.\
        """,
        List.of("plan docs/examples/testsubsystem.json"));
  }

  @Override
  public Effect run(Context context, Arguments arguments) {
    Wanted wanted = Wanted.of(context, arguments, 0);
    Optional<String> output = arguments.option("output");
    if (output.isPresent()) {
      return write(context, arguments, wanted, output.get());
    }
    List<List<Cell>> rows = new ArrayList<>();
    DraftTree draft = new DraftTree(context.tree());
    for (ChangeLines.Line line : ChangeLines.of(wanted.changes(context))) {
      Optional<Disruption> cut =
          Disruption.of(line.changes(), draft, context.target().sys())
              .filter(disruption -> !disruption.what().isEmpty());
      String text = new SecretMask().line(line.text());
      rows.add(
          List.of(
              cut.isPresent() ? Cell.of("!", Tone.BAD) : sign(line.changes().get(0)),
              Cell.of(text),
              cut.map(disruption -> Cell.of(hosts(disruption), Tone.WARN)).orElse(Cell.of(""))));
      line.changes().forEach(change -> change.applyTo(draft));
    }
    boolean pending = !rows.isEmpty() && arguments.has("exit-code");
    return new Effect.Show(document(rows, wanted), pending ? ExitStatus.PENDING : ExitStatus.DONE);
  }

  private static Effect write(Context context, Arguments arguments, Wanted wanted, String output) {
    List<Change> changes = wanted.changes(context);
    if (!SavedPlan.canHold(changes)) {
      throw Problem.of(
              Problem.Kind.CONFLICT,
              "the plan sets keys, and no key is written to a file",
              "do it at once:  load FILE --secrets KEYS")
          .asException();
    }
    String line = "plan " + arguments.word(0).map(word -> Words.quote(word) + " ").orElse("");
    List<String> plan =
        SavedPlan.lines(
            line + "--output " + Words.quote(output) + " --force",
            changes,
            Ground.of(changes, context.tree()));
    return new Effect.WriteFiles(
        List.of(
            new Effect.WriteFiles.Content(context.file(output), String.join("\n", plan) + "\n")),
        arguments.has("force"),
        wanted.notes());
  }

  private static Document document(List<List<Cell>> rows, Wanted wanted) {
    Document plan =
        rows.isEmpty()
            ? Document.Lines.of("unchanged: the target is what the file says")
            : new Document.Table(COLUMNS, rows);
    List<Document.Section> sections = new ArrayList<>();
    sections.add(new Document.Section("plan", "", plan));
    if (!wanted.notes().isEmpty()) {
      Document notes = Document.Lines.of(wanted.notes().toArray(String[]::new));
      sections.add(new Document.Section("notes", "besides", notes));
    }
    return new Document.Sections(sections);
  }

  private static Cell sign(Change change) {
    if (change instanceof Change.Create || change instanceof Change.Link) {
      return Cell.of("+", Tone.GOOD);
    } else if (change instanceof Change.Delete || change instanceof Change.Unlink) {
      return Cell.of("-", Tone.BAD);
    }
    return Cell.of("~", Tone.WARN);
  }

  private static String hosts(Disruption disruption) {
    String what = String.join(", ", disruption.what());
    return disruption.hosts().isEmpty()
        ? what + " (how many is not told)"
        : what + " (" + disruption.hosts().getAsInt() + ")";
  }
}
