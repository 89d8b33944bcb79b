package io.nvmetsh.script;

import io.nvmetsh.command.CommandLine;
import io.nvmetsh.command.Document;
import io.nvmetsh.command.Document.Cell;
import io.nvmetsh.command.Document.Column;
import io.nvmetsh.command.Document.Section;
import io.nvmetsh.command.Effect;
import io.nvmetsh.command.SecretMask;
import io.nvmetsh.offload.Dialect;
import io.nvmetsh.plan.Change;
import io.nvmetsh.schema.NvmetPath;
import io.nvmetsh.schema.Placeholder;
import io.nvmetsh.schema.Quoting;
import io.nvmetsh.schema.ValueType.CandidateSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** A script in a few words: where it comes from, what it needs, what it touches. */
public final class ScriptSummary {

  private final Script script;
  private final ScriptPlan plan;

  private ScriptSummary(Script script, ScriptPlan plan) {
    this.script = script;
    this.plan = plan;
  }

  public static Document of(Script script, ScriptPlan plan) {
    return new ScriptSummary(script, plan).document();
  }

  private Document document() {
    List<Section> sections = new ArrayList<>();
    if (!script.head().isEmpty()) {
      Map<String, Cell> head = new LinkedHashMap<>();
      script.head().forEach((key, value) -> head.put(key, Cell.of(value)));
      sections.add(new Section("head", "", new Document.Pairs(head)));
    }
    List<List<Cell>> parameters = parameters();
    if (!parameters.isEmpty()) {
      sections.add(
          new Section(
              "parameters",
              "parameters",
              new Document.Table(
                  List.of(
                      new Column("name", "name"),
                      new Column("line", "line"),
                      new Column("default", "default"),
                      new Column("attribute", "value of")),
                  parameters)));
    }
    ScriptDialect.of(script).stream()
        .findFirst()
        .ifPresent(line -> sections.add(new Section("offload", "offload", offload(line))));
    Set<String> facts = facts();
    if (!facts.isEmpty()) {
      sections.add(new Section("requires", "requires", lines(facts)));
    }
    sections.add(new Section("lines", "lines", new Document.Pairs(counts())));
    sections.add(new Section("touches", "touches", lines(touched())));
    Set<String> assumed = new TreeSet<>();
    plan.assumed().forEach(path -> assumed.add(Quoting.path(path)));
    if (!assumed.isEmpty()) {
      sections.add(new Section("assumes", "must be there before", lines(assumed)));
    }
    return new Document.Sections(sections);
  }

  /** In whose way it asks for offload, and how to make it everybody's. */
  private Document offload(ScriptDialect.Asking line) {
    Map<String, Cell> pairs = new LinkedHashMap<>();
    pairs.put("asked by", Cell.of(line.dialect().map(Dialect::attribute).orElse("offload on")));
    pairs.put("first in", Cell.of("line " + line.step().number(), (Object) line.step().number()));
    pairs.put(
        "runs on",
        Cell.of(line.dialect().map(Dialect::releases).orElse("MLNX_OFED 4.1 and later")));
    if (line.dialect().isPresent()) {
      pairs.put("for others", Cell.of("script translate " + Quoting.word(script.name())));
    }
    return new Document.Pairs(pairs);
  }

  private static Document lines(Set<String> texts) {
    return Document.Lines.of(
        texts.isEmpty() ? new String[] {"nothing"} : texts.toArray(String[]::new));
  }

  private List<List<Cell>> parameters() {
    Map<String, ParameterUses.Use> uses = ParameterUses.of(script);
    List<List<Cell>> rows = new ArrayList<>();
    SecretMask mask = new SecretMask();
    for (ScriptPlan.Line line : plan.lines()) {
      if (line.declared().isPresent()) {
        Effect.Declare declared = line.declared().get();
        String initial =
            declared.secret() ? "secret" : declared.initial().orElse("none, must be given");
        rows.add(
            List.of(
                Cell.of(declared.name()),
                Cell.of(Integer.toString(line.step().number()), (Object) line.step().number()),
                Cell.of(mask.values(initial)),
                Cell.of(use(uses.get(declared.name())))));
      }
    }
    return rows;
  }

  private static String use(ParameterUses.@Nullable Use use) {
    return use == null ? "" : use.attribute().name() + ": " + use.attribute().type().hint();
  }

  /** What it says it relies on, in its own words. */
  private Set<String> facts() {
    Set<String> facts = new LinkedHashSet<>();
    for (ScriptPlan.Line line : plan.lines()) {
      line.required().ifPresent(fact -> facts.add(Placeholder.shown(fact.line())));
    }
    return facts;
  }

  /** How many lines there are of each command. */
  private Map<String, Cell> counts() {
    Map<String, Integer> counts = new TreeMap<>();
    for (Script.Step step : script.steps()) {
      counts.merge(command(step.text()), 1, Integer::sum);
    }
    Map<String, Cell> cells = new LinkedHashMap<>();
    counts.forEach(
        (command, count) -> cells.put(command, Cell.of(count.toString(), (Object) count)));
    return cells;
  }

  /** The command of a line that has been planned, so that it can be cut into words. */
  private String command(String text) {
    Map<String, String> values = new LinkedHashMap<>();
    for (ScriptPlan.Line line : plan.lines()) {
      line.declared().ifPresent(declared -> values.put(declared.name(), declared.name()));
    }
    return CommandLine.parse(text, values).command();
  }

  /** Subsystems, ports, hosts, modules and devices. */
  private Set<String> touched() {
    Set<String> touched = new TreeSet<>();
    for (ScriptPlan.Line line : plan.lines()) {
      for (Change change : line.changes()) {
        if (change instanceof Change.OfModule module) {
          touched.add("module " + module.name());
        } else {
          NvmetPath path = change.path();
          touched.add(Quoting.path(path.ancestor(Math.min(2, path.depth()))));
        }
        if (change instanceof Change.SetAttribute set
            && set.row().type().source() == CandidateSource.BLOCK_DEVICES) {
          touched.add("device " + Quoting.word(set.value()));
        }
      }
    }
    return touched;
  }
}
