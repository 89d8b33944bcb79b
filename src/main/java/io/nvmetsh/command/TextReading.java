package io.nvmetsh.command;

import io.nvmetsh.plan.Change;
import io.nvmetsh.plan.ChangeCheck;
import io.nvmetsh.plan.Plan;
import io.nvmetsh.plan.WriteOrder;
import io.nvmetsh.schema.Attribute;
import io.nvmetsh.schema.NvmetPath;
import io.nvmetsh.schema.NvmetshException;
import io.nvmetsh.schema.Problem;
import io.nvmetsh.tree.DraftTree;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a text of attributes means once the editor is left: changes, or what is wrong with it. It is
 * held against the target as that is by then, which others may have changed.
 */
public final class TextReading {

  private static final String ENABLE = "enable";

  private final AttributeText text;
  private final Context now;
  private final NvmetPath directory;
  private final List<String> attributes;
  private final List<AttributeText.Fault> faults = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();
  private final Map<String, String> wanted = new LinkedHashMap<>();
  private final Map<String, Integer> lines = new HashMap<>();

  /**
   * @param left the lines of the text as they are now
   */
  public TextReading(AttributeText text, Context now, List<String> left) {
    this.text = text;
    this.now = now;
    this.directory = text.directory();
    this.attributes = now.tree().attributes(directory);
    if (!now.tree().isDirectory(directory)) {
      fault(-1, new Lookup(now).absent(directory));
      return;
    }
    TextLines read = TextLines.of(left);
    for (int line : read.strange()) {
      faults.add(new AttributeText.Fault(line, strange(read.body().get(line))));
    }
    read.assignments().forEach(this::take);
  }

  private static Problem strange(String line) {
    return Problem.of(
        Problem.Kind.USAGE,
        "not an assignment: " + line.strip(),
        "write it as:  ATTRIBUTE=VALUE",
        "or as a remark, behind a #");
  }

  /** What is wrong; the lines are those of the text. */
  public List<AttributeText.Fault> faults() {
    return faults.stream().sorted(Comparator.comparingInt(AttributeText.Fault::line)).toList();
  }

  /** The place of a problem that came up later in the text. */
  public AttributeText.Fault at(Problem problem) {
    String path = problem.detail("path").orElse("");
    for (Map.Entry<String, Integer> each : lines.entrySet()) {
      if (problem.detail("attribute").filter(each.getKey()::equals).isPresent()
          || path.equals(directory.child(each.getKey()).toString())) {
        return new AttributeText.Fault(each.getValue(), problem);
      }
    }
    return new AttributeText.Fault(-1, problem);
  }

  private void take(TextLines.Assignment each) {
    Integer before = lines.put(each.name(), each.line());
    Attribute row = Values.row(directory, each.name());
    try {
      if (before != null) {
        throw twice(each.name()).asException();
      } else if (!attributes.contains(each.name())) {
        throw new Assignments(now, directory, attributes).unknown(each.name());
      } else if (row.isSecret()) {
        throw key(each.name()).asException();
      } else if (isChanged(row, each.value())) {
        refuseConflict(row, each.value());
        assignments(List.of(each.name() + "=" + each.value()));
        wanted.put(each.name(), each.value());
      }
    } catch (NvmetshException e) {
      fault(each.line(), e);
    }
  }

  private void fault(int line, RuntimeException thrown) {
    if (!(thrown instanceof NvmetshException e)) {
      throw thrown;
    }
    faults.add(new AttributeText.Fault(line, e.problem()));
  }

  private static Problem twice(String name) {
    return Problem.of(
            Problem.Kind.USAGE,
            name + " stands here for the second time",
            "leave one of the two lines")
        .with("attribute", name);
  }

  private Problem key(String name) {
    return Problem.of(
            Problem.Kind.USAGE,
            name + " is a key, and none is taken from a text",
            "take the line out, and be asked for it:  " + AttributeText.asking(directory, name))
        .with("attribute", name);
  }

  /** Whether the line says something else than what it showed, or what is so already. */
  private boolean isChanged(Attribute row, String value) {
    String was = text.shown(row.name()).orElseGet(() -> live(row));
    return !row.isReadable() || (!same(row, was, value) && !same(row, live(row), value));
  }

  private String live(Attribute row) {
    return AttributeText.spelt(now.tree().value(directory, row.name(), ""));
  }

  private static boolean same(Attribute row, String a, String b) {
    return a.equals(b) || (!a.isEmpty() && !b.isEmpty() && row.type().same(a, b));
  }

  private void refuseConflict(Attribute row, String value) {
    Optional<String> was = text.shown(row.name());
    String live = live(row);
    if (was.isPresent() && !same(row, was.get(), live)) {
      throw Problem.of(
              Problem.Kind.CONFLICT,
              row.name()
                  + " was "
                  + named(was.get())
                  + " and is "
                  + named(live)
                  + " by now,"
                  + " set by somebody else while you wrote "
                  + named(value),
              "leave the line so to set it all the same, or write what is there now")
          .with("path", directory.toString())
          .with("attribute", row.name())
          .asException();
    }
  }

  private static String named(String value) {
    return value.isEmpty() ? "not set" : Words.quote(value);
  }

  private Assignments assignments(List<String> words) {
    Assignments assignments = new Assignments(now, directory, attributes);
    if (text.force()) {
      assignments.force();
    }
    assignments.add("", words);
    return assignments;
  }

  /**
   * The changes that make the object what the text says.
   *
   * @throws NvmetshException when they cannot be made together
   */
  public Effect.Apply changes() {
    Assignments assignments = assignments(words());
    for (String lost : lost(assignments.changes())) {
      wanted.put(lost, text.shown(lost).orElseThrow());
      notes.add(lost + "=" + text.shown(lost).orElseThrow() + ": set again, the others change it");
    }
    assignments = notes.isEmpty() ? assignments : assignments(words());
    notes.addAll(assignments.notes());
    return new Effect.Apply(new Plan(assignments.changes(), text.force()), notes);
  }

  /**
   * What a kernel would forget of what the text says and nobody changed, and would take again; the
   * rest went with what was changed.
   */
  private List<String> lost(List<Change> changes) {
    DraftTree draft = new DraftTree(now.tree());
    changes.forEach(change -> change.applyTo(draft));
    ChangeCheck check = new ChangeCheck(now.inventory());
    List<String> lost = new ArrayList<>();
    for (String name : lines.keySet()) {
      NvmetPath attribute = directory.child(name);
      String said = text.shown(name).orElse("");
      if (!wanted.containsKey(name)
          && !said.isEmpty()
          && draft.value(attribute).isEmpty()
          && !Values.isInitial(now.tree(), directory, name)
          && check.problem(new Change.SetAttribute(attribute, said), draft, false).isEmpty()) {
        lost.add(name);
      }
    }
    return lost;
  }

  /** Off before anything else, on behind it: most is locked while it is on. */
  private List<String> words() {
    List<String> names = new ArrayList<>();
    List<String> on = new ArrayList<>();
    List<String> triggers = new ArrayList<>();
    for (String name : wanted.keySet()) {
      Attribute row = Values.row(directory, name);
      if (!row.isReadable()) {
        triggers.add(name);
      } else if (name.equals(ENABLE) && !same(row, wanted.get(name), "0")) {
        on.add(name);
      } else if (!name.equals(ENABLE)) {
        names.add(name);
      }
    }
    List<String> sorted = new ArrayList<>();
    if (wanted.containsKey(ENABLE) && on.isEmpty()) {
      sorted.add(ENABLE);
    }
    sorted.addAll(
        WriteOrder.of(
            directory,
            names,
            () -> Optional.ofNullable(wanted.get(WriteOrder.LEAST)),
            () -> now.tree().value(directory.child(WriteOrder.MOST))));
    sorted.addAll(on);
    sorted.addAll(triggers);
    sorted.replaceAll(name -> name + "=" + wanted.get(name));
    return sorted;
  }
}
