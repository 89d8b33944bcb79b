package io.nvmetsh.session;

import io.nvmetsh.command.Arguments;
import io.nvmetsh.command.CommandLine;
import io.nvmetsh.command.Course;
import io.nvmetsh.command.Effect;
import io.nvmetsh.command.Filters;
import io.nvmetsh.command.Manner;
import io.nvmetsh.command.Words;
import io.nvmetsh.journal.Head;
import io.nvmetsh.kernel.sim.TargetCopy;
import io.nvmetsh.plan.OnError;
import io.nvmetsh.schema.ExitStatus;
import io.nvmetsh.schema.NvmetPath;
import io.nvmetsh.schema.NvmetshException;
import io.nvmetsh.schema.Problem;
import io.nvmetsh.script.Script;
import io.nvmetsh.script.ScriptDialect;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Runs a script: reads all of it first, so that a line that cannot be meant stops it before
 * anything is done; then runs line after line through the session, up to the first that fails.
 */
final class Replay {

  private static final int DEEPEST = 8;

  private final Session session;
  private final Scope scope;
  private final Effect.Replay effect;
  private final boolean dryRun;
  private final boolean yes;
  private final boolean json;
  private final StepMode steps;

  /**
   * @param scope of the line that asked for it
   * @param json whether all results make one JSON document
   * @param yes whether disconnecting hosts is agreed to for all lines
   */
  Replay(
      Session session,
      Scope scope,
      Effect.Replay effect,
      boolean dryRun,
      boolean yes,
      boolean json) {
    this.session = session;
    this.scope = scope;
    this.effect = effect;
    this.dryRun = dryRun;
    this.yes = yes;
    this.json = json;
    this.steps = StepMode.of(effect, scope.output());
  }

  Outcome run() {
    if (dryRun && effect.verify()) {
      throw Problem.of(
              Problem.Kind.USAGE,
              "replay: what is only rehearsed cannot be verified",
              "leave out --dry-run or --verify")
          .asException();
    }
    List<Path> running = running();
    Script script = script();
    ScriptParameters parameters = new ScriptParameters(script);
    Map<String, String> values =
        parameters.values(
            effect.parameters(), session.settings().workingDirectory(), scope.output());
    if (!session.target().hazards()) {
      parameters.checkTypes(values);
    }
    List<Supplier<CommandLine>> lines = lines(script, values);
    ScriptOutput output = new ScriptOutput(scope.output(), script, goesOn(), dryRun, json);
    Scope inner = Scope.ofScript(output, yes, rehearsal(), running);
    inner.parameters().putAll(values);
    inner.resumeAfter(scope.resume());
    inner.in(scope.folder());
    ScriptDialect.check(script, session.context(inner));
    Requirements.check(script, values, session.context(inner));
    if (effect.course().from().isPresent() && scope.resume().isEmpty()) {
      int line = effect.course().from().getAsInt();
      inner.resumeAfter(ReplayFrom.done(script, line, lines, values, session.context(inner)));
    }
    boolean settled = effect.course().force() || !scope.resume().isEmpty();
    inner.standing(standing(script, lines, inner, settled));
    session.ledger().runs(copy(script, values));
    return run(script, lines, inner, output);
  }

  /** Only some lines of it are no longer the script whose end was recorded. */
  private Script script() {
    Script script = Script.read(effect.file(), effect.name());
    return effect.course().isPart() && scope.resume().isEmpty()
        ? script.upTo(effect.course().to().orElse(Integer.MAX_VALUE))
        : script;
  }

  /** One that goes on with a script that an ended process ran. */
  static Replay resuming(
      Session session, Session.Line line, Head.Script copy, Map<String, String> given) {
    Map<String, String> parameters = new LinkedHashMap<>(copy.parameters());
    parameters.putAll(given);
    Effect.Replay effect =
        new Effect.Replay(
            line.context().script(copy.name()),
            copy.name(),
            false,
            parameters,
            Manner.ORDINARY,
            Course.WHOLE);
    return new Replay(session, line.scope(), effect, false, copy.yes(), false);
  }

  /**
   * Goes on behind a line.
   *
   * @param position of the line, which is done, in the scripts that run, outermost first
   * @param folder where the script ran
   */
  Outcome from(Script script, List<Integer> position, Optional<Path> folder) {
    Map<String, String> values =
        new ScriptParameters(script)
            .values(effect.parameters(), session.settings().workingDirectory(), scope.output());
    ScriptOutput output = new ScriptOutput(scope.output(), script, goesOn(), false, json);
    Scope inner = Scope.ofScript(output, yes, Optional.empty(), running());
    inner.parameters().putAll(values);
    inner.resumeAfter(position);
    inner.in(folder);
    List<Supplier<CommandLine>> lines = lines(script, values);
    inner.standing(standing(script, lines, inner, true));
    return run(script, lines, inner, output);
  }

  /**
   * @param settled whether it is known already what becomes of objects that are others
   */
  private Standing standing(
      Script script, List<Supplier<CommandLine>> lines, Scope inner, boolean settled) {
    int first = inner.resume().isEmpty() ? 0 : inner.resume().get(0) + 1;
    return Standing.of(
        scope.scripts().isEmpty() ? Standing.none() : scope.standing(),
        script,
        lines,
        inner.parameters(),
        first,
        settled,
        session.context(inner),
        scope.output());
  }

  /** The scripts that run once this one does. */
  private List<Path> running() {
    Path real;
    try {
      real = effect.file().toRealPath();
    } catch (IOException e) {
      // that it is not there is said when it is read
      real = effect.file();
    }
    List<Path> running = new ArrayList<>(scope.scripts());
    if (running.contains(real)) {
      throw Problem.of(
              Problem.Kind.CONFLICT,
              "replay: " + effect.name() + " would replay itself",
              "take the line out of the script")
          .asException();
    }
    if (running.size() == DEEPEST) {
      throw Problem.of(
              Problem.Kind.CONFLICT,
              "replay: " + DEEPEST + " scripts run inside each other already",
              "replay " + Words.quote(effect.name()) + " from the outermost script")
          .asException();
    }
    running.add(real);
    return running;
  }

  /** The copy that a dry run runs on; a script within another goes on with that one's. */
  private Optional<Rehearsal> rehearsal() {
    if (!dryRun || scope.rehearsal().isPresent()) {
      return scope.rehearsal();
    }
    TargetCopy copy = TargetCopy.of(session.target());
    copy.notes().forEach(scope.output()::note);
    return Optional.of(new Rehearsal(copy.target(), session.ledger().journal().rehearsed()));
  }

  /**
   * Every line, to be cut into words, its command known and its options and arguments in order; of
   * a line that may fail all this is found out when it runs. It is cut anew whenever it is asked
   * for: the words of ten thousand lines, of which one runs, take more memory than they save time.
   */
  private List<Supplier<CommandLine>> lines(Script script, Map<String, String> values) {
    List<Supplier<CommandLine>> lines = new ArrayList<>();
    for (Script.Step step : script.steps()) {
      lines.add(() -> CommandLine.parse(step.text(), values));
      if (step.mayFail()) {
        continue;
      }
      try {
        CommandLine line = CommandLine.parse(step.text(), values);
        if (!line.isEmpty()) {
          Arguments.bind(session.commands().named(line.command()).spec(), line.words());
          Filters.actions(session.context(scope), line.filters());
        }
      } catch (NvmetshException e) {
        throw script.at(step.number(), e.problem()).hint("nothing was done").asException();
      }
    }
    return lines;
  }

  private Outcome run(
      Script script, List<Supplier<CommandLine>> lines, Scope inner, ScriptOutput output) {
    Verification verification = new Verification(script, inner.parameters(), scope.output());
    ScriptEnd unfinished = new ScriptEnd(session, scope, script, effect.manner().onError(), dryRun);
    effect.manner().confirm().filter(time -> !dryRun).ifPresent(session.ledger()::confirmWithin);
    for (int i = 0; i < lines.size(); i++) {
      Script.Step step = script.steps().get(i);
      output.at(i);
      inner.at(place(i));
      if (isDone(i, inner, lines.get(i))) {
        continue;
      }
      if (session.isInterrupted()) {
        Problem why = Problem.of(Problem.Kind.INTERRUPTED, "interrupted before this line");
        output.problem(why);
        unfinished.failed(i, inner.here(), Optional.of(why), why.status());
        return unfinished.ended(Outcome.ended(why.status()));
      }
      scope.output().echo(script.name(), step.number(), session.mask().line(step.text()));
      StepMode.Choice choice = steps.choice(step, lines.get(i), inner, session);
      if (choice.isToQuit()) {
        output.problem(steps.left(script, step));
        Outcome left = Outcome.ended(ExitStatus.INTERRUPTED);
        return unfinished.hasFailed() ? unfinished.ended(left) : left;
      } else if (choice.isToSkip()) {
        scope.output().note("skipped");
        continue;
      }
      boolean compared = effect.verify() && !step.shown().isEmpty();
      LineLog log = new LineLog(output, session.keepsOutput() || compared);
      NvmetPath here = inner.here();
      Outcome outcome = session.run(choice.text(), choice.words(), inner, log);
      if (outcome.status() != ExitStatus.DONE && !step.mayFail()) {
        if (log.problem().isEmpty()) {
          scope
              .output()
              .note(
                  script.name()
                      + ":"
                      + step.number()
                      + ": "
                      + output.progress(Problem.of(Problem.Kind.PARTIAL, "a line failed")));
        }
        if (unfinished.failed(i, here, log.problem(), outcome.status())) {
          return unfinished.ended(outcome);
        }
        continue;
      }
      if (outcome.status() == ExitStatus.DONE) {
        unfinished.done(choice.words().get());
      }
      if (effect.verify() && choice.text().equals(step.text())) {
        verification.check(step, outcome.made(), session.context().tree(), log.shown());
      }
      if (outcome.quit()) {
        break;
      }
    }
    if (unfinished.hasFailed()) {
      return unfinished.ended(Outcome.done());
    }
    if (dryRun && scope.rehearsal().isEmpty()) {
      scope.output().note(rehearsed(lines.size()));
    }
    return Outcome.ended(verdict(verification));
  }

  private boolean goesOn() {
    return effect.manner().onError() == OnError.CONTINUE;
  }

  private List<Integer> place(int index) {
    List<Integer> place = new ArrayList<>(scope.position());
    place.add(index);
    return place;
  }

  /**
   * Whether a line was done before the script was interrupted. Where the script was is found again
   * by its cd lines; the line in which another script was interrupted is gone on with.
   */
  private boolean isDone(int index, Scope inner, Supplier<CommandLine> line) {
    List<Integer> resume = inner.resume();
    if (resume.isEmpty() || index > resume.get(0)) {
      inner.resumeAfter(List.of());
      return false;
    } else if (index == resume.get(0)) {
      inner.resumeAfter(resume.subList(1, resume.size()));
      return resume.size() == 1;
    }
    CommandLine words = line.get();
    return words.isEmpty() || !session.commands().named(words.command()).spec().name().equals("cd");
  }

  /** What another process needs to go on with the script. */
  private Head.Script copy(Script script, Map<String, String> values) {
    StringBuilder text = new StringBuilder();
    boolean masked = false;
    int number = 1;
    for (Script.Step step : script.steps()) {
      String line = session.mask().line(step.text());
      masked |= !line.equals(step.text());
      // comments are left out, and the lines keep their numbers
      text.append("\n".repeat(step.number() - number));
      number = step.end() + 1;
      text.append(step.mayFail() ? "-" : "").append(line).append('\n');
    }
    Map<String, String> parameters = new LinkedHashMap<>(values);
    for (ScriptParameters.Declaration each : new ScriptParameters(script).declarations()) {
      if (each.effect().secret()) {
        parameters.remove(each.effect().name());
      }
    }
    return new Head.Script(
        script.name(),
        scope.folder().orElse(session.settings().workingDirectory()).toString(),
        text.toString(),
        parameters,
        masked,
        yes);
  }

  private static String rehearsed(int lines) {
    return "rehearsed on a copy of this target: "
        + (lines == 1 ? "the line" : "all " + lines + " lines")
        + " would be done";
  }

  private ExitStatus verdict(Verification verification) {
    if (!effect.verify()) {
      return ExitStatus.DONE;
    }
    verification.checkEnd(session.context().tree());
    String compared = verification.compared() + " values and outputs compared";
    if (verification.compared() == 0) {
      scope
          .output()
          .note("nothing was compared: there are no lines #= or #> in it, such as record writes");
      return ExitStatus.DONE;
    }
    scope
        .output()
        .note(
            verification.different() == 0
                ? "verified: " + compared + ", all as recorded"
                : compared + ", " + verification.different() + " different");
    return verification.different() == 0 ? ExitStatus.DONE : ExitStatus.PENDING;
  }
}
