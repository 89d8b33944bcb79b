package io.nvmetsh.command;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A line as typed, cut into where, what and with which words: {@code /ports/1 ls -l} is the place
 * {@code /ports/1}, the command {@code ls}, the words {@code -l}. Nothing is looked up in the
 * target.
 *
 * @param place the path before the command, if any
 * @param command the word for the command; empty for an empty line
 * @param words what stands behind the command
 * @param repaired whether typographic quotes or dashes were taken for plain ones
 */
public record CommandLine(
    Optional<String> place, String command, List<String> words, boolean repaired) {

  /**
   * @throws io.nvmetsh.schema.NvmetshException when the line cannot be cut into words
   */
  public static CommandLine parse(String line, Map<String, String> parameters) {
    Tokenizer.Result result = Tokenizer.tokenize(line, parameters);
    CommandLine parsed = of(result.words().stream().map(Tokenizer.Word::text).toList());
    return new CommandLine(parsed.place, parsed.command, parsed.words, result.repaired());
  }

  /** A line whose words are known, as the system hands over a program's arguments. */
  public static CommandLine of(List<String> words) {
    if (words.isEmpty()) {
      return new CommandLine(Optional.empty(), "", List.of(), false);
    }
    if (!isPath(words.get(0))) {
      return new CommandLine(Optional.empty(), words.get(0), words.subList(1, words.size()), false);
    }
    // a path alone on a line means cd
    return words.size() == 1
        ? new CommandLine(Optional.empty(), "cd", words, false)
        : new CommandLine(
            Optional.of(words.get(0)), words.get(1), words.subList(2, words.size()), false);
  }

  /** Commands have no slash and do not begin with a dot. */
  static boolean isPath(String word) {
    return word.indexOf('/') >= 0 || word.equals(".") || word.equals("..");
  }

  /** Whether {@code --json} is among the options, told before anything can be wrong with them. */
  public boolean asksForJson() {
    int end = words.indexOf("--");
    return (end < 0 ? words : words.subList(0, end)).contains("--json");
  }

  public boolean isEmpty() {
    return command.isEmpty();
  }
}
