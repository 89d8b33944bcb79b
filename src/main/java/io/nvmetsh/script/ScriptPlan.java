package io.nvmetsh.script;

import io.nvmetsh.command.ActivationCommand;
import io.nvmetsh.command.Arguments;
import io.nvmetsh.command.Command;
import io.nvmetsh.command.CommandLine;
import io.nvmetsh.command.CommandSpec;
import io.nvmetsh.command.Context;
import io.nvmetsh.command.Effect;
import io.nvmetsh.command.ParamCommand;
import io.nvmetsh.command.RequireCommand;
import io.nvmetsh.command.Requirement;
import io.nvmetsh.journal.Journal;
import io.nvmetsh.journal.MemoryStore;
import io.nvmetsh.journal.PortsKept;
import io.nvmetsh.plan.Change;
import io.nvmetsh.plan.ChangeCheck;
import io.nvmetsh.schema.KernelFlavor;
import io.nvmetsh.schema.NodeKind;
import io.nvmetsh.schema.NvmetPath;
import io.nvmetsh.schema.NvmetshException;
import io.nvmetsh.schema.Placeholder;
import io.nvmetsh.schema.Problem;
import io.nvmetsh.script.Script.Step;
import io.nvmetsh.tree.DraftTree;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the lines of a script would do, found out without a target: on paper, beginning with an
 * empty one. What the script speaks of without having made it is assumed to be there. Parameters
 * stay {@link Placeholder}s. So a script can be described and exported on any machine.
 *
 * @param lines what each line does, in order
 * @param assumed what must be there before the script runs
 * @param flavor of the kernel that it is planned for
 */
public record ScriptPlan(List<Line> lines, List<NvmetPath> assumed, KernelFlavor flavor) {

  /**
   * A line and what it does.
   *
   * @param ifMissing whether what it makes may be there already
   * @param declared the parameter it declares, if that is what it does
   * @param required the fact it says the script relies on, if that is what it does
   * @param notes what its command decided by itself
   */
  public record Line(
      Step step,
      List<Change> changes,
      boolean ifMissing,
      Optional<Effect.Declare> declared,
      Optional<Requirement> required,
      List<String> notes) {

    static Line idle(Step step) {
      return new Line(step, List.of(), false, Optional.empty(), Optional.empty(), List.of());
    }
  }

  public ScriptPlan {
    lines = List.copyOf(lines);
    assumed = List.copyOf(assumed);
  }

  /**
   * @param context what the script is planned with: the commands, the machine, the kernel's flavor
   * @throws NvmetshException for a line that means nothing, or that no kernel may be sent
   */
  public static ScriptPlan of(Script script, Context context) {
    return of(script, context, Map.of());
  }

  /**
   * @param values of parameters; those without one stay placeholders
   */
  public static ScriptPlan of(Script script, Context context, Map<String, String> values) {
    return new Planner(script, context, values).plan();
  }

  /** What is there before the script runs: what it assumes, of which no value is known. */
  public DraftTree ground() {
    DraftTree ground = new DraftTree(new EmptyTree(flavor));
    for (NvmetPath path : assumed) {
      if (path.parent().kind().flatMap(NodeKind::linkTarget).isPresent()) {
        ground.makeLink(path, Planner.linked(path));
      } else {
        ground.makeDirectory(path);
        forget(ground, path);
      }
    }
    return ground;
  }

  private static void forget(DraftTree tree, NvmetPath path) {
    tree.attributes(path).forEach(name -> tree.forgetValue(path.child(name)));
    tree.directories(path).forEach(name -> forget(tree, path.child(name)));
  }

  /** What every line does, in order. */
  public List<Change> changes() {
    List<Change> changes = new ArrayList<>();
    lines.forEach(line -> changes.addAll(line.changes()));
    return changes;
  }

  private static final class Planner {

    private static final String OFFLOAD = "offload";

    /** Besides the commands that change: those that go somewhere, load modules, declare or rely. */
    private static final List<String> ACTING =
        List.of("cd", "modules", OFFLOAD, ParamCommand.NAME, RequireCommand.NAME);

    private final Script script;
    private final Context context;
    private final DraftTree draft;
    private final Map<String, String> values;

    /** What another target's past has to say is nothing to the script. */
    private final Journal journal = new Journal(new MemoryStore());

    private final Map<String, String> parameters = new LinkedHashMap<>();
    private final Set<NvmetPath> assumed = new LinkedHashSet<>();
    private final List<NvmetPath> required = new ArrayList<>();
    private NvmetPath here = NvmetPath.ROOT;
    private NvmetPath previous = NvmetPath.ROOT;

    Planner(Script script, Context context, Map<String, String> values) {
      this.values = values;
      this.script = script;
      this.context = context;
      this.draft = new DraftTree(new EmptyTree(context.flavor()));
    }

    ScriptPlan plan() {
      List<Line> lines = new ArrayList<>();
      for (Step step : script.steps()) {
        try {
          lines.add(line(step));
        } catch (NvmetshException e) {
          throw script.at(step.number(), shown(e.problem())).asException();
        }
      }
      return new ScriptPlan(lines, required, context.flavor());
    }

    private static Problem shown(Problem problem) {
      List<String> hints = new ArrayList<>();
      problem.hints().forEach(hint -> hints.add(Placeholder.shown(hint)));
      return new Problem(
          problem.kind(), Placeholder.shown(problem.message()), hints, problem.about());
    }

    private Line line(Step step) {
      CommandLine words = CommandLine.parse(step.text(), parameters);
      if (words.isEmpty()) {
        return Line.idle(step);
      }
      Command command = context.commands().named(words.command());
      Arguments arguments = Arguments.bind(command.spec(), words.words());
      if (command.spec().name().equals("replay")) {
        throw Problem.of(
                Problem.Kind.UNSUPPORTED,
                "what another script does cannot be told from here",
                "put the lines of the other script into this one")
            .asException();
      }
      boolean acts =
          command.spec().group() == CommandSpec.Group.CHANGE
              || ACTING.contains(command.spec().name());
      return acts ? act(step, words, command, arguments) : Line.idle(step);
    }

    /** What a line does; what it misses is assumed, one thing after the other. */
    private Line act(Step step, CommandLine words, Command command, Arguments arguments) {
      while (true) {
        try {
          Context place =
              new Context(
                  here,
                  previous,
                  draft,
                  context.inventory(),
                  context.target(),
                  context.commands(),
                  context.workingDirectory(),
                  journal,
                  context.refused());
          if (words.place().isPresent()) {
            place = place.at(place.here().resolveTyped(words.place().get()));
          }
          Effect effect = command.run(place, arguments);
          if (effect instanceof Effect.Apply) {
            refuseUnknown(command.spec().name(), place.here(), arguments.words());
          }
          return done(step, effect, arguments);
        } catch (NvmetshException e) {
          if (!assume(e.problem(), step.mayFail())) {
            throw e;
          }
        }
      }
    }

    /** What has to be taken down, or put back, depends on what is there. */
    private void refuseUnknown(String command, NvmetPath here, List<String> words) {
      if (ActivationCommand.NAMES.contains(command)) {
        NvmetPath path = words.isEmpty() ? here : here.resolveTyped(words.get(0));
        if (path.kind().filter(kind -> kind == NodeKind.PORT).isPresent()) {
          refuseUnknown(path, "what is linked to it is not known here");
        }
      } else if (command.equals(OFFLOAD)) {
        for (int i = Math.min(1, words.size() - 1); i < words.size(); i++) {
          refuseUnknown(
              words.size() == 1 ? here : here.resolveTyped(words.get(i)),
              "what switching offload takes is not known here");
        }
      }
    }

    private void refuseUnknown(NvmetPath path, String what) {
      if (isAssumed(path)) {
        throw Problem.of(
                Problem.Kind.UNSUPPORTED,
                path + " is not made by the script; " + what,
                "replay it, or record it there, where it is known:  record FILE")
            .asException();
      }
    }

    private Line done(Step step, Effect effect, Arguments arguments) {
      if (effect instanceof Effect.MoveTo move) {
        previous = here;
        here = move.path();
      } else if (effect instanceof Effect.Declare declared) {
        parameters.put(
            declared.name(), values.getOrDefault(declared.name(), Placeholder.of(declared.name())));
        return new Line(step, List.of(), false, Optional.of(declared), Optional.empty(), List.of());
      } else if (effect instanceof Effect.Require require) {
        return new Line(
            step,
            List.of(),
            false,
            Optional.empty(),
            Optional.of(require.requirement()),
            List.of());
      } else if (effect instanceof Effect.SetUp setUp) {
        return done(step, setUp.apply(), arguments);
      } else if (effect instanceof Effect.Ask ask) {
        throw ask.question().unanswered().asException();
      } else if (effect instanceof Effect.Edit edit) {
        throw edit.text().unattended().asException();
      } else if (effect instanceof Effect.Apply apply) {
        PortsKept ports =
            new PortsKept(
                journal.store(), apply.manner().keeps(), false, apply.plan().changes(), draft);
        ports.begin();
        List<Change> changes = pending(apply, arguments.has("recursive"));
        ports.end(changes, true);
        return new Line(
            step,
            changes,
            arguments.has("if-missing"),
            Optional.empty(),
            Optional.empty(),
            apply.notes());
      }
      return Line.idle(step);
    }

    private List<Change> pending(Effect.Apply apply, boolean recursive) {
      ChangeCheck check = new ChangeCheck(context.inventory());
      List<Change> changes = new ArrayList<>();
      for (Change change : apply.plan().changes()) {
        if (recursive && change instanceof Change.Delete && isAssumed(change.path())) {
          // what an assumed directory holds is not known, so neither is how to take it down
          throw Problem.of(
                  Problem.Kind.UNSUPPORTED,
                  change.path() + " is not made by the script; what it holds is not known here",
                  "delete it part by part, as a recording does")
              .asException();
        }
        if (isAssumed(change.path()) || !change.isMadeIn(draft)) {
          refuseHazard(check, change);
          change.applyTo(draft);
          changes.add(change);
        }
      }
      return changes;
    }

    /** Other checks ask about the machine at hand, and the script is for another. */
    private void refuseHazard(ChangeCheck check, Change change) {
      if (change instanceof Change.SetAttribute set && Placeholder.isIn(set.value())) {
        return;
      }
      Optional<Problem> problem =
          check.problem(change, draft, true).filter(found -> found.kind() == Problem.Kind.HAZARD);
      if (problem.isPresent()) {
        throw problem.get().asException();
      }
    }

    private boolean isAssumed(NvmetPath path) {
      for (NvmetPath each : assumed) {
        if (path.isAtOrBelow(each)) {
          return true;
        }
      }
      return false;
    }

    /** Whether what a line missed is something that can be there, and now is. */
    private boolean assume(Problem problem, boolean mayFail) {
      if (problem.kind() != Problem.Kind.NOT_FOUND) {
        return false;
      }
      for (Problem.Detail detail : problem.about()) {
        if (detail.key().equals("path")) {
          return assume(NvmetPath.parse(detail.value()), mayFail);
        }
      }
      return false;
    }

    private boolean assume(NvmetPath path, boolean mayFail) {
      boolean any = false;
      for (NvmetPath part : path.way()) {
        if (draft.isDirectory(part) || draft.isLink(part)) {
          continue;
        }
        Optional<NodeKind> kind = part.kind();
        if (kind.isPresent() && kind.get().isMade()) {
          draft.makeDirectory(part);
        } else if (part.parent().kind().flatMap(NodeKind::linkTarget).isPresent()) {
          draft.makeLink(part, linked(part));
        } else {
          return any;
        }
        assumed.add(part);
        if (!mayFail) {
          required.add(part);
        }
        any = true;
      }
      return any;
    }

    private static NvmetPath linked(NvmetPath link) {
      NodeKind target = link.parent().kind().flatMap(NodeKind::linkTarget).orElseThrow();
      return NvmetPath.of(target == NodeKind.HOST ? "hosts" : "subsystems").child(link.name());
    }
  }
}
