package io.nvmetsh.command;

import java.util.List;
import java.util.Optional;

/**
 * A command typed short, and where it stands in the line. A person may type what begins one command
 * alone; what is run, shown, remembered and recorded is the whole word.
 *
 * @param start where the short word begins
 * @param end behind its last character
 * @param word what it stands for
 */
public record Abbreviation(int start, int end, String word) {

  /** The abbreviation in a line, if its command is one. */
  public static Optional<Abbreviation> in(Commands commands, String line) {
    Tokenizer.Unfinished typed = Tokenizer.unfinished(line);
    List<Tokenizer.Word> words = typed.before();
    int at = !words.isEmpty() && CommandLine.isPath(words.get(0).text()) ? 1 : 0;
    if (typed.comment() && words.size() <= at) {
      return Optional.empty();
    }
    Tokenizer.Word word = words.size() > at ? words.get(at) : typed.word();
    boolean plain = words.size() >= at && !word.quoted() && !CommandLine.isPath(word.text());
    return plain && commands.find(word.text()).isEmpty()
        ? commands
            .meant(word.text())
            .map(found -> new Abbreviation(word.start(), word.end(), found.spec().name()))
        : Optional.empty();
  }
}
