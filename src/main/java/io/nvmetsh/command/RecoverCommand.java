package io.nvmetsh.command;

import io.nvmetsh.command.CommandSpec.Group;
import io.nvmetsh.command.CommandSpec.Kind;
import io.nvmetsh.command.CommandSpec.Option;
import io.nvmetsh.schema.Problem;
import java.util.List;
import java.util.Optional;

/** Finishes or takes back what an ended process left behind. */
final class RecoverCommand implements Command {

  @Override
  public CommandSpec spec() {
    return new CommandSpec(
        "recover",
        List.of(),
        Group.SESSIONS,
        "finish or take back what was interrupted",
        List.of(),
        List.of(
            Option.toggle("undo", '\0', "take back what was done"),
            Option.toggle("finish", '\0', "do what was left"),
            Option.toggle("forget", '\0', "leave it as it is"),
            ReplayCommand.PARAM,
            Option.valued(
                "expired",
                '\0',
                "NUMBER",
                Kind.WORD,
                "take back what was to be confirmed and was not; what the timer runs")),
        """
        Every change is written down before it is made. When nvmetsh ends in the middle of a line or
        a script, however it ends, the next one says so, and nothing else can be changed before it is
        decided what becomes of it. Without an option recover says what was left behind, in status 2
        when something was; with --dry-run it shows what it would do. Keys are never written down: a
        script that needs one to go on is given it again with --param NAME=@FILE.""",
        List.of("recover --undo"));
  }

  @Override
  public Effect run(Context context, Arguments arguments) {
    Optional<String> expired = arguments.option("expired");
    if (expired.isPresent()) {
      return new Effect.Expire(Numbers.count("--expired", expired.get()));
    }
    Optional<Effect.Recover.Way> way = Optional.empty();
    for (Effect.Recover.Way each : Effect.Recover.Way.values()) {
      if (arguments.has(each.word())) {
        if (way.isPresent()) {
          throw undecided(
              "--" + way.get().word() + " and --" + each.word() + " exclude each other");
        }
        way = Optional.of(each);
      }
    }
    return new Effect.Recover(way, ReplayCommand.parameters(arguments));
  }

  private static RuntimeException undecided(String message) {
    return Problem.of(
            Problem.Kind.USAGE,
            message,
            "take back what was done:  recover --undo",
            "do what was left:  recover --finish",
            "leave it as it is:  recover --forget")
        .asException();
  }
}
