package io.nvmetsh.command;

import io.nvmetsh.command.CommandSpec.Group;
import io.nvmetsh.command.CommandSpec.Kind;
import io.nvmetsh.command.CommandSpec.Option;
import java.util.List;
import java.util.Optional;

/** Shows what was not done of the last line of many changes that failed. */
final class FailedCommand implements Command {

  @Override
  public CommandSpec spec() {
    return new CommandSpec(
        "failed",
        List.of(),
        Group.CONFIGURATION,
        "show what was not done of the last load or script",
        List.of(),
        List.of(
            Option.valued("output", 'o', "OUT", Kind.FILE, "write it to a file instead"),
            Option.toggle("force", 'f', "replace the file")),
        """
        It is a script: once what was in the way is out of it, write it to a file and replay that.
        Keys are parameters of it.""",
        List.of("failed"));
  }

  @Override
  public Effect run(Context context, Arguments arguments) {
    Optional<List<String>> lines = context.journal().failed();
    if (lines.isEmpty()) {
      return Effect.Show.of(Document.Lines.of("# nothing failed"));
    }
    Optional<String> out = arguments.option("output");
    if (out.isPresent()) {
      return new Effect.WriteFiles(
          List.of(new FileContent(context.file(out.get()), String.join("\n", lines.get()) + "\n")),
          arguments.has("force"),
          List.of());
    }
    return Effect.Show.of(Document.Lines.of(lines.get().toArray(String[]::new)));
  }
}
