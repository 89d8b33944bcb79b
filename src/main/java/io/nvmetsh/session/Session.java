package io.nvmetsh.session;

import io.nvmetsh.command.Arguments;
import io.nvmetsh.command.CommandLine;
import io.nvmetsh.command.Commands;
import io.nvmetsh.command.Context;
import io.nvmetsh.command.SecretMask;
import io.nvmetsh.command.Words;
import io.nvmetsh.device.Inventory;
import io.nvmetsh.kernel.KernelLog;
import io.nvmetsh.kernel.Target;
import io.nvmetsh.schema.NvmetPath;
import io.nvmetsh.schema.NvmetshException;
import io.nvmetsh.schema.Problem;
import io.nvmetsh.tree.LiveTree;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * One line in, one outcome out. Every line, typed, piped or from a script, goes through {@code run}
 * and nowhere else; what it means is found out by its command, and done here.
 */
public final class Session {

  private final Target target;
  private final Commands commands;
  private final Settings settings;
  private final SecretMask mask = new SecretMask();
  private final History history = new History(mask);
  private final Recorder recorder;
  private final Ledger ledger;
  private final Origin origin;
  private final Scope outermost;
  private Optional<Problem> refused = Optional.empty();
  private Optional<Meanwhile> meanwhile = Optional.empty();
  private boolean logMissed;
  private volatile boolean interrupted;
  private boolean over;
  private final Leaving leaving;

  /**
   * A line that runs: where, what it sees, its words, and where its results go.
   *
   * @param asked where some of its words are answers, the line as it could have been typed
   */
  record Line(
      Scope scope, Context context, Arguments arguments, Optional<String> asked, LineLog output) {}

  public Session(Target target, Commands commands, Settings settings, Output output) {
    this(target, commands, settings, output, Origin.ofThisProcess());
  }

  public Session(
      Target target, Commands commands, Settings settings, Output output, Origin origin) {
    this(target, commands, settings, output, origin, Safekeeping.untilTheEnd());
  }

  /**
   * @param safekeeping where what is done is written down, and who takes it back in time
   */
  public Session(
      Target target,
      Commands commands,
      Settings settings,
      Output output,
      Origin origin,
      Safekeeping safekeeping) {
    this.target = target;
    this.commands = commands;
    this.settings = settings;
    this.origin = origin;
    this.outermost = Scope.outermost(output, settings);
    this.leaving = new Leaving(settings.interactive() && !target.simulated());
    this.ledger = new Ledger(safekeeping, origin, mask);
    this.recorder = new Recorder(origin, mask, () -> context().tree());
  }

  /** Runs a line. */
  public Outcome run(String line) {
    interrupted = false;
    takeBackInTime();
    if (!settings.interactive()) {
      return outermost(line);
    }
    if (!line.isBlank()) {
      history.add(line);
    }
    Meanwhile others = meanwhile.orElseGet(() -> new Meanwhile(ledger.journal(), target));
    others.news().forEach(outermost.output()::note);
    Outcome outcome = outermost(line);
    others.remember(here());
    meanwhile = Optional.of(others);
    return outcome;
  }

  private Outcome outermost(String line) {
    return run(
        line,
        () -> CommandLine.parse(line, outermost.parameters()),
        outermost,
        new LineLog(outermost.output(), keepsOutput()));
  }

  /** Runs a line whose words are known already. */
  public Outcome run(List<String> words) {
    interrupted = false;
    takeBackInTime();
    return run(
        Words.line(words),
        () -> CommandLine.of(words),
        outermost,
        new LineLog(outermost.output(), keepsOutput()));
  }

  /**
   * Runs a line of any scope.
   *
   * @param text as it was written
   * @param words what it says; asked for once
   * @param log where its results go
   */
  Outcome run(String text, Supplier<CommandLine> words, Scope scope, LineLog log) {
    LineRun.Result result = new LineRun(this, scope, log).run(text, words);
    if (scope == outermost) {
      ledger.lineEnds(result.outcome().status());
    }
    if (scope.rehearsal().isEmpty()) {
      recorder.ended(
          new Entry(
              origin.clock().instant(),
              mask.line(text),
              result.looked().map(mask::line),
              result.outcome().withoutSecrets(),
              result.reliances(),
              log.findings(),
              log.problem(),
              log.shown()),
          scope.output());
      remember(result.outcome(), log);
      leaving.made(result.outcome());
    }
    over |= result.outcome().quit() && scope == outermost && mayLeave();
    log.lineEnds(result.outcome().status());
    return result.outcome();
  }

  /**
   * A simulated kernel is in the memory of a shell, where no timer reaches it: there the next line
   * is when the time to confirm is seen to be over.
   */
  private void takeBackInTime() {
    if (target.simulated() && !settings.readOnly() && !settings.dryRun()) {
      ledger.overdue(target).ifPresent(number -> outermost("recover --expired " + number));
    }
  }

  /** The target has been written down. */
  void saved() {
    leaving.saved();
  }

  /** Whether there are changes that no file has. */
  public boolean isUnsaved() {
    return leaving.isUnsaved();
  }

  /** Whether the shell may be left; when it had better not be, that has been said. */
  public boolean mayLeave() {
    return leaving.mayLeave(outermost.output());
  }

  /** What stood in the way may be gone once something has changed. */
  private void remember(Outcome outcome, LineLog log) {
    Optional<Problem> problem = log.problem().filter(each -> each.detail("path").isPresent());
    if (problem.isPresent()) {
      refused = problem;
    } else if (!outcome.made().isEmpty()) {
      refused = Optional.empty();
    }
  }

  /** Why a refusal was shown without the kernel's own words; said once. */
  Optional<String> missingLog() {
    KernelLog.State state = target.log().state();
    if (logMissed || state == KernelLog.State.READABLE) {
      return Optional.empty();
    }
    logMissed = true;
    return Optional.of(state.description());
  }

  /** What an earlier process left behind, to be said before the first line. */
  public Optional<String> leftBehind() {
    return ledger.leftBehind(target);
  }

  /** Stops a script before its next line; may be called from any thread. */
  public void interrupt() {
    interrupted = true;
  }

  boolean isInterrupted() {
    return interrupted;
  }

  /** The lines typed so far. The terminal adds those of earlier days, and keeps what it adds. */
  public History history() {
    return history;
  }

  /** The file that is being recorded to, for the prompt; empty when nothing is recorded. */
  public Optional<Path> recording() {
    return recorder.file();
  }

  /** Ends a recording that still runs. To be called when the shell is left. */
  public void close() {
    if (recorder.file().isPresent()) {
      try {
        recorder.stop(outermost.output());
      } catch (NvmetshException e) {
        outermost.output().problem(e.problem());
      }
    }
    ledger.audit().close();
  }

  /** The target and the machine as a line that is typed now sees them. */
  public Context context() {
    return context(outermost);
  }

  Context context(Scope scope) {
    Target seen = scope.rehearsal().map(Rehearsal::target).orElse(target);
    return new Context(
        scope.here(),
        scope.previous(),
        new LiveTree(seen.configfs(), seen.flavor()),
        new Inventory(seen.sys()),
        seen,
        commands,
        scope.folder().orElse(settings.workingDirectory()),
        scope.rehearsal().map(Rehearsal::journal).orElse(ledger.journal()),
        refused);
  }

  /** The directory the shell is in. */
  public NvmetPath here() {
    return outermost.here();
  }

  /** What was settled when the program started. */
  public Settings settings() {
    return settings;
  }

  public Target target() {
    return target;
  }

  /** Whether a line asked to leave. */
  public boolean isOver() {
    return over;
  }

  Origin origin() {
    return origin;
  }

  Commands commands() {
    return commands;
  }

  SecretMask mask() {
    return mask;
  }

  Recorder recorder() {
    return recorder;
  }

  Ledger ledger() {
    return ledger;
  }

  boolean keepsOutput() {
    return recorder.keepsOutput();
  }
}
