package io.nvmetsh.command;

import io.nvmetsh.command.CommandSpec.Argument;
import io.nvmetsh.command.CommandSpec.Group;
import io.nvmetsh.command.CommandSpec.Kind;
import io.nvmetsh.command.CommandSpec.Option;
import io.nvmetsh.command.Document.Cell;
import io.nvmetsh.command.Document.Column;
import io.nvmetsh.command.Document.Tone;
import io.nvmetsh.schema.NvmetPath;
import io.nvmetsh.tree.TargetTree;
import java.util.ArrayList;
import java.util.List;

/** Lists a directory: what is in it, and in a few words how it is with each. */
final class LsCommand implements Command {

  private static final List<Column> COLUMNS =
      List.of(new Column("name", ""), new Column("type", ""), new Column("summary", ""));

  @Override
  public CommandSpec spec() {
    return new CommandSpec(
        "ls",
        List.of("dir"),
        Group.MOVE,
        "list a directory",
        List.of(Argument.optional("PATH", Kind.NODE)),
        List.of(Option.toggle("long", 'l', "also the attributes with their values")),
        """
        Directories end in /, links show what they lead to. Each directory is summed up in a few
        words; with -l the attributes are listed too.""",
        List.of("ls", "ls -l /ports"));
  }

  @Override
  public Effect run(Context context, Arguments arguments) {
    NvmetPath directory = new Lookup(context).directoryOrHere(arguments.word(0));
    TargetTree tree = context.tree();
    NodeSummary summary = new NodeSummary(context);
    List<List<Cell>> rows = new ArrayList<>();
    for (String name : tree.directories(directory)) {
      rows.add(row(name + "/", name, "directory", summary.of(directory.child(name)), Tone.PATH));
    }
    for (TargetTree.Link link : tree.links(directory)) {
      Cell to = Cell.of("-> " + link.target(), link.target().toString());
      rows.add(row(link.name(), link.name(), "link", to, Tone.PLAIN));
    }
    if (arguments.has("long")) {
      for (String name : tree.attributes(directory)) {
        rows.add(row(name, name, "attribute", Values.cell(tree, directory, name), Tone.PLAIN));
      }
    }
    return Effect.Show.of(new Document.Table(COLUMNS, rows));
  }

  private static List<Cell> row(String shown, String name, String type, Cell last, Tone tone) {
    return List.of(new Cell(shown, name, tone), new Cell("", type, Tone.PLAIN), last);
  }
}
