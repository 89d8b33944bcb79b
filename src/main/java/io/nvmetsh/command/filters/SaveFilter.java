package io.nvmetsh.command.filters;

import io.nvmetsh.command.Arguments;
import io.nvmetsh.command.CommandSpec;
import io.nvmetsh.command.CommandSpec.Argument;
import io.nvmetsh.command.CommandSpec.Group;
import io.nvmetsh.command.CommandSpec.Kind;
import io.nvmetsh.command.CommandSpec.Option;
import io.nvmetsh.command.Context;
import io.nvmetsh.command.Filter;
import java.util.List;

/** Writes to a file what would be shown. */
public final class SaveFilter implements Filter {

  @Override
  public CommandSpec spec() {
    return new CommandSpec(
        "save",
        List.of(),
        Group.FILTERS,
        "write it to a file instead of showing it",
        List.of(Argument.required("FILE", Kind.FILE)),
        List.of(Option.toggle("force", 'f', "replace the file")),
        """
        The file is readable by its owner alone, has no colours and is as wide as it needs to be. One
        that is there is only replaced with --force. It is text, not a configuration: that is what
        the command save writes.\
        """,
        List.of("tree | save tree.txt", "devices | save --force drives.txt"));
  }

  @Override
  public Action of(Context context, Arguments arguments) {
    return new Action.Save(context.file(arguments.required(0)), arguments.has("force"));
  }
}
