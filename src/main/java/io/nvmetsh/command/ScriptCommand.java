package io.nvmetsh.command;

import io.nvmetsh.command.CommandSpec.Argument;
import io.nvmetsh.command.CommandSpec.Choice;
import io.nvmetsh.command.CommandSpec.Group;
import io.nvmetsh.command.CommandSpec.Kind;
import io.nvmetsh.command.CommandSpec.Option;
import io.nvmetsh.schema.Problem;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Looks into scripts, and turns them into bash and shell scripts into them. */
final class ScriptCommand implements Command {

  @Override
  public CommandSpec spec() {
    return new CommandSpec(
        "script",
        List.of(),
        Group.SESSIONS,
        "describe a script, export it to bash, import a shell script",
        List.of(
            Argument.choice(
                "VERB",
                true,
                new Choice("info", "where a script comes from, what it needs and touches"),
                new Choice("export", "a script for a machine without nvmetsh"),
                new Choice("import", "a shell script as a script of this shell")),
            Argument.required("FILE", Kind.SCRIPT)),
        List.of(
            Option.toggle("bash", '\0', "export to plain bash"),
            Option.valued("output", 'o', "OUT", Kind.FILE, "write to a file instead of showing"),
            Option.toggle("force", 'f', "replace the file when it exists"),
            ReplayCommand.PARAM),
        """
        info says where a script comes from, which parameters it needs and what it touches. export
        --bash writes a script for a machine without nvmetsh: mkdir, printf, ln, rm, rmdir and
        modprobe, quoted so that no name and no value can become code. import reads a shell script
        of that sort, as vendor pages have them, repairs typographic quotes, names the values that
        are missing (supply them with --param) and keeps what it does not understand as comments.
        Nothing of it is run.""",
        List.of(
            "script info docs/examples/testsubsystem.nvmetsh",
            "script export --bash docs/examples/testsubsystem.nvmetsh"));
  }

  @Override
  public Effect run(Context context, Arguments arguments) {
    String name = arguments.required(1);
    Path file = context.script(name);
    Optional<Path> out = arguments.option("output").map(context::file);
    boolean force = arguments.has("force");
    return switch (arguments.required(0)) {
      case "info" -> new Effect.DescribeScript(file, name);
      case "export" -> export(new Effect.ExportScript(file, name, out, force), arguments);
      case "import" ->
          new Effect.ImportScript(file, name, out, force, ReplayCommand.parameters(arguments));
      default ->
          throw Problem.of(
                  Problem.Kind.USAGE,
                  "script: no verb is called " + arguments.required(0),
                  "there are:  script info FILE",
                  "script export --bash FILE",
                  "script import FILE")
              .asException();
    };
  }

  private static Effect export(Effect.ExportScript effect, Arguments arguments) {
    if (!arguments.has("bash")) {
      throw Problem.of(
              Problem.Kind.USAGE,
              "script export: to what?",
              "write:  script export --bash " + Words.quote(effect.name()))
          .asException();
    }
    return effect;
  }
}
