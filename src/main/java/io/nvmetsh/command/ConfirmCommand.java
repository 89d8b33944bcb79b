package io.nvmetsh.command;

import io.nvmetsh.command.CommandSpec.Group;
import java.util.List;

/** Keeps what would be taken back by itself. */
final class ConfirmCommand implements Command {

  @Override
  public CommandSpec spec() {
    return new CommandSpec(
        "confirm",
        List.of(),
        Group.CONFIGURATION,
        "keep what --confirm would take back",
        List.of(),
        List.of(),
        """
        What load, apply, rollback and replay did with --confirm TIME is taken back when the time is
        over, even if this shell and its terminal are gone by then. This line keeps it.""",
        List.of("confirm"));
  }

  @Override
  public Effect run(Context context, Arguments arguments) {
    return new Effect.Confirm();
  }
}
