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
import io.nvmetsh.schema.Problem;
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
        "say whether subsystems are offloaded, and why not; switch it; set it up",
        List.of(Argument.many("[on|off] PATH|setup KEY=ANSWER", Kind.WORD)),
        List.of(SetCommand.FORCE, ErrorOptions.ON_ERROR, ErrorOptions.CONFIRM),
        """
        For each subsystem and port at or below PATH, or where the shell is: offload is on, which the
        evidence proves; the conditions hold, and nothing proves more; it is off, because of what is
        named with what to type; not asked for; or not possible here. Evidence are the adapter's
        contexts for hosts that are connected (offload_ctxs), its counters, where they are not -1,
        and what the kernel's log says of a staging buffer.
        on and off say it to subsystems, or to the one where the shell is, in the way of the driver at
        hand: by pci_device_path of each namespace (MLNX_OFED 4.1, 4.2) or by attr_offload. Links and
        namespaces that are in the way are taken down before and put back after it, with all their
        values; hosts are cut off meanwhile. What the driver would refuse, or could not offload, is
        refused before anything is done. A script that says offload on runs on every driver.

        setup makes an offloaded target of a drive, by four answers: drive=DEVICE,
        address=ADDRESS[,ADDRESS], nqn=NQN and hosts=any or hosts=NQN,NQN. Two addresses are two
        ports, so that hosts with multipath have two paths. service=NUMBER is for ports on another
        number than 4420. At a terminal it asks for what the line leaves out, each time with a
        suggestion that Enter takes, and shows what it would do before it does it. What is there
        already and the same is left alone, a port at the address is used. In the end it prints
        what clients type. What is recorded are the ordinary commands.""",
        List.of(
            "offload",
            "offload /subsystems/testsubsystem",
            "offload on /subsystems/testsubsystem",
            "offload setup drive=/dev/nvme0n1 address=10.9.1.1 nqn=testsubsystem hosts=any"));
  }

  @Override
  public Effect run(Context context, Arguments arguments) {
    List<String> words = arguments.words();
    if (!words.isEmpty() && OffloadSwitch.WORDS.contains(words.get(0))) {
      return OffloadSwitch.of(context, arguments);
    } else if (!words.isEmpty() && words.get(0).equals(OffloadSetup.WORD)) {
      return OffloadSetup.of(context, arguments);
    } else if (words.size() > 1) {
      throw Problem.of(
              Problem.Kind.USAGE,
              "offload: one word too many: " + Words.quote(words.get(1)),
              "write:  offload on PATH...",
              "or:  offload " + Words.quote(words.get(0)))
          .asException();
    }
    return report(context, new Lookup(context).directoryOrHere(arguments.word(0)));
  }

  @Override
  public List<Candidate> complete(Context context, Arguments before, String word) {
    if (before.word(0).filter(OffloadSetup.WORD::equals).isPresent()) {
      return OffloadSetup.complete(context, before, word);
    }
    Offer offer = new Offer(context, word);
    if (before.words().isEmpty()) {
      offer.add("on", "have the network card serve it");
      offer.add("off", "have the CPU serve it");
      offer.add(OffloadSetup.WORD, "make an offloaded target of a drive, step by step");
    } else {
      subsystems(context, before.words(), offer);
    }
    if (before.words().isEmpty() || offer.isEmpty()) {
      PathCompletion.add(context, offer, PathCompletion.DIRECTORY);
    }
    return offer.candidates();
  }

  /** What can be switched and is not named yet. */
  private static void subsystems(Context context, List<String> named, Offer offer) {
    NodeSummary summary = new NodeSummary(context);
    NvmetPath group = NvmetPath.of("subsystems");
    for (String name : context.tree().directories(group)) {
      NvmetPath path = group.child(name);
      if (!named.contains(path.toString())) {
        offer.add(path.toString(), false, () -> summary.of(path).text());
      }
    }
  }

  private static Effect report(Context context, NvmetPath path) {
    Verdicts verdicts =
        new Verdicts(context.tree(), context.inventory(), () -> context.target().log().lines());
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
          case ON, HOLDS -> Tone.GOOD;
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
