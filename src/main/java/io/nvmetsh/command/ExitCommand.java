package io.nvmetsh.command;

import io.nvmetsh.command.CommandSpec.Group;
import java.util.List;

/** Leaves the shell. */
final class ExitCommand implements Command {

  @Override
  public CommandSpec spec() {
    return new CommandSpec(
        "exit",
        List.of("quit", "bye"),
        Group.SHELL,
        "leave the shell",
        List.of(),
        List.of(),
        "A recording that runs is ended and kept. In a script, nothing after it is run.",
        List.of("exit"));
  }

  @Override
  public Effect run(Context context, Arguments arguments) {
    return new Effect.Quit();
  }
}
