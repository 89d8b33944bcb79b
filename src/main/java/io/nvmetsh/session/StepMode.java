package io.nvmetsh.session;

import io.nvmetsh.command.Arguments;
import io.nvmetsh.command.CommandLine;
import io.nvmetsh.command.Effect;
import io.nvmetsh.command.Words;
import io.nvmetsh.schema.NvmetshException;
import io.nvmetsh.schema.Problem;
import io.nvmetsh.script.Script;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Asks before each line of a script what shall become of it: in a change window somebody looks over
 * one's shoulder, and has to be able to say no.
 */
final class StepMode {

  private static final String QUESTION = "Enter runs it, s skips it, e edits it, q quits: ";

  private final boolean on;
  private final Output output;
  private boolean deviated;

  private StepMode(boolean on, Output output) {
    this.on = on;
    this.output = output;
  }

  /**
   * What somebody wants.
   *
   * @param text the line to run, edited or as it stands in the file
   */
  record Choice(Answer answer, String text, Supplier<CommandLine> words) {

    boolean isToSkip() {
      return answer == Answer.SKIP;
    }

    boolean isToQuit() {
      return answer == Answer.QUIT;
    }
  }

  /** What becomes of a line. */
  enum Answer {
    RUN,
    SKIP,
    QUIT
  }

  /**
   * @throws NvmetshException when it is asked for where nobody can answer
   */
  static StepMode of(Effect.Replay effect, Output output) {
    if (effect.course().step() && !output.isAttended()) {
      throw Problem.of(
              Problem.Kind.UNCONFIRMED,
              "replay: --step asks before each line, and nobody can be asked here",
              "leave out --step",
              "or start nvmetsh at a terminal, and type:  replay --step "
                  + Words.quote(effect.name()))
          .asException();
    }
    return new StepMode(effect.course().step(), output);
  }

  /** Asks about a line that has been shown; where nobody is to be asked, it is run. */
  Choice choice(Script.Step step, Supplier<CommandLine> words, Scope scope, Session session) {
    String text = step.text();
    Supplier<CommandLine> line = words;
    while (on) {
      String answer = output.ask(QUESTION, "").map(String::strip).orElse("q");
      switch (answer) {
        case "q", "quit" -> {
          return new Choice(Answer.QUIT, text, line);
        }
        case "s", "skip" -> {
          deviated = true;
          return new Choice(Answer.SKIP, text, line);
        }
        case "e", "edit" -> {
          Optional<String> edited = output.ask("edit: ", text.replace("\\\n", " "));
          Optional<CommandLine> meant = edited.flatMap(each -> meant(each, scope, session));
          if (edited.isPresent() && meant.isPresent()) {
            text = edited.get();
            deviated = true;
            line = meant::get;
            output.note("now:  " + session.mask().line(text));
          }
        }
        case "" -> {
          return new Choice(Answer.RUN, text, line);
        }
        default -> output.note("no such answer: " + answer);
      }
    }
    return new Choice(Answer.RUN, text, line);
  }

  /** What an edited line says; empty, and said why, when it can mean nothing. */
  private Optional<CommandLine> meant(String text, Scope scope, Session session) {
    try {
      CommandLine line = CommandLine.parse(text, scope.parameters());
      if (!line.isEmpty()) {
        Arguments.bind(session.commands().named(line.command()).spec(), line.words());
      }
      return Optional.of(line);
    } catch (NvmetshException e) {
      output.problem(e.problem());
      return Optional.empty();
    }
  }

  /** That somebody has seen enough. */
  Problem left(Script script, Script.Step step) {
    return Problem.of(
        Problem.Kind.INTERRUPTED,
        "left before this line",
        deviated
            // the lines before this one are not all in effect, as --from would have them
            ? "begin again, what is done stays:  replay --step " + Words.quote(script.name())
            : "go on with it:  replay " + Words.quote(script.name()) + " --from " + step.number());
  }
}
