package io.nvmetsh.schema;

import java.util.ArrayList;
import java.util.List;

/**
 * Holds the place of a parameter's value in a word while the value is not known, or not to be
 * written down: a script is exported before anyone has supplied its parameters, and a secret is
 * recorded as the parameter it will be at replay. {@link Quoting} writes it as <code>${name}</code>
 * .
 *
 * <p>It is spelt with two of Unicode's noncharacters, which no text has. The session refuses any
 * that would reach a kernel.
 */
public final class Placeholder {

  private static final char OPEN = '\ufdd0';
  private static final char CLOSE = '\ufdd1';

  private Placeholder() {}

  /** A text that stands for the value of a parameter. */
  public static String of(String parameter) {
    return OPEN + parameter + CLOSE;
  }

  public static boolean isIn(String text) {
    return text.indexOf(OPEN) >= 0 || text.indexOf(CLOSE) >= 0;
  }

  /** A message in which placeholders are spelt as their parameters. */
  public static String shown(String text) {
    return text.replace(String.valueOf(OPEN), "${").replace(CLOSE, '}');
  }

  /** A part of a word: text as it stands, or the name of a parameter. */
  public record Piece(String text, boolean isParameter) {}

  /** A word in its parts, outermost characters first; none is empty. */
  public static List<Piece> pieces(String word) {
    List<Piece> pieces = new ArrayList<>();
    int at = 0;
    while (at < word.length()) {
      int open = word.indexOf(OPEN, at);
      int close = word.indexOf(CLOSE, Math.max(at, open));
      if (open < 0 || close < 0) {
        break;
      }
      if (open > at) {
        pieces.add(new Piece(word.substring(at, open), false));
      }
      pieces.add(new Piece(word.substring(open + 1, close), true));
      at = close + 1;
    }
    if (at < word.length()) {
      pieces.add(new Piece(word.substring(at), false));
    }
    return pieces;
  }

  /** Whether a text can be the name of a parameter, here and in bash. */
  public static boolean isName(String text) {
    if (text.isEmpty() || (text.charAt(0) >= '0' && text.charAt(0) <= '9')) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean ofName =
          (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
      if (!ofName) {
        return false;
      }
    }
    return true;
  }
}
