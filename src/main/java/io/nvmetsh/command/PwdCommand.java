package io.nvmetsh.command;

import io.nvmetsh.command.CommandSpec.Group;
import java.util.List;

/** Shows the directory the shell is in. */
final class PwdCommand implements Command {

  @Override
  public CommandSpec spec() {
    return new CommandSpec(
        "pwd",
        List.of(),
        Group.MOVE,
        "show the directory the shell is in",
        List.of(),
        List.of(),
        "The path is that below /sys/kernel/config/nvmet.",
        List.of("pwd"));
  }

  @Override
  public Effect run(Context context, Arguments arguments) {
    return Effect.Show.of(Document.Lines.of(context.here().toString()));
  }
}
