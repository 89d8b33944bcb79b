package io.nvmetsh.command;

import io.nvmetsh.command.CommandSpec.Argument;
import io.nvmetsh.command.CommandSpec.Group;
import io.nvmetsh.command.CommandSpec.Kind;
import io.nvmetsh.command.CommandSpec.Option;
import io.nvmetsh.command.Document.Cell;
import io.nvmetsh.command.Document.Tone;
import io.nvmetsh.command.Document.TreeView;
import io.nvmetsh.schema.NvmetPath;
import io.nvmetsh.tree.TargetTree;
import java.util.ArrayList;
import java.util.List;

/** Shows a directory with everything below it. */
final class TreeCommand implements Command {

  @Override
  public CommandSpec spec() {
    return new CommandSpec(
        "tree",
        List.of(),
        Group.MOVE,
        "show a directory with everything below it",
        List.of(Argument.optional("PATH", Kind.NODE)),
        List.of(Option.valued("depth", 'L', "N", Kind.WORD, "no deeper than N levels")),
        "Empty groups of the kernel's own are left out of the picture, links show what they lead to.",
        List.of("tree", "tree -L 2 /subsystems"));
  }

  @Override
  public Effect run(Context context, Arguments arguments) {
    NvmetPath directory = new Lookup(context).directoryOrHere(arguments.word(0));
    int depth =
        arguments
            .option("depth")
            .map(text -> Numbers.count("tree: -L", text))
            .orElse(Integer.MAX_VALUE);
    return Effect.Show.of(
        view(context.tree(), new NodeSummary(context), directory, directory.toString(), depth));
  }

  private static TreeView view(
      TargetTree tree, NodeSummary summary, NvmetPath path, String name, int depth) {
    List<TreeView> children = new ArrayList<>();
    if (depth > 0) {
      for (String child : tree.directories(path)) {
        NvmetPath below = path.child(child);
        if (!isEmptyGroup(tree, below)) {
          children.add(view(tree, summary, below, child, depth - 1));
        }
      }
      for (TargetTree.Link link : tree.links(path)) {
        children.add(new TreeView(Cell.of(link.name()), Cell.of("-> " + link.target()), List.of()));
      }
    }
    return new TreeView(Cell.of(name, Tone.PATH), summary.of(path), children);
  }

  /** A default group without content of its own; ANA group 1 is in every port and says nothing. */
  private static boolean isEmptyGroup(TargetTree tree, NvmetPath path) {
    if (path.depth() < 2 || path.kind().filter(kind -> !kind.isMade()).isEmpty()) {
      return false;
    }
    List<String> directories = tree.directories(path);
    boolean nothing =
        directories.isEmpty()
            || (path.name().equals("ana_groups")
                && directories.equals(List.of("1"))
                && tree.value(path.child("1"), "ana_state", "optimized").equals("optimized"));
    return nothing
        && tree.linkNames(path).isEmpty()
        && Values.isUnset(tree.value(path, "device_path", ""));
  }
}
