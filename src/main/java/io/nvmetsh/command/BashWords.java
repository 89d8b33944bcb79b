package io.nvmetsh.command;

import io.nvmetsh.schema.NvmetPath;
import io.nvmetsh.schema.Placeholder;
import io.nvmetsh.schema.Placeholder.Piece;
import java.nio.charset.StandardCharsets;

/** Writes words for bash. Whatever is in a word, bash reads one word and nothing of it is code. */
public final class BashWords {

  private static final String PLAIN = "/:._-+=,@%";

  private BashWords() {}

  /** A word; parameters in it are bash variables of the same name. */
  public static String quote(String word) {
    if (!Placeholder.isIn(word)) {
      return literal(word);
    }
    StringBuilder quoted = new StringBuilder();
    for (Piece piece : Placeholder.pieces(word)) {
      quoted.append(piece.isParameter() ? "\"$" + piece.text() + "\"" : literal(piece.text()));
    }
    return quoted.toString();
  }

  /** A path below the directory that the variable NVMET holds. */
  public static String path(NvmetPath path) {
    return "\"$NVMET\"" + quote(path.toString());
  }

  /** A word that has no parameters, whatever it looks like. */
  static String literal(String text) {
    boolean plain = !text.isEmpty();
    boolean printable = true;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      plain &= isLetterOrDigit(c) || PLAIN.indexOf(c) >= 0;
      printable &= c >= ' ' && c < 0x7f;
    }
    if (plain) {
      return text;
    }
    return printable ? '\'' + text.replace("'", "'\\''") + '\'' : bytes(text);
  }

  /** {@code $'...'} in bytes: what it means does not depend on the locale it is read in. */
  private static String bytes(String text) {
    StringBuilder quoted = new StringBuilder("$'");
    for (byte each : text.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (each & 0xff);
      if (c == '\\' || c == '\'') {
        quoted.append('\\').append(c);
      } else if (c >= ' ' && c < 0x7f) {
        quoted.append(c);
      } else {
        // three octal digits end by themselves; hexadecimal ones would take in what follows
        quoted.append('\\');
        for (int shift = 6; shift >= 0; shift -= 3) {
          quoted.append((char) ('0' + (c >> shift & 7)));
        }
      }
    }
    return quoted.append('\'').toString();
  }

  private static boolean isLetterOrDigit(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
  }
}
