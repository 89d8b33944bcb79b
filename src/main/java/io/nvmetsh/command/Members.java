package io.nvmetsh.command;

import io.nvmetsh.schema.NodeKind;
import io.nvmetsh.schema.NvmetPath;
import io.nvmetsh.schema.Problem;
import io.nvmetsh.tree.TargetTree;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Where new directories go, and which name comes next. */
final class Members {

  private Members() {}

  /** The path itself, or, for a numbered group such as {@code /ports}, its next free member. */
  static NvmetPath complete(TargetTree tree, NvmetPath path) {
    Optional<NodeKind> member = path.kind().flatMap(NodeKind::member);
    if (member.isEmpty()) {
      return path;
    }
    if (!member.get().isNumbered()) {
      throw Problem.of(
              Problem.Kind.USAGE,
              "create: a " + member.get().term() + " needs a name",
              "write:  create " + Words.quote(path.toString()) + "/NAME")
          .asException();
    }
    return path.child(nextId(tree.directories(path)));
  }

  /** The lowest number, from 1, that is no name yet; {@code 01} and {@code 0x1} are names of 1. */
  static String nextId(List<String> names) {
    Set<Long> taken = new HashSet<>();
    for (String name : names) {
      try {
        taken.add(Long.decode(name));
      } catch (NumberFormatException e) {
        // a name that is no number takes none
      }
    }
    long id = 1;
    while (taken.contains(id)) {
      id++;
    }
    return Long.toString(id);
  }
}
