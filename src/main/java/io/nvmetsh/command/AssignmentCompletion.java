package io.nvmetsh.command;

import io.nvmetsh.schema.Attribute;
import io.nvmetsh.schema.NvmetPath;
import io.nvmetsh.tree.TargetTree;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * {@code attribute=value}: first the attributes that can be written, then the values of the one
 * that was chosen.
 */
final class AssignmentCompletion {

  private final Context context;
  private final NvmetPath directory;
  private final String group;
  private final Map<String, String> assigned = new HashMap<>();

  /**
   * @param group what the keys are prefixed with, without the underscore; empty for none
   * @param before the assignments that stand before the cursor
   */
  AssignmentCompletion(Context context, NvmetPath directory, String group, List<String> before) {
    this.context = context;
    this.directory = directory;
    this.group = group;
    for (String word : before) {
      int equals = word.indexOf('=');
      if (equals > 0) {
        assigned.put(name(word.substring(0, equals)), word.substring(equals + 1));
      }
    }
  }

  private String name(String key) {
    return group.isEmpty() ? key : group + "_" + key;
  }

  /** Adds the names of attributes, or, behind the equals sign, values. */
  List<Candidate> of(String word) {
    int equals = word.indexOf('=');
    if (equals > 0) {
      return values(word.substring(0, equals), word.substring(equals + 1));
    }
    Offer offer = new Offer(context, word);
    addNames(offer);
    return offer.candidates();
  }

  void addNames(Offer offer) {
    String prefix = group.isEmpty() ? "" : group + "_";
    for (String name : context.tree().attributes(directory)) {
      Attribute row = Values.row(directory, name);
      if (row.isWritable() && name.startsWith(prefix) && !assigned.containsKey(name)) {
        offer.add(name.substring(prefix.length()) + "=", true, () -> describe(row));
      }
    }
  }

  private String describe(Attribute row) {
    return isLocked(row)
        ? "locked, writable " + row.lock().description() + ": " + row.help()
        : row.help();
  }

  /** Whether the kernel would refuse a write now; what cannot be seen is not claimed. */
  private boolean isLocked(Attribute row) {
    TargetTree tree = context.tree();
    return switch (row.lock()) {
      case NEVER, ONCE_DISCOVERED -> false;
      case WHILE_ENABLED -> tree.isOn(directory, "enable");
      case UNLESS_ENABLED -> !tree.isOn(directory, "enable");
      case WHILE_LINKED -> !tree.linkNames(directory.child("subsystems")).isEmpty();
      case WHILE_EXPORTED -> isExported(tree);
    };
  }

  private boolean isExported(TargetTree tree) {
    for (String port : tree.directories(NvmetPath.of("ports"))) {
      if (tree.isLink(NvmetPath.of("ports", port, "subsystems", directory.name()))) {
        return true;
      }
    }
    return false;
  }

  private List<Candidate> values(String key, String typed) {
    String name = name(key);
    if (!context.tree().attributes(directory).contains(name)) {
      return List.of();
    }
    Offer offer = new Offer(context, key + "=", typed);
    Attribute row = Values.row(directory, name);
    if (row.isWritable()) {
      new ValueCompletion(context, directory, assigned).add(row, offer);
    }
    return offer.candidates();
  }
}
