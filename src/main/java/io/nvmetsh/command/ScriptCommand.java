package io.nvmetsh.command;

import io.nvmetsh.command.CommandSpec.Argument;
import io.nvmetsh.command.CommandSpec.Choice;
import io.nvmetsh.command.CommandSpec.Group;
import io.nvmetsh.command.CommandSpec.Kind;
import io.nvmetsh.command.CommandSpec.Option;
import io.nvmetsh.schema.Problem;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Looks into scripts, and makes other files of them, and them of other files. */
final class ScriptCommand implements Command {

  @Override
  public CommandSpec spec() {
    return new CommandSpec(
        "script",
        List.of(),
        Group.SESSIONS,
        "describe a script, make another file of it, or it of another file",
        List.of(
            Argument.choice(
                "VERB",
                true,
                new Choice("info", "where a script comes from, what it needs and touches"),
                new Choice("parameterise", "the script with parameters in the place of values"),
                new Choice("translate", "the script with offload on, for every driver"),
                new Choice("inverse", "the script that takes back what the script does"),
                new Choice("export", "a script for a machine without nvmetsh"),
                new Choice(
                    "import", "a shell script or nvmetcli's file as a script of this shell")),
            Argument.required("FILE", Kind.SCRIPT),
            Argument.many("NAME=VALUE", Kind.WORD)),
        List.of(
            Option.toggle("bash", '\0', "export to plain bash"),
            Option.toggle("nvmetcli", '\0', "export what it leads to, as nvmetcli's file"),
            Option.valued("output", 'o', "OUT", Kind.FILE, "write to a file instead of showing"),
            Option.toggle("force", 'f', "replace the file when it exists"),
            ReplayCommand.PARAM),
        """
        info says where a script comes from, which parameters it needs and what it touches.
        parameterise writes ${NAME} wherever VALUE is a whole word, the value of an attribute or a
        name in a path, and declares it in front. translate writes offload on and off where a script
        sets pci_device_path or attr_offload, which are for some drivers only. inverse takes
        everything down again, in the right order; what was there before cannot be told from a
        script, and is named. export --bash writes
        a script for a machine without nvmetsh: mkdir, printf, ln, rm, rmdir and modprobe, quoted so
        that no name and no value can become code; export --nvmetcli writes what the script leads to
        on an empty target, as nvmetcli's file. import reads such a file, or a shell script as vendor
        pages have them: it repairs typographic quotes, names the values that are missing (supply
        them with --param) and keeps what it does not understand as comments. Nothing of it is run.""",
        List.of(
            "script info docs/examples/testsubsystem.nvmetsh",
            "script inverse docs/examples/testsubsystem.nvmetsh",
            "script parameterise docs/examples/testsubsystem.nvmetsh nqn=testsubsystem",
            "script export --bash docs/examples/testsubsystem.nvmetsh",
            "script export --nvmetcli docs/examples/testsubsystem.nvmetsh",
            "script import docs/examples/testsubsystem.json"));
  }

  @Override
  public Effect run(Context context, Arguments arguments) {
    String name = arguments.required(1);
    Path file = context.script(name);
    Optional<Path> out = arguments.option("output").map(context::file);
    boolean force = arguments.has("force");
    List<String> more = arguments.words().subList(2, arguments.words().size());
    if (!more.isEmpty() && !arguments.required(0).equals("parameterise")) {
      throw Problem.of(
              Problem.Kind.USAGE,
              "script "
                  + arguments.required(0)
                  + ": one word too many: "
                  + Words.quote(more.get(0)),
              "more:  help script")
          .asException();
    }
    return switch (arguments.required(0)) {
      case "info" -> new Effect.DescribeScript(file, name);
      case "parameterise" ->
          new Effect.ExportScript(
              file, name, ExportForm.PARAMETERISED, given(name, more), out, force);
      case "translate" ->
          new Effect.ExportScript(file, name, ExportForm.TRANSLATED, Map.of(), out, force);
      case "inverse" ->
          new Effect.ExportScript(file, name, ExportForm.INVERSE, Map.of(), out, force);
      case "export" -> {
        if (arguments.has("bash") == arguments.has("nvmetcli")) {
          throw Problem.of(
                  Problem.Kind.USAGE,
                  "script export: to what?",
                  "write:  script export --bash " + Words.quote(name),
                  "or:  script export --nvmetcli " + Words.quote(name))
              .asException();
        }
        ExportForm form = arguments.has("bash") ? ExportForm.BASH : ExportForm.NVMETCLI;
        yield new Effect.ExportScript(
            file, name, form, ReplayCommand.parameters(arguments), out, force);
      }
      case "import" ->
          new Effect.ImportScript(file, name, out, force, ReplayCommand.parameters(arguments));
      default ->
          throw Problem.of(
                  Problem.Kind.USAGE,
                  "script: no verb is called " + arguments.required(0),
                  "there are:  script info FILE",
                  "script parameterise FILE NAME=VALUE",
                  "script translate FILE",
                  "script inverse FILE",
                  "script export --bash FILE",
                  "script export --nvmetcli FILE",
                  "script import FILE")
              .asException();
    };
  }

  private static Map<String, String> given(String name, List<String> words) {
    if (words.isEmpty()) {
      throw Problem.of(
              Problem.Kind.USAGE,
              "script parameterise: which value becomes which parameter?",
              "write:  script parameterise " + Words.quote(name) + " dev=/dev/nvme0n1")
          .asException();
    }
    return ReplayCommand.parameters(words);
  }
}
