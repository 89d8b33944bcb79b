package io.nvmetsh.session;

import io.nvmetsh.command.Arguments;
import io.nvmetsh.command.Command;
import io.nvmetsh.command.CommandLine;
import io.nvmetsh.command.CommandSpec;
import io.nvmetsh.command.Context;
import io.nvmetsh.command.Effect;
import io.nvmetsh.command.Filters;
import io.nvmetsh.command.HelpCommand;
import io.nvmetsh.command.Lookup;
import io.nvmetsh.plan.Applier;
import io.nvmetsh.plan.Change;
import io.nvmetsh.schema.ExitStatus;
import io.nvmetsh.schema.NvmetshException;
import io.nvmetsh.schema.Problem;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * How one line is run: its words are bound, its command says what it means there, that is done, and
 * what stands in the way of it is said. What outlives the line is the session's.
 */
final class LineRun {

  /** How often a line is looked at anew because others were faster. */
  static final int AGAIN = 100;

  private final Session session;
  private final Scope scope;
  private final LineLog log;

  /**
   * What a line came to.
   *
   * @param looked of a line that only showed something, the same line as it means the same anywhere
   * @param reliances what changes relied on of the machine
   */
  record Result(Outcome outcome, Optional<String> looked, Map<Change, Reliance> reliances) {
    static Result of(Outcome outcome) {
      return new Result(outcome, Optional.empty(), Map.of());
    }
  }

  /**
   * @param log where its results go
   */
  LineRun(Session session, Scope scope, LineLog log) {
    this.session = session;
    this.scope = scope;
    this.log = log;
  }

  /**
   * The one place where problems are caught: no input may end the shell.
   *
   * @param text as it was written
   * @param words what it says
   */
  Result run(String text, Supplier<CommandLine> words) {
    Inquiry inquiry = new Inquiry(scope);
    try {
      boolean changes = mayChange();
      for (int again = 0; ; again++) {
        session.ledger().lineBegins(text, scope, changes);
        try {
          return run(words.get(), inquiry);
        } catch (Ledger.Moved e) {
          if (again == AGAIN) {
            throw busy();
          }
        } catch (NvmetshException e) {
          // half of what the line looked at was from before, the other half from after
          if (!changes || again == AGAIN || !session.ledger().hasMoved()) {
            throw e;
          }
        }
      }
    } catch (NvmetshException e) {
      log.problem(e.problem());
      return Result.of(Outcome.ended(e.problem().status()));
    } catch (RuntimeException | StackOverflowError e) {
      log.bug(e);
      return Result.of(Outcome.ended(ExitStatus.BUG));
    }
  }

  private Result run(CommandLine typed, Inquiry inquiry) {
    if (typed.asksForJson()) {
      log.asJson();
    }
    if (typed.repaired()) {
      log.note("typographic quotes or dashes were taken for plain ones");
    }
    if (typed.isEmpty()) {
      return Result.of(Outcome.done());
    }
    Command command = session.commands().of(typed, scope.abbreviations());
    while (true) {
      CommandLine words = inquiry.completed(typed);
      Arguments arguments = Arguments.bind(command.spec(), words.words());
      Optional<CommandSpec> asked =
          arguments.has("help") ? Optional.of(command.spec()) : Filters.asked(words.filters());
      if (asked.isPresent()) {
        log.show(HelpCommand.page(asked.get()));
        return Result.of(Outcome.done());
      }
      Context context = session.context(scope);
      Pipeline pipeline = pipeline(context, arguments, words);
      if (words.place().isPresent()) {
        context = context.at(new Lookup(context).directory(words.place().get()));
      }
      Effect effect = command.run(context, arguments);
      pipeline.check(command.spec().name(), effect);
      if (effect instanceof Effect.Watch watch) {
        effect =
            new Effect.Watch(
                watch.interval(), watch.count(), watch.sampler().through(pipeline::changed));
      } else {
        log.through(pipeline);
        if (scope.scripts().isEmpty() && !pipeline.isWhole()) {
          log.pages();
        }
      }
      if (effect instanceof Effect.Ask ask && inquiry.isAnswered(ask.question(), typed)) {
        // meanwhile others may have been at work
        session.ledger().lineBegins(inquiry.line(typed), scope, mayChange());
        continue;
      }
      Optional<String> answered =
          inquiry.isEmpty() ? Optional.empty() : Optional.of(inquiry.line(typed));
      Session.Line line = new Session.Line(scope, context, arguments, answered, log);
      Outcome outcome = effect.match(new Effects(session, line));
      return new Result(
          outcome,
          effect instanceof Effect.Show && !pipeline.saves()
              ? Entry.looked(command.spec(), context, words)
              : Optional.empty(),
          reliances(outcome, context));
    }
  }

  private Pipeline pipeline(Context context, Arguments arguments, CommandLine words) {
    boolean dryRun =
        arguments.has("dry-run") || session.settings().dryRun() || scope.rehearsal().isPresent();
    return new Pipeline(Filters.actions(context, words.filters()), dryRun);
  }

  private boolean mayChange() {
    return !session.settings().readOnly() && scope.rehearsal().isEmpty();
  }

  static NvmetshException busy() {
    return Problem.of(
            Problem.Kind.LOCKED,
            "others change the target faster than this line can look at it",
            "try again")
        .asException();
  }

  private static Map<Change, Reliance> reliances(Outcome outcome, Context context) {
    Map<Change, Reliance> reliances = new HashMap<>();
    for (Applier.Done done : outcome.made()) {
      Reliance reliance = Reliance.of(done.change(), context.inventory());
      if (!reliance.isNone()) {
        reliances.put(done.change(), reliance);
      }
    }
    return reliances;
  }
}
