package io.nvmetsh.command;

import io.nvmetsh.command.CommandSpec.Argument;
import io.nvmetsh.command.CommandSpec.Group;
import io.nvmetsh.command.CommandSpec.Kind;
import io.nvmetsh.command.CommandSpec.Option;
import io.nvmetsh.plan.Change;
import io.nvmetsh.plan.Plan;
import io.nvmetsh.plan.Removal;
import io.nvmetsh.schema.NvmetPath;
import io.nvmetsh.schema.Problem;
import io.nvmetsh.schema.Quoting;
import io.nvmetsh.tree.DraftTree;
import java.util.ArrayList;
import java.util.List;

/** Removes directories, with everything in and about them when asked. */
final class DeleteCommand implements Command {

  @Override
  public CommandSpec spec() {
    return new CommandSpec(
        "delete",
        List.of("rmdir", "rm"),
        Group.CHANGE,
        "remove a subsystem, namespace, port, host, referral, ANA group or link",
        List.of(new Argument("PATH", Kind.REMOVABLE, true, true, List.of())),
        List.of(
            Option.toggle("recursive", 'r', "with all it holds and all links to it"),
            Option.toggle("if-present", 'f', "do nothing when it is not there"),
            Option.toggle("force", '\0', SetCommand.FORCE.help())),
        """
        With -r links are removed first, then what is inside, then the directory itself: an order
        that the kernel accepts. For a group such as /subsystems or /, -r removes all members.\
        """,
        List.of(
            "delete /subsystems/testsubsystem/namespaces/1",
            "delete -r /subsystems/testsubsystem"));
  }

  @Override
  public Effect run(Context context, Arguments arguments) {
    DraftTree draft = new DraftTree(context.tree());
    List<Change> changes = new ArrayList<>();
    for (String word : arguments.words()) {
      NvmetPath path = context.resolve(word);
      boolean there = draft.isDirectory(path) || draft.isLink(path);
      if (there || !arguments.has("if-present")) {
        for (Change change : changes(context.seeing(draft), path, arguments.has("recursive"))) {
          change.applyTo(draft);
          changes.add(change);
        }
      }
    }
    return Effect.Apply.of(new Plan(changes, arguments.has("force")));
  }

  private static List<Change> changes(Context context, NvmetPath path, boolean recursive) {
    if (context.tree().isLink(path)) {
      return List.of(new Change.Unlink(path));
    }
    if (!context.tree().isDirectory(path)) {
      throw context.tree().isAttribute(path) ? attribute(path) : new Lookup(context).absent(path);
    }
    return recursive ? Removal.of(context.tree(), path) : List.of(new Change.Delete(path));
  }

  private static RuntimeException attribute(NvmetPath path) {
    return Problem.of(
            Problem.Kind.CONFLICT,
            path + ": an attribute cannot be removed",
            "give it another value:  set "
                + Quoting.path(path.parent())
                + " "
                + path.name()
                + "=VALUE")
        .with("path", path.toString())
        .asException();
  }
}
