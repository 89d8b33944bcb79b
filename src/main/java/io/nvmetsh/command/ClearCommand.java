package io.nvmetsh.command;

import io.nvmetsh.command.CommandSpec.Group;
import io.nvmetsh.plan.Plan;
import io.nvmetsh.plan.Removal;
import io.nvmetsh.schema.NvmetPath;
import java.util.List;

/** Removes everything. */
final class ClearCommand implements Command {

  @Override
  public CommandSpec spec() {
    return new CommandSpec(
        "clear",
        List.of(),
        Group.CONFIGURATION,
        "remove everything, from links to hosts",
        List.of(),
        List.of(),
        """
        The same as delete -r /. It takes the name of the machine, typed or as --yes=NAME behind
        nvmetsh.\
        """,
        List.of("clear --dry-run"));
  }

  @Override
  public Effect run(Context context, Arguments arguments) {
    return Effect.Apply.of(new Plan(Removal.of(context.tree(), NvmetPath.ROOT), false));
  }
}
