package io.nvmetsh.session;

import io.nvmetsh.command.AttributeText;
import io.nvmetsh.command.AttributeText.Fault;
import io.nvmetsh.command.Context;
import io.nvmetsh.command.Question;
import io.nvmetsh.command.TextReading;
import io.nvmetsh.command.Words;
import io.nvmetsh.plan.Applier;
import io.nvmetsh.schema.ExitStatus;
import io.nvmetsh.schema.NvmetPath;
import io.nvmetsh.schema.NvmetshException;
import io.nvmetsh.schema.Problem;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * A text of attributes in somebody's editor, until what is left is in effect or has been given up.
 * Whatever goes wrong, what was written is not lost. The target is looked at anew each time the
 * editor is left, and nobody has to wait meanwhile.
 */
final class Editing {

  private final Session session;
  private final Session.Line line;
  private final boolean dryRun;
  private final List<Applier.Done> made = new ArrayList<>();
  private final Set<String> options = new LinkedHashSet<>();

  /** How a text that was left fared: it is done when nothing is wrong with it. */
  private record Attempt(List<Fault> faults, boolean said) {
    static Attempt of(Fault fault, boolean said) {
      return new Attempt(List.of(fault), said);
    }
  }

  Editing(Session session, Session.Line line, boolean dryRun) {
    this.session = session;
    this.line = line;
    this.dryRun = dryRun;
  }

  Outcome run(AttributeText text) {
    Optional<TextEditor> editor = line.output().editor();
    if (!line.scope().scripts().isEmpty() || editor.isEmpty()) {
      throw text.unattended().asException();
    }
    if (!dryRun) {
      session.settings().refuseReadOnly();
    }
    EditedFile file = EditedFile.of(text.directory());
    try {
      return run(text, editor.get(), file);
    } catch (NvmetshException e) {
      // not thrown on: the line would be looked at anew, and the editor opened with another text
      return failed(e.problem(), file);
    } catch (RuntimeException e) {
      line.output().note("the text is in " + file.path());
      throw e;
    }
  }

  private Outcome run(AttributeText first, TextEditor editor, EditedFile file) {
    AttributeText text = first;
    while (true) {
      file.write(text.lines());
      int status = open(editor, file, text == first);
      List<String> left = file.lines();
      if (status != 0 || left.stream().allMatch(String::isBlank)) {
        return abandoned(status, text, first, file);
      }
      Attempt attempt = attempt(text, left);
      if (attempt.faults().isEmpty()) {
        file.remove();
        return outcome(ExitStatus.DONE);
      }
      text = text.again(session.context(line.scope()), left, attempt.faults());
      file.write(text.lines());
      if (!attempt.said()) {
        text.problems().forEach(line.scope().output()::problem);
      }
      Problem problem = attempt.faults().get(0).problem();
      if (problem.kind() == Problem.Kind.INTERRUPTED || !isToBeEditedAgain()) {
        return left(problem, file);
      }
    }
  }

  /** An editor that does not start leaves nothing that could be lost, the first time. */
  private static int open(TextEditor editor, EditedFile file, boolean first) {
    try {
      return editor.edit(file.path());
    } catch (NvmetshException e) {
      if (first) {
        file.remove();
      }
      throw e;
    }
  }

  /** Does what the text says, or finds out what is wrong with it. */
  private Attempt attempt(AttributeText text, List<String> left) {
    for (int again = 0; ; again++) {
      session.ledger().lineBegins(line(text.directory()), line.scope(), !dryRun);
      Context now = session.context(line.scope());
      TextReading reading = new TextReading(text, now, left);
      try {
        return reading.faults().isEmpty()
            ? carriedOut(reading, now)
            : new Attempt(reading.faults(), false);
      } catch (Ledger.Moved e) {
        if (again == LineRun.AGAIN) {
          return Attempt.of(reading.at(LineRun.busy().problem()), false);
        }
      } catch (NvmetshException e) {
        if (dryRun || again == LineRun.AGAIN || !session.ledger().hasMoved()) {
          return Attempt.of(reading.at(e.problem()), false);
        }
      }
    }
  }

  private Attempt carriedOut(TextReading reading, Context now) {
    Session.Line fresh =
        new Session.Line(line.scope(), now, line.arguments(), line.asked(), line.output());
    line.output().mended();
    Outcome outcome = new Effects(session, fresh).apply(reading.changes());
    made.addAll(outcome.made());
    options.addAll(outcome.options());
    Optional<Problem> problem = line.output().problem();
    if (outcome.status() == ExitStatus.DONE || problem.isEmpty()) {
      return new Attempt(List.of(), true);
    }
    // others may change the target while the text is in the editor again
    session.ledger().lineEnds(outcome.status());
    return Attempt.of(reading.at(problem.get()), true);
  }

  private static String line(NvmetPath directory) {
    return Words.line(List.of("edit", directory.toString()));
  }

  private boolean isToBeEditedAgain() {
    Problem unanswered = Problem.of(Problem.Kind.UNCONFIRMED, "write y or n");
    Question question =
        new Question(
            "Edit again (y), or leave it (n)?",
            Optional.of("y"),
            UnaryOperator.identity(),
            typed -> List.of(),
            unanswered);
    while (true) {
      // Ctrl-C leaves
      String answer = line.scope().output().ask(question).map(String::strip).orElse("n");
      if (answer.isEmpty() || answer.equalsIgnoreCase("y") || answer.equalsIgnoreCase("yes")) {
        return true;
      } else if (answer.equalsIgnoreCase("n") || answer.equalsIgnoreCase("no")) {
        return false;
      }
    }
  }

  private Outcome abandoned(int status, AttributeText text, AttributeText first, EditedFile file) {
    String why = status == 0 ? "the file is empty" : "the editor ended with status " + status;
    ExitStatus end = status == 0 ? ExitStatus.DONE : ExitStatus.INTERRUPTED;
    if (text == first) {
      file.remove();
      line.output().note("abandoned: " + why + "; nothing is changed");
      return outcome(end);
    }
    // what it was before
    file.write(text.lines());
    return left(Problem.of(Problem.Kind.INTERRUPTED, why), file);
  }

  /** Given up with something wrong, which has been said: what was written is kept. */
  private Outcome left(Problem why, EditedFile file) {
    String what = made.isEmpty() ? "nothing is changed" : "what was done before stays";
    line.output()
        .problem(
            new Problem(
                why.kind(),
                "left: " + what,
                List.of("the text is kept in:  " + file.path()),
                why.about()));
    return outcome(why.status());
  }

  /** It cannot go on. */
  private Outcome failed(Problem why, EditedFile file) {
    boolean kept = Files.exists(file.path());
    line.output().problem(kept ? why.hint("the text is kept in:  " + file.path()) : why);
    return outcome(why.status());
  }

  private Outcome outcome(ExitStatus status) {
    boolean partly = status != ExitStatus.DONE && !made.isEmpty();
    return new Outcome(partly ? ExitStatus.PARTIAL : status, made, List.copyOf(options), false);
  }
}
