package io.nvmetsh.command;

import io.nvmetsh.command.CommandSpec.Argument;
import io.nvmetsh.command.CommandSpec.Group;
import io.nvmetsh.command.CommandSpec.Kind;
import io.nvmetsh.command.CommandSpec.Option;
import java.util.List;
import java.util.Optional;

/** Keeps what is done as a script. */
final class RecordCommand implements Command {

  @Override
  public CommandSpec spec() {
    return new CommandSpec(
        "record",
        List.of(),
        Group.SESSIONS,
        "keep what is done as a script, or say whether that is so",
        List.of(Argument.optional("FILE|off", Kind.FILE)),
        List.of(
            Option.valued("reason", '\0', "TEXT", Kind.WORD, "why, for the head of the file"),
            Option.valued("last", '\0', "N", Kind.WORD, "begin with the last N lines already run"),
            Option.valued(
                "param",
                'p',
                "NAME=VALUE",
                Kind.WORD,
                "write ${NAME} wherever the value stands; repeatable"),
            Option.toggle("output", '\0', "keep also what was looked at, with what was shown"),
            Option.toggle("force", 'f', "replace the file when it exists")),
        """
        The file is a script: replay runs it as it is. A line is kept as what it did, with absolute
        paths and full words, so that it does the same from anywhere; what failed is kept as a
        comment. Secrets become parameters, and so do values given with --param, where they are whole
        words, values of attributes or names in paths. The file is written line by line and readable
        by its owner alone. To record into a file called off, write ./off.""",
        List.of("record", "record change-4711.nvmetsh --reason 'new drives'", "record off"));
  }

  @Override
  public Effect run(Context context, Arguments arguments) {
    Optional<String> word = arguments.word(0);
    if (word.isEmpty()) {
      return new Effect.ShowRecording();
    }
    if (word.get().equals("off")) {
      return new Effect.StopRecording();
    }
    return new Effect.StartRecording(
        context.file(word.get()),
        arguments.option("reason"),
        arguments.option("last").map(text -> Numbers.count("record: --last", text)).orElse(0),
        arguments.has("force"),
        arguments.has("output"),
        ReplayCommand.parameters(arguments.options("param")));
  }
}
