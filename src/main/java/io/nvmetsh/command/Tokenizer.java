package io.nvmetsh.command;

import io.nvmetsh.schema.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Turns a line into words. The one place that knows quotes, escapes, {@code #} and {@code $}.
 *
 * <ul>
 *   <li>Blanks separate words; {@code 'single'} and {@code "double"} quotes join them; {@code \}
 *       takes the next character as it is (inside double quotes only before {@code " \ $}).
 *   <li>{@code $'...'} holds characters that cannot be typed, with the escapes of bash: {@code \n},
 *       {@code \t}, {@code \x1b} and so on.
 *   <li>{@code |} outside quotes is a word of its own.
 *   <li>{@code #} at the start of a word begins a comment.
 *   <li>{@code $name} and <code>${name}</code> are replaced outside single quotes, and only for
 *       declared parameters; the value stays one word whatever is in it.
 *   <li>Typographic quotes, as web pages have them, are taken for plain ones; a typographic dash at
 *       the start of a word is a hyphen. A note says so.
 * </ul>
 */
public final class Tokenizer {

  private final String line;
  private final Map<String, String> parameters;
  private final boolean unfinished;
  private final List<Word> words = new ArrayList<>();
  private final StringBuilder text = new StringBuilder();
  private boolean repaired;
  private char openQuote;
  private int at;

  private Tokenizer(String line, Map<String, String> parameters, boolean unfinished) {
    this.line = line;
    this.parameters = parameters;
    this.unfinished = unfinished;
  }

  /**
   * One word.
   *
   * @param start where it begins in the line
   * @param end behind its last character
   */
  public record Word(String text, int start, int end, boolean quoted) {
    /** Whether it is a bare {@code |}: any other way to write one takes more than a character. */
    public boolean isPipe() {
      return end == start + 1 && text.equals("|");
    }
  }

  /** The words of a line, and whether typographic characters were repaired. */
  public record Result(List<Word> words, boolean repaired) {}

  /**
   * A line that is still being typed.
   *
   * @param before the words before the one at the cursor
   * @param word the one at the cursor, empty between words
   * @param quote the plain quote that is open at the cursor, or 0
   * @param comment whether the cursor is in a comment
   */
  public record Unfinished(List<Word> before, Word word, char quote, boolean comment) {
    /** Where the words behind the last {@code |} begin; 0 where there is none. */
    int behindPipe() {
      for (int i = before.size(); i > 0; i--) {
        if (before.get(i - 1).isPipe()) {
          return i;
        }
      }
      return 0;
    }
  }

  /**
   * @throws io.nvmetsh.schema.NvmetshException when a quote is not closed or a parameter is not
   *     declared
   */
  public static Result tokenize(String line, Map<String, String> parameters) {
    return new Tokenizer(line, parameters, false).run();
  }

  /**
   * Cuts a line as it stands before the cursor: a quote or brace may be open, the last word half
   * typed. Parameters keep their {@code $}. Nothing is wrong with such a line.
   */
  public static Unfinished unfinished(String line) {
    Tokenizer tokenizer = new Tokenizer(line, Map.of(), true);
    List<Word> words = tokenizer.run().words();
    int last = words.size() - 1;
    return last >= 0 && words.get(last).end() == line.length() && !words.get(last).isPipe()
        ? new Unfinished(words.subList(0, last), words.get(last), tokenizer.openQuote, false)
        : new Unfinished(
            words,
            new Word("", line.length(), line.length(), false),
            '\0',
            tokenizer.at < line.length());
  }

  private Result run() {
    while (skipBlanks()) {
      word();
    }
    return new Result(List.copyOf(words), repaired);
  }

  /** Moves to the next word; false at the end of the line or at a comment. */
  private boolean skipBlanks() {
    while (at < line.length()) {
      char c = line.charAt(at);
      if (c == '\\' && at + 1 < line.length() && line.charAt(at + 1) == '\n') {
        at += 2;
      } else if (isBlank(c)) {
        at++;
      } else if (c != '#') {
        return true;
      } else if (line.indexOf('\n', at) >= 0 && !unfinished) {
        throw usage(
            "a comment ends in a backslash, and the line behind it would be lost",
            "remove the backslash");
      } else {
        return false;
      }
    }
    return false;
  }

  private void word() {
    int start = at;
    boolean quoted = false;
    text.setLength(0);
    while (at < line.length() && !isBlank(line.charAt(at))) {
      char c = line.charAt(at);
      if (c == '|' && at > start) {
        break;
      } else if (c == '|') {
        text.append(c);
        at++;
        break;
      } else if (c == '\\') {
        escape();
      } else if (isQuote(c)) {
        quoted = true;
        quotation(c);
      } else if (c == '$' && line.startsWith("$'", at)) {
        quoted = true;
        escapes();
      } else if (c == '$') {
        parameter();
      } else {
        text.append(at == start ? plainDash(c) : String.valueOf(c));
        at++;
      }
    }
    words.add(new Word(text.toString(), start, at, quoted));
  }

  private void escape() {
    at++;
    if (at == line.length()) {
      if (unfinished) {
        return;
      }
      throw usage("the line ends in a backslash", "write \\\\ for a backslash itself");
    }
    char c = line.charAt(at++);
    if (c != '\n') {
      text.append(c);
    }
  }

  private void quotation(char opening) {
    int start = at++;
    boolean single = plain(opening) == '\'';
    repaired |= plain(opening) != opening;
    while (at < line.length()) {
      char c = line.charAt(at);
      if (closes(opening, c)) {
        repaired |= plain(c) != c;
        at++;
        return;
      }
      if (!single
          && c == '\\'
          && at + 1 < line.length()
          && "\"\\$\n".indexOf(line.charAt(at + 1)) >= 0) {
        text.append(line.charAt(at + 1) == '\n' ? "" : line.substring(at + 1, at + 2));
        at += 2;
      } else if (!single && c == '$') {
        parameter();
      } else {
        text.append(c);
        at++;
      }
    }
    if (unfinished) {
      openQuote = plain(opening);
      return;
    }
    throw usage(
        "a quote that opens at character " + (start + 1) + " is not closed",
        "close it with "
            + plain(opening)
            + ", or write \\"
            + plain(opening)
            + " for the character itself");
  }

  /** {@code $'...'}. */
  private void escapes() {
    int start = at;
    at += 2;
    while (at < line.length()) {
      char c = line.charAt(at++);
      if (c == '\'') {
        return;
      }
      text.append(c == '\\' && at < line.length() ? escaped(line.charAt(at++)) : c);
    }
    if (unfinished) {
      openQuote = '\'';
      return;
    }
    throw usage(
        "a $' that opens at character " + (start + 1) + " is not closed", "close it with '");
  }

  private char escaped(char c) {
    return switch (c) {
      case 'n' -> '\n';
      case 't' -> '\t';
      case 'r' -> '\r';
      case '\\', '\'', '"' -> c;
      case 'x' -> hex(2);
      case 'u' -> hex(4);
      default -> unescaped(c);
    };
  }

  private char unescaped(char c) {
    if (unfinished) {
      return c;
    }
    throw usage(
        "\\" + c + " is no escape inside $'...'",
        "there are  \\n \\t \\r \\\\ \\' \\\" \\xHH \\uHHHH");
  }

  private char hex(int digits) {
    int value = 0;
    for (int i = 0; i < digits; i++) {
      int digit = at < line.length() ? Character.digit(line.charAt(at), 16) : -1;
      if (digit < 0 && unfinished) {
        return (char) value;
      } else if (digit < 0) {
        throw usage("an escape has fewer than " + digits + " hexadecimal digits", "write \\x1b");
      }
      value = value * 16 + digit;
      at++;
    }
    return (char) value;
  }

  private void parameter() {
    int start = at++;
    if (unfinished) {
      text.append('$');
      return;
    }
    boolean braced = at < line.length() && line.charAt(at) == '{';
    int from = braced ? ++at : at;
    while (at < line.length() && isNameCharacter(line.charAt(at))) {
      at++;
    }
    String name = line.substring(from, at);
    if (braced) {
      if (at == line.length() || line.charAt(at) != '}') {
        throw usage("${ at character " + (start + 1) + " is not closed", "write ${name}");
      }
      at++;
    }
    if (name.isEmpty()) {
      throw usage("a $ without a name", "write '$' or \\$ for the character itself");
    }
    String value = parameters.get(name);
    if (value == null) {
      throw usage(
          "no parameter is called " + name,
          "declare it before:  param " + name,
          "or write \\$" + name + " for the text itself");
    }
    text.append(value);
  }

  /** What a dash at the beginning of a word was typed as: word processors make one of two. */
  private String plainDash(char c) {
    if (c != '\u2013' && c != '\u2014' && c != '\u2212') {
      return String.valueOf(c);
    }
    repaired = true;
    int end = at + 1;
    while (end < line.length()
        && (Character.isLetter(line.charAt(end)) || line.charAt(end) == '-')) {
      end++;
    }
    // letters of one dash stand alone, or two together as in -rf
    return end - at > 3 ? "--" : "-";
  }

  private static boolean isBlank(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\u00a0';
  }

  static boolean isNameCharacter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
  }

  private static boolean isQuote(char c) {
    return plain(c) == '"' || plain(c) == '\'';
  }

  /** A typographic quotation ends with any quote of its sort: pages mix them up. */
  private boolean closes(char opening, char c) {
    return plain(c) == plain(opening) && (opening != plain(opening) || c == opening);
  }

  /** The plain quote a typographic one stands for; other characters are themselves. */
  static char plain(char c) {
    return switch (c) {
      case '\u201c', '\u201d', '\u201e', '\u201f', '\u00ab', '\u00bb' -> '"';
      case '\u2018', '\u2019', '\u201a', '\u201b' -> '\'';
      default -> c;
    };
  }

  private static RuntimeException usage(String message, String... hints) {
    return Problem.of(Problem.Kind.USAGE, message, hints).asException();
  }
}
