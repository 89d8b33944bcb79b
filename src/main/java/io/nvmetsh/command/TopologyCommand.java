package io.nvmetsh.command;

import io.nvmetsh.command.CommandSpec.Argument;
import io.nvmetsh.command.CommandSpec.Group;
import io.nvmetsh.command.CommandSpec.Kind;
import io.nvmetsh.command.CommandSpec.Option;
import io.nvmetsh.offload.Dialect;
import io.nvmetsh.offload.Verdicts;
import io.nvmetsh.schema.NvmetPath;
import io.nvmetsh.schema.Problem;
import io.nvmetsh.topology.DotPicture;
import io.nvmetsh.topology.SvgPicture;
import io.nvmetsh.topology.Topology;
import io.nvmetsh.topology.TopologyReader;
import java.util.List;
import java.util.Optional;

/** Shows who reaches what through what, as text or as a picture. */
final class TopologyCommand implements Command {

  @Override
  public CommandSpec spec() {
    return new CommandSpec(
        "topology",
        List.of(),
        Group.MOVE,
        "show or draw what hosts reach through ports, down to the drives",
        List.of(Argument.optional("PATH", Kind.NODE)),
        List.of(
            Option.toggle("svg", '\0', "a picture that any browser shows"),
            Option.toggle("dot", '\0', "for graphviz"),
            Option.valued("output", 'o', "FILE", Kind.FILE, "write the picture to a file"),
            Option.toggle("force", 'f', "replace that file")),
        """
        What is at or below PATH, or below where the shell is, with what it is connected with: hosts,
        adapters, ports, subsystems, namespaces and drives. A sign says who serves a path: => the
        adapter, which is proven; =? the adapter, as far as conditions tell; -! the CPU, although
        offload is asked for, and offload says why; -> the CPU; -x nobody, as long as something is
        disabled or not linked. With --json there are the objects and edges of the same picture.\
        """,
        List.of(
            "topology",
            "topology --dot /subsystems/testsubsystem",
            "topology --svg --output target.svg"));
  }

  @Override
  public Effect run(Context context, Arguments arguments) {
    boolean dot = arguments.has("dot");
    boolean svg = arguments.has("svg");
    Optional<String> output = arguments.option("output");
    if ((dot && svg) || (output.isPresent() && !dot && !svg)) {
      throw Problem.of(
              Problem.Kind.USAGE,
              dot ? "topology: --dot and --svg are two pictures" : "topology: --output is of what?",
              "write:  topology --svg --output target.svg")
          .asException();
    }
    NvmetPath path = new Lookup(context).directoryOrHere(arguments.word(0));
    // read once, where it can prove something
    boolean none = Dialect.of(context.tree()) == Dialect.NONE;
    List<String> log = none ? List.of() : context.target().log().lines();
    Topology topology =
        TopologyReader.of(
            context.tree(),
            context.inventory(),
            new Verdicts(context.tree(), context.inventory(), () -> log),
            path);
    if (!dot && !svg) {
      return Effect.Show.of(TopologyText.of(topology, path));
    }
    String title = "nvmet of " + context.inventory().hostName() + ", " + path;
    List<String> lines = dot ? DotPicture.of(topology) : SvgPicture.of(topology, title);
    return output.isEmpty()
        ? Effect.Show.of(Document.Lines.of(lines.toArray(String[]::new)))
        : new Effect.WriteFiles(
            List.of(new FileContent(context.file(output.get()), String.join("\n", lines) + "\n")),
            arguments.has("force"),
            List.of());
  }
}
