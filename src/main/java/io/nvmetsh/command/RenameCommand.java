package io.nvmetsh.command;

import io.nvmetsh.command.CommandSpec.Argument;
import io.nvmetsh.command.CommandSpec.Group;
import io.nvmetsh.command.CommandSpec.Kind;
import io.nvmetsh.journal.DeactivatedPort;
import io.nvmetsh.journal.DeactivatedPorts;
import io.nvmetsh.plan.Namesake;
import io.nvmetsh.plan.OnError;
import io.nvmetsh.plan.Plan;
import io.nvmetsh.schema.Problem;
import java.util.List;
import java.util.Optional;

/** Gives an object another name, which to the kernel is another object. */
final class RenameCommand implements Command {

  @Override
  public CommandSpec spec() {
    return new CommandSpec(
        "rename",
        List.of("mv"),
        Group.CHANGE,
        "give a subsystem, namespace, port, host or referral another name",
        List.of(Argument.required("PATH", Kind.REMOVABLE), Argument.required("NEW", Kind.NEW_NODE)),
        List.of(SetCommand.FORCE, ErrorOptions.ON_ERROR, ErrorOptions.CONFIRM),
        """
        The kernel renames nothing: the object is taken down with its links and made anew with all its
        values, serial number, UUID and drives among them, and linked wherever it was. Hosts that use
        it are cut off, and find a subsystem again only when they connect to its new name. A name alone
        is for a place beside PATH. What is refused on the way takes back what was done before it.\
        """,
        List.of(
            "rename /subsystems/testsubsystem nqn.2024-01.io.example:disk1", "rename /ports/1 7"));
  }

  @Override
  public Effect run(Context context, Arguments arguments) {
    Twin twin = Twin.of(context, "rename", arguments);
    if (twin.isGroupOne()) {
      throw Problem.of(
              Problem.Kind.CONFLICT,
              twin.source() + " is in every port and cannot be removed",
              "make one like it:  copy "
                  + Words.quote(twin.source().toString())
                  + " "
                  + Words.quote(twin.target().name()))
          .with("path", twin.source().toString())
          .asException();
    }
    return new Effect.Apply(
        new Plan(
            Namesake.renamed(context.tree(), twin.source(), twin.target()), arguments.has("force")),
        List.of(),
        ErrorOptions.manner(arguments, OnError.UNDO).keeping(kept(context, twin)));
  }

  /** A port that is deactivated is so under its other name, too. */
  private static Optional<DeactivatedPort> kept(Context context, Twin twin) {
    return new DeactivatedPorts(context.journal().store())
        .inForce(twin.source(), context.tree())
        .map(port -> port.renamed(twin.target()));
  }

  @Override
  public List<Candidate> complete(Context context, Arguments before, String word) {
    return Twin.complete(context, before, word);
  }
}
