package io.nvmetsh.command;

import io.nvmetsh.schema.Problem;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * Something that a line leaves open. Whoever typed the line is asked, and the answer goes behind
 * it: so a dialogue ends in a line that could have been typed.
 *
 * @param text what is asked
 * @param suggested the answer that Enter stands for
 * @param word the word that an answer is in the line; throws when it is no answer
 * @param candidates what Tab offers for an answer that begins so
 * @param unanswered what is said where nobody can be asked
 */
public record Question(
    String text,
    Optional<String> suggested,
    UnaryOperator<String> word,
    Function<String, List<Candidate>> candidates,
    Problem unanswered) {

  /** As it stands on the screen, with the suggestion in brackets. */
  public String prompt() {
    return text + suggested.map(answer -> " [" + answer + "]").orElse("") + ": ";
  }
}
