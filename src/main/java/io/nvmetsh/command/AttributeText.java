package io.nvmetsh.command;

import io.nvmetsh.plan.WriteOrder;
import io.nvmetsh.schema.Attribute;
import io.nvmetsh.schema.Lock;
import io.nvmetsh.schema.NvmetPath;
import io.nvmetsh.schema.Printable;
import io.nvmetsh.schema.Problem;
import io.nvmetsh.schema.Quoting;
import io.nvmetsh.schema.ValueType.Word;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What can be set of an object, as a text for somebody's editor: a line for each attribute, with
 * what it means and takes above it. It remembers what it showed, so that of the text that is left
 * only what is different counts. Keys are in it by their names alone.
 */
public final class AttributeText {

  private final NvmetPath directory;
  private final boolean force;
  private final Map<String, String> shown;
  private final List<String> lines;
  private final List<Problem> problems;

  /**
   * What is wrong with a text.
   *
   * @param line which one of its lines, as {@link TextLines} counts them; -1 for none
   */
  public record Fault(int line, Problem problem) {}

  private AttributeText(
      NvmetPath directory,
      boolean force,
      Map<String, String> shown,
      List<String> lines,
      List<Problem> problems) {
    this.directory = directory;
    this.force = force;
    this.shown = shown;
    this.lines = List.copyOf(lines);
    this.problems = List.copyOf(problems);
  }

  /**
   * @throws io.nvmetsh.schema.NvmetshException when there is nothing to set
   */
  static AttributeText of(Context context, NvmetPath directory, boolean force) {
    Map<String, String> shown = shown(context, directory);
    List<String> lines = new ArrayList<>();
    lines.add("# " + Printable.text(directory.toString()));
    lines.add("#");
    lines.add("# What differs when the editor is left is set. A line that is missing leaves its");
    lines.add(
        "# attribute alone; an empty file changes nothing. Values stand as they are, unquoted.");
    boolean any = false;
    for (String name : WriteOrder.ofTable(directory, context.tree().attributes(directory))) {
      Attribute row = Values.row(directory, name);
      if (shown.containsKey(name)) {
        lines.add("");
        lines.addAll(about(context, row));
        lines.add(name + "=" + shown.get(name));
        any = true;
      } else if (row.isSecret()) {
        lines.add("");
        lines.add("# " + name + ": " + row.help());
        lines.add("# not shown and not set here:  " + asking(directory, name));
        any = true;
      }
    }
    if (!any) {
      throw Problem.of(
              Problem.Kind.NOT_FOUND,
              directory + " has no attribute that can be set",
              "see what is in it:  ls " + Quoting.path(directory))
          .with("path", directory.toString())
          .asException();
    }
    return new AttributeText(directory, force, shown, lines, List.of());
  }

  /** The line that asks for a key. */
  static String asking(NvmetPath directory, String name) {
    return "set " + Quoting.path(directory) + " " + name + "=?";
  }

  private static List<String> about(Context context, Attribute row) {
    List<Word> known = row.type().words(context.flavor());
    boolean some = known.size() < row.type().words().size();
    String takes =
        some ? known.stream().map(Word::text).collect(Collectors.joining(", ")) : row.type().hint();
    String lock = row.lock() == Lock.NEVER ? "" : "; " + row.lock().description();
    return List.of("# " + row.help(), "#   " + takes + lock);
  }

  /** The values of what can be set, in the order of the table, as they stand in a text. */
  private static Map<String, String> shown(Context context, NvmetPath directory) {
    Map<String, String> shown = new LinkedHashMap<>();
    for (String name : WriteOrder.ofTable(directory, context.tree().attributes(directory))) {
      Attribute row = Values.row(directory, name);
      if (row.isWritable() && row.isReadable() && !row.isSecret()) {
        context
            .tree()
            .value(directory.child(name))
            .ifPresent(value -> shown.put(name, spelt(value)));
      }
    }
    return shown;
  }

  /** A value as it stands in a text. */
  static String spelt(String value) {
    return Printable.text(meant(value));
  }

  /** What stands behind an equals sign of a text: nothing, too, is written in several ways. */
  static String meant(String value) {
    return Values.isUnset(value.strip()) ? "" : value.strip();
  }

  /** That nobody is there to edit it. */
  public Problem unattended() {
    return Problem.of(
        Problem.Kind.UNCONFIRMED,
        "edit: an editor takes a terminal with somebody at it, and here is none",
        "write:  set " + Quoting.path(directory) + " ATTRIBUTE=VALUE",
        "see what there is:  get --all " + Quoting.path(directory));
  }

  public NvmetPath directory() {
    return directory;
  }

  /** The text, line by line. */
  public List<String> lines() {
    return lines;
  }

  /** What is said to be wrong at the top of the text. */
  public List<Problem> problems() {
    return problems;
  }

  boolean force() {
    return force;
  }

  /** What the text showed; empty for what it did not. */
  Optional<String> shown(String name) {
    return Optional.ofNullable(shown.get(name));
  }

  /** The attributes whose values it showed. */
  List<String> names() {
    return List.copyOf(shown.keySet());
  }

  /**
   * The text to go on with: the one that was left, with what is wrong with it at the top. What the
   * person did not touch is as the target has it now, and so is what it is compared with.
   *
   * @param now the target as it is seen now
   */
  public AttributeText again(Context now, List<String> left, List<Fault> faults) {
    Map<String, String> live = shown(now, directory);
    TextLines text = TextLines.of(left);
    List<String> body = new ArrayList<>(text.body());
    for (TextLines.Assignment each : text.assignments()) {
      boolean untouched = each.value().equals(shown.get(each.name()));
      if (untouched && live.containsKey(each.name())) {
        body.set(each.line(), each.name() + "=" + live.get(each.name()));
      }
    }
    SecretMask mask = new SecretMask();
    body.replaceAll(line -> line.startsWith("#") ? mask.values(line) : mask.line(line));
    int above = 0;
    for (Fault fault : faults) {
      above += 1 + fault.problem().hints().size();
    }
    List<String> lines = new ArrayList<>();
    List<Problem> located = new ArrayList<>();
    for (Fault fault : faults) {
      Problem problem = mask.problem(located(fault, above));
      located.add(problem);
      lines.add(TextLines.FAULT + " " + Printable.text(problem.message()));
      problem.hints().forEach(hint -> lines.add(TextLines.FAULT + "   " + Printable.text(hint)));
    }
    lines.addAll(body);
    return new AttributeText(directory, force, live, lines, located);
  }

  private static Problem located(Fault fault, int above) {
    Problem problem = fault.problem();
    return fault.line() < 0
        ? problem
        : new Problem(
            problem.kind(),
            "line " + (fault.line() + above + 1) + ": " + problem.message(),
            problem.hints(),
            problem.about());
  }
}
