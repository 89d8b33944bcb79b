package io.nvmetsh.command.filters;

import io.nvmetsh.command.Arguments;
import io.nvmetsh.command.CommandSpec;
import io.nvmetsh.command.CommandSpec.Argument;
import io.nvmetsh.command.CommandSpec.Group;
import io.nvmetsh.command.CommandSpec.Kind;
import io.nvmetsh.command.Context;
import io.nvmetsh.command.Document;
import io.nvmetsh.command.Filter;
import io.nvmetsh.command.Numbers;
import io.nvmetsh.command.Rows;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Keeps the rows at the end. */
public final class LastFilter implements Filter {

  @Override
  public CommandSpec spec() {
    return new CommandSpec(
        "last",
        List.of(),
        Group.FILTERS,
        "only the last rows",
        List.of(Argument.required("N", Kind.WORD)),
        List.of(),
        "The last N rows, and the headings above them.",
        List.of("history | last 10", "ls /subsystems | last 1"));
  }

  @Override
  public Action of(Context context, Arguments arguments) {
    int wanted = Numbers.count("last", arguments.required(0));
    return new Action.Change(document -> last(document, wanted));
  }

  private static Document last(Document document, int wanted) {
    AtomicInteger left = new AtomicInteger(Rows.count(document));
    return Rows.choose(document, row -> left.getAndDecrement() <= wanted);
  }
}
