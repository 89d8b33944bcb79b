package io.nvmetsh.command;

import io.nvmetsh.command.CommandSpec.Argument;
import io.nvmetsh.command.CommandSpec.Group;
import io.nvmetsh.command.CommandSpec.Kind;
import io.nvmetsh.journal.DeactivatedPort;
import io.nvmetsh.journal.DeactivatedPorts;
import io.nvmetsh.plan.Change;
import io.nvmetsh.plan.Plan;
import io.nvmetsh.schema.NodeKind;
import io.nvmetsh.schema.NvmetPath;
import io.nvmetsh.schema.Problem;
import io.nvmetsh.tree.TargetTree;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * {@code activate} and {@code deactivate}: takes something out of effect and keeps what it takes to
 * have it again. The kernel keeps that of whatever has an enable switch; of a port, which has none,
 * it is kept here.
 */
public final class ActivationCommand implements Command {

  /** Both words. */
  public static final List<String> NAMES = List.of("activate", "deactivate");

  private final boolean on;

  ActivationCommand(boolean on) {
    this.on = on;
  }

  @Override
  public CommandSpec spec() {
    return new CommandSpec(
        name(),
        List.of(),
        Group.CHANGE,
        on
            ? "put a port, namespace or referral into effect again"
            : "take a port, namespace or referral out of effect and keep it",
        List.of(Argument.optional("PATH", Kind.SWITCHED)),
        List.of(SetCommand.FORCE),
        on
            ? """
            A port gets the links again that deactivate took off it, those that are missing.
            Anything else is enabled.\
            """
            : """
            A port loses its links, so that it does not listen any more; activate makes the same
            ones again, in another shell and after a restart of the machine, too. Its address can
            be changed meanwhile. With the port, what is kept of it is removed. Anything else is
            disabled.\
            """,
        List.of(name() + " /ports/1"));
  }

  private String name() {
    return NAMES.get(on ? 0 : 1);
  }

  @Override
  public Effect run(Context context, Arguments arguments) {
    NvmetPath typed = arguments.word(0).map(context::resolve).orElse(context.here());
    NvmetPath path =
        context.tree().isLink(typed)
            ? typed
            : new Lookup(context).directoryOrHere(arguments.word(0));
    Optional<NodeKind> kind = path.kind();
    if (kind.filter(NodeKind::isSwitched).isPresent()) {
      return SwitchCommand.switched(path, on, arguments);
    } else if (kind.filter(NodeKind.PORT::equals).isEmpty()) {
      throw neither(path, kind);
    }
    Optional<DeactivatedPort> kept = new DeactivatedPorts(context.journal().store()).of(path);
    boolean force = arguments.has("force");
    return on
        ? activate(path, kept, context.tree(), force)
        : deactivate(path, kept, context.tree(), force);
  }

  @Override
  public List<Candidate> complete(Context context, Arguments before, String word) {
    return before.words().isEmpty() ? ActivationCompletion.of(context, word, on) : List.of();
  }

  private static Effect deactivate(
      NvmetPath port, Optional<DeactivatedPort> kept, TargetTree tree, boolean force) {
    List<Change.Link> links = new ArrayList<>();
    List<Change> changes = new ArrayList<>();
    for (Change.Link link : DeactivatedPort.links(port, tree)) {
      links.add(link);
      changes.add(new Change.Unlink(link.path()));
    }
    List<Change.Link> missing = kept.map(each -> each.missing(tree)).orElse(List.of());
    if (links.isEmpty()) {
      return unchanged(
          missing.isEmpty()
              ? port + " has no links: there is nothing to deactivate"
              : port + " is deactivated already, " + kept(missing.size()));
    }
    links.addAll(missing);
    List<String> notes = new ArrayList<>();
    for (Change.Link link : missing) {
      notes.add("kept from before, too: " + link.target());
    }
    notes.add(kept(links.size()) + "; to have " + them(links) + " again:  activate " + word(port));
    return apply(changes, notes, DeactivatedPort.of(port, links, tree), force);
  }

  private static Effect activate(
      NvmetPath port, Optional<DeactivatedPort> kept, TargetTree tree, boolean force) {
    if (kept.isEmpty()) {
      return unchanged(notDeactivated(port, tree));
    } else if (!kept.get().isOf(tree)) {
      throw another(port, kept.get());
    }
    List<Change.Link> missing = kept.get().missing(tree);
    List<String> notes = new ArrayList<>();
    if (!kept.get().over()) {
      for (NvmetPath gone : kept.get().gone(tree)) {
        notes.add("not linked again, as it is not there any more: " + gone);
      }
    }
    if (missing.isEmpty()) {
      notes.add(notDeactivated(port, tree));
      return new Effect.Apply(Plan.of(), notes);
    }
    return apply(List.copyOf(missing), notes, kept.get().activated(), force);
  }

  private static Effect unchanged(String note) {
    return new Effect.Apply(Plan.of(), List.of(note));
  }

  private static Effect apply(
      List<Change> changes, List<String> notes, DeactivatedPort keeps, boolean force) {
    return new Effect.Apply(
        new Plan(changes, force), notes, Manner.ORDINARY.keeping(Optional.of(keeps)));
  }

  /** How many links are kept. */
  static String kept(int links) {
    return links == 1 ? "1 link kept" : links + " links kept";
  }

  private static String them(List<Change.Link> links) {
    return links.size() == 1 ? "it" : "them";
  }

  private static String word(NvmetPath path) {
    return Words.quote(path.toString());
  }

  private static String notDeactivated(NvmetPath port, TargetTree tree) {
    return port
        + " is not deactivated"
        + (tree.glance(port.child("subsystems"), 1).isEmpty()
            ? "; link a subsystem to switch it on:  link NQN " + word(port)
            : "");
  }

  private static RuntimeException another(NvmetPath port, DeactivatedPort kept) {
    List<String> at = new ArrayList<>();
    kept.addresses().forEach(address -> at.add(String.join(" ", address.values())));
    Problem problem =
        Problem.of(
                Problem.Kind.CONFLICT,
                port
                    + " is not the port that was deactivated: that one was at "
                    + String.join(" or ", at))
            .with("path", port.toString());
    for (Change.Link link : kept.links()) {
      problem =
          problem.hint(
              "to link to this one what was linked to that:  link "
                  + Words.quote(link.target().name())
                  + " "
                  + word(port));
    }
    return problem.asException();
  }

  private RuntimeException neither(NvmetPath path, Optional<NodeKind> kind) {
    Problem problem =
        Problem.of(
                Problem.Kind.CONFLICT,
                path + ": only ports, and what has an enable switch, can be " + name() + "d")
            .with("path", path.toString());
    for (String help : help(path, kind)) {
      problem = problem.hint(help);
    }
    return problem.asException();
  }

  /** What was meant, perhaps, and how to type it. */
  private List<String> help(NvmetPath path, Optional<NodeKind> kind) {
    String take = on ? "link" : "unlink";
    boolean below = path.depth() > 2;
    if (kind.isEmpty()) {
      return List.of("to take away one link alone:  unlink " + word(path));
    }
    String namespaces = "namespaces have a switch:  " + (on ? "enable " : "disable ");
    return switch (kind.get()) {
      case SUBSYSTEM ->
          List.of(
              namespaces + word(path.child("namespaces")) + "/N",
              "of one port:  " + take + " " + word(path) + " /ports/N");
      case SUBSYSTEMS, NAMESPACES ->
          List.of(namespaces + (below ? word(path) : "/subsystems/NQN/namespaces") + "/N");
      case HOSTS, HOST, ALLOWED_HOSTS ->
          List.of(
              "hosts are linked, and unlinked:  "
                  + take
                  + " /hosts/NQN "
                  + (below ? word(path.ancestor(2)) : "/subsystems/NQN"));
      default ->
          List.of(
              "name a port:  "
                  + name()
                  + " "
                  + (below && path.name(0).equals("ports") ? word(path.ancestor(2)) : "/ports/N"));
    };
  }
}
