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
import io.nvmetsh.schema.NvmetPath;
import io.nvmetsh.schema.Problem;
import io.nvmetsh.tree.DraftTree;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Shows what a load would do, line by line. */
final class PlanCommand implements Command {

  private static final List<Column> COLUMNS =
      List.of(
          new Column("sign", "do"),
          new Column("line", "line"),
          new Column("disconnects", "hosts of"));

  private static final Cell MAKES = Cell.of("+", Tone.GOOD);
  private static final Cell CHANGES = Cell.of("~", Tone.WARN);
  private static final Cell REMOVES = Cell.of("-", Tone.BAD);
  private static final Cell CUTS = Cell.of("!", Tone.BAD);
  private static final Cell NOBODY = Cell.of("");

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
            Wanted.ONLY,
            Wanted.MERGE,
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
    Wanted wanted = Wanted.of(context, arguments, 0, context.tree());
    List<Change> changes = wanted.changes(context);
    Map<NvmetPath, Problem> mistaken =
        SavedDrives.mistaken(wanted.devices(), changes, context.inventory());
    if (arguments.option("output").isPresent()) {
      for (Problem problem : mistaken.values()) {
        throw problem.asException();
      }
      return write(context, arguments, changes, wanted.notes());
    }
    List<List<Cell>> rows = new ArrayList<>();
    DraftTree draft = new DraftTree(context.tree());
    for (ChangeLines.Line line : ChangeLines.of(ChangeLines.asMeant(changes, context.tree()))) {
      Optional<Disruption> cut =
          Disruption.of(line.changes(), draft, context.target().sys())
              .filter(disruption -> !disruption.what().isEmpty());
      String text = new SecretMask().line(line.text());
      rows.add(
          List.of(
              cut.isPresent() ? CUTS : sign(line.changes().get(0)),
              Cell.of(text),
              cut.map(disruption -> Cell.of(disruption.whose(), Tone.WARN)).orElse(NOBODY)));
      line.changes().forEach(change -> change.applyTo(draft));
    }
    boolean pending = !rows.isEmpty() && arguments.has("exit-code");
    List<String> notes = new ArrayList<>(wanted.notes());
    mistaken.values().forEach(problem -> notes.add(problem.message()));
    return new Effect.Show(document(rows, notes), pending ? ExitStatus.PENDING : ExitStatus.DONE);
  }

  private static Effect write(
      Context context, Arguments arguments, List<Change> changes, List<String> notes) {
    if (!SavedPlan.canHold(changes)) {
      throw Problem.of(
              Problem.Kind.CONFLICT,
              "the plan sets keys, and no key is written to a file",
              "do it at once:  load FILE --secrets KEYS")
          .asException();
    }
    String output = arguments.option("output").orElseThrow();
    StringBuilder line = new StringBuilder("plan ");
    arguments.word(0).ifPresent(word -> line.append(Words.quote(word)).append(' '));
    for (String path : arguments.options("only")) {
      line.append("--only ").append(Words.quote(path)).append(' ');
    }
    line.append(arguments.has("merge") ? "--merge " : "");
    line.append("--output ").append(Words.quote(output)).append(" --force");
    SavedPlan plan =
        SavedPlan.of(
            line.toString(),
            changes,
            Ground.of(changes, context.tree()),
            SavedDrives.of(changes, context.tree(), context.inventory()));
    return new Effect.WriteFiles(
        List.of(new FileContent(context.file(output), String.join("\n", plan.lines()) + "\n")),
        arguments.has("force"),
        notes);
  }

  private static Document document(List<List<Cell>> rows, List<String> besides) {
    Document plan =
        rows.isEmpty()
            ? Document.Lines.of("unchanged: the target is what the file says")
            : new Document.Table(COLUMNS, rows);
    List<Document.Section> sections = new ArrayList<>();
    sections.add(new Document.Section("plan", "", plan));
    if (!besides.isEmpty()) {
      Document notes = Document.Lines.of(besides.toArray(String[]::new));
      sections.add(new Document.Section("notes", "besides", notes));
    }
    return new Document.Sections(sections);
  }

  private static Cell sign(Change change) {
    if (change instanceof Change.Create || change instanceof Change.Link) {
      return MAKES;
    } else if (change instanceof Change.Delete || change instanceof Change.Unlink) {
      return REMOVES;
    }
    return CHANGES;
  }
}
