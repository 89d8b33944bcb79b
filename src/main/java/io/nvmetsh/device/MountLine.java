package io.nvmetsh.device;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One line of {@code /proc/PID/mountinfo} (proc_pid_mountinfo(5)), as far as it says which device
 * is mounted where.
 *
 * @param number major and minor, {@code 259:3}; major 0 for what has no device of its own
 * @param root the directory of the file system that is mounted
 * @param at the mount point, escaped
 * @param type of the file system
 * @param source usually a path below {@code /dev}, escaped
 */
record MountLine(String number, String root, String at, String type, String source) {

  static @Nullable MountLine parse(String line) {
    List<String> words = SysValues.words(line);
    int dash = words.indexOf("-");
    return dash < 6 || words.size() < dash + 3
        ? null
        : new MountLine(
            words.get(2), words.get(3), words.get(4), words.get(dash + 1), words.get(dash + 2));
  }

  boolean isOfDevice() {
    return !number.startsWith("0:") || source.startsWith("/dev/");
  }

  /** The same mount without its ids and options: they change, and options may hold secrets. */
  String bare() {
    return "0 0 " + number + " " + root + " " + at + " rw - " + type + " " + source + " rw";
  }

  /** The kernel writes blank, tab, newline, backslash as {@code \040} and so on. */
  static String unescape(String text) {
    int backslash = text.indexOf('\\');
    if (backslash < 0) {
      return text;
    }
    StringBuilder out = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\\' && i + 3 < text.length()) {
        out.append((char) (digit(text, i + 1) * 64 + digit(text, i + 2) * 8 + digit(text, i + 3)));
        i += 3;
      } else {
        out.append(c);
      }
    }
    return out.toString();
  }

  private static int digit(String text, int at) {
    return text.charAt(at) & 7;
  }
}
