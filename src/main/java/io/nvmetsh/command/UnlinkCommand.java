package io.nvmetsh.command;

import io.nvmetsh.command.CommandSpec.Argument;
import io.nvmetsh.command.CommandSpec.Group;
import io.nvmetsh.command.CommandSpec.Kind;
import io.nvmetsh.plan.Change;
import io.nvmetsh.plan.Plan;
import io.nvmetsh.schema.NvmetPath;
import io.nvmetsh.schema.Problem;
import io.nvmetsh.tree.TargetTree;
import java.util.List;
import java.util.Optional;

/** Takes a subsystem off a port, or a host off a subsystem. */
final class UnlinkCommand implements Command {

  @Override
  public CommandSpec spec() {
    return new CommandSpec(
        "unlink",
        List.of(),
        Group.CHANGE,
        "take a subsystem off a port, or a host off a subsystem",
        List.of(Argument.required("LINK", Kind.LINK), Argument.optional("FROM", Kind.HOLDER)),
        List.of(),
        """
        LINK is the name of a link here, or its path; with FROM also the path of what is linked, as
        link takes it. Hosts connected through the port lose the subsystem; the last subsystem
        unlinked makes the port stop listening.\
        """,
        List.of("unlink /ports/1/subsystems/testsubsystem", "unlink testsubsystem /ports/1"));
  }

  @Override
  public Effect run(Context context, Arguments arguments) {
    String word = arguments.required(0);
    NvmetPath from = arguments.word(1).map(context::resolve).orElse(context.here());
    TargetTree tree = context.tree();
    NvmetPath direct = from.resolveTyped(word);
    if (tree.isLink(direct)) {
      return Effect.Apply.of(Plan.of(new Change.Unlink(direct)));
    }
    Optional<NvmetPath> links = LinkCommand.linksOf(from);
    boolean byPath = word.indexOf('/') >= 0;
    if (links.isPresent() && (!byPath || arguments.word(1).isPresent())) {
      // as link takes it: the path of what is linked, and where
      NvmetPath target = context.resolve(word);
      NvmetPath link = links.get().child(target.name());
      if (tree.isLink(link)
          && (!byPath || tree.linkTarget(link).filter(target::equals).isPresent())) {
        return Effect.Apply.of(Plan.of(new Change.Unlink(link)));
      }
      throw notLinked(context, links.get(), word);
    }
    throw tree.isDirectory(direct)
        ? noLink(direct)
        : notLinked(context, direct.parent(), direct.name());
  }

  @Override
  public List<Candidate> complete(Context context, Arguments before, String word) {
    if (before.words().size() != 1) {
      return Completion.ofArgument(spec(), context, before, word);
    }
    String link = before.required(0);
    return link.indexOf('/') >= 0 ? List.of() : LinkCompletion.holders(context, link, true, word);
  }

  private static RuntimeException noLink(NvmetPath directory) {
    Optional<NvmetPath> links = LinkCommand.linksOf(directory);
    return Problem.of(
            Problem.Kind.CONFLICT,
            directory + " is a directory, not a link",
            links.isPresent()
                ? "see what is linked there:  ls " + Words.quote(links.get().toString())
                : "see what there is:  ls " + Words.quote(directory.toString()))
        .with("path", directory.toString())
        .asException();
  }

  private static RuntimeException notLinked(Context context, NvmetPath directory, String name) {
    if (!context.tree().isDirectory(directory)) {
      return new Lookup(context).absent(directory);
    }
    return Problem.of(
            Problem.Kind.NOT_FOUND,
            directory + ": " + name + " is not linked here",
            "see what is:  ls " + Words.quote(directory.toString()))
        .with("path", directory.child(name).toString())
        .asException();
  }
}
