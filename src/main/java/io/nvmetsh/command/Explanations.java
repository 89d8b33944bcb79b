package io.nvmetsh.command;

import io.nvmetsh.command.Document.Cell;
import io.nvmetsh.command.Document.Column;
import io.nvmetsh.command.Document.Pairs;
import io.nvmetsh.command.Document.Section;
import io.nvmetsh.command.Document.Sections;
import io.nvmetsh.command.Document.Table;
import io.nvmetsh.command.Document.Tone;
import io.nvmetsh.kernel.Errno;
import io.nvmetsh.offload.OffloadRule;
import io.nvmetsh.plan.Cause;
import io.nvmetsh.plan.Hazard;
import io.nvmetsh.schema.Attribute;
import io.nvmetsh.schema.NvmetSchema;
import io.nvmetsh.schema.Since;
import io.nvmetsh.schema.ValueType;
import io.nvmetsh.schema.ValueType.Word;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What there is to say about a word, from the tables that the rest of the shell works by. */
final class Explanations {

  private static final List<Column> NAMES =
      List.of(new Column("attribute", ""), new Column("help", ""));
  private static final List<Column> VALUES =
      List.of(new Column("value", ""), new Column("help", ""));
  private static final List<Column> REFUSALS =
      List.of(
          new Column("errno", "answer"),
          new Column("when", "when"),
          new Column("function", "answered by"));
  private static final List<Column> CAUSES =
      List.of(
          new Column("when", "when"),
          new Column("function", "answered by"),
          new Column("mend", "what helps"));

  private Explanations() {}

  /** The attributes of the directory the shell is in. */
  static Document attributes(Context context) {
    List<List<Cell>> rows = new ArrayList<>();
    for (String name : context.tree().attributes(context.here())) {
      rows.add(
          List.of(Cell.of(name, Tone.STRONG), Cell.of(Values.row(context.here(), name).help())));
    }
    return rows.isEmpty()
        ? Document.Lines.of(
            context.here() + " has no attributes", "One in detail:  explain addr_trtype")
        : new Table(NAMES, rows);
  }

  /** An attribute, in every kind of directory that has it on some kernel. */
  static List<Section> attribute(Context context, String name) {
    List<Section> sections = new ArrayList<>();
    for (Attribute row : NvmetSchema.all()) {
      if (row.name().equals(name)) {
        sections.add(
            new Section(
                row.owner().name().toLowerCase(Locale.ROOT),
                name + " of " + row.owner().one(),
                attribute(context, row)));
      }
    }
    return sections;
  }

  private static Document attribute(Context context, Attribute row) {
    Map<String, Cell> pairs = new LinkedHashMap<>();
    pairs.put("meaning", Cell.of(row.help()));
    pairs.put("takes", Cell.of(row.type().name() + ": " + row.type().hint()));
    pairs.put("default", Cell.of(initial(row)));
    pairs.put("access", Cell.of(access(row)));
    if (row.isWritable()) {
      pairs.put("writable", Cell.of(row.lock().description()));
    }
    pairs.put("since", Cell.of(since(row)));
    boolean here =
        row.since().covers(context.flavor()) && row.owner().since().covers(context.flavor());
    Cell known = here(context, here, here ? Tone.GOOD : Tone.WARN);
    String without =
        row.since().lacking(context.flavor()).map(each -> ", without " + each.option()).orElse("");
    pairs.put("here", new Cell(known.text() + without, here, known.tone()));
    if (row.type().words().isEmpty()) {
      return new Pairs(pairs);
    }
    return new Sections(
        List.of(
            new Section("facts", "", new Pairs(pairs)),
            new Section("values", "values", words(context, row.type()))));
  }

  private static Table words(Context context, ValueType type) {
    List<List<Cell>> rows = new ArrayList<>();
    for (Word word : type.words()) {
      boolean known = word.since().covers(context.flavor());
      String help = known ? word.help() : word.help() + " (" + word.since().describe() + ")";
      rows.add(
          List.of(
              Cell.of(word.text(), Tone.STRONG), Cell.of(help, known ? Tone.PLAIN : Tone.FAINT)));
    }
    return new Table(VALUES, rows);
  }

  /** An attribute is not there without its directory. */
  private static String since(Attribute row) {
    Since owner = row.owner().since();
    boolean needs = owner.feature().isPresent() && row.since().feature().isEmpty();
    return (needs ? row.since().with(owner.feature().get()) : row.since()).describe();
  }

  private static Cell here(Context context, boolean here, Tone tone) {
    String text = (here ? "yes, " : "no, ") + "this is " + context.flavor().describe();
    return new Cell(text, here, tone);
  }

  private static String initial(Attribute row) {
    if (!row.initial().known()) {
      return row.isReadable() ? "made up by the kernel" : "nothing is shown";
    }
    return Values.isUnset(row.initial().text()) ? "not set" : row.initial().text();
  }

  private static String access(Attribute row) {
    return switch (row.access()) {
      case READ_WRITE -> "read and write";
      case READ_ONLY -> "read only";
      case WRITE_ONLY -> "write only";
      case SECRET -> "read and write; never shown, never recorded";
    };
  }

  static List<Section> parameter(String name) {
    List<Section> sections = new ArrayList<>();
    for (TargetModules.Parameter parameter : TargetModules.PARAMETERS) {
      if (parameter.name().equals(name)) {
        Map<String, Cell> pairs = new LinkedHashMap<>();
        pairs.put("meaning", Cell.of(parameter.help()));
        pairs.put("takes", Cell.of(parameter.form()));
        pairs.put("since", Cell.of(parameter.vendor() ? "MLNX_OFED 4.1 and later" : "Linux"));
        pairs.put("example", Cell.of("modules load " + parameter.module() + " " + name + "=VALUE"));
        sections.add(
            new Section("parameter", name + " of module " + parameter.module(), new Pairs(pairs)));
      }
    }
    return sections;
  }

  static List<Section> errno(Context context, String word) {
    for (Errno errno : Errno.values()) {
      if (ExplainCommand.isNamed(errno, word)) {
        List<Cause> causes =
            Arrays.stream(Cause.values()).filter(each -> each.errno() == errno).toList();
        Document body =
            causes.isEmpty()
                ? Document.Lines.of("no usual cause in nvmet is known")
                : causes(here(context, causes));
        return List.of(
            new Section(
                "errno", errno.name() + ": " + errno.words().toLowerCase(Locale.ROOT), body));
      }
    }
    return List.of();
  }

  /** Those that this kernel can mean, or all where it can mean none. */
  private static List<Cause> here(Context context, List<Cause> causes) {
    List<Cause> here = causes.stream().filter(each -> each.isIn(context.flavor())).toList();
    return here.isEmpty() ? causes : here;
  }

  /** Why the kernel refuses, which of its functions does, and what helps. */
  private static Table causes(List<Cause> causes) {
    List<List<Cell>> rows = new ArrayList<>();
    for (Cause cause : causes) {
      String where = cause.where().map(text -> " (" + text + ")").orElse("");
      rows.add(
          List.of(Cell.of(cause.when() + where), Cell.of(cause.function()), Cell.of(cause.mend())));
    }
    return new Table(CAUSES, rows);
  }

  /** What the kernel refuses of one attribute. */
  static Table refusals(List<Cause> causes) {
    List<List<Cell>> rows = new ArrayList<>();
    for (Cause cause : causes) {
      rows.add(
          List.of(
              Cell.of(cause.errno().name(), Tone.STRONG),
              Cell.of(cause.when()),
              Cell.of(cause.function())));
    }
    return new Table(REFUSALS, rows);
  }

  static Section rule(OffloadRule rule) {
    Map<String, Cell> pairs = new LinkedHashMap<>();
    pairs.put("rule", Cell.of(rule.title()));
    pairs.put("why", Cell.of(rule.explanation().replace('\n', ' ')));
    pairs.put(
        "broken", Cell.of(rule.decides() ? "there is no offload" : "offload works, and less well"));
    pairs.put("mend", Cell.of(rule.noCommand().orElse("each finding of check says what to type")));
    return new Section("rule", rule.id(), new Pairs(pairs));
  }

  static Section hazard(Context context, Hazard hazard) {
    boolean here = hazard.isIn(context.flavor());
    Map<String, Cell> pairs = new LinkedHashMap<>();
    pairs.put("never", Cell.of(hazard.title()));
    pairs.put("because", Cell.of(hazard.effect()));
    pairs.put("where", Cell.of(hazard.where()));
    pairs.put("evidence", Cell.of(hazard.evidence().words()));
    pairs.put("here", here(context, here, Tone.PLAIN));
    return new Section("hazard", hazard.id(), new Pairs(pairs));
  }
}
