package io.nvmetsh.schema;

/**
 * How a name must stand in a line of the command language so that it is read back as it is. It is
 * down here because every message that ends in something to type needs it.
 */
public final class Quoting {

  /** What needs no quotes here and none in a shell either: lines are pasted into both. */
  private static final String PLAIN = "/:._-+=,@%";

  private Quoting() {}

  /** The word itself where nothing in it is special, else in quotes. */
  public static String word(String word) {
    if (!Placeholder.isIn(word)) {
      return literal(word);
    }
    StringBuilder quoted = new StringBuilder();
    for (Placeholder.Piece piece : Placeholder.pieces(word)) {
      quoted.append(piece.isParameter() ? "${" + piece.text() + "}" : literal(piece.text()));
    }
    return quoted.toString();
  }

  /** An assignment as one word. */
  public static String assignment(String key, String value) {
    return word(key) + "=" + word(value);
  }

  private static String literal(String word) {
    if (isPlain(word)) {
      return word;
    }
    return Printable.isPrintable(word) ? '\'' + word.replace("'", "'\\''") + '\'' : escaped(word);
  }

  /** A path as one word. */
  public static String path(NvmetPath path) {
    return word(path.toString());
  }

  /** {@code $'...'}: a line break in a name must not break the line it is written in. */
  private static String escaped(String word) {
    StringBuilder quoted = new StringBuilder("$'");
    for (int i = 0; i < word.length(); i++) {
      char c = word.charAt(i);
      if (c == '\\' || c == '\'') {
        quoted.append('\\').append(c);
      } else if (c < 0x7f && c >= ' ') {
        quoted.append(c);
      } else {
        Printable.escape(quoted, c);
      }
    }
    return quoted.append('\'').toString();
  }

  private static boolean isPlain(String word) {
    if (word.isEmpty()) {
      return false;
    }
    for (int i = 0; i < word.length(); i++) {
      char c = word.charAt(i);
      boolean plain =
          (c >= 'a' && c <= 'z')
              || (c >= 'A' && c <= 'Z')
              || (c >= '0' && c <= '9')
              || PLAIN.indexOf(c) >= 0;
      if (!plain) {
        return false;
      }
    }
    return true;
  }
}
