package io.nvmetsh.command.filters;

import io.nvmetsh.command.Arguments;
import io.nvmetsh.command.CommandSpec;
import io.nvmetsh.command.CommandSpec.Group;
import io.nvmetsh.command.Context;
import io.nvmetsh.command.Document;
import io.nvmetsh.command.Filter;
import java.util.List;

/** Shows the data in the place of the text. */
public final class JsonFilter implements Filter {

  @Override
  public CommandSpec spec() {
    return new CommandSpec(
        "json",
        List.of(),
        Group.FILTERS,
        "the data as JSON, indented",
        List.of(),
        List.of(),
        """
        What --json has under result, to be read or saved. For a program use --json, which is one
        line and also says how the command ended. Behind json the other filters work on its lines.\
        """,
        List.of("get /ports/1 | json", "devices | match free | json | save free.json"));
  }

  @Override
  public Action of(Context context, Arguments arguments) {
    return new Action.Change(Document.AsJson::new);
  }
}
