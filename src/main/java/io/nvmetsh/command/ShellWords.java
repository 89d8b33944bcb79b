package io.nvmetsh.command;

import java.nio.charset.StandardCharsets;

/**
 * Writes words for the shell of a client. Whatever is in a name, the shell reads one word and
 * nothing of it is code.
 */
final class ShellWords {

  private static final String PLAIN = "/:._-+=,@%";

  private ShellWords() {}

  static String quote(String word) {
    boolean plain = !word.isEmpty();
    boolean printable = true;
    for (int i = 0; i < word.length(); i++) {
      char c = word.charAt(i);
      plain &= isLetterOrDigit(c) || PLAIN.indexOf(c) >= 0;
      printable &= c >= ' ' && c < 0x7f;
    }
    if (plain) {
      return word;
    }
    return printable ? '\'' + word.replace("'", "'\\''") + '\'' : bytes(word);
  }

  /** {@code $'...'} with bytes in octal: what it means does not depend on the client's locale. */
  private static String bytes(String word) {
    StringBuilder quoted = new StringBuilder("$'");
    for (byte each : word.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (each & 0xff);
      if (c == '\\' || c == '\'') {
        quoted.append('\\').append(c);
      } else if (c >= ' ' && c < 0x7f) {
        quoted.append(c);
      } else {
        quoted.append('\\');
        for (int shift = 6; shift >= 0; shift -= 3) {
          quoted.append((char) ('0' + (c >> shift & 7)));
        }
      }
    }
    return quoted.append('\'').toString();
  }

  private static boolean isLetterOrDigit(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
  }
}
