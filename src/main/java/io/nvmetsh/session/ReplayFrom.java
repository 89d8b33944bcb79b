package io.nvmetsh.session;

import io.nvmetsh.command.CommandLine;
import io.nvmetsh.command.Context;
import io.nvmetsh.command.Words;
import io.nvmetsh.device.ModuleConfig;
import io.nvmetsh.plan.Change;
import io.nvmetsh.schema.NvmetPath;
import io.nvmetsh.schema.Problem;
import io.nvmetsh.script.Script;
import io.nvmetsh.script.ScriptPlan;
import io.nvmetsh.tree.DraftTree;
import io.nvmetsh.tree.TargetTree;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A script that goes on where it stopped. What the lines before that one lead to together, the
 * undoing of one by another included, has to be there already.
 */
final class ReplayFrom {

  /** What one line, the last to touch it, left behind there. */
  private record Trace(Script.Step step, Change change) {}

  private ReplayFrom() {}

  /**
   * The last line that is done, as {@link Scope#resume} has it.
   *
   * @param line of the file to begin with
   * @throws io.nvmetsh.schema.NvmetshException when there is no such line, or a line before it is
   *     not in effect
   */
  static List<Integer> done(
      Script script,
      int line,
      List<Supplier<CommandLine>> lines,
      Map<String, String> values,
      Context context) {
    int first = index(script, line);
    List<Script.Step> before = script.steps().subList(0, first);
    check(
        script,
        ScriptPlan.of(new Script(script.name(), before, script.head()), context, values),
        context);
    // lines that go somewhere are run whatever happens, and only they
    while (first > 0 && goes(lines.get(first - 1).get(), context)) {
      first--;
    }
    return first == 0 ? List.of() : List.of(first - 1);
  }

  private static boolean goes(CommandLine line, Context context) {
    return !line.isEmpty() && context.commands().named(line.command()).spec().name().equals("cd");
  }

  private static int index(Script script, int line) {
    for (int i = 0; i < script.steps().size(); i++) {
      if (script.steps().get(i).end() >= line) {
        return i;
      }
    }
    int last =
        script.steps().isEmpty() ? 1 : script.steps().get(script.steps().size() - 1).number();
    throw Problem.of(
            Problem.Kind.USAGE,
            "replay: " + script.name() + " has nothing to run at line " + line + " or below it",
            "its last one:  replay " + Words.quote(script.name()) + " --from " + last)
        .asException();
  }

  private static void check(Script script, ScriptPlan plan, Context context) {
    DraftTree after = plan.ground();
    Map<String, Trace> traces = new LinkedHashMap<>();
    for (ScriptPlan.Line line : plan.lines()) {
      for (Change change : line.changes()) {
        change.applyTo(after);
        traces.put(touched(change), new Trace(line.step(), change));
      }
    }
    List<Trace> inOrder = new ArrayList<>(traces.values());
    inOrder.sort(Comparator.comparingInt(trace -> trace.step().number()));
    for (Trace trace : inOrder) {
      // a line that may fail may have failed
      Optional<String> missing =
          trace.step().mayFail() ? Optional.empty() : missing(trace.change(), after, context);
      if (missing.isPresent()) {
        throw notInEffect(script, trace.step(), missing.get());
      }
    }
  }

  private static String touched(Change change) {
    if (change instanceof Change.SetOptions set) {
      return "options " + set.name() + " " + set.options().keySet();
    } else if (change instanceof Change.UnsetOptions unset) {
      return "options " + unset.name() + " " + unset.parameters();
    } else if (change instanceof Change.OfModule module) {
      return "module " + module.name().replace('-', '_');
    }
    return change.path().toString();
  }

  private static RuntimeException notInEffect(Script script, Script.Step step, String why) {
    return script
        .at(step.number(), Problem.of(Problem.Kind.CONFLICT, "this line is not in effect: " + why))
        .hint("nothing was done")
        .hint("begin with it:  replay " + Words.quote(script.name()) + " --from " + step.number())
        .asException();
  }

  /** What the lines lead to and is not there, as far as one change is concerned. */
  private static Optional<String> missing(Change change, DraftTree after, Context context) {
    TargetTree now = context.tree();
    NvmetPath path = change.path();
    if (change instanceof Change.LoadModule load) {
      return context.inventory().module(load.name()).isEmpty()
          ? Optional.of(load.name() + " is not loaded")
          : parameters(load, context);
    } else if (change instanceof Change.UnloadModule unload) {
      return context.inventory().module(unload.name()).isPresent()
          ? Optional.of(unload.name() + " is loaded")
          : Optional.empty();
    } else if (change instanceof Change.SetOptions set) {
      return set.isMadeOn(context.inventory())
          ? Optional.empty()
          : Optional.of(set.name() + " has other options in " + ModuleConfig.OWN_FILE);
    } else if (change instanceof Change.UnsetOptions) {
      return Optional.empty(); // what another line has set since is told for that line
    } else if (change instanceof Change.SetAttribute set) {
      return value(set, after.value(path), now);
    } else if (change instanceof Change.Link || change instanceof Change.Unlink) {
      return now.linkTarget(path).equals(after.linkTarget(path))
          ? Optional.empty()
          : Optional.of(path + (now.isLink(path) ? " is another link" : " is not there"));
    }
    return now.isDirectory(path) == after.isDirectory(path)
        ? Optional.empty()
        : Optional.of(path + (now.isDirectory(path) ? " is there" : " is not there"));
  }

  private static Optional<String> parameters(Change.LoadModule load, Context context) {
    for (Map.Entry<String, String> each : load.parameters().entrySet()) {
      Optional<String> value = context.inventory().parameter(load.name(), each.getKey());
      if (value.isPresent() && !value.get().equals(each.getValue())) {
        return Optional.of(
            load.name() + " has " + each.getKey() + "=" + value.get() + ", not " + each.getValue());
      }
    }
    return Optional.empty();
  }

  /**
   * @param wanted empty where a later line removed it, or made the kernel choose
   */
  private static Optional<String> value(
      Change.SetAttribute set, Optional<String> wanted, TargetTree now) {
    if (wanted.isEmpty() || !set.row().isReadable()) {
      return Optional.empty();
    }
    Optional<String> found = now.value(set.path());
    if (found.filter(value -> set.row().type().same(value, wanted.get())).isPresent()) {
      return Optional.empty();
    } else if (found.isEmpty()) {
      return Optional.of(set.path() + " is not there");
    }
    return Optional.of(
        set.row().isSecret()
            ? set.path() + " has another value"
            : set.path()
                + " is "
                + Words.quote(found.get().strip())
                + ", not "
                + Words.quote(wanted.get()));
  }
}
