package io.nvmetsh.command;

import io.nvmetsh.command.CommandSpec.Argument;
import io.nvmetsh.command.CommandSpec.Group;
import io.nvmetsh.command.CommandSpec.Kind;
import io.nvmetsh.command.Document.Cell;
import io.nvmetsh.command.Document.Section;
import io.nvmetsh.command.Document.Sections;
import io.nvmetsh.command.Document.Tone;
import io.nvmetsh.schema.NvmetPath;
import io.nvmetsh.schema.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Says why an object or attribute is as it is, and what stands in the way of changing it. */
final class WhyCommand implements Command {

  @Override
  public CommandSpec spec() {
    return new CommandSpec(
        "why",
        List.of(),
        Group.SHELL,
        "say what stands in the way: of hosts, of changes, of removal, of offload",
        List.of(Argument.optional("PATH", Kind.ENTRY)),
        List.of(),
        """
        Of a directory or link: why hosts do not see it, which attributes cannot be set now, why it
        cannot be enabled or removed, why it is not offloaded, each with what to type. Of an
        attribute: whether it can be set now, and what the kernel refuses. When the last line was
        refused there, its explanation comes first; without PATH that is what is meant.\
        """,
        List.of("why /subsystems/testsubsystem", "why /ports/1/addr_trtype"));
  }

  @Override
  public Effect run(Context context, Arguments arguments) {
    Optional<NvmetPath> refusedAt = context.refused().map(WhyCommand::place);
    NvmetPath path =
        arguments.word(0).isPresent()
            ? context.resolve(arguments.required(0))
            : refusedAt.orElse(context.here());
    List<Section> sections = new ArrayList<>();
    if (refusedAt.filter(place -> place.isAtOrBelow(path)).isPresent()) {
      sections.add(refused(context.refused().get()));
    }
    Optional<NvmetPath> directory = new Lookup(context).find(path.toString());
    if (context.tree().isAttribute(path)) {
      sections.addAll(new Reasons(context).ofAttribute(path));
    } else if (directory.isPresent()) {
      sections.addAll(new Reasons(context).ofDirectory(directory.get()));
    } else if (sections.isEmpty()) {
      throw new Lookup(context).absent(path);
    }
    return Effect.Show.of(new Sections(sections));
  }

  /** Where a line was refused: the attribute, where it was about one. */
  private static NvmetPath place(Problem problem) {
    NvmetPath path = NvmetPath.parse(problem.detail("path").orElse("/"));
    Optional<String> attribute = problem.detail("attribute");
    return attribute.filter(name -> !name.equals(path.name())).map(path::child).orElse(path);
  }

  private static Section refused(Problem problem) {
    List<Cell> lines = new ArrayList<>();
    lines.add(Cell.of(problem.message(), Tone.BAD));
    for (String hint : problem.hints()) {
      lines.add(Cell.of(hint));
    }
    return new Section("refused", "the last refusal", new Document.Lines(lines));
  }
}
