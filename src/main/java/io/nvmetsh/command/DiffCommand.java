package io.nvmetsh.command;

import io.nvmetsh.command.CommandSpec.Argument;
import io.nvmetsh.command.CommandSpec.Group;
import io.nvmetsh.command.CommandSpec.Kind;
import io.nvmetsh.command.Document.Cell;
import io.nvmetsh.command.Document.Column;
import io.nvmetsh.command.Document.Tone;
import io.nvmetsh.schema.ExitStatus;
import io.nvmetsh.schema.NodeKind;
import io.nvmetsh.schema.NvmetPath;
import io.nvmetsh.schema.NvmetSchema;
import io.nvmetsh.tree.Comparison;
import io.nvmetsh.tree.Comparison.Difference;
import io.nvmetsh.tree.Snapshot;
import io.nvmetsh.tree.TargetTree;
import java.util.ArrayList;
import java.util.List;

/** Compares the target with a file, or two files. */
final class DiffCommand implements Command {

  private static final List<Column> COLUMNS =
      List.of(
          new Column("sign", "do"),
          new Column("path", "path"),
          new Column("before", "is"),
          new Column("after", "would be"));

  @Override
  public CommandSpec spec() {
    return new CommandSpec(
        "diff",
        List.of(),
        Group.CONFIGURATION,
        "compare the target with a file, or two files",
        List.of(Wanted.FILE, Argument.optional("OTHER", Kind.FILE)),
        List.of(Wanted.SECRETS, Wanted.ONLY),
        """
        With one FILE it says what load FILE would change; without, it is /etc/nvmet/config.json. With
        two it says what differs from the first to the second. Ends in status 2 where they differ.\
        """,
        List.of("diff docs/examples/testsubsystem.json"));
  }

  @Override
  public Effect run(Context context, Arguments arguments) {
    boolean files = arguments.words().size() == 2;
    TargetTree from =
        files
            ? Wanted.of(context, arguments, 0, new Snapshot(context.flavor())).tree()
            : context.tree();
    Wanted wanted = Wanted.of(context, arguments, files ? 1 : 0, from);
    List<List<Cell>> rows = new ArrayList<>();
    for (Difference difference : Comparison.of(from, wanted.tree())) {
      rows.add(row(difference));
    }
    return rows.isEmpty()
        ? Effect.Show.of(Document.Lines.of("no difference"))
        : new Effect.Show(new Document.Table(COLUMNS, rows), ExitStatus.PENDING);
  }

  private static List<Cell> row(Difference difference) {
    Cell sign =
        difference.isMade()
            ? Cell.of("+", Tone.GOOD)
            : difference.isRemoved() ? Cell.of("-", Tone.BAD) : Cell.of("~", Tone.WARN);
    return List.of(
        sign,
        Cell.of(difference.path().toString(), Tone.PATH),
        Cell.of(shown(difference.path(), difference.before().orElse(""))),
        Cell.of(shown(difference.path(), difference.after().orElse(""))));
  }

  private static String shown(NvmetPath path, String value) {
    NodeKind kind = path.isRoot() ? NodeKind.ROOT : path.parent().kind().orElse(NodeKind.ROOT);
    boolean secret = NvmetSchema.row(kind, path.name()).isSecret() && !value.isBlank();
    return secret ? "***" : value.strip();
  }
}
