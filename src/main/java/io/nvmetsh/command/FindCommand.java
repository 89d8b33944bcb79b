package io.nvmetsh.command;

import io.nvmetsh.command.CommandSpec.Argument;
import io.nvmetsh.command.CommandSpec.Group;
import io.nvmetsh.command.CommandSpec.Kind;
import io.nvmetsh.command.CommandSpec.Option;
import io.nvmetsh.command.Document.Cell;
import io.nvmetsh.command.Document.Column;
import io.nvmetsh.command.Document.Tone;
import io.nvmetsh.schema.Attribute;
import io.nvmetsh.schema.NodeKind;
import io.nvmetsh.schema.NvmetPath;
import io.nvmetsh.schema.NvmetSchema;
import io.nvmetsh.schema.Problem;
import io.nvmetsh.schema.ValueType;
import io.nvmetsh.tree.TargetTree;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Finds objects by their attributes. */
final class FindCommand implements Command {

  @Override
  public CommandSpec spec() {
    return new CommandSpec(
        "find",
        List.of(),
        Group.MOVE,
        "find objects by their attributes",
        List.of(Argument.many("[PATH] ATTRIBUTE=PATTERN", Kind.WORD)),
        List.of(
            Option.valued(
                "fields", '\0', "A,B", Kind.WORD, "show these attributes of what is found")),
        """
        Everything at or below PATH, or below where the shell is, for which all conditions hold. In a
        pattern * is for any text, a comma stands between alternatives, 1..5, 1.. and ..5 are ranges of
        numbers, ! in front turns it around, and nothing is for what is not set. An attribute can be
        named without what its group begins with (trtype), and device is for device_path. Of a key it
        can be asked whether there is one.\
        """,
        List.of(
            "find device=/dev/nvme0n1",
            "find /ports trtype=rdma --fields addr_traddr,addr_trsvcid",
            "find enable=0"));
  }

  @Override
  public Effect run(Context context, Arguments arguments) {
    List<String> words = new ArrayList<>(arguments.words());
    NvmetPath below = context.here();
    if (!words.isEmpty() && !Assignments.isAssignment(words.get(0))) {
      below = new Lookup(context).directory(words.remove(0));
    }
    if (words.isEmpty()) {
      throw Problem.of(
              Problem.Kind.USAGE,
              "find: by which attribute?",
              "write for instance:  find " + Words.quote(below.toString()) + " enable=0",
              "everything below a directory:  tree " + Words.quote(below.toString()))
          .asException();
    }
    List<Condition> conditions = new ArrayList<>();
    Set<String> fields = new LinkedHashSet<>();
    for (String word : words) {
      Condition condition = Condition.parse(word);
      conditions.add(condition);
      fields.add(condition.attribute());
    }
    arguments
        .option("fields")
        .ifPresent(
            names -> {
              fields.clear();
              fields.addAll(List.of(names.split(",")));
            });
    List<List<Cell>> rows = new ArrayList<>();
    Set<String> seen = new TreeSet<>();
    walk(context.tree(), below, conditions, fields, rows, seen);
    for (String name : fields) {
      refuseUnknown(name, seen);
    }
    conditions.forEach(condition -> refuseUnknown(condition.attribute(), seen));
    List<Column> columns = new ArrayList<>(List.of(new Column("path", "path")));
    fields.forEach(name -> columns.add(new Column(name, name)));
    return Effect.Show.of(new Document.Table(columns, rows));
  }

  private static void walk(
      TargetTree tree,
      NvmetPath path,
      List<Condition> conditions,
      Set<String> fields,
      List<List<Cell>> rows,
      Set<String> seen) {
    List<String> attributes = tree.attributes(path);
    seen.addAll(attributes);
    boolean found = true;
    for (Condition condition : conditions) {
      Optional<String> name = named(condition.attribute(), attributes);
      found =
          found && name.isPresent() && condition.holds(text(Values.cell(tree, path, name.get())));
    }
    if (found) {
      List<Cell> row = new ArrayList<>(List.of(Cell.of(path.toString(), Tone.PATH)));
      for (String field : fields) {
        row.add(
            named(field, attributes)
                .map(name -> Values.cell(tree, path, name))
                .orElse(Cell.unknown()));
      }
      rows.add(row);
    }
    for (String name : tree.directories(path)) {
      walk(tree, path.child(name), conditions, fields, rows, seen);
    }
  }

  /** What a condition looks at: of a key no more than that there is one. */
  private static String text(Cell cell) {
    return cell.value() == null ? "" : cell.value().toString();
  }

  /** The attribute of a directory that is meant by a name. */
  private static Optional<String> named(String name, List<String> attributes) {
    if (attributes.contains(name)) {
      return Optional.of(name);
    }
    for (String attribute : attributes) {
      boolean grouped =
          attribute.equals("attr_" + name)
              || attribute.equals("addr_" + name)
              || attribute.equals("param_" + name)
              || (name.equals("device") && attribute.equals("device_path"));
      if (grouped) {
        return Optional.of(attribute);
      }
    }
    return Optional.empty();
  }

  /** What nothing can have is a mistake and not an answer. */
  private static void refuseUnknown(String name, Set<String> seen) {
    Set<String> known = new TreeSet<>(seen);
    NvmetSchema.all().forEach(row -> known.add(row.name()));
    if (named(name, List.copyOf(known)).isPresent()) {
      return;
    }
    Problem problem =
        Problem.of(Problem.Kind.NOT_FOUND, "find: there is no attribute " + Words.quote(name));
    Optional<String> nearest = Nearest.of(name, known);
    if (nearest.isPresent()) {
      problem = problem.hint("did you mean:  " + nearest.get());
    }
    throw problem.hint("all of them:  explain").asException();
  }

  @Override
  public List<Candidate> complete(Context context, Arguments before, String word) {
    Offer offer = new Offer(context, word);
    int equals = word.indexOf('=');
    Set<String> offered = new TreeSet<>();
    for (NodeKind kind : NodeKind.values()) {
      for (Attribute row : NvmetSchema.of(kind, context.flavor())) {
        if (equals < 0 && offered.add(row.name())) {
          offer.add(row.name() + "=", true, row::help);
        } else if (equals > 0 && row.name().equals(word.substring(0, equals))) {
          for (ValueType.Word value : row.type().words()) {
            if (offered.add(value.text())) {
              offer.add(row.name() + "=" + value.text(), value.help());
            }
          }
        }
      }
    }
    if (before.words().isEmpty() && equals < 0) {
      PathCompletion.add(context, offer, PathCompletion.DIRECTORY);
    }
    return offer.candidates();
  }
}
