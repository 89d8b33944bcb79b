package io.nvmetsh.script;

import io.nvmetsh.schema.Placeholder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A line of a shell script as words and operators, as far as simple scripts go. What a web page did
 * to it is undone: typographic quotes and dashes, blanks that are not blanks. What only a shell can
 * know (substitutions, patterns, loops) is said to be so, and never guessed.
 */
final class ShellWords {

  /** A word, or an operator such as {@code >}. */
  record Token(String text, boolean isOperator) {}

  /** Why a line is not understood. */
  static final class NotUnderstood extends Exception {
    private static final long serialVersionUID = 1;

    private final String why;

    NotUnderstood(String why) {
      super(why, null, false, false);
      this.why = why;
    }

    String why() {
      return why;
    }
  }

  private static final String OPERATORS = ">|&;<(){}";

  private final String line;
  private final Map<String, String> variables;
  private final List<Token> tokens = new ArrayList<>();
  private final StringBuilder word = new StringBuilder();
  private boolean inWord;
  private boolean repaired;
  private int at;

  /**
   * @param variables what the script has assigned so far
   */
  ShellWords(String line, Map<String, String> variables) {
    this.line = line;
    this.variables = variables;
  }

  List<Token> tokens() throws NotUnderstood {
    while (at < line.length()) {
      char c = plain(line.charAt(at));
      if (c == ' ' || c == '\t') {
        endWord();
        at++;
      } else if (c == '#' && !inWord) {
        break;
      } else if (c == '<' && placeholderEnd() > 0) {
        placeholder();
      } else if (OPERATORS.indexOf(c) >= 0) {
        operator();
      } else {
        character(c);
      }
    }
    endWord();
    return tokens;
  }

  /** Whether anything typographic was taken for something plain. */
  boolean repaired() {
    return repaired;
  }

  private void endWord() {
    if (inWord) {
      tokens.add(new Token(word.toString(), false));
      word.setLength(0);
      inWord = false;
    }
  }

  private void operator() throws NotUnderstood {
    char c = line.charAt(at);
    boolean doubled = at + 1 < line.length() && line.charAt(at + 1) == c;
    String text = doubled ? "" + c + c : "" + c;
    if (!List.of(">", ">>", "|", "&&", ";").contains(text)) {
      throw new NotUnderstood("it has the shell's " + text);
    }
    boolean descriptor = inWord && c == '>' && word.length() == 1 && isDigit(word.charAt(0));
    if (descriptor) {
      // 2> and 2>&1: where errors go is no matter here
      word.insert(0, "fd");
    }
    endWord();
    at += text.length();
    if (c == '>' && at < line.length() && line.charAt(at) == '&') {
      at++;
    }
    tokens.add(new Token(text, true));
  }

  private void character(char c) throws NotUnderstood {
    inWord = true;
    switch (c) {
      case '\'', '"' -> quotation(c);
      case '$' -> variable();
      case '`' -> throw new NotUnderstood("it runs a command to get a value");
      case '*', '?', '[' -> throw new NotUnderstood("it has a pattern of file names");
      case '\\' -> {
        at++;
        if (at < line.length()) {
          word.append(line.charAt(at++));
        }
      }
      default -> {
        word.append(c);
        at++;
      }
    }
  }

  private void quotation(char quote) throws NotUnderstood {
    char opening = line.charAt(at);
    // a page may have turned only one of the two around
    boolean exact = opening == quote && line.indexOf(quote, at + 1) >= 0;
    at++;
    while (at < line.length()) {
      char c = line.charAt(at);
      if (exact ? c == quote : unquoted(c) == quote) {
        repaired |= c != quote || opening != quote;
        at++;
        return;
      }
      if (quote == '"' && c == '$') {
        variable();
      } else if (quote == '"' && c == '`') {
        throw new NotUnderstood("it runs a command to get a value");
      } else if (quote == '"' && c == '<' && placeholderEnd() > 0) {
        placeholder();
      } else if (quote == '"'
          && c == '\\'
          && at + 1 < line.length()
          && "\"\\$`".indexOf(line.charAt(at + 1)) >= 0) {
        word.append(line.charAt(at + 1));
        at += 2;
      } else {
        word.append(c);
        at++;
      }
    }
    throw new NotUnderstood("a quote is not closed");
  }

  /** {@code $name} and <code>${name}</code>; one that is not assigned is a parameter. */
  private void variable() throws NotUnderstood {
    at++;
    boolean braced = at < line.length() && line.charAt(at) == '{';
    int from = braced ? ++at : at;
    while (at < line.length() && isNamePart(line.charAt(at))) {
      at++;
    }
    String name = line.substring(from, at);
    Optional<String> otherwise = Optional.empty();
    if (braced && line.startsWith(":-", at) && line.indexOf('}', at) > 0) {
      int end = line.indexOf('}', at);
      otherwise = Optional.of(line.substring(at + 2, end)).filter(ShellWords::isPlainText);
      at = otherwise.isPresent() ? end : at;
    }
    if (braced && (at == line.length() || line.charAt(at++) != '}')) {
      throw new NotUnderstood("it computes a value");
    }
    if (name.length() == 1 && isDigit(name.charAt(0))) {
      name = "arg" + name;
    }
    if (!Placeholder.isName(name)) {
      throw new NotUnderstood("it computes a value");
    }
    String value = variables.get(name);
    word.append(value != null ? value : otherwise.orElse(Placeholder.of(name)));
  }

  private static boolean isPlainText(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (!isNamePart(text.charAt(i)) && "/:.-".indexOf(text.charAt(i)) < 0) {
        return false;
      }
    }
    return true;
  }

  /** Pages write {@code <name_of_subsystem>} for what the reader is to fill in. */
  private void placeholder() {
    int end = placeholderEnd();
    String name = line.substring(at + 1, end).replace('-', '_');
    word.append(Placeholder.of(name));
    inWord = true;
    at = end + 1;
  }

  private int placeholderEnd() {
    int end = at + 1;
    while (end < line.length() && (isNamePart(line.charAt(end)) || line.charAt(end) == '-')) {
      end++;
    }
    boolean named = Placeholder.isName(line.substring(at + 1, end).replace('-', '_'));
    return named && end < line.length() && line.charAt(end) == '>' ? end : -1;
  }

  /** The plain character that a typographic one was made of. */
  private char plain(char c) {
    char plain =
        switch (c) {
          case '\u2010', '\u2011', '\u2012', '\u2013', '\u2014', '\u2212' -> '-';
          case '\u00a0', '\u2007', '\u202f' -> ' ';
          default -> unquoted(c);
        };
    repaired |= plain != c;
    return plain;
  }

  private static char unquoted(char c) {
    return switch (c) {
      case '\u201c', '\u201d', '\u201e', '\u201f' -> '"';
      case '\u2018', '\u2019', '\u201a', '\u201b' -> '\'';
      default -> c;
    };
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private static boolean isNamePart(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || isDigit(c) || c == '_';
  }
}
