package io.nvmetsh.command;

import io.nvmetsh.command.CommandSpec.Argument;
import io.nvmetsh.command.CommandSpec.Group;
import io.nvmetsh.command.CommandSpec.Kind;
import io.nvmetsh.command.CommandSpec.Option;
import io.nvmetsh.config.ConfigWriter;
import io.nvmetsh.schema.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Keeps the target as it is under a name, to come back to. */
final class CheckpointCommand implements Command {

  private static final String FOLDER = "checkpoints";
  private static final String END = ".json";

  @Override
  public CommandSpec spec() {
    return new CommandSpec(
        "checkpoint",
        List.of(),
        Group.CONFIGURATION,
        "keep the target as it is under a name",
        List.of(Argument.optional("NAME", Kind.WORD)),
        List.of(
            Option.toggle("delete", '\0', "forget the checkpoint"),
            Option.toggle("force", 'f', "replace the checkpoint")),
        """
        rollback NAME comes back to it. Without a name the checkpoints are listed. Keys of hosts are
        not kept: who has one when the target comes back keeps it.""",
        List.of("checkpoint before-upgrade"));
  }

  @Override
  public Effect run(Context context, Arguments arguments) {
    Optional<String> name = arguments.word(0);
    if (name.isEmpty()) {
      return Effect.Show.of(Document.Lines.of(names(context).toArray(String[]::new)));
    }
    checkName(name.get());
    boolean exists = names(context).contains(name.get());
    if (arguments.has("delete")) {
      if (!exists) {
        throw unknown(context, name.get());
      }
      return new Effect.Checkpoint(file(name.get()), Optional.empty());
    } else if (exists && !arguments.has("force")) {
      throw Problem.of(
              Problem.Kind.CONFLICT,
              "there is a checkpoint " + name.get() + " already",
              "replace it:  checkpoint --force " + name.get())
          .asException();
    }
    String text = ConfigWriter.of(context.tree(), ConfigWriter.Besides.NOTHING).text();
    return new Effect.Checkpoint(file(name.get()), Optional.of(text.lines().toList()));
  }

  private static void checkName(String name) {
    boolean good = !name.isEmpty() && name.length() <= 100 && Character.isLetter(name.charAt(0));
    for (int i = 0; i < name.length() && good; i++) {
      char c = name.charAt(i);
      good = c < 128 && (Character.isLetterOrDigit(c) || c == '-' || c == '_' || c == '.');
    }
    if (!good) {
      throw Problem.of(
              Problem.Kind.INVALID,
              "checkpoint: " + Words.quote(name) + " cannot be a name",
              "begin with a letter; take letters, digits, - _ and .:  checkpoint before-upgrade")
          .asException();
    }
  }

  /** The checkpoints there are. */
  static List<String> names(Context context) {
    List<String> names = new ArrayList<>();
    for (String name : context.journal().store().names(FOLDER)) {
      if (name.endsWith(END)) {
        names.add(name.substring(0, name.length() - END.length()));
      }
    }
    return names;
  }

  /** Where a checkpoint is in the store. */
  static String file(String name) {
    checkName(name);
    return FOLDER + "/" + name + END;
  }

  static RuntimeException unknown(Context context, String name) {
    List<String> names = names(context);
    return Problem.of(
            Problem.Kind.NOT_FOUND,
            "there is no checkpoint " + Words.quote(name),
            names.isEmpty()
                ? "make one:  checkpoint NAME"
                : "there are: " + String.join(", ", names))
        .asException();
  }
}
