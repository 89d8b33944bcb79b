package io.nvmetsh.command;

import io.nvmetsh.command.CommandSpec.Group;
import io.nvmetsh.command.CommandSpec.Option;
import io.nvmetsh.config.ConfigFile;
import io.nvmetsh.plan.Change;
import io.nvmetsh.plan.OnError;
import io.nvmetsh.plan.Plan;
import io.nvmetsh.schema.NvmetPath;
import io.nvmetsh.schema.Problem;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;

/** Makes the target what a file says. */
final class LoadCommand implements Command {

  @Override
  public CommandSpec spec() {
    return new CommandSpec(
        "load",
        List.of("restoreconfig"),
        Group.CONFIGURATION,
        "make the target what a file says",
        List.of(Wanted.FILE),
        List.of(
            Wanted.SECRETS,
            Wanted.ONLY,
            Wanted.MERGE,
            Option.toggle("allow-delete", '\0', "also where nothing is left to do but remove"),
            SetCommand.FORCE,
            ErrorOptions.ON_ERROR,
            ErrorOptions.CONFIRM),
        """
        Without FILE it is /etc/nvmet/config.json. The whole file is checked before the first change.
        What is so already is not touched, and hosts that need not be disconnected are not. What the
        file does not have is removed, unless --merge or --only say otherwise; values that it does not
        speak of stay. plan FILE shows what would be done.\
        """,
        List.of(
            "load docs/examples/testsubsystem.json",
            "load docs/examples/testsubsystem.json --merge"));
  }

  @Override
  public Effect run(Context context, Arguments arguments) {
    if (arguments.words().isEmpty() && Files.notExists(ConfigFile.DEFAULT)) {
      // as at the first start of a machine
      return new Effect.Apply(Plan.of(), List.of("there is no " + ConfigFile.DEFAULT));
    }
    Wanted wanted = Wanted.of(context, arguments, 0, context.tree());
    List<Change> changes = wanted.changes(context);
    Map<NvmetPath, Problem> mistaken =
        SavedDrives.mistaken(wanted.devices(), changes, context.inventory());
    if (!mistaken.isEmpty() && !arguments.has("force")) {
      throw mistaken
          .values()
          .iterator()
          .next()
          .hint("to export this one all the same, add to the line:  --force")
          .asException();
    }
    if (onlyRemoves(changes) && !arguments.has("allow-delete")) {
      throw Problem.of(
              Problem.Kind.CONFLICT,
              "nothing of it is to be made, only removed: "
                  + (changes.size() == 1 ? "1 step" : changes.size() + " steps"),
              "see what:  plan FILE",
              "to do it all the same, add to the line:  --allow-delete")
          .asException();
    }
    return new Effect.Apply(
        new Plan(changes, arguments.has("force")),
        wanted.notes(),
        ErrorOptions.manner(arguments, OnError.UNDO));
  }

  private static boolean onlyRemoves(List<Change> changes) {
    for (Change change : changes) {
      boolean off =
          change instanceof Change.SetAttribute set
              && set.path().name().equals("enable")
              && set.value().equals("0");
      if (!off && !(change instanceof Change.Delete) && !(change instanceof Change.Unlink)) {
        return false;
      }
    }
    return !changes.isEmpty();
  }
}
