package io.nvmetsh.command;

import io.nvmetsh.schema.Problem;
import java.util.ArrayList;
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
 * @param filters what stands behind each {@code |}, never empty
 * @param repaired whether typographic quotes or dashes were taken for plain ones
 */
public record CommandLine(
    Optional<String> place,
    String command,
    List<String> words,
    List<List<String>> filters,
    boolean repaired) {

  /** Nothing of the longer list is kept that words were cut from: a script has many lines. */
  public CommandLine {
    words = List.copyOf(words);
    filters = List.copyOf(filters);
  }

  /**
   * @throws io.nvmetsh.schema.NvmetshException when the line cannot be cut into words
   */
  public static CommandLine parse(String line, Map<String, String> parameters) {
    Tokenizer.Result result = Tokenizer.tokenize(line, parameters);
    List<List<String>> parts = new ArrayList<>(List.of(new ArrayList<>()));
    for (Tokenizer.Word word : result.words()) {
      if (word.isPipe()) {
        parts.add(new ArrayList<>());
      } else {
        parts.get(parts.size() - 1).add(word.text());
      }
    }
    int empty = parts.size() == 1 ? -1 : parts.indexOf(List.of());
    if (empty >= 0) {
      throw Problem.of(
              Problem.Kind.USAGE,
              empty == 0 ? "no command stands before the |" : "no filter stands behind the |",
              empty == 0
                  ? "such as:  ls | count"
                  : "there are:  " + String.join(", ", Filters.names()),
              "the character itself stands in quotes:  '|'")
          .asException();
    }
    return of(parts.get(0)).through(parts.subList(1, parts.size()), result.repaired());
  }

  /** The same with filters behind it. */
  private CommandLine through(List<List<String>> behind, boolean typographic) {
    return new CommandLine(place, command, words, behind, typographic);
  }

  /** The same with other words behind the command. */
  public CommandLine with(List<String> others) {
    return new CommandLine(place, command, others, filters, repaired);
  }

  /** A line whose words are known, as the system hands over a program's arguments. */
  public static CommandLine of(List<String> words) {
    if (words.isEmpty()) {
      return line(Optional.empty(), "", List.of());
    }
    if (!isPath(words.get(0))) {
      return line(Optional.empty(), words.get(0), words.subList(1, words.size()));
    }
    // a path alone on a line means cd
    return words.size() == 1
        ? line(Optional.empty(), "cd", words)
        : line(Optional.of(words.get(0)), words.get(1), words.subList(2, words.size()));
  }

  private static CommandLine line(Optional<String> place, String command, List<String> words) {
    return new CommandLine(place, command, words, List.of(), false);
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
