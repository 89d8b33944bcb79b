package io.nvmetsh.session;

import io.nvmetsh.command.CommandLine;
import io.nvmetsh.command.Question;
import io.nvmetsh.command.Words;
import io.nvmetsh.schema.NvmetshException;
import io.nvmetsh.schema.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What whoever typed a line was asked besides, and answered. It belongs to the line, also when that
 * is looked at anew: nobody is asked twice.
 */
final class Inquiry {

  private final Scope scope;
  private final List<String> answers = new ArrayList<>();

  Inquiry(Scope scope) {
    this.scope = scope;
  }

  boolean isEmpty() {
    return answers.isEmpty();
  }

  /** The line with the answers behind it. */
  CommandLine completed(CommandLine typed) {
    List<String> words = new ArrayList<>(typed.words());
    words.addAll(answers);
    return typed.with(words);
  }

  /** The same as it could have been typed. */
  String line(CommandLine typed) {
    List<String> words = new ArrayList<>();
    typed.place().ifPresent(words::add);
    words.add(typed.command());
    words.addAll(completed(typed).words());
    return Words.line(words);
  }

  /**
   * Asks until there is an answer; what is wrong with others is said.
   *
   * @return false where nobody can be asked, as in a script
   * @throws NvmetshException when whoever is asked has had enough
   */
  boolean isAnswered(Question question, CommandLine typed) {
    Output output = scope.output();
    if (!scope.scripts().isEmpty() || !output.isAttended()) {
      return false;
    }
    while (true) {
      Optional<String> answer = output.ask(question).map(String::strip);
      if (answer.isEmpty()) {
        throw left(typed).asException();
      }
      String meant = answer.get().isEmpty() ? question.suggested().orElse("") : answer.get();
      try {
        answers.add(question.word().apply(meant));
        return true;
      } catch (NvmetshException e) {
        output.problem(e.problem());
      }
    }
  }

  private Problem left(CommandLine typed) {
    Problem problem = Problem.of(Problem.Kind.INTERRUPTED, "left: nothing is changed");
    return answers.isEmpty() ? problem : problem.hint("go on with it:  " + line(typed));
  }
}
