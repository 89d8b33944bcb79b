package io.nvmetsh.plan;

import io.nvmetsh.schema.NodeKind;
import io.nvmetsh.schema.NvmetPath;
import io.nvmetsh.schema.Problem;
import io.nvmetsh.schema.Quoting;
import io.nvmetsh.tree.Subsystem;
import io.nvmetsh.tree.TargetTree;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Whether a directory can be removed: made by a person, linked from nowhere, holding nothing. */
final class RemovalCheck implements Check {

  private final TargetTree tree;

  RemovalCheck(TargetTree tree) {
    this.tree = tree;
  }

  @Override
  public Optional<Problem> delete(Change.Delete delete) {
    NvmetPath path = delete.path();
    if (!tree.isDirectory(path)) {
      return Optional.of(
          Cause.ABSENT.foresees(
              Problem.of(
                      Problem.Kind.NOT_FOUND,
                      path.parent() + " has no " + path.name(),
                      "see what is there:  ls " + Quoting.path(path.parent()))
                  .with("path", path.toString())));
    }
    NodeKind kind = path.kind().orElse(NodeKind.ROOT);
    if (!kind.isMade() || (kind == NodeKind.ANA_GROUP && path.name().equals("1"))) {
      return Optional.of(defaultGroup(path, kind));
    }
    Optional<Problem> linked = linked(path, kind);
    return linked.isPresent() ? linked : holding(path);
  }

  private Problem defaultGroup(NvmetPath path, NodeKind kind) {
    Problem problem =
        Cause.MADE_BY_KERNEL.foresees(
            Problem.of(
                    Problem.Kind.CONFLICT,
                    path
                        + ": cannot be removed, it was made by the kernel together with "
                        + path.parent()
                        + Cause.MADE_BY_KERNEL.answer())
                .with("path", path.toString()));
    return kind.member().isPresent() || kind.linkTarget().isPresent() || path.isRoot()
        ? problem.hint("remove what is in it:  delete -r " + Quoting.path(path))
        : problem.hint("see what can be removed:  ls " + Quoting.path(path.parent()));
  }

  /** The kernel looks for links to it before it looks inside. */
  private Optional<Problem> linked(NvmetPath path, NodeKind kind) {
    List<NvmetPath> links =
        switch (kind) {
          case SUBSYSTEM -> new Subsystem(tree, path).links();
          case HOST -> allowedBy(path);
          default -> List.of();
        };
    if (links.isEmpty()) {
      return Optional.empty();
    }
    List<String> holders = new ArrayList<>();
    for (NvmetPath link : links.subList(0, Math.min(4, links.size()))) {
      holders.add(link.ancestor(2).toString());
    }
    String more = links.size() > holders.size() ? " and more" : "";
    return Optional.of(
        Cause.LINKED_FROM.foresees(
            Problem.of(
                    Problem.Kind.CONFLICT,
                    path
                        + ": cannot be removed while it is linked into "
                        + String.join(", ", holders)
                        + more
                        + Cause.LINKED_FROM.answer(),
                    "unlink it first:  " + TypedLines.of(new Change.Unlink(links.get(0))),
                    "or remove it with all links to it:  delete -r " + Quoting.path(path))
                .with("path", path.toString())));
  }

  /** The subsystems that single a host out; of very many the kernel finds them. */
  private List<NvmetPath> allowedBy(NvmetPath host) {
    List<NvmetPath> links = new ArrayList<>();
    NvmetPath group = NvmetPath.of("subsystems");
    for (String name : tree.isLarge(group) ? List.<String>of() : tree.directories(group)) {
      tree.linkTo(NvmetPath.of("subsystems", name, "allowed_hosts"), host).ifPresent(links::add);
    }
    return links;
  }

  private Optional<Problem> holding(NvmetPath path) {
    Optional<NvmetPath> held = held(path);
    return held.isEmpty()
        ? Optional.empty()
        : Optional.of(
            Cause.HOLDING.foresees(
                Problem.of(
                        Problem.Kind.CONFLICT,
                        path
                            + ": cannot be removed while it holds "
                            + held.get()
                            + Cause.HOLDING.answer(),
                        "remove it with all it holds:  delete -r " + Quoting.path(path))
                    .with("path", path.toString())));
  }

  /** The first thing in it that a person made. */
  private Optional<NvmetPath> held(NvmetPath directory) {
    for (String name : tree.linkNames(directory)) {
      return Optional.of(directory.child(name));
    }
    for (String name : tree.directories(directory)) {
      NvmetPath child = directory.child(name);
      NodeKind kind = child.kind().orElse(NodeKind.ROOT);
      boolean ownGroup = kind == NodeKind.ANA_GROUP && name.equals("1");
      if (kind.isMade() && !ownGroup) {
        return Optional.of(child);
      }
      if (kind != NodeKind.OFFLOAD_CTXS) {
        Optional<NvmetPath> held = held(child);
        if (held.isPresent()) {
          return held;
        }
      }
    }
    return Optional.empty();
  }
}
