package io.nvmetsh.plan;

import io.nvmetsh.schema.NodeKind;
import io.nvmetsh.schema.Nqn;
import io.nvmetsh.schema.NvmetPath;
import io.nvmetsh.schema.Problem;
import io.nvmetsh.schema.Quoting;
import io.nvmetsh.schema.ValueType.InvalidValue;
import io.nvmetsh.tree.TargetTree;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Whether a directory can be made: where it would stand, and what it would be called. */
final class NameCheck implements Check {

  private static final int MOST_BYTES = 255;

  private final TargetTree tree;

  NameCheck(TargetTree tree) {
    this.tree = tree;
  }

  @Override
  public Optional<Problem> create(Change.Create change) {
    NvmetPath path = change.path();
    Optional<NodeKind> kind = path.kind();
    if (kind.isEmpty()) {
      return Optional.of(noPlace(path));
    }
    Optional<Problem> missing = missing(path);
    if (missing.isPresent()) {
      return missing;
    }
    if (tree.isDirectory(path)) {
      return Optional.of(exists(path, kind.get()));
    }
    return name(path, kind.get());
  }

  /** A directory without make_item. */
  private Problem noPlace(NvmetPath path) {
    NvmetPath parent = path.parent();
    while (parent.kind().isEmpty()) {
      parent = parent.parent();
    }
    Problem problem =
        Cause.NO_PLACE.foresees(
            Problem.of(
                    Problem.Kind.CONFLICT,
                    path + ": nothing can be created here" + Cause.NO_PLACE.answer())
                .with("path", path.toString()));
    NodeKind kind = parent.kind().orElseThrow();
    for (String group : kind.defaultGroups(tree.flavor())) {
      Optional<NodeKind> member = kind.entry(group).flatMap(NodeKind::member);
      if (member.isPresent() && member.get().isMade()) {
        String line = "create " + Quoting.path(parent.child(group).child(example(member.get())));
        problem = problem.hint("for " + member.get().one() + ":  " + line);
      }
    }
    return problem.hint("see what is there:  ls " + Quoting.path(parent));
  }

  static String example(NodeKind kind) {
    return !kind.isNumbered() ? "NAME" : kind == NodeKind.ANA_GROUP ? "2" : "1";
  }

  private Optional<Problem> missing(NvmetPath path) {
    for (NvmetPath above : path.parent().way()) {
      if (tree.isDirectory(above)) {
        continue;
      }
      NodeKind kind = above.kind().orElseThrow();
      return Optional.of(kind.isMade() ? absent(path, above) : unsupported(path, kind));
    }
    return Optional.empty();
  }

  private static Problem absent(NvmetPath path, NvmetPath above) {
    return Cause.ABSENT.foresees(
        Problem.of(
                Problem.Kind.NOT_FOUND,
                path + ": there is no " + above,
                "create it first:  create " + Quoting.path(above))
            .with("path", path.toString()));
  }

  private Problem unsupported(NvmetPath path, NodeKind kind) {
    return Cause.ABSENT.foresees(
        Problem.of(
                Problem.Kind.UNSUPPORTED,
                path + ": this is " + tree.flavor().describe() + ", which has no " + kind.term(),
                kind.term() + " exist in " + kind.since().describe(),
                "see what is there:  ls " + Quoting.path(path.ancestor(2)))
            .with("path", path.toString()));
  }

  private static Problem exists(NvmetPath path, NodeKind kind) {
    return Cause.EXISTS.foresees(
        Problem.of(
                Problem.Kind.CONFLICT,
                path
                    + (kind.isMade() ? " exists already" : " is made by the kernel, and is there")
                    + Cause.EXISTS.answer(),
                "look at it:  get " + Quoting.path(path))
            .with("path", path.toString()));
  }

  private Optional<Problem> name(NvmetPath path, NodeKind kind) {
    return switch (kind) {
      case SUBSYSTEM, HOST -> nqn(path, kind);
      case NAMESPACE -> number(path, kind, 1, 4294967294L);
      case PORT -> number(path, kind, 0, 65535);
      case ANA_GROUP -> number(path, kind, 2, 128);
      default -> length(path, kind);
    };
  }

  private Optional<Problem> nqn(NvmetPath path, NodeKind kind) {
    String name = path.name();
    try {
      Nqn.canonical(name);
    } catch (InvalidValue e) {
      return Optional.of(invalid(path, kind, String.valueOf(e.getMessage()), nqnHint(path, kind)));
    }
    return kind == NodeKind.SUBSYSTEM ? discovery(path) : Optional.empty();
  }

  static String nqnHint(NvmetPath path, NodeKind kind) {
    String name = "nqn.2024-01.io.example:" + (kind == NodeKind.HOST ? "host1" : "disk1");
    return "an NQN is:  create " + path.parent() + "/" + name;
  }

  private Optional<Problem> discovery(NvmetPath path) {
    String current = tree.value(NvmetPath.ROOT, "discovery_nqn", Nqn.DISCOVERY);
    if (!path.name().equals(Nqn.DISCOVERY) && !path.name().equals(current)) {
      return Optional.empty();
    }
    return Optional.of(
        Cause.DISCOVERY_NAME.foresees(
            invalid(
                path,
                NodeKind.SUBSYSTEM,
                "is the name of the discovery subsystem, which every port has by itself",
                "choose another name:  create /subsystems/nqn.2024-01.io.example:disk1")));
  }

  private Optional<Problem> number(NvmetPath path, NodeKind kind, long least, long most) {
    String name = path.name();
    String example = "create " + Quoting.path(path.parent()) + "/" + example(kind);
    if (!FormCheck.isPlainNumber(name)) {
      return Optional.of(
          wrong(kind)
              .foresees(
                  invalid(
                      path, kind, "is not a number", "write it in decimal digits:  " + example)));
    }
    if (name.length() > 10 || Long.parseLong(name) < least || Long.parseLong(name) > most) {
      boolean wide = name.length() > 10 || Long.parseLong(name) > 0xffff_ffffL;
      Cause cause = wide && kind != NodeKind.PORT ? Cause.NUMBER_TOO_LARGE : wrong(kind);
      String clause = "is not in " + least + " to " + most;
      return Optional.of(
          cause.foresees(invalid(path, kind, clause, "choose another number:  " + example)));
    }
    // two ports of one number are odd, and the kernel does not mind
    return kind == NodeKind.PORT ? new FormCheck(tree).twin(path, kind) : Optional.empty();
  }

  private static Cause wrong(NodeKind kind) {
    return switch (kind) {
      case NAMESPACE -> Cause.NSID;
      case PORT -> Cause.PORT_NUMBER;
      default -> Cause.ANA_GROUP_NUMBER;
    };
  }

  private static Optional<Problem> length(NvmetPath path, NodeKind kind) {
    int bytes = path.name().getBytes(StandardCharsets.UTF_8).length;
    if (bytes <= MOST_BYTES) {
      return Optional.empty();
    }
    String clause = "has " + bytes + " bytes; a name has at most " + MOST_BYTES;
    String line = "create " + Quoting.path(path.parent()) + "/NAME";
    return Optional.of(
        Cause.NAME_TOO_LONG.foresees(
            invalid(path, kind, clause, "choose a shorter name:  " + line)));
  }

  static Problem invalid(NvmetPath path, NodeKind kind, String clause, String hint) {
    String name = kind.isNumbered() ? path.name() : Quoting.word(path.name());
    return Problem.of(
            Problem.Kind.INVALID,
            path.parent() + ": " + word(kind) + " " + name + " " + clause,
            hint)
        .with("path", path.toString())
        .with("value", path.name())
        .with("rule", word(kind));
  }

  private static String word(NodeKind kind) {
    return switch (kind) {
      case NAMESPACE -> "nsid";
      case PORT -> "port id";
      case ANA_GROUP -> "ANA group id";
      case SUBSYSTEM -> "subsystem NQN";
      case HOST -> "host NQN";
      default -> kind.term();
    };
  }
}
