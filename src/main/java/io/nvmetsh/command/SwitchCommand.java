package io.nvmetsh.command;

import io.nvmetsh.command.CommandSpec.Argument;
import io.nvmetsh.command.CommandSpec.Group;
import io.nvmetsh.command.CommandSpec.Kind;
import io.nvmetsh.plan.Change;
import io.nvmetsh.plan.Plan;
import io.nvmetsh.schema.NodeKind;
import io.nvmetsh.schema.NvmetPath;
import io.nvmetsh.schema.Problem;
import java.util.List;

/** {@code enable} and {@code disable}: one switch, two words for it. */
final class SwitchCommand implements Command {

  private final boolean on;

  SwitchCommand(boolean on) {
    this.on = on;
  }

  @Override
  public CommandSpec spec() {
    return new CommandSpec(
        on ? "enable" : "disable",
        List.of(),
        Group.CHANGE,
        on
            ? "make a namespace, passthru controller or referral visible to hosts"
            : "hide a namespace, passthru controller or referral from hosts",
        List.of(Argument.optional("PATH", Kind.SWITCHED)),
        List.of(SetCommand.FORCE),
        on
            ? "Writes 1 to enable and reads it back. A port is switched on by linking a subsystem."
            : """
            Writes 0 to enable. A port is switched off by unlinking its subsystems. A namespace with
            pci_device_path (MLNX_OFED 4.1) is not disabled but deleted: explain HAZ-PCI-REENABLE.\
            """,
        List.of((on ? "enable" : "disable") + " /subsystems/testsubsystem/namespaces/1"));
  }

  @Override
  public Effect run(Context context, Arguments arguments) {
    NvmetPath path = new Lookup(context).directoryOrHere(arguments.word(0));
    if (path.kind().filter(NodeKind::isSwitched).isEmpty()) {
      throw notSwitched(path);
    }
    return switched(path, on, arguments);
  }

  /** Switches what has an enable switch. */
  static Effect switched(NvmetPath path, boolean on, Arguments arguments) {
    Change change = new Change.SetAttribute(path.child("enable"), on ? "1" : "0");
    return Effect.Apply.of(new Plan(List.of(change), arguments.has("force")));
  }

  private RuntimeException notSwitched(NvmetPath path) {
    String word = on ? "enable" : "disable";
    Problem problem =
        Problem.of(Problem.Kind.CONFLICT, path + " has no enable switch")
            .with("path", path.toString());
    if (path.kind().filter(kind -> kind == NodeKind.PORT).isPresent()) {
      return problem
          .hint(
              on
                  ? "link a subsystem to switch a port on:  link NQN " + path
                  : "unlink its subsystems to switch a port off:  unlink NQN " + path)
          .asException();
    }
    return problem
        .hint("namespaces have one:  " + word + " /subsystems/NQN/namespaces/1")
        .asException();
  }
}
