package io.nvmetsh.command;

import io.nvmetsh.command.CommandSpec.Argument;
import io.nvmetsh.command.CommandSpec.Group;
import io.nvmetsh.command.CommandSpec.Kind;
import io.nvmetsh.command.CommandSpec.Option;
import io.nvmetsh.plan.Change;
import io.nvmetsh.plan.Namesake;
import io.nvmetsh.plan.OnError;
import io.nvmetsh.plan.Plan;
import io.nvmetsh.tree.DraftTree;
import java.util.ArrayList;
import java.util.List;

/** Makes an object like another one. */
final class CopyCommand implements Command {

  @Override
  public CommandSpec spec() {
    return new CommandSpec(
        "copy",
        List.of("cp"),
        Group.CHANGE,
        "make a subsystem, namespace, port, host or referral like another one",
        List.of(
            Argument.required("PATH", Kind.REMOVABLE),
            Argument.required("NEW", Kind.NEW_NODE),
            Argument.many("ATTRIBUTE=VALUE", Kind.ASSIGNMENT)),
        List.of(
            Option.toggle("links", 'l', "linked like it, too, and with the same links"),
            SetCommand.FORCE,
            ErrorOptions.ON_ERROR),
        """
        With all settings and all it holds, but for what there can be only one of: serial number, UUID
        and NGUID are made up anew, drives and keys are left out, and namespaces are disabled. A name
        alone is for a place beside PATH. Without --links no host can reach the copy, whatever may
        reach the first one. Attributes can be set in the same line.
        What is refused takes back what is done.\
        """,
        List.of(
            "copy /subsystems/testsubsystem nqn.2024-01.io.example:disk2",
            "copy /ports/1 2 addr_traddr=10.9.2.1"));
  }

  @Override
  public Effect run(Context context, Arguments arguments) {
    Twin twin = Twin.of(context, "copy", arguments);
    List<Change> changes =
        new ArrayList<>(
            Namesake.copied(context.tree(), twin.source(), twin.target(), arguments.has("links")));
    List<Change> links = new ArrayList<>();
    while (changes.get(changes.size() - 1) instanceof Change.Link) {
      // values are set before what locks them
      links.add(0, changes.remove(changes.size() - 1));
    }
    DraftTree draft = new DraftTree(context.tree());
    changes.forEach(change -> change.applyTo(draft));
    Assignments assignments =
        new Assignments(
            context.seeing(draft), twin.target(), draft.attributes(twin.target()), true);
    if (arguments.has("force")) {
      assignments.force();
    }
    assignments.add("", arguments.words().subList(2, arguments.words().size()));
    changes.addAll(assignments.changes());
    changes.addAll(links);
    return new Effect.Apply(
        new Plan(changes, arguments.has("force")),
        assignments.notes(),
        ErrorOptions.manner(arguments, OnError.UNDO));
  }

  @Override
  public List<Candidate> complete(Context context, Arguments before, String word) {
    List<String> words = before.words();
    if (words.size() < 2) {
      return Twin.complete(context, before, word);
    }
    return new Lookup(context)
        .find(words.get(0))
        .map(source -> new AssignmentCompletion(context, source, "", words).of(word))
        .orElse(List.of());
  }
}
