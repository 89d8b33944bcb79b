package io.nvmetsh.session;

import io.nvmetsh.command.Document;
import io.nvmetsh.command.Question;
import io.nvmetsh.offload.Finding;
import io.nvmetsh.schema.ExitStatus;
import io.nvmetsh.schema.Problem;
import java.util.Optional;

/** Where a line's results go, in the order in which they come about. */
public interface Output {

  /** A line of a script that is about to run. */
  void echo(String source, int number, String line);

  /** What was asked for. */
  void show(Document document);

  /** Likewise, where somebody looks at it who may want it a screenful at a time. */
  default void page(Document document) {
    show(document);
  }

  /** Something worth saying beside it. */
  void note(String text);

  /** How long something took, this time: no recording keeps it and none is compared with it. */
  default void timing(String text) {
    note(text);
  }

  /** A warning about the tree as it will be; always before the change. */
  void finding(Finding finding);

  /** One operation done, or, in a dry run, to be done, of which no host takes notice. */
  default void operation(String text, boolean done) {
    operation(text, Optional.empty(), done);
  }

  /**
   * One operation done, or, in a dry run, to be done.
   *
   * @param cuts whose hosts it disconnects; empty when nobody's
   */
  void operation(String text, Optional<String> cuts, boolean done);

  /** Why the line was not done, or not to its end. */
  void problem(Problem problem);

  /** A bug of ours. */
  void bug(Throwable bug);

  /**
   * Asks before harm is done.
   *
   * @return whether the answer was yes; false at once where nobody can answer
   */
  boolean confirm(String question, String expected);

  /**
   * Asks for a secret without echo.
   *
   * @return the answer; empty at once where nobody can answer
   */
  Optional<String> secret(String question);

  /** Whether somebody is there who can be asked. */
  boolean isAttended();

  /**
   * Asks for a line.
   *
   * @param begun what the answer begins with, to be changed
   * @return the answer; empty when there is none, at once where nobody can answer
   */
  Optional<String> ask(String question, String begun);

  /**
   * Asks for what a line leaves open, with what fits to choose from.
   *
   * @return the answer; empty when there is none, at once where nobody can answer
   */
  Optional<String> ask(Question question);

  /** The editor of whoever is there; empty where nobody can be at one. */
  default Optional<TextEditor> editor() {
    return Optional.empty();
  }

  /** This line's results are wanted as one JSON document. */
  void asJson();

  /**
   * A line goes on, and what it has said so far is wanted now, set apart from what follows; as
   * JSON, as a document of its own.
   */
  default void goesOn() {}

  /** A line has ended: everything it had to say has been said. */
  void lineEnds(ExitStatus status);
}
