package io.nvmetsh.command;

import io.nvmetsh.command.CommandSpec.Argument;
import io.nvmetsh.command.CommandSpec.Group;
import io.nvmetsh.command.CommandSpec.Kind;
import io.nvmetsh.command.CommandSpec.Option;
import io.nvmetsh.journal.Past;
import io.nvmetsh.plan.OnError;
import io.nvmetsh.schema.Problem;
import java.util.List;

/** Takes the last lines back. */
final class UndoCommand implements Command {

  static final Option FORCE =
      Option.toggle("force", '\0', "also where something else was changed since");

  @Override
  public CommandSpec spec() {
    return new CommandSpec(
        "undo",
        List.of(),
        Group.CONFIGURATION,
        "take back the last line that changed something",
        List.of(Argument.optional("COUNT", Kind.WORD)),
        List.of(FORCE, ErrorOptions.CONFIRM),
        """
        A script counts as one line. Only what the line touched is touched, and only if it still is
        as the line left it. The next undo takes back the line before. Options of modules stay.""",
        List.of("undo"));
  }

  @Override
  public Effect run(Context context, Arguments arguments) {
    int count = arguments.word(0).map(word -> Numbers.count("undo", word)).orElse(1);
    PastChanges past = new PastChanges(context);
    List<Past> standing = past.standing();
    if (standing.size() < count) {
      throw Problem.of(
              Problem.Kind.CONFLICT,
              standing.isEmpty()
                  ? "there is nothing to take back"
                  : "there is not that much to take back: " + standing.size(),
              "see what was done:  rollback")
          .asException();
    }
    return past.wayBack(
        standing.subList(0, count),
        arguments.has("force"),
        ErrorOptions.manner(arguments, OnError.UNDO));
  }
}
