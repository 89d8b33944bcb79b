package io.nvmetsh.command;

import io.nvmetsh.command.Document.Cell;
import io.nvmetsh.command.Document.Column;
import io.nvmetsh.command.Document.Pairs;
import io.nvmetsh.command.Document.Section;
import io.nvmetsh.command.Document.Table;
import io.nvmetsh.command.Document.Tone;
import io.nvmetsh.offload.Dialect;
import io.nvmetsh.offload.Finding;
import io.nvmetsh.offload.Verdict;
import io.nvmetsh.offload.Verdicts;
import io.nvmetsh.plan.Cause;
import io.nvmetsh.plan.Change;
import io.nvmetsh.plan.ChangeCheck;
import io.nvmetsh.schema.Attribute;
import io.nvmetsh.schema.Lock;
import io.nvmetsh.schema.NodeKind;
import io.nvmetsh.schema.NvmetPath;
import io.nvmetsh.schema.Problem;
import io.nvmetsh.tree.Subsystem;
import io.nvmetsh.tree.TargetTree;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What stands in the way of what a person may want of an object, found by asking the checks, which
 * would object to it, and the rules of offload.
 */
final class Reasons {

  private static final List<Column> COLUMNS =
      List.of(
          new Column("what", "not now"),
          new Column("attributes", ""),
          new Column("because", "because"),
          new Column("cause", ""),
          new Column("help", "what helps"));

  /** No attribute: what can be said of one at this path can be said of any. */
  private static final NvmetPath ANY = NvmetPath.of("any");

  private final Context context;
  private final TargetTree tree;
  private final ChangeCheck check;
  private final List<List<Cell>> rows = new ArrayList<>();

  Reasons(Context context) {
    this.context = context;
    this.tree = context.tree();
    this.check = new ChangeCheck(context.inventory());
  }

  List<Section> ofDirectory(NvmetPath path) {
    NodeKind kind = path.kind().orElse(NodeKind.ROOT);
    for (Visibility.Obstacle obstacle : new Visibility(context).of(path)) {
      add("hosts see it", obstacle.what(), "", obstacle.help());
    }
    enabling(path, kind);
    locks(path);
    if (!path.isRoot()) {
      check.objections(new Change.Delete(path), tree).stream()
          .limit(1)
          .forEach(problem -> add("delete", path, problem));
    }
    offload(path, kind);
    Map<String, Cell> pairs = new LinkedHashMap<>();
    pairs.put("path", Cell.of(path.toString(), Tone.PATH));
    pairs.put("kind", Cell.of(kind.term()));
    Cell summary = new NodeSummary(context).of(path);
    if (!summary.text().isEmpty()) {
      pairs.put("state", summary);
    }
    return List.of(
        new Section("object", "", new Pairs(pairs)), new Section("reasons", "", reasons()));
  }

  List<Section> ofAttribute(NvmetPath path) {
    Attribute row = Values.row(path.parent(), path.name());
    Map<String, Cell> pairs = new LinkedHashMap<>();
    pairs.put("path", Cell.of(path.toString(), Tone.PATH));
    pairs.put("value", Values.cell(tree, path.parent(), path.name()));
    pairs.put("takes", Cell.of(row.type().name() + ": " + row.type().hint()));
    pairs.put("writable", Cell.of(row.isWritable() ? row.lock().description() : "never"));
    lock(path).ifPresent(problem -> add("set", path.parent(), problem));
    if (path.name().equals("enable")) {
      enabling(path.parent(), row.owner());
    }
    List<Section> sections = new ArrayList<>();
    sections.add(new Section("attribute", "", new Pairs(pairs)));
    sections.add(new Section("reasons", "", reasons()));
    List<Cause> causes = causes(path);
    if (!causes.isEmpty()) {
      sections.add(
          new Section("refusals", "what the kernel refuses", Explanations.refusals(causes)));
    }
    return sections;
  }

  private Document reasons() {
    return rows.isEmpty()
        ? Document.Lines.of("nothing is known that stands in the way of anything here")
        : new Table(COLUMNS, rows);
  }

  /** What the kernel refuses of this attribute, and not of any attribute whatever. */
  private List<Cause> causes(NvmetPath path) {
    Change set = new Change.SetAttribute(path, "1");
    Change any = new Change.SetAttribute(ANY, "1");
    return Arrays.stream(Cause.values())
        .filter(cause -> cause.concerns(set, tree) && !cause.concerns(any, tree))
        .toList();
  }

  /** A port is enabled by its first link. */
  private void enabling(NvmetPath path, NodeKind kind) {
    if (kind.isSwitched() && !tree.isOn(path, "enable")) {
      Change enable = new Change.SetAttribute(path.child("enable"), "1");
      check.problem(enable, tree, false).ifPresent(problem -> add("enable", path, problem));
    } else if (kind == NodeKind.PORT && tree.glance(path.child("subsystems"), 1).isEmpty()) {
      for (String nqn : tree.glance(NvmetPath.of("subsystems"), 1)) {
        NvmetPath link = path.child("subsystems").child(nqn);
        check
            .problem(new Change.Link(link, NvmetPath.of("subsystems", nqn)), tree, false)
            .ifPresent(problem -> add("listen", path, problem));
      }
    }
  }

  /** Attributes that are locked for one and the same reason stand in one row. */
  private void locks(NvmetPath directory) {
    Map<String, List<String>> locked = new LinkedHashMap<>();
    List<String> frozen = new ArrayList<>();
    for (String name : tree.attributes(directory)) {
      Optional<Problem> problem = lock(directory.child(name));
      if (problem.isPresent()) {
        String cause = problem.get().detail("cause").orElse("");
        locked.computeIfAbsent(cause, each -> new ArrayList<>()).add(name);
      } else if (Values.row(directory, name).lock() == Lock.ONCE_DISCOVERED) {
        frozen.add(name);
      }
    }
    for (List<String> names : locked.values()) {
      lock(directory.child(names.get(0))).ifPresent(problem -> add(names, directory, problem));
    }
    boolean known = Cause.FROZEN.isIn(context.flavor());
    if (!frozen.isEmpty() && known && new Subsystem(tree, directory).isLinked()) {
      String when = "should a host have connected already, which only the kernel knows";
      add(
          counted(frozen),
          String.join(" ", frozen),
          when + " (it answers " + Cause.FROZEN.errno() + ")",
          Cause.FROZEN.name(),
          "");
    }
  }

  /** A port has a dozen of them. */
  private static String counted(List<String> attributes) {
    int more = attributes.size() - 2;
    return more <= 1
        ? "set " + String.join(", ", attributes)
        : "set " + attributes.get(0) + ", " + attributes.get(1) + " and " + more + " more";
  }

  /** Why an attribute cannot be written now, whatever is written. */
  private Optional<Problem> lock(NvmetPath attribute) {
    Attribute row = Values.row(attribute.parent(), attribute.name());
    return row.isWritable() ? check.lock(attribute, tree) : Optional.empty();
  }

  private void offload(NvmetPath path, NodeKind kind) {
    boolean concerned =
        kind == NodeKind.SUBSYSTEM || kind == NodeKind.NAMESPACE || kind == NodeKind.PORT;
    Verdicts verdicts = new Verdicts(tree, context.inventory());
    if (!concerned || verdicts.dialect() == Dialect.NONE) {
      return;
    }
    for (Verdict verdict : verdicts.below(path)) {
      if (verdict.state() != Verdict.State.HOLDS && verdict.state() != Verdict.State.ON) {
        String what =
            "offload" + verdict.port().map(port -> " on " + port).orElse("") + of(verdict, kind);
        for (Finding reason : verdict.reasons()) {
          add(what, reason.summary(), reason.rule(), String.join("; ", reason.mend()));
        }
      }
    }
  }

  private static String of(Verdict verdict, NodeKind kind) {
    return kind == NodeKind.PORT ? " of " + verdict.subsystem().nqn() : "";
  }

  private void add(List<String> attributes, NvmetPath path, Problem problem) {
    add(counted(attributes), String.join(" ", attributes), because(path, problem), problem);
  }

  private void add(String what, NvmetPath path, Problem problem) {
    add(what, "", because(path, problem), problem);
  }

  private void add(String what, String attributes, String because, Problem problem) {
    String rule = problem.detail("cause").or(() -> problem.detail("rule")).orElse("");
    add(what, attributes, because, rule, String.join("; ", problem.hints()));
  }

  /** What a check says, without what the table says already. */
  private static String because(NvmetPath path, Problem problem) {
    String rule = problem.detail("rule").orElse("");
    String start = path + ": ";
    if (rule.startsWith("locked ")) {
      String errno = problem.detail("errno").orElse("");
      return rule.substring("locked ".length()) + " (the kernel answers " + errno + ")";
    }
    return problem.message().startsWith(start)
        ? problem.message().substring(start.length())
        : problem.message();
  }

  private void add(String what, String because, String cause, String help) {
    add(what, "", because, cause, help);
  }

  private void add(String what, String attributes, String because, String cause, String help) {
    rows.add(
        List.of(
            Cell.of(what, Tone.STRONG),
            Cell.of(attributes),
            Cell.of(because),
            Cell.of(cause),
            Cell.of(help)));
  }
}
