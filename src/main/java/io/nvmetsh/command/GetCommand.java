package io.nvmetsh.command;

import io.nvmetsh.command.CommandSpec.Argument;
import io.nvmetsh.command.CommandSpec.Group;
import io.nvmetsh.command.CommandSpec.Kind;
import io.nvmetsh.command.CommandSpec.Option;
import io.nvmetsh.command.Document.Cell;
import io.nvmetsh.command.Document.Tone;
import io.nvmetsh.journal.DeactivatedPorts;
import io.nvmetsh.schema.NvmetPath;
import io.nvmetsh.schema.Problem;
import io.nvmetsh.schema.Quoting;
import io.nvmetsh.tree.TargetTree;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Shows attributes: those that differ from a new object's, all, or the ones named. */
final class GetCommand implements Command {

  @Override
  public CommandSpec spec() {
    return new CommandSpec(
        "get",
        List.of("show", "cat"),
        Group.MOVE,
        "show attributes",
        List.of(Argument.many("PATH|ATTRIBUTE", Kind.ENTRY)),
        List.of(
            Option.toggle("all", 'a', "also the values that a new object has"),
            Option.toggle("commands", 'c', "the lines that make it, with all it holds")),
        """
        Without a name it shows what differs from a new object; with --all everything. A name can be
        an attribute here or the path of one; a group as nvmetcli has it (attr, addr, param) shows
        the attributes of the group. With --commands it shows what to type to have such an object again,
        with all it holds and where it is linked. Keys are never shown. Of a port that is deactivated
        it also shows which links are kept.\
        """,
        List.of(
            "get",
            "get /ports/1",
            "get /subsystems/testsubsystem --all",
            "get /subsystems/testsubsystem --commands"));
  }

  @Override
  public Effect run(Context context, Arguments arguments) {
    NvmetPath directory = context.here();
    List<String> names = new ArrayList<>(arguments.words());
    if (!names.isEmpty() && !isAttributeHere(context, names.get(0))) {
      NvmetPath path = context.resolve(names.get(0));
      if (context.tree().isAttribute(path)) {
        directory = path.parent();
        names.set(0, path.name());
      } else {
        directory = new Lookup(context).directory(names.get(0));
        names.remove(0);
      }
    }
    if (arguments.has("commands")) {
      refuseNames(names, directory);
      return Effect.Show.of(MakingLines.of(context.tree(), directory));
    }
    Map<String, Cell> pairs = new LinkedHashMap<>();
    for (String name : selected(context.tree(), context, directory, names, arguments.has("all"))) {
      pairs.put(name, Values.cell(context.tree(), directory, name));
    }
    if (names.isEmpty()) {
      deactivated(context, directory).ifPresent(links -> pairs.put("deactivated", links));
    }
    return Effect.Show.of(
        context.tree().attributes(directory).isEmpty()
            ? Document.Lines.of(
                directory + " has no attributes; see what is in it:  ls " + Quoting.path(directory))
            : new Document.Pairs(pairs));
  }

  @Override
  public List<Candidate> complete(Context context, Arguments before, String word) {
    if (before.words().isEmpty()) {
      return Completion.ofArgument(spec(), context, before, word);
    }
    NvmetPath directory =
        isAttributeHere(context, before.required(0))
            ? context.here()
            : new Lookup(context).find(before.required(0)).orElse(context.here());
    Offer offer = new Offer(word);
    for (String name : context.tree().attributes(directory)) {
      if (!before.words().contains(name)) {
        offer.add(name, Values.row(directory, name).help());
      }
    }
    return offer.candidates();
  }

  /** No attribute, but as much a part of what a port is like. */
  private static Optional<Cell> deactivated(Context context, NvmetPath port) {
    TargetTree tree = context.tree();
    return new DeactivatedPorts(context.journal().store())
        .inForce(port, tree)
        .map(kept -> kept.missing(tree))
        .map(
            links ->
                Cell.of(
                    ActivationCommand.kept(links.size())
                        + ": "
                        + links.stream()
                            .map(link -> link.target().name())
                            .collect(Collectors.joining(", ")),
                    Tone.WARN));
  }

  private static void refuseNames(List<String> names, NvmetPath directory) {
    if (!names.isEmpty()) {
      throw Problem.of(
              Problem.Kind.USAGE,
              "get: --commands is about whole objects, not " + Words.quote(names.get(0)),
              "write:  get --commands " + Quoting.path(directory))
          .asException();
    }
  }

  private static boolean isAttributeHere(Context context, String word) {
    List<String> attributes = context.tree().attributes(context.here());
    return attributes.contains(word) || Assignments.isGroup(word, attributes);
  }

  private static List<String> selected(
      TargetTree tree, Context context, NvmetPath directory, List<String> names, boolean all) {
    List<String> attributes = tree.attributes(directory);
    List<String> selected = new ArrayList<>();
    if (names.isEmpty()) {
      for (String name : attributes) {
        if (all || !Values.isInitial(tree, directory, name)) {
          selected.add(name);
        }
      }
      return selected;
    }
    for (String name : names) {
      if (attributes.contains(name)) {
        selected.add(name);
      } else if (Assignments.isGroup(name, attributes)) {
        attributes.stream().filter(each -> each.startsWith(name + "_")).forEach(selected::add);
      } else {
        throw new Assignments(context, directory, attributes).unknown(name);
      }
    }
    return selected;
  }
}
