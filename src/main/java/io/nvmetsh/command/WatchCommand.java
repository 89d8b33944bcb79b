package io.nvmetsh.command;

import io.nvmetsh.command.CommandSpec.Argument;
import io.nvmetsh.command.CommandSpec.Group;
import io.nvmetsh.command.CommandSpec.Kind;
import io.nvmetsh.command.CommandSpec.Option;
import io.nvmetsh.offload.Dialect;
import io.nvmetsh.offload.Verdicts;
import io.nvmetsh.schema.NvmetPath;
import io.nvmetsh.schema.Problem;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Shows something again and again: any line that looks, or what the adapter does by itself. */
final class WatchCommand implements Command {

  private static final Option COUNT =
      Option.valued("count", 'n', "N", Kind.WORD, "how often; until Ctrl-C without it");

  /** What stands behind {@code watch SECONDS} for counters and their rates. */
  private static final CommandSpec OFFLOAD =
      new CommandSpec(
          "offload",
          List.of(),
          Group.OFFLOAD,
          "what the adapter has served",
          List.of(Argument.optional("PATH", Kind.NODE)),
          List.of(COUNT),
          "",
          List.of());

  @Override
  public CommandSpec spec() {
    return new CommandSpec(
        "watch",
        List.of(),
        Group.OFFLOAD,
        "show something again and again, with what has changed",
        List.of(
            Argument.required("SECONDS", Kind.WORD),
            new Argument("COMMAND", Kind.LINE, true, true, List.of())),
        List.of(COUNT),
        """
        COMMAND is any line that only shows something; its options follow it, those of watch come
        before it. Each time there is the time, and how many rows are other ones than the time
        before: * marks a value that changed, + what is new; what has gone is counted. Filters
        behind the line work on what is watched. Ctrl-C ends it, with status 0.

        watch SECONDS offload [-n N] [PATH] is of its own kind: for each subsystem that asks for
        offload, at or below PATH or where the shell is: what the driver counts for it, for each of
        its namespaces, and for each context, which is a namespace
        on one port for hosts that are connected (MLNX_OFED 5.4 and later). Beside each total is how
        fast it moved since it was shown before, by the time that really passed. A - means that this
        is not known: the first time, and where a counter went backwards, since it was begun anew.
        Where the driver does not count, which it shows as -1, the total is unknown.
        Failures stand out: ! marks a counter of failures that is not 0, !! one that has just moved.
        With --json each time is a document, on a line of its own.""",
        List.of(
            "watch -n 1 2 ls /subsystems",
            "watch 2 offload -n 1",
            "watch 5 offload /subsystems/testsubsystem --count 1"));
  }

  @Override
  public Effect run(Context context, Arguments arguments) {
    Duration interval = Duration.ofSeconds(Numbers.count("watch: SECONDS", arguments.required(0)));
    List<String> rest = arguments.words().subList(1, arguments.words().size());
    if (rest.get(0).equals(OFFLOAD.name())) {
      return offload(context, interval, arguments, rest.subList(1, rest.size()));
    }
    LineSampler sampler =
        new LineSampler(context.here(), CommandLine.of(rest), Clock.system(ZoneId.systemDefault()));
    sampler.look(context); // what cannot be watched is refused before anything is shown
    return new Effect.Watch(interval, count(arguments, rest), sampler);
  }

  private static OptionalInt count(Arguments arguments, List<String> line) {
    if (line.contains("--dry-run")) {
      return OptionalInt.of(1); // wherever it stands, it is the whole line's
    }
    Optional<String> count = arguments.option("count");
    return count.isPresent()
        ? OptionalInt.of(Numbers.count("--count", count.get()))
        : OptionalInt.empty();
  }

  private static Effect offload(
      Context context, Duration interval, Arguments watch, List<String> words) {
    Arguments arguments = Arguments.bind(OFFLOAD, words);
    NvmetPath path = new Lookup(context).directoryOrHere(arguments.word(0));
    OptionalInt count = count(arguments.has("count") ? arguments : watch, words);
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
    return new Effect.Watch(interval, count, new OffloadWatch(path));
  }

  @Override
  public List<Candidate> complete(Context context, Arguments before, String word) {
    List<String> words = before.words();
    if (words.size() > 1 && words.get(1).equals(OFFLOAD.name())) {
      return LineCompletion.behind(
          OFFLOAD,
          context,
          words.subList(1, words.size()),
          word,
          bound -> Completion.ofArgument(OFFLOAD, context, bound, word));
    }
    return words.isEmpty()
        ? List.of()
        : LineCompletion.atCursor(context, words.subList(1, words.size()), word);
  }
}
