package io.nvmetsh.command;

import io.nvmetsh.command.CommandSpec.Argument;
import io.nvmetsh.command.CommandSpec.Choice;
import io.nvmetsh.command.CommandSpec.Group;
import io.nvmetsh.command.CommandSpec.Kind;
import io.nvmetsh.command.CommandSpec.Option;
import io.nvmetsh.offload.Dialect;
import io.nvmetsh.offload.Verdicts;
import io.nvmetsh.schema.NvmetPath;
import io.nvmetsh.schema.Problem;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;

/** Shows what the adapter does by itself, as it does it. */
final class WatchCommand implements Command {

  @Override
  public CommandSpec spec() {
    return new CommandSpec(
        "watch",
        List.of(),
        Group.OFFLOAD,
        "show counters of offload again and again, with their rates",
        List.of(
            Argument.required("SECONDS", Kind.WORD),
            Argument.choice("what", true, new Choice("offload", "what the adapter has served")),
            Argument.optional("PATH", Kind.NODE)),
        List.of(Option.valued("count", 'n', "N", Kind.WORD, "how often; until Ctrl-C without it")),
        """
        For each subsystem that asks for offload, at or below PATH or where the shell is: what the
        driver counts for it, for each of its namespaces, and for each context, which is a namespace
        on one port for hosts that are connected (MLNX_OFED 5.4 and later). Beside each total is how
        fast it moved since it was shown before, by the time that really passed. A - means that this
        is not known: the first time, and where a counter went backwards, since it was begun anew.
        Where the driver does not count, which it shows as -1, the total is unknown.
        Failures stand out: ! marks a counter of failures that is not 0, !! one that has just moved.
        With --json each time is a document, on a line of its own.""",
        List.of("watch 2 offload -n 1", "watch 5 offload /subsystems/testsubsystem --count 1"));
  }

  @Override
  public Effect run(Context context, Arguments arguments) {
    int seconds = Numbers.count("watch: SECONDS", arguments.required(0));
    OptionalInt count = OptionalInt.empty();
    if (arguments.option("count").isPresent()) {
      count = OptionalInt.of(Numbers.count("--count", arguments.option("count").get()));
    }
    NvmetPath path = new Lookup(context).directoryOrHere(arguments.word(2));
    Dialect dialect = new Verdicts(context.tree(), context.inventory()).dialect();
    if (dialect != Dialect.ATTR_OFFLOAD) {
      throw Problem.of(
              Problem.Kind.UNSUPPORTED,
              "this is "
                  + context.flavor().describe()
                  + ", which counts nothing of offload; MLNX_OFED 4.4 and later do",
              "see what else there is to see:  offload")
          .asException();
    }
    return new Effect.Watch(Duration.ofSeconds(seconds), count, new OffloadWatch(path));
  }
}
