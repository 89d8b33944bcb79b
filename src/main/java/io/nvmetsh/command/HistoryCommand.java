package io.nvmetsh.command;

import io.nvmetsh.command.CommandSpec.Argument;
import io.nvmetsh.command.CommandSpec.Group;
import io.nvmetsh.command.CommandSpec.Kind;
import java.util.List;

/** Shows the lines typed before. */
final class HistoryCommand implements Command {

  @Override
  public CommandSpec spec() {
    return new CommandSpec(
        "history",
        List.of(),
        Group.SESSIONS,
        "show the lines typed before",
        List.of(Argument.optional("N", Kind.WORD)),
        List.of(),
        "The last N lines, or all that are kept. Values of secret attributes are not kept.",
        List.of("history", "history 10"));
  }

  @Override
  public Effect run(Context context, Arguments arguments) {
    return new Effect.ShowHistory(
        arguments.word(0).map(text -> Numbers.count("history", text)).orElse(Integer.MAX_VALUE));
  }
}
