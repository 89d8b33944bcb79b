package io.nvmetsh.device;

import io.nvmetsh.device.SysTree.FileKind;
import org.jspecify.annotations.Nullable;

/**
 * The words and escapes of the dump format, shared by the one who reads and the one who writes. The
 * format is described in {@code docs/reference/machine-dump.md}.
 */
final class DumpText {

  static final String FIRST_LINE = "nvmetsh machine 1";

  private DumpText() {}

  /** How a thing without content is called; null where another form says it. */
  static @Nullable String word(FileKind kind) {
    return switch (kind) {
      case REGULAR -> "file";
      case BLOCK_DEVICE -> "block";
      case CHARACTER_DEVICE -> "char";
      case OTHER -> "other";
      case ABSENT, DIRECTORY -> null;
    };
  }

  static @Nullable DumpEntry entry(String word) {
    return switch (word) {
      case "file" -> new DumpEntry.RegularFile(null);
      case "block" -> new DumpEntry.Node(FileKind.BLOCK_DEVICE);
      case "char" -> new DumpEntry.Node(FileKind.CHARACTER_DEVICE);
      case "other" -> new DumpEntry.Node(FileKind.OTHER);
      default -> null;
    };
  }

  /** A name or path as one word: no blank in it, nothing at its start that opens another form. */
  static void appendWord(StringBuilder out, String word) {
    for (int i = 0; i < word.length(); i++) {
      char c = word.charAt(i);
      if (c == ' ') {
        out.append("\\s");
      } else if (i == 0 && (c == '#' || c == '|')) {
        appendHex(out, c);
      } else {
        append(out, c);
      }
    }
  }

  /** A line of content; blanks at its end are made visible. */
  static void appendLine(StringBuilder out, String line) {
    int last = line.length() - 1;
    for (int i = 0; i <= last; i++) {
      char c = line.charAt(i);
      if (c == ' ' && i == last) {
        out.append("\\s");
      } else {
        append(out, c);
      }
    }
  }

  private static void append(StringBuilder out, char c) {
    if (c == '\\') {
      out.append("\\\\");
    } else if (c == '\t') {
      out.append("\\t");
    } else if (isUnseen(c)) {
      appendHex(out, c);
    } else {
      out.append(c);
    }
  }

  /** Whether a terminal or an editor would act on a character rather than show it. */
  static boolean isUnseen(char c) {
    if (c >= ' ' && c < 0x7f) {
      return false;
    }
    int type = Character.getType(c);
    return type == Character.CONTROL
        || type == Character.FORMAT
        || type == Character.LINE_SEPARATOR
        || type == Character.PARAGRAPH_SEPARATOR;
  }

  private static void appendHex(StringBuilder out, char c) {
    int digits = c < 0x100 ? 2 : 4;
    out.append(digits == 2 ? "\\x" : "\\u");
    for (int shift = 4 * (digits - 1); shift >= 0; shift -= 4) {
      out.append(Character.forDigit((c >> shift) & 0xf, 16));
    }
  }

  /**
   * The text that escapes stand for.
   *
   * @return null when a backslash begins none of them
   */
  static @Nullable String unescape(String text) {
    int backslash = text.indexOf('\\');
    if (backslash < 0) {
      return text;
    }
    StringBuilder out = new StringBuilder(text.length());
    int done = 0;
    while (backslash >= 0) {
      out.append(text, done, backslash);
      char kind = backslash + 1 < text.length() ? text.charAt(backslash + 1) : 0;
      int digits = kind == 'x' ? 2 : kind == 'u' ? 4 : 0;
      done = backslash + 2 + digits;
      int c =
          switch (kind) {
            case '\\' -> '\\';
            case 's' -> ' ';
            case 't' -> '\t';
            case 'x', 'u' -> hex(text, backslash + 2, done);
            default -> -1;
          };
      if (c < 0) {
        return null;
      }
      out.append((char) c);
      backslash = text.indexOf('\\', done);
    }
    return out.append(text, done, text.length()).toString();
  }

  private static int hex(String text, int from, int to) {
    int value = to > text.length() ? -1 : 0;
    for (int i = from; i < to && value >= 0; i++) {
      int digit = Character.digit(text.charAt(i), 16);
      value = digit < 0 ? -1 : value * 16 + digit;
    }
    return value;
  }
}
