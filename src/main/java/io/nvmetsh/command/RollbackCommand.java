package io.nvmetsh.command;

import io.nvmetsh.command.CommandSpec.Argument;
import io.nvmetsh.command.CommandSpec.Group;
import io.nvmetsh.command.CommandSpec.Kind;
import io.nvmetsh.command.Document.Cell;
import io.nvmetsh.command.Document.Column;
import io.nvmetsh.config.ConfigReader;
import io.nvmetsh.journal.Past;
import io.nvmetsh.journal.Times;
import io.nvmetsh.plan.OnError;
import io.nvmetsh.plan.Plan;
import io.nvmetsh.plan.Transition;
import io.nvmetsh.schema.NvmetPath;
import io.nvmetsh.schema.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Lists what was done, and leads back to before it or to a checkpoint. */
final class RollbackCommand implements Command {

  private static final List<Column> COLUMNS =
      List.of(
          new Column("back", "#"),
          new Column("time", "time"),
          new Column("by", "by"),
          new Column("changes", "changes"),
          new Column("line", "line"));

  @Override
  public CommandSpec spec() {
    return new CommandSpec(
        "rollback",
        List.of(),
        Group.CONFIGURATION,
        "go back to before an earlier line, or to a checkpoint",
        List.of(Argument.optional("NUMBER|NAME", Kind.WORD)),
        List.of(UndoCommand.FORCE, ErrorOptions.ON_ERROR, ErrorOptions.CONFIRM),
        """
        Without a number it lists what was done since the machine started, the latest first, and the
        checkpoints. rollback 3 makes the target what it was before line 3 of that list; with
        --dry-run it shows how. The last 50 are kept; a checkpoint stays until it is deleted.""",
        List.of("rollback"));
  }

  @Override
  public Effect run(Context context, Arguments arguments) {
    Optional<String> to = arguments.word(0);
    if (to.isEmpty()) {
      return Effect.Show.of(list(context));
    } else if (!to.get().chars().allMatch(c -> c >= '0' && c <= '9')) {
      return checkpoint(context, to.get(), arguments);
    }
    int count = Numbers.count("rollback", to.get());
    PastChanges past = new PastChanges(context);
    if (past.all().size() < count) {
      throw Problem.of(
              Problem.Kind.NOT_FOUND,
              "rollback " + count + ": only " + past.all().size() + " are known",
              "see them:  rollback")
          .asException();
    }
    return past.wayBack(
        past.all().subList(0, count),
        arguments.has("force"),
        ErrorOptions.manner(arguments, OnError.UNDO));
  }

  private static Document list(Context context) {
    List<List<Cell>> rows = new ArrayList<>();
    int number = 1;
    for (Past past : new PastChanges(context).all()) {
      rows.add(
          List.of(
              Cell.of(Integer.toString(number), (Object) number),
              Cell.of(Times.of(past.head().owner().since())),
              Cell.of(past.head().owner().who()),
              Cell.of(Integer.toString(past.made()), (Object) past.made()),
              Cell.of(past.head().owner().line())));
      number++;
    }
    List<Document.Section> sections = new ArrayList<>();
    Document done =
        rows.isEmpty()
            ? Document.Lines.of("nothing was changed since the machine started")
            : new Document.Table(COLUMNS, rows);
    sections.add(new Document.Section("past", "", done));
    List<String> checkpoints = CheckpointCommand.names(context);
    if (!checkpoints.isEmpty()) {
      sections.add(
          new Document.Section(
              "checkpoints", "checkpoints", Document.Lines.of(checkpoints.toArray(String[]::new))));
    }
    return new Document.Sections(sections);
  }

  private static Effect checkpoint(Context context, String name, Arguments arguments) {
    List<String> lines =
        context
            .journal()
            .store()
            .lines(CheckpointCommand.file(name))
            .orElseThrow(() -> CheckpointCommand.unknown(context, name));
    ConfigReader.Config config =
        ConfigReader.read("checkpoint " + name, String.join("\n", lines) + "\n", context.flavor());
    List<NvmetPath> lacking =
        new Wanted(config.tree(), config.devices(), config.secrets(), config.notes())
            .lacking(context);
    if (!lacking.isEmpty() && !arguments.has("force")) {
      NvmetPath key = lacking.get(0);
      throw Problem.of(
              Problem.Kind.CONFLICT,
              key
                  + ": the host had a key, and keys are in no checkpoint; without it anybody who"
                  + " knows its NQN may connect",
              "give it the key first, which then stays:  "
                  + (context.tree().isDirectory(key.parent()) ? "set " : "create ")
                  + key.parent()
                  + " "
                  + key.name()
                  + "=@FILE",
              "without the key:  rollback --force " + name)
          .with("path", key.toString())
          .asException();
    }
    List<String> notes = new ArrayList<>(config.notes());
    if (!config.secrets().isEmpty()) {
      notes.add("keys are in no checkpoint; those that hosts have now stay");
    }
    return new Effect.Apply(
        new Plan(Transition.of(context.tree(), config.tree()), false),
        notes,
        ErrorOptions.manner(arguments, OnError.UNDO));
  }
}
