package io.nvmetsh.command.filters;

import io.nvmetsh.command.Arguments;
import io.nvmetsh.command.CommandSpec;
import io.nvmetsh.command.CommandSpec.Group;
import io.nvmetsh.command.Context;
import io.nvmetsh.command.Document;
import io.nvmetsh.command.Document.Cell;
import io.nvmetsh.command.Filter;
import io.nvmetsh.command.Rows;
import java.util.List;
import java.util.Map;

/** Says how many rows there are. */
public final class CountFilter implements Filter {

  @Override
  public CommandSpec spec() {
    return new CommandSpec(
        "count",
        List.of(),
        Group.FILTERS,
        "how many rows there are",
        List.of(),
        List.of(),
        "Headings are not counted, and a row that takes several lines on the screen is one.",
        List.of("ls /subsystems | count", "devices | match free | count"));
  }

  @Override
  public Action of(Context context, Arguments arguments) {
    return new Action.Change(
        document -> {
          int count = Rows.count(document);
          return new Document.Pairs(
              Map.of("count", Cell.of(Integer.toString(count), (Object) (long) count)));
        });
  }
}
