package io.nvmetsh.plan;

import io.nvmetsh.schema.Attribute;
import io.nvmetsh.schema.NodeKind;
import io.nvmetsh.schema.Nqn;
import io.nvmetsh.schema.NvmetPath;
import io.nvmetsh.schema.Problem;
import io.nvmetsh.schema.Quoting;
import io.nvmetsh.schema.ValueType.InvalidValue;
import io.nvmetsh.tree.TargetTree;
import java.util.Optional;

/**
 * Whether a change can be put to a kernel at all. The kernel would not refuse these but take them
 * for something else: half a name, another spelling of a number, the first of two lines. So nothing
 * overrules this.
 */
final class FormCheck implements Check {

  private final TargetTree tree;

  FormCheck(TargetTree tree) {
    this.tree = tree;
  }

  @Override
  public Optional<Problem> create(Change.Create change) {
    NvmetPath path = change.path();
    NodeKind kind = path.kind().orElse(NodeKind.ROOT);
    return switch (kind) {
      case SUBSYSTEM, HOST -> name(path, kind);
      case PORT -> spelling(path, kind);
      case NAMESPACE, ANA_GROUP -> {
        Optional<Problem> spelling = spelling(path, kind);
        yield spelling.isPresent() ? spelling : twin(path, kind);
      }
      default -> Optional.empty();
    };
  }

  private static Optional<Problem> name(NvmetPath path, NodeKind kind) {
    try {
      Nqn.usable(path.name());
      return Optional.empty();
    } catch (InvalidValue e) {
      return Optional.of(
          NameCheck.invalid(
              path, kind, String.valueOf(e.getMessage()), NameCheck.nqnHint(path, kind)));
    }
  }

  /**
   * The kernel reads the name with base 0, so that {@code 1}, {@code 01} and {@code 0x1} would be
   * three directories with one number. Only the plain spelling is taken.
   */
  private static Optional<Problem> spelling(NvmetPath path, NodeKind kind) {
    if (isPlainNumber(path.name()) || KernelNumber.parse(path.name()).isEmpty()) {
      return Optional.empty();
    }
    String clause = "is another spelling of " + KernelNumber.parse(path.name()).getAsLong();
    String line = "create " + Quoting.path(path.parent()) + "/" + NameCheck.example(kind);
    return Optional.of(
        NameCheck.invalid(path, kind, clause, "write it in decimal digits:  " + line));
  }

  static boolean isPlainNumber(String name) {
    if (name.isEmpty() || (name.length() > 1 && name.startsWith("0"))) {
      return false;
    }
    for (int i = 0; i < name.length(); i++) {
      if (name.charAt(i) < '0' || name.charAt(i) > '9') {
        return false;
      }
    }
    return true;
  }

  /** That the number is there already, under another name. */
  Optional<Problem> twin(NvmetPath path, NodeKind kind) {
    for (String other : tree.directories(path.parent())) {
      if (!other.equals(path.name()) && KernelNumber.same(other, path.name())) {
        String clause = "is there already, spelled " + Quoting.word(other);
        String line = "get " + Quoting.path(path.parent().child(other));
        return Optional.of(NameCheck.invalid(path, kind, clause, "look at it:  " + line));
      }
    }
    return Optional.empty();
  }

  @Override
  public Optional<Problem> set(Change.SetAttribute set) {
    if (set.value().indexOf('\n') < 0 && set.value().indexOf('\0') < 0) {
      return Optional.empty();
    }
    // one write is one value: nothing that is sent may hold a line break
    Attribute row = set.row();
    return Optional.of(ValueCheck.invalid(set, row, "has a line break or NUL"));
  }
}
