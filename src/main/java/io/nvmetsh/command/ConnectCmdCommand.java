package io.nvmetsh.command;

import io.nvmetsh.command.CommandSpec.Argument;
import io.nvmetsh.command.CommandSpec.Group;
import io.nvmetsh.command.CommandSpec.Kind;
import io.nvmetsh.command.CommandSpec.Option;
import io.nvmetsh.schema.NodeKind;
import io.nvmetsh.schema.Nqn;
import io.nvmetsh.schema.NvmetPath;
import io.nvmetsh.schema.Problem;
import io.nvmetsh.schema.ValueType.InvalidValue;
import io.nvmetsh.tree.Port;
import io.nvmetsh.tree.Subsystem;
import io.nvmetsh.tree.TargetTree;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Prints what a client types to connect to this target. */
final class ConnectCmdCommand implements Command {

  @Override
  public CommandSpec spec() {
    return new CommandSpec(
        "connect-cmd",
        List.of(),
        Group.CLIENTS,
        "print what a client types to connect",
        List.of(Argument.optional("PATH", Kind.NODE)),
        List.of(
            Option.toggle("bare", 'b', "without comments"),
            Option.valued("host", '\0', "NQN", Kind.HOST, "for this host only")),
        """
        PATH is a subsystem, a port or what is in them; without it, where the shell is. What is
        printed is a script for the client's shell: comments begin with #, values are quoted. There
        is one nvme connect for each port that a subsystem is linked to, so that a client with
        multipath has every path. Keys are never printed.\
        """,
        List.of("connect-cmd", "connect-cmd /subsystems/testsubsystem", "connect-cmd --bare"));
  }

  @Override
  public Effect run(Context context, Arguments arguments) {
    NvmetPath path = new Lookup(context).directoryOrHere(arguments.word(0));
    if (path.isAtOrBelow(NvmetPath.of("hosts"))) {
      throw ofHosts(path);
    }
    arguments.option("host").ifPresent(ConnectCmdCommand::checkName);
    List<Port> ports = ports(context.tree(), path);
    Optional<NvmetPath> subsystem = above(path, NodeKind.SUBSYSTEM);
    ClientLines lines = new ClientLines(context, arguments.option("host"), !arguments.has("bare"));
    List<Subsystem> linked = new ArrayList<>();
    for (Port port : ports) {
      List<Subsystem> meant =
          port.subsystems().stream().filter(each -> isMeant(each, subsystem)).toList();
      lines.add(port, meant);
      linked.addAll(meant);
    }
    if (lines.isEmpty()) {
      throw linked.isEmpty()
          ? notLinked(context.tree(), path, subsystem)
          : notAllowed(path, linked.get(0), arguments.option("host"));
    }
    return Effect.Show.of(Document.Lines.of(lines.all().toArray(String[]::new)));
  }

  /** What clients type to connect to a subsystem, on all its ports. */
  static Document lines(Context context, NvmetPath subsystem) {
    Subsystem only = new Subsystem(context.tree(), subsystem);
    ClientLines lines = new ClientLines(context, Optional.empty(), true);
    only.ports().forEach(port -> lines.add(port, List.of(only)));
    List<String> all = new ArrayList<>(lines.all());
    all.add(0, "# what clients type");
    return Document.Lines.of(all.toArray(String[]::new));
  }

  private static RuntimeException ofHosts(NvmetPath path) {
    String host = path.depth() > 1 ? path.name(1) : "NQN";
    return Problem.of(
            Problem.Kind.CONFLICT,
            path + " is nothing to connect to; that is a subsystem or port",
            "what one host may connect to:  connect-cmd / --host " + Words.quote(host))
        .with("path", path.toString())
        .asException();
  }

  /** It goes into a client's line, where a mistake is found late. */
  private static void checkName(String host) {
    try {
      Nqn.canonical(host);
    } catch (InvalidValue e) {
      throw Problem.of(
              Problem.Kind.INVALID,
              "--host " + Words.quote(host) + " " + e.getMessage(),
              "see the hosts:  ls /hosts")
          .with("value", host)
          .asException();
    }
  }

  private static boolean isMeant(Subsystem subsystem, Optional<NvmetPath> path) {
    return path.isEmpty() || path.get().equals(subsystem.path());
  }

  /** The ports a path speaks of: one, those of a subsystem, or all. */
  private static List<Port> ports(TargetTree tree, NvmetPath path) {
    Optional<NvmetPath> port = above(path, NodeKind.PORT);
    if (port.isPresent()) {
      return List.of(new Port(tree, port.get()));
    }
    Optional<NvmetPath> subsystem = above(path, NodeKind.SUBSYSTEM);
    if (subsystem.isPresent()) {
      return new Subsystem(tree, subsystem.get()).ports();
    }
    List<Port> ports = new ArrayList<>();
    for (String name : tree.directories(NvmetPath.of("ports"))) {
      ports.add(new Port(tree, NvmetPath.of("ports", name)));
    }
    return ports;
  }

  private static Optional<NvmetPath> above(NvmetPath path, NodeKind kind) {
    for (NvmetPath each = path; !each.isRoot(); each = each.parent()) {
      if (each.kind().filter(kind::equals).isPresent()) {
        return Optional.of(each);
      }
    }
    return Optional.empty();
  }

  private static RuntimeException notAllowed(
      NvmetPath path, Subsystem subsystem, Optional<String> host) {
    String who = host.isPresent() ? host.get() + " may not" : "no host may";
    String target = Words.quote(subsystem.path().toString());
    return Problem.of(
            Problem.Kind.CONFLICT,
            path + ": nothing to connect to, " + who + " connect",
            "allow any host:  set " + target + " attr_allow_any_host=1",
            "or one:  link " + Words.quote("/hosts/" + host.orElse("NQN")) + " " + target)
        .with("path", path.toString())
        .asException();
  }

  private static RuntimeException notLinked(
      TargetTree tree, NvmetPath path, Optional<NvmetPath> subsystem) {
    String target = Words.quote(subsystem.map(NvmetPath::name).orElse("NQN"));
    Problem problem =
        Problem.of(
                Problem.Kind.CONFLICT,
                path + ": nothing to connect to, " + missing(tree, path, subsystem))
            .with("path", path.toString());
    return problem
        .hint(
            above(path, NodeKind.PORT).isPresent()
                ? "link one:  link " + target + " " + above(path, NodeKind.PORT).get()
                : "link it to a port:  link " + target + " /ports/1")
        .asException();
  }

  private static String missing(TargetTree tree, NvmetPath path, Optional<NvmetPath> subsystem) {
    if (subsystem.isPresent()) {
      return "the subsystem is linked to no port";
    } else if (above(path, NodeKind.PORT).isPresent()) {
      return "no subsystem is linked to the port";
    }
    return tree.directories(NvmetPath.of("ports")).isEmpty()
        ? "there is no port"
        : "no subsystem is linked to a port";
  }
}
