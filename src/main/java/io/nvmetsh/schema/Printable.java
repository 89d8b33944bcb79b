package io.nvmetsh.schema;

/**
 * Text as it may be shown or recorded: on one line, and without characters that move the cursor,
 * change its colour or turn the reading direction around. What a name, a device or the kernel's log
 * holds is data; a terminal must not obey it. Such characters are shown as escapes.
 */
public final class Printable {

  private Printable() {}

  /**
   * The text with control characters spelt out: {@code \n}, {@code \x1b}, <code>&#92;u202e</code>.
   */
  public static String text(String text) {
    int at = 0;
    while (at < text.length() && isPrintable(text, at)) {
      at++;
    }
    if (at == text.length()) {
      return text;
    }
    StringBuilder shown = new StringBuilder(text.length() + 16).append(text, 0, at);
    for (; at < text.length(); at++) {
      if (isPrintable(text, at)) {
        shown.append(text.charAt(at));
      } else {
        escape(shown, text.charAt(at));
      }
    }
    return shown.toString();
  }

  /** Whether a text can be shown as it is. */
  public static boolean isPrintable(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if ((c < ' ' || c >= 0x7f) && !isPrintable(text, i)) {
        return false;
      }
    }
    return true;
  }

  /** Writes a character so that the command language and bash read it inside {@code $'...'}. */
  public static void escape(StringBuilder to, char c) {
    switch (c) {
      case '\n' -> to.append("\\n");
      case '\t' -> to.append("\\t");
      case '\r' -> to.append("\\r");
      default -> hex(to.append(c < 0x80 ? "\\x" : "\\u"), c, c < 0x80 ? 2 : 4);
    }
  }

  private static void hex(StringBuilder to, char c, int digits) {
    for (int shift = 4 * (digits - 1); shift >= 0; shift -= 4) {
      to.append(Character.forDigit(c >> shift & 0xf, 16));
    }
  }

  private static boolean isPrintable(String text, int at) {
    char c = text.charAt(at);
    if (c < 0x7f) {
      return c >= ' ';
    }
    if (Character.isSurrogate(c)) {
      return Character.isHighSurrogate(c)
          ? at + 1 < text.length() && Character.isLowSurrogate(text.charAt(at + 1))
          : at > 0 && Character.isHighSurrogate(text.charAt(at - 1));
    }
    // U+0080 to U+009F are terminal controls; formats hold the marks that reverse what is read
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.UNASSIGNED ->
          false;
      default -> true;
    };
  }

  /** How many columns of a terminal a printable text takes. */
  public static int width(String text) {
    int width = 0;
    for (int i = 0; i < text.length(); ) {
      int point = text.codePointAt(i);
      width += point < 0x300 ? 1 : widthOf(point);
      i += Character.charCount(point);
    }
    return width;
  }

  /** Marks take no column of their own; East Asian wide characters take two (UAX #11). */
  private static int widthOf(int point) {
    int type = Character.getType(point);
    if (type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK) {
      return 0;
    }
    boolean wide =
        (point >= 0x1100 && point <= 0x115f)
            || (point >= 0x2e80 && point <= 0xa4cf)
            || (point >= 0xac00 && point <= 0xd7a3)
            || (point >= 0xf900 && point <= 0xfaff)
            || (point >= 0xfe30 && point <= 0xfe6f)
            || (point >= 0xff00 && point <= 0xff60)
            || (point >= 0xffe0 && point <= 0xffe6)
            || (point >= 0x1f300 && point <= 0x1faff)
            || (point >= 0x20000 && point <= 0x3fffd);
    return wide ? 2 : 1;
  }
}
