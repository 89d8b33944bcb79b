package io.nvmetsh.command;

import io.nvmetsh.schema.Attribute;
import io.nvmetsh.schema.NodeKind;
import io.nvmetsh.schema.NvmetPath;
import io.nvmetsh.schema.NvmetSchema;
import java.util.List;
import java.util.Optional;

/** How {@code attribute=value} stands while it is typed, behind a path or a group or neither. */
final class AssignmentStanding {

  private final Context context;
  private final NvmetPath directory;
  private final List<String> names;
  private final String prefix;

  /**
   * @param before the positional words before this one
   */
  AssignmentStanding(Context context, List<String> before) {
    this.context = context;
    NvmetPath place = context.here();
    String group = "";
    for (String word : before) {
      boolean assigned = word.indexOf('=') >= 0;
      if (!assigned && Assignments.isGroup(word, names(context, place))) {
        group = word + "_";
      } else if (!assigned) {
        place = context.resolve(word);
      }
    }
    this.directory = place;
    this.prefix = group;
    this.names = names(context, place);
  }

  /** The attributes of a directory; of one that is to be made, those that it will have. */
  private static List<String> names(Context context, NvmetPath directory) {
    Optional<NodeKind> kind = directory.kind();
    return context.tree().isDirectory(directory) || kind.isEmpty()
        ? context.tree().attributes(directory)
        : NvmetSchema.of(kind.get(), context.flavor()).stream().map(Attribute::name).toList();
  }

  /** A word that has no equals sign yet; nvmetcli's word for a group needs none. */
  Standing unassigned(String word) {
    if (prefix.isEmpty() && Assignments.isGroup(word, names)) {
      return Standing.OPEN;
    }
    Standing standing = name(word);
    return standing == Standing.THERE ? Standing.BEGUN : standing;
  }

  Standing name(String name) {
    return Standing.among(names, prefix + name);
  }

  Standing value(String name, String value) {
    Optional<Attribute> row =
        directory.kind().flatMap(kind -> NvmetSchema.find(kind, prefix + name));
    return row.isPresent()
        ? new ValueStanding(context.inventory()).of(row.get(), value)
        : Standing.OPEN;
  }
}
