package io.nvmetsh.command;

import io.nvmetsh.command.CommandSpec.Argument;
import io.nvmetsh.command.CommandSpec.Group;
import io.nvmetsh.command.CommandSpec.Kind;
import io.nvmetsh.command.CommandSpec.Option;
import io.nvmetsh.plan.Change;
import io.nvmetsh.plan.Plan;
import io.nvmetsh.schema.NodeKind;
import io.nvmetsh.schema.NvmetPath;
import io.nvmetsh.schema.Problem;
import java.util.List;
import java.util.Optional;

/** Links a subsystem into a port, or a host into a subsystem. */
final class LinkCommand implements Command {

  @Override
  public CommandSpec spec() {
    return new CommandSpec(
        "link",
        List.of("ln"),
        Group.CHANGE,
        "link a subsystem into a port, or a host into a subsystem",
        List.of(
            Argument.required("TARGET", Kind.LINK_TARGET), Argument.optional("INTO", Kind.HOLDER)),
        List.of(
            Option.toggle("symbolic", 's', "as ln has it; links are always symbolic"),
            SetCommand.FORCE),
        """
        TARGET is the name or path of a subsystem or host. INTO is the port or subsystem, or where
        the shell is. The first subsystem linked to a port makes it listen.\
        """,
        List.of(
            "link testsubsystem /ports/1",
            "link /hosts/nqn.2014-08.org.example:h1 /subsystems/testsubsystem"));
  }

  @Override
  public Effect run(Context context, Arguments arguments) {
    NvmetPath into = arguments.word(1).map(context::resolve).orElse(context.here());
    Place place = place(into);
    if (!context.tree().isDirectory(place.directory())) {
      throw new Lookup(context).absent(place.directory());
    }
    NvmetPath target = target(context, place, arguments.required(0));
    String name = place.name().orElse(target.name());
    Change link = new Change.Link(place.directory().child(name), target);
    return Effect.Apply.of(new Plan(List.of(link), arguments.has("force")));
  }

  @Override
  public List<Candidate> complete(Context context, Arguments before, String word) {
    return before.words().size() == 1
        ? LinkCompletion.holders(context, before.required(0), false, word)
        : Completion.ofArgument(spec(), context, before, word);
  }

  /** A directory that takes links, and the name of the link where one was given. */
  private record Place(NvmetPath directory, Optional<String> name) {}

  private static Place place(NvmetPath into) {
    Optional<NvmetPath> directory = linksOf(into);
    if (directory.isPresent()) {
      return new Place(directory.get(), Optional.empty());
    }
    // ln's form: the path of the link itself
    Optional<NvmetPath> above = linksOf(into.parent()).filter(into.parent()::equals);
    if (above.isPresent()) {
      return new Place(above.get(), Optional.of(into.name()));
    }
    throw Problem.of(
            Problem.Kind.CONFLICT,
            into + ": nothing can be linked here",
            "subsystems are linked into ports:  link NQN /ports/1",
            "hosts are linked into subsystems:  link /hosts/NQN /subsystems/NQN")
        .with("path", into.toString())
        .asException();
  }

  /** Where what is linked into a directory is made. */
  static NvmetPath groupOf(NvmetPath links) {
    boolean hosts = links.kind().flatMap(NodeKind::linkTarget).equals(Optional.of(NodeKind.HOST));
    return NvmetPath.of(hosts ? "hosts" : "subsystems");
  }

  /** The directory of links that belongs to a port or subsystem, or that the path itself is. */
  static Optional<NvmetPath> linksOf(NvmetPath path) {
    Optional<NodeKind> kind = path.kind();
    if (kind.isEmpty()) {
      return Optional.empty();
    }
    return switch (kind.get()) {
      case PORT -> Optional.of(path.child("subsystems"));
      case SUBSYSTEM -> Optional.of(path.child("allowed_hosts"));
      case PORT_SUBSYSTEMS, ALLOWED_HOSTS -> Optional.of(path);
      default -> Optional.empty();
    };
  }

  private static NvmetPath target(Context context, Place place, String word) {
    NvmetPath group = groupOf(place.directory());
    if (!CommandLine.isPath(word)) {
      NvmetPath named = group.child(word);
      if (!context.tree().isDirectory(named)) {
        throw new Lookup(context).absent(named);
      }
      return named;
    }
    return new Lookup(context).directory(word);
  }
}
