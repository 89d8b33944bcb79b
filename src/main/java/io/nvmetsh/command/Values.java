package io.nvmetsh.command;

import io.nvmetsh.command.Document.Cell;
import io.nvmetsh.command.Document.Tone;
import io.nvmetsh.schema.Attribute;
import io.nvmetsh.schema.NodeKind;
import io.nvmetsh.schema.NvmetPath;
import io.nvmetsh.schema.NvmetSchema;
import io.nvmetsh.tree.TargetTree;
import java.util.Optional;

/** How the value of an attribute is shown: secrets never, unset and write-only in words. */
final class Values {

  private Values() {}

  static Attribute row(NvmetPath directory, String name) {
    return NvmetSchema.row(directory.kind().orElse(NodeKind.ROOT), name);
  }

  static Cell cell(TargetTree tree, NvmetPath directory, String name) {
    Attribute row = row(directory, name);
    if (!row.isReadable()) {
      return new Cell("write only", null, Tone.FAINT);
    }
    Optional<String> value = tree.value(directory.child(name));
    if (value.isEmpty()) {
      return new Cell("cannot be read", null, Tone.BAD);
    }
    if (isUnset(value.get())) {
      return new Cell("not set", "", Tone.FAINT);
    }
    return row.isSecret()
        ? new Cell("set, not shown", "***", Tone.FAINT)
        : Cell.of(value.get().stripTrailing(), row.varies() ? Tone.VARYING : Tone.PLAIN);
  }

  /** Whether a value still is what a new object shows. */
  static boolean isInitial(TargetTree tree, NvmetPath directory, String name) {
    Attribute row = row(directory, name);
    return !row.isReadable()
        || (row.initial().known() && row.initial().text().equals(tree.value(directory, name, "")));
  }

  static boolean isUnset(String value) {
    return value.isEmpty() || value.equals("(null)") || value.equals("N/A");
  }
}
