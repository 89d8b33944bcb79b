package io.nvmetsh.command;

import io.nvmetsh.command.CommandSpec.Argument;
import io.nvmetsh.command.CommandSpec.Choice;
import io.nvmetsh.command.CommandSpec.Group;
import io.nvmetsh.command.CommandSpec.Kind;
import java.util.ArrayList;
import java.util.List;

/** Says what a script relies on. */
public final class RequireCommand implements Command {

  public static final String NAME = "require";

  @Override
  public CommandSpec spec() {
    List<Choice> facts = new ArrayList<>();
    for (Requirement.Fact fact : Requirement.Fact.values()) {
      facts.add(new Choice(fact.word(), fact.help()));
    }
    return new CommandSpec(
        NAME,
        List.of(),
        Group.SESSIONS,
        "say what a script relies on",
        List.of(
            Argument.choice("FACT", true, facts.toArray(Choice[]::new)),
            Argument.required("WHAT", Kind.WORD),
            Argument.many("KEY=VALUE", Kind.WORD)),
        List.of(),
        """
        A script does nothing unless all its facts hold when it begins; those that do not are named
        together. Recordings have a line for each fact that they rely on. In the path of an attribute
        * is any name. Typed, the line fails where it is not so.""",
        List.of(
            "require attribute subsystems/*/namespaces/*/pci_device_path",
            "require device /dev/nvme0n1 serial=S439NA0M200417",
            "require address 10.9.1.1"));
  }

  @Override
  public Effect run(Context context, Arguments arguments) {
    return new Effect.Require(Requirement.of(arguments));
  }
}
