package io.nvmetsh.session;

import io.nvmetsh.command.CommandLine;
import io.nvmetsh.command.CommandSpec;
import io.nvmetsh.command.ParamCommand;
import io.nvmetsh.command.RequireCommand;
import io.nvmetsh.command.Words;
import io.nvmetsh.journal.Transaction;
import io.nvmetsh.plan.Ground;
import io.nvmetsh.plan.OnError;
import io.nvmetsh.schema.ExitStatus;
import io.nvmetsh.schema.NvmetPath;
import io.nvmetsh.schema.Printable;
import io.nvmetsh.schema.Problem;
import io.nvmetsh.script.Script;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What becomes of a script of which a line has failed: it stops, goes on without the line, or takes
 * back what its lines have done; and what is not done of it is kept.
 */
final class ScriptEnd {

  private final Session session;
  private final Scope scope;
  private final Script script;
  private final OnError onError;
  private final boolean dryRun;
  private final int begun;
  private final List<String> failed = new ArrayList<>();
  private Optional<Problem> first = Optional.empty();
  private boolean inPart;

  /**
   * @param scope of the line that runs the script
   */
  ScriptEnd(Session session, Scope scope, Script script, OnError onError, boolean dryRun) {
    this.session = session;
    this.scope = scope;
    this.script = script;
    this.onError = onError;
    this.dryRun = dryRun;
    this.begun = session.ledger().steps();
  }

  /**
   * A line has failed, or was not begun any more.
   *
   * @param here where it ran
   * @return whether nothing more is to be done of the script
   */
  boolean failed(int index, NvmetPath here, Optional<Problem> why, ExitStatus status) {
    if (first.isEmpty()) {
      first = why;
    }
    inPart |= status == ExitStatus.PARTIAL;
    boolean over = onError != OnError.CONTINUE || status == ExitStatus.INTERRUPTED;
    if (onError == OnError.UNDO) {
      keep(0, script.steps().size(), NvmetPath.ROOT, Optional.empty());
    } else {
      keep(
          index,
          over ? script.steps().size() : index + 1,
          here,
          failed.isEmpty() ? Optional.empty() : why);
    }
    return over;
  }

  /** A line is done, or was so already; one that declares something, looks or goes does nothing. */
  void done(CommandLine line) {
    if (!line.isEmpty()) {
      CommandSpec spec = session.commands().named(line.command()).spec();
      inPart |=
          spec.group() != CommandSpec.Group.MOVE
              && !List.of(ParamCommand.NAME, RequireCommand.NAME).contains(spec.name());
    }
  }

  /**
   * @param why what stands at the first line; the first reason stands at the head already
   */
  private void keep(int from, int to, NvmetPath here, Optional<Problem> why) {
    if (failed.isEmpty()) {
      for (int i = 0; i < from; i++) {
        if (script.steps().get(i).text().startsWith(ParamCommand.NAME + " ")) {
          failed.add(text(i));
        }
      }
    }
    why.ifPresent(
        each -> failed.add("# " + Printable.text(session.mask().message(each.message()))));
    if (!here.isRoot()) {
      failed.add("cd " + Words.quote(here.toString()));
    }
    for (int i = from; i < to; i++) {
      failed.add(text(i));
    }
  }

  private String text(int index) {
    Script.Step step = script.steps().get(index);
    return (step.mayFail() ? "-" : "") + session.mask().line(step.text());
  }

  boolean hasFailed() {
    return !failed.isEmpty();
  }

  /** How the script ended whose lines have failed. */
  Outcome ended(Outcome last) {
    if (dryRun) {
      return last;
    }
    String why = first.map(Problem::message).orElse("a line failed");
    if (scope.scripts().isEmpty() && !session.settings().readOnly()) {
      session.ledger().failedLines(failed, why);
    }
    if (onError == OnError.UNDO) {
      return takenBack(last);
    }
    return onError == OnError.CONTINUE && last.status() == ExitStatus.DONE
        ? Outcome.ended(
            inPart ? ExitStatus.PARTIAL : first.map(Problem::status).orElse(ExitStatus.PARTIAL))
        : last;
  }

  private Outcome takenBack(Outcome last) {
    Optional<Transaction> transaction = session.ledger().current();
    List<Ground> grounds = session.ledger().grounds(session.target());
    transaction.ifPresent(Transaction::takeBack);
    TakingBack.Result back =
        new TakingBack(session.target(), session.ledger().audit())
            .over(grounds.subList(begun, grounds.size()));
    if (back.left().isEmpty()) {
      scope
          .output()
          .note(
              (back.made().isEmpty() ? "nothing had been changed" : "taken back")
                  + ": the target is as it was before "
                  + script.name());
      if (begun == 0) {
        transaction.ifPresent(Transaction::nothingIsLeft);
      }
      // a line half done is not half done any more
      ExitStatus status =
          last.status() == ExitStatus.PARTIAL ? ExitStatus.KERNEL_REFUSED : last.status();
      return Outcome.ended(first.map(Problem::status).orElse(status));
    }
    Problem why =
        first.orElse(Problem.of(Problem.Kind.PARTIAL, "a line of " + script.name() + " failed"));
    scope.output().problem(session.ledger().notTakenBack(back, session.context().target(), why));
    return Outcome.ended(ExitStatus.PARTIAL);
  }
}
