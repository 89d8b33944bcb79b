package io.nvmetsh.command;

import io.nvmetsh.command.CommandSpec.Argument;
import io.nvmetsh.command.CommandSpec.Group;
import io.nvmetsh.command.CommandSpec.Kind;
import io.nvmetsh.command.CommandSpec.Option;
import io.nvmetsh.plan.OnError;
import io.nvmetsh.schema.Problem;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** Runs a script. */
final class ReplayCommand implements Command {

  static final Option PARAM =
      Option.valued("param", 'p', "NAME=VALUE", Kind.WORD, "value of a parameter; repeatable");

  @Override
  public CommandSpec spec() {
    return new CommandSpec(
        "replay",
        List.of("source"),
        Group.SESSIONS,
        "run a script",
        List.of(Argument.required("FILE", Kind.SCRIPT)),
        List.of(
            PARAM,
            ErrorOptions.ON_ERROR,
            ErrorOptions.CONFIRM,
            Option.toggle("verify", '\0', "compare what is there with what the script expects"),
            Option.toggle(
                "force", 'f', "also where what it makes is there already, and is another"),
            Option.toggle("step", '\0', "ask before each line"),
            Option.valued(
                "from", '\0', "N", Kind.WORD, "begin at line N; those before it are done"),
            Option.valued("to", '\0', "N", Kind.WORD, "end with line N; those behind it are left")),
        """
        Every line is shown and run; the first that fails ends it. A line behind a dash (-delete X)
        may fail. Words are not abbreviated in scripts and nothing is asked; lines that disconnect
        hosts need --yes, there or here. Before the first line runs, all lines are read and all
        parameters must have values. What a line would make and is there already stays; where it has
        other values than the script would give it, they are shown, and nothing is done without
        --force. With --dry-run the script runs on a simulated copy of the target
        as it is now, and the line at which it would fail is named. With --verify the values (#=) and
        the output (#>) kept in the script are compared; a difference ends in status 2. With --from the
        script goes on at a line of the file, after looking whether what the lines before it lead to
        is there, and with --to it ends with one. With --step Enter runs each line, s skips it, e
        edits it, q quits. - is standard input.""",
        List.of("replay docs/examples/testsubsystem.nvmetsh"));
  }

  @Override
  public Effect run(Context context, Arguments arguments) {
    String name = arguments.required(0);
    return new Effect.Replay(
        context.script(name),
        name,
        arguments.has("verify"),
        parameters(arguments),
        ErrorOptions.manner(arguments, OnError.STOP),
        course(arguments));
  }

  private static Course course(Arguments arguments) {
    OptionalInt from = line("from", arguments);
    OptionalInt to = line("to", arguments);
    if (from.isPresent() && to.isPresent() && to.getAsInt() < from.getAsInt()) {
      throw Problem.of(
              Problem.Kind.USAGE,
              "replay: --to " + to.getAsInt() + " is before --from " + from.getAsInt(),
              "name the first line first:  --from " + to.getAsInt() + " --to " + from.getAsInt())
          .asException();
    }
    return new Course(from, to, arguments.has("step"), arguments.has("force"));
  }

  private static OptionalInt line(String option, Arguments arguments) {
    Optional<String> line = arguments.option(option);
    return line.isEmpty()
        ? OptionalInt.empty()
        : OptionalInt.of(Numbers.count("replay: --" + option, line.get()));
  }

  /** The values given with {@code --param}. */
  static Map<String, String> parameters(Arguments arguments) {
    return parameters(arguments.options("param"));
  }

  /** What words such as {@code name=value} say. */
  static Map<String, String> parameters(List<String> words) {
    Map<String, String> parameters = new LinkedHashMap<>();
    for (String word : words) {
      int equals = word.indexOf('=');
      if (equals <= 0) {
        throw Problem.of(
                Problem.Kind.USAGE,
                "a parameter is given as NAME=VALUE, not as " + Words.quote(word),
                "write for instance:  --param traddr=192.168.1.1")
            .asException();
      }
      parameters.put(word.substring(0, equals), word.substring(equals + 1));
    }
    return parameters;
  }
}
