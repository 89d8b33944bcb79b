package io.nvmetsh.command;

import io.nvmetsh.command.CommandSpec.Argument;
import io.nvmetsh.command.CommandSpec.Group;
import io.nvmetsh.command.CommandSpec.Kind;
import java.util.List;

/** Goes to another directory of the target. */
final class CdCommand implements Command {

  @Override
  public CommandSpec spec() {
    return new CommandSpec(
        "cd",
        List.of(),
        Group.MOVE,
        "go to another directory of the target",
        List.of(Argument.optional("PATH", Kind.NODE)),
        List.of(),
        """
        PATH is absolute or relative; .. is the directory above, - the one before the last cd, and
        nothing the root. A link leads to what it is linked to. A path alone on a line means cd.""",
        List.of("cd /subsystems", "cd ..", "cd -"));
  }

  @Override
  public Effect run(Context context, Arguments arguments) {
    String word = arguments.word(0).orElse("/");
    return new Effect.MoveTo(
        word.equals("-") ? context.previous() : new Lookup(context).directory(word));
  }
}
