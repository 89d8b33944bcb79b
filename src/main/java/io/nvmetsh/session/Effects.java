package io.nvmetsh.session;

import io.nvmetsh.command.Document;
import io.nvmetsh.command.Effect;
import io.nvmetsh.command.FileContent;
import io.nvmetsh.config.ConfigFile;
import io.nvmetsh.journal.Store;
import io.nvmetsh.plan.Plan;
import io.nvmetsh.schema.ExitStatus;
import io.nvmetsh.schema.Problem;
import io.nvmetsh.script.Script;
import io.nvmetsh.script.ScriptDialect;
import io.nvmetsh.script.ScriptPlan;
import io.nvmetsh.script.ScriptSummary;
import io.nvmetsh.script.ShellImport;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Acts on what a line means. */
final class Effects implements Effect.Cases<Outcome> {

  private final Session session;
  private final Session.Line line;

  Effects(Session session, Session.Line line) {
    this.session = session;
    this.line = line;
  }

  @Override
  public Outcome show(Effect.Show effect) {
    line.output().show(effect.document());
    return Outcome.ended(effect.status());
  }

  @Override
  public Outcome watch(Effect.Watch effect) {
    new Watching(line.output(), () -> session.context(line.scope()), new Watching.Now())
        .run(effect, isDryRun() ? OptionalInt.of(1) : effect.count(), session::isInterrupted);
    return Outcome.done();
  }

  @Override
  public Outcome moveTo(Effect.MoveTo effect) {
    line.scope().moveTo(effect.path());
    return Outcome.done();
  }

  @Override
  public Outcome apply(Effect.Apply effect) {
    return apply(effect, false);
  }

  /**
   * @param review whether what would be done is shown first, and agreed to
   */
  private Outcome apply(Effect.Apply effect, boolean review) {
    boolean typed = line.scope().scripts().isEmpty();
    Plan plan =
        typed
            ? effect.plan()
            : line.scope().standing().without(effect.plan(), line.context().tree());
    try (Keys keys = new Keys(session, line, isDryRun())) {
      Outcome outcome =
          new ChangeRunner(session, line.scope(), line.output())
              .reviewing(review)
              .run(line.context(), effect.with(keys.fetched(plan)), isDryRun(), isAgreed());
      keys.settle(outcome);
      return outcome;
    }
  }

  @Override
  public Outcome setUp(Effect.SetUp effect) {
    line.asked().ifPresent(text -> line.output().note("without questions:  " + text));
    boolean review = line.asked().isPresent() && !isDryRun() && !isAgreed();
    Outcome outcome = apply(effect.apply(), review);
    if (outcome.status() == ExitStatus.DONE && !isDryRun()) {
      line.output().show(effect.report().apply(session.context(line.scope())));
    }
    return outcome;
  }

  @Override
  public Outcome edit(Effect.Edit effect) {
    return new Editing(session, line, isDryRun()).run(effect.text());
  }

  /** Nobody is here who could answer. */
  @Override
  public Outcome ask(Effect.Ask effect) {
    throw effect.question().unanswered().asException();
  }

  @Override
  public Outcome restore(Effect.Restore effect) {
    return new BootRestore(session, line, isDryRun(), isAgreed()).run(effect);
  }

  @Override
  public Outcome recover(Effect.Recover effect) {
    return new Recovery(session, line, isDryRun()).run(effect);
  }

  @Override
  public Outcome expire(Effect.Expire effect) {
    return new Recovery(session, line, isDryRun()).expire(effect.transaction());
  }

  @Override
  public Outcome confirm(Effect.Confirm effect) {
    return new Recovery(session, line, isDryRun()).confirm();
  }

  @Override
  public Outcome checkpoint(Effect.Checkpoint effect) {
    String what = (effect.lines().isPresent() ? "write " : "remove ") + effect.file();
    if (isDryRun()) {
      line.output().operation(what, false);
      return Outcome.done();
    }
    Store store = session.ledger().journal().store();
    if (effect.lines().isPresent()) {
      store.replace(effect.file(), effect.lines().get());
    } else {
      store.delete(effect.file());
    }
    return Outcome.done();
  }

  @Override
  public Outcome writeFiles(Effect.WriteFiles effect) {
    effect.notes().forEach(line.output()::note);
    for (FileContent each : effect.files()) {
      write(each, effect.force());
    }
    return Outcome.done();
  }

  private void write(FileContent each, boolean force) {
    Path file = each.file();
    if (isDryRun()) {
      line.output().operation("write " + file, false);
      return;
    }
    if (file.equals(ConfigFile.DEFAULT)) {
      // any other folder that is not there is a mistyped one
      PrivateFile.folder(ConfigFile.FOLDER);
    }
    Optional<Path> kept =
        force && each.of() != FileContent.Of.OTHER
            ? OlderFiles.keep(file, each.text())
            : Optional.empty();
    PrivateFile.write(file, each.text(), force);
    String beside = kept.map(older -> "; what was there before:  " + older).orElse("");
    line.output().note("written: " + file + beside);
    if (each.of() == FileContent.Of.TARGET) {
      session.saved();
    }
  }

  @Override
  public Outcome quit(Effect.Quit effect) {
    return Outcome.quitting();
  }

  @Override
  public Outcome record(Effect.StartRecording effect) {
    if (isDryRun()) {
      line.output().operation("record to " + effect.file(), false);
    } else {
      session.recorder().start(effect, line.context(), line.output());
    }
    return Outcome.done();
  }

  @Override
  public Outcome stopRecording(Effect.StopRecording effect) {
    if (isDryRun()) {
      line.output().operation("end the recording", false);
    } else {
      session.recorder().stop(line.output());
    }
    return Outcome.done();
  }

  @Override
  public Outcome showRecording(Effect.ShowRecording effect) {
    line.output().show(session.recorder().status());
    return Outcome.done();
  }

  @Override
  public Outcome replay(Effect.Replay effect) {
    return new Replay(
            session, line.scope(), effect, isDryRun(), isAgreed(), line.arguments().has("json"))
        .run();
  }

  @Override
  public Outcome exportScript(Effect.ExportScript effect) {
    ScriptForm form = ScriptForm.of(effect, line.context());
    deliver(form.lines(), effect.out(), effect.force());
    form.notes().forEach(line.output()::note);
    return Outcome.ended(form.whole() ? ExitStatus.DONE : ExitStatus.PARTIAL);
  }

  @Override
  public Outcome importScript(Effect.ImportScript effect) {
    ShellImport.Result result =
        ShellImport.of(
            effect.name(),
            Script.text(effect.file(), effect.name()),
            line.context().flavor(),
            effect.parameters());
    deliver(result.lines(), effect.out(), effect.force());
    for (String note : result.notes()) {
      line.output().note(effect.name() + ": " + note);
    }
    return Outcome.ended(result.complete() ? ExitStatus.DONE : ExitStatus.PARTIAL);
  }

  private void deliver(List<String> lines, Optional<Path> out, boolean force) {
    if (out.isPresent()) {
      write(new FileContent(out.get(), String.join("\n", lines) + "\n"), force);
    } else {
      line.output().show(Document.Lines.of(lines.toArray(String[]::new)));
    }
  }

  @Override
  public Outcome describeScript(Effect.DescribeScript effect) {
    Script script = Script.read(effect.file(), effect.name());
    ScriptPlan plan = ScriptPlan.of(script, ScriptDialect.fitting(script, line.context()));
    line.output().show(ScriptSummary.of(script, plan));
    return Outcome.done();
  }

  @Override
  public Outcome showHistory(Effect.ShowHistory effect) {
    List<String> lines = session.history().last(effect.last());
    line.output().show(Document.Lines.of(lines.toArray(String[]::new)));
    return Outcome.done();
  }

  /** Typed, a declaration gives the parameter its value; a script's have theirs before it runs. */
  @Override
  public Outcome declare(Effect.Declare effect) {
    if (!line.scope().scripts().isEmpty()) {
      return Outcome.done();
    }
    Optional<String> value =
        effect.secret() ? line.output().secret(effect.name() + ": ") : effect.initial();
    if (value.isEmpty()) {
      throw Problem.of(
              Problem.Kind.UNCONFIRMED,
              "param: " + effect.name() + " gets no value here",
              effect.secret()
                  ? "a secret is asked for at a terminal; for a script:  replay FILE --param "
                      + effect.name()
                      + "=@FILE"
                  : "write:  param " + effect.name() + " VALUE")
          .asException();
    }
    line.scope().parameters().put(effect.name(), value.get());
    return Outcome.done();
  }

  /** A script's were looked at before it ran, too. */
  @Override
  public Outcome require(Effect.Require effect) {
    Optional<Problem> unmet = effect.requirement().unmet(line.context());
    if (unmet.isPresent()) {
      throw unmet.get().asException();
    }
    return Outcome.done();
  }

  private boolean isDryRun() {
    return line.arguments().has("dry-run")
        || session.settings().dryRun()
        || line.scope().rehearsal().isPresent();
  }

  private boolean isAgreed() {
    return line.arguments().has("yes") || line.scope().yes();
  }
}
