package io.nvmetsh.command;

import io.nvmetsh.command.CommandSpec.Argument;
import io.nvmetsh.command.CommandSpec.Group;
import io.nvmetsh.command.CommandSpec.Kind;
import io.nvmetsh.command.Document.Cell;
import io.nvmetsh.command.Document.Column;
import io.nvmetsh.command.Document.Section;
import io.nvmetsh.command.Document.Tone;
import io.nvmetsh.offload.Dialect;
import io.nvmetsh.offload.Finding;
import io.nvmetsh.offload.Verdict;
import io.nvmetsh.offload.Verdicts;
import io.nvmetsh.schema.NvmetPath;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Says whether each subsystem is offloaded on each port, and if not, why not. */
final class OffloadCommand implements Command {

  private static final List<Column> COLUMNS =
      List.of(
          new Column("subsystem", "subsystem"),
          new Column("port", "port"),
          new Column("offload", "offload"),
          new Column("evidence", "evidence"),
          new Column("rules", "because of"));

  @Override
  public CommandSpec spec() {
    return new CommandSpec(
        "offload",
        List.of(),
        Group.OFFLOAD,
        "say whether subsystems are offloaded, and why not",
        List.of(Argument.optional("PATH", Kind.NODE)),
        List.of(),
        """
        For each subsystem and port at or below PATH, or where the shell is: the conditions hold,
        offload is off, not asked for, or not possible here; below that what to type. That the
        conditions hold is not to say that the hardware does it: where the driver has counters,
        they are the evidence.""",
        List.of("offload", "offload /subsystems/testsubsystem"));
  }

  @Override
  public Effect run(Context context, Arguments arguments) {
    NvmetPath path = new Lookup(context).directoryOrHere(arguments.word(0));
    Verdicts verdicts = new Verdicts(context.tree(), context.inventory());
    List<List<Cell>> rows = new ArrayList<>();
    Set<Finding> reasons = new LinkedHashSet<>();
    for (Verdict verdict : verdicts.below(path)) {
      rows.add(row(verdict));
      reasons.addAll(verdict.reasons());
    }
    List<Section> sections = new ArrayList<>();
    sections.add(new Section("dialect", "", dialect(context, verdicts.dialect())));
    sections.add(new Section("verdicts", "", new Document.Table(COLUMNS, rows)));
    if (!reasons.isEmpty()) {
      Document why = new Document.Findings(new ArrayList<>(reasons));
      sections.add(new Section("reasons", "", why));
    }
    return Effect.Show.of(new Document.Sections(sections));
  }

  private static Document dialect(Context context, Dialect dialect) {
    String text = "this is " + context.flavor().describe() + ": offload " + dialect.words();
    return new Document.Lines(
        List.of(new Cell(text, dialect.name().toLowerCase(Locale.ROOT), Tone.PLAIN)));
  }

  private static List<Cell> row(Verdict verdict) {
    Tone tone =
        switch (verdict.state()) {
          case HOLDS -> Tone.GOOD;
          case OFF -> Tone.BAD;
          case NOT_ASKED, IMPOSSIBLE -> Tone.FAINT;
        };
    Set<String> rules = new LinkedHashSet<>();
    for (Finding reason : verdict.reasons()) {
      rules.add(reason.rule().isEmpty() ? reason.summary() : reason.rule());
    }
    String state = verdict.state().name().toLowerCase(Locale.ROOT);
    return List.of(
        Cell.of(verdict.subsystem().nqn()),
        verdict.port().map(port -> Cell.of(port.name())).orElse(Cell.unknown()),
        new Cell(verdict.state().words(), state, tone),
        verdict.evidence().map(text -> Cell.of(text, Tone.VARYING)).orElse(Cell.unknown()),
        Cell.of(String.join(", ", rules)));
  }
}
