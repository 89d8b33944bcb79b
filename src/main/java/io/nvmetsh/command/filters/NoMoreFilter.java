package io.nvmetsh.command.filters;

import io.nvmetsh.command.Arguments;
import io.nvmetsh.command.CommandSpec;
import io.nvmetsh.command.CommandSpec.Group;
import io.nvmetsh.command.Context;
import io.nvmetsh.command.Filter;
import java.util.List;

/** Shows everything at once. */
public final class NoMoreFilter implements Filter {

  @Override
  public CommandSpec spec() {
    return new CommandSpec(
        "no-more",
        List.of(),
        Group.FILTERS,
        "all at once, however long it is",
        List.of(),
        List.of(),
        "At a terminal, what is longer than the screen otherwise stops at each screenful.",
        List.of("tree | no-more"));
  }

  @Override
  public Action of(Context context, Arguments arguments) {
    return new Action.Whole();
  }
}
