package io.nvmetsh.plan;

import io.nvmetsh.schema.NodeKind;
import io.nvmetsh.schema.NvmetPath;
import io.nvmetsh.schema.Problem;
import io.nvmetsh.schema.Quoting;
import io.nvmetsh.tree.Subsystem;
import io.nvmetsh.tree.TargetTree;
import java.util.List;
import java.util.Optional;

/** Whether a link goes where links go, to what belongs there, and only once. */
final class LinkCheck implements Check {

  private final TargetTree tree;

  LinkCheck(TargetTree tree) {
    this.tree = tree;
  }

  @Override
  public Optional<Problem> link(Change.Link link) {
    NvmetPath directory = link.path().parent();
    Optional<NodeKind> wanted = directory.kind().flatMap(NodeKind::linkTarget);
    if (wanted.isEmpty()) {
      return Optional.of(noPlace(link.path(), directory));
    }
    if (!tree.isDirectory(directory)) {
      return Optional.of(
          about(
              link,
              Problem.Kind.NOT_FOUND,
              Cause.ABSENT,
              "there is no " + directory,
              "create it first:  create " + Quoting.path(directory.parent())));
    }
    if (!tree.isDirectory(link.target())) {
      return Optional.of(
          about(
              link,
              Problem.Kind.NOT_FOUND,
              Cause.ABSENT,
              "there is no " + link.target(),
              "create it first:  create " + Quoting.path(link.target())));
    }
    if (!link.target().kind().equals(wanted)) {
      return Optional.of(wrongKind(link, wanted.get()));
    }
    Optional<Problem> twice = twice(link, wanted.get());
    return twice.isPresent() || wanted.get() != NodeKind.HOST ? twice : anyHost(link);
  }

  private static Problem noPlace(NvmetPath link, NvmetPath directory) {
    return Cause.NO_LINKS.foresees(
        Problem.of(
                Problem.Kind.CONFLICT,
                directory + ": nothing can be linked here" + Cause.NO_LINKS.answer(),
                "subsystems are linked into ports:  link NQN /ports/1",
                "hosts are linked into subsystems:  link /hosts/NQN /subsystems/NQN")
            .with("path", link.toString()));
  }

  private Problem wrongKind(Change.Link link, NodeKind wanted) {
    NvmetPath holder = link.path().ancestor(2);
    String what =
        link.target()
            .kind()
            .filter(NodeKind::isMade)
            .map(kind -> ", which is " + kind.one())
            .orElse("");
    Cause cause = wanted == NodeKind.HOST ? Cause.NOT_A_HOST : Cause.NOT_A_SUBSYSTEM;
    String example = wanted == NodeKind.HOST ? "/hosts/NQN" : "/subsystems/NQN";
    Problem problem =
        about(
            link,
            Problem.Kind.CONFLICT,
            cause,
            "cannot link "
                + link.target()
                + what
                + ": here go "
                + wanted.term()
                + "s only"
                + cause.answer(),
            "link a " + wanted.term() + ":  link " + example + " " + Quoting.path(holder));
    return link.target().kind().equals(Optional.of(NodeKind.SUBSYSTEM))
        ? problem.hint(
            "a subsystem is linked into a port:  link "
                + Quoting.path(link.target())
                + " "
                + Quoting.path(somePort()))
        : problem;
  }

  private NvmetPath somePort() {
    List<String> ports = tree.glance(NvmetPath.of("ports"), 1);
    return NvmetPath.of("ports", ports.isEmpty() ? "1" : ports.get(0));
  }

  private Optional<Problem> twice(Change.Link link, NodeKind wanted) {
    NvmetPath directory = link.path().parent();
    Cause cause = Cause.LINKED_ALREADY;
    Optional<NvmetPath> there = tree.linkTarget(link.path());
    if (there.isPresent()) {
      boolean same = there.get().equals(link.target());
      return Optional.of(
          about(
              link,
              Problem.Kind.CONFLICT,
              cause,
              (same
                      ? link.target().name() + " is linked already"
                      : "the name leads to " + there.get() + " already")
                  + cause.answer(),
              "see what is linked:  ls " + Quoting.path(directory)));
    }
    // very many links are not all followed: every tool links under the target's own name
    boolean large = tree.isLarge(directory);
    for (String name : large ? List.of(link.target().name()) : tree.linkNames(directory)) {
      if (tree.linkTarget(directory.child(name)).filter(link.target()::equals).isPresent()) {
        return Optional.of(
            about(
                link,
                Problem.Kind.CONFLICT,
                cause,
                "this "
                    + wanted.term()
                    + " is linked already, under the name "
                    + Quoting.word(name)
                    + cause.answer(),
                "see what is linked:  ls " + Quoting.path(directory)));
      }
    }
    return Optional.empty();
  }

  private Optional<Problem> anyHost(Change.Link link) {
    Subsystem subsystem = new Subsystem(tree, link.path().ancestor(2));
    if (!subsystem.allowsAnyHost()) {
      return Optional.empty();
    }
    return Optional.of(
        about(
            link,
            Problem.Kind.CONFLICT,
            Cause.ANY_HOST_ALLOWED,
            "attr_allow_any_host is on, so no host can be singled out"
                + Cause.ANY_HOST_ALLOWED.answer(),
            "switch it off first:  "
                + TypedLines.set(subsystem.path(), "attr_allow_any_host", "0")));
  }

  @Override
  public Optional<Problem> unlink(Change.Unlink unlink) {
    if (tree.isLink(unlink.path())) {
      return Optional.empty();
    }
    NvmetPath directory = unlink.path().parent();
    return Optional.of(
        Cause.ABSENT.foresees(
            Problem.of(
                    Problem.Kind.NOT_FOUND,
                    directory + ": " + unlink.path().name() + " is not linked here",
                    "see what is:  ls " + Quoting.path(directory))
                .with("path", unlink.path().toString())));
  }

  private static Problem about(
      Change.Link link, Problem.Kind kind, Cause cause, String message, String hint) {
    return cause
        .foresees(Problem.of(kind, link.path().parent() + ": " + message, hint))
        .with("path", link.path().toString())
        .with("value", link.target().toString());
  }
}
