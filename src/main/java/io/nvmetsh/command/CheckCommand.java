package io.nvmetsh.command;

import io.nvmetsh.command.CommandSpec.Argument;
import io.nvmetsh.command.CommandSpec.Group;
import io.nvmetsh.command.CommandSpec.Kind;
import io.nvmetsh.offload.Finding;
import io.nvmetsh.offload.OffloadRules;
import io.nvmetsh.schema.ExitStatus;
import io.nvmetsh.schema.NvmetPath;
import java.util.List;

/** Lists what stands in the way of offload. */
final class CheckCommand implements Command {

  @Override
  public CommandSpec spec() {
    return new CommandSpec(
        "check",
        List.of(),
        Group.OFFLOAD,
        "list what stands in the way of offload",
        List.of(Argument.optional("PATH", Kind.NODE)),
        List.of(),
        """
        Looks at PATH, or at where the shell is, and at what that is linked with, as far as offload
        is asked for. Each finding names its rule, of which explain tells more, and what to type.
        The exit status is 1 when something costs offload; notes do not.\
        """,
        List.of("check", "check /subsystems/testsubsystem"));
  }

  @Override
  public Effect run(Context context, Arguments arguments) {
    NvmetPath path = new Lookup(context).directoryOrHere(arguments.word(0));
    List<Finding> findings = OffloadRules.findings(context.tree(), context.inventory(), path);
    boolean good =
        findings.stream().allMatch(finding -> finding.severity() == Finding.Severity.NOTE);
    return new Effect.Show(
        new Document.Findings(findings), good ? ExitStatus.DONE : ExitStatus.USAGE);
  }
}
