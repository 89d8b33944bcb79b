package io.nvmetsh.command;

import io.nvmetsh.command.CommandSpec.Argument;
import io.nvmetsh.command.CommandSpec.Group;
import io.nvmetsh.command.CommandSpec.Kind;
import io.nvmetsh.journal.SavedPlan;
import io.nvmetsh.journal.Step;
import io.nvmetsh.plan.Change;
import io.nvmetsh.plan.OnError;
import io.nvmetsh.plan.Plan;
import io.nvmetsh.plan.TypedLines;
import io.nvmetsh.schema.FileFailure;
import io.nvmetsh.schema.Problem;
import io.nvmetsh.schema.Quoting;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;

/** Does what a saved plan says, exactly. */
final class ApplyCommand implements Command {

  @Override
  public CommandSpec spec() {
    return new CommandSpec(
        "apply",
        List.of(),
        Group.CONFIGURATION,
        "do what a saved plan says",
        List.of(Argument.required("PLAN", Kind.FILE)),
        List.of(SetCommand.FORCE, ErrorOptions.ON_ERROR, ErrorOptions.CONFIRM),
        """
        The plan is made with plan FILE --output PLAN. What was shown then is done, change by change;
        when anything that it touches is no longer as it was, nothing is. When the kernel refuses a
        change, those before it are taken back. A plan that is applied already is left at that, and one
        whose drive has another drive's name now is refused.""",
        List.of("apply change.plan"));
  }

  @Override
  public Effect run(Context context, Arguments arguments) {
    String name = arguments.required(0);
    SavedPlan plan = SavedPlan.read(name, lines(context, name), context.flavor());
    Step step = plan.step();
    if (!step.ground().isUntouched(context.tree())) {
      if (!step.ground().wayToWhatWasLeft(context.tree()).isEmpty()) {
        throw moved(context, name, step);
      }
      return new Effect.Apply(
          new Plan(List.of(), false),
          List.of(name + " is applied already"),
          ErrorOptions.manner(arguments, OnError.UNDO));
    }
    Optional<Problem> another =
        SavedDrives.another(plan.drives(), step.changes(), context.tree(), context.inventory());
    if (another.isPresent()) {
      throw another
          .get()
          .hint("name the right drive in the file, and make the plan again:  " + step.line())
          .asException();
    }
    return new Effect.Apply(
        new Plan(step.changes(), arguments.has("force")),
        List.of(),
        ErrorOptions.manner(arguments, OnError.UNDO));
  }

  private static List<String> lines(Context context, String name) {
    try {
      return Files.readAllLines(context.file(name));
    } catch (IOException e) {
      throw Problem.of(
              Problem.Kind.FILE,
              name + " cannot be read: " + FileFailure.reading(e),
              "look at it in another shell:  ls -l " + Quoting.word(name))
          .with("path", name)
          .asException();
    }
  }

  private static RuntimeException moved(Context context, String name, Step step) {
    Problem problem =
        Problem.of(
            Problem.Kind.CONFLICT,
            name + ": the target is not what it was when the plan was made",
            "make it again:  " + step.line());
    for (Change change : step.ground().wayBack(context.tree())) {
      problem = problem.hint("it would be that again after:  " + TypedLines.of(change));
    }
    return problem.asException();
  }
}
