package io.nvmetsh.plan;

import io.nvmetsh.schema.Attribute;
import io.nvmetsh.schema.NodeKind;
import io.nvmetsh.schema.NvmetPath;
import io.nvmetsh.schema.NvmetSchema;
import io.nvmetsh.schema.Problem;
import io.nvmetsh.schema.Quoting;
import io.nvmetsh.tree.Namespace;
import io.nvmetsh.tree.Subsystem;
import io.nvmetsh.tree.TargetTree;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Whether an attribute may be written now, and if not, what has to be undone first. */
final class LockCheck implements Check {

  private static final int MOST_HINTS = 4;

  private final TargetTree tree;

  LockCheck(TargetTree tree) {
    this.tree = tree;
  }

  @Override
  public Optional<Problem> set(Change.SetAttribute set) {
    NvmetPath directory = set.path().parent();
    Attribute row = NvmetSchema.row(directory.kind().orElse(NodeKind.ROOT), set.path().name());
    return switch (row.lock()) {
      // Once discovered is known to the kernel alone: subsys->subsys_discovered is shown nowhere.
      case NEVER, ONCE_DISCOVERED -> Optional.empty();
      case WHILE_ENABLED -> tree.isOn(directory, "enable") ? enabled(set) : Optional.empty();
      case UNLESS_ENABLED -> tree.isOn(directory, "enable") ? Optional.empty() : disabled(set);
      case WHILE_LINKED -> linked(set);
      case WHILE_EXPORTED -> exported(set);
    };
  }

  private Optional<Problem> enabled(Change.SetAttribute set) {
    NvmetPath directory = set.path().parent();
    Problem problem = locked(set, "while enabled", lock(set));
    Namespace namespace = new Namespace(tree, directory);
    if (namespace.pciAddress().isPresent()) {
      // HAZ-PCI-REENABLE: disabled once, it can never be enabled again
      return Optional.of(
          problem.hint(
              "delete it and make it anew:  " + TypedLines.of(new Change.Delete(directory))));
    }
    Change disable = new Change.SetAttribute(directory.child("enable"), "0");
    return Optional.of(problem.hint("disable it first:  " + TypedLines.of(disable)));
  }

  private static Cause lock(Change.SetAttribute set) {
    return switch (set.row().owner()) {
      case REFERRAL -> Cause.REFERRAL_ENABLED;
      case PASSTHRU -> Cause.PASSTHRU_ENABLED;
      default ->
          switch (set.path().name()) {
            case "buffered_io", "resv_enable", "offload_cmd_tmo_us" -> Cause.NAMESPACE_ENABLED_FLAG;
            default -> Cause.NAMESPACE_ENABLED;
          };
    };
  }

  private static Optional<Problem> disabled(Change.SetAttribute set) {
    Change enable = new Change.SetAttribute(set.path().parent().child("enable"), "1");
    return Optional.of(
        locked(set, "while disabled", Cause.NAMESPACE_DISABLED)
            .hint("enable it first:  " + TypedLines.of(enable)));
  }

  private Optional<Problem> linked(Change.SetAttribute set) {
    NvmetPath directory = set.path().parent().child("subsystems");
    List<String> names = tree.linkNames(directory);
    if (names.isEmpty()) {
      return Optional.empty();
    }
    List<NvmetPath> links = new ArrayList<>();
    for (String name : names) {
      links.add(directory.child(name));
    }
    return Optional.of(
        unlinkFirst(locked(set, "while subsystems are linked", Cause.PORT_LINKED), links));
  }

  private Optional<Problem> exported(Change.SetAttribute set) {
    List<NvmetPath> links = new Subsystem(tree, set.path().parent()).links();
    return links.isEmpty()
        ? Optional.empty()
        : Optional.of(
            unlinkFirst(
                    locked(set, "while the subsystem is linked to a port", Cause.OFFLOAD_EXPORTED),
                    links)
                .hint("or all of it in one:  " + offload(set)));
  }

  private static String offload(Change.SetAttribute set) {
    String way = set.value().equals("0") ? "off" : "on";
    return "offload " + way + " " + Quoting.path(set.path().parent());
  }

  static Problem unlinkFirst(Problem problem, List<NvmetPath> links) {
    int shown = Math.min(links.size(), MOST_HINTS);
    for (NvmetPath link : links.subList(0, shown)) {
      String line = TypedLines.of(new Change.Unlink(link));
      problem = problem.hint((shown > 1 ? "unlink them first:  " : "unlink it first:  ") + line);
    }
    return links.size() > shown ? problem.hint("and " + (links.size() - shown) + " more") : problem;
  }

  private static Problem locked(Change.SetAttribute set, String when, Cause cause) {
    String message =
        set.path().parent() + ": cannot set " + set.path().name() + " " + when + cause.answer();
    return cause
        .foresees(Problem.of(Problem.Kind.CONFLICT, message))
        .with("path", set.path().parent().toString())
        .with("attribute", set.path().name())
        .with("value", set.isSecret() ? "***" : set.value())
        .with("rule", "locked " + when);
  }
}
