package io.nvmetsh.kernel.sim;

import io.nvmetsh.kernel.Errno;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * What a store function is given: the bytes of one write, and their number. Bytes are kept as the
 * characters 0 to 255, so that the rules can read and cut them like the kernel does.
 *
 * @param text up to the first NUL, where every string function of the kernel stops
 * @param count how many bytes were written, whatever they are
 */
record Page(String text, int count) {

  /** The most bytes of one write that reach a store function (SIMPLE_ATTR_SIZE - 1). */
  private static final int MOST = 4095;

  /** fill_write_buffer. */
  static Page of(String value) {
    String bytes = bytes(value);
    int count = Math.min(bytes.length(), MOST);
    int nul = bytes.indexOf('\0');
    return new Page(bytes.substring(0, nul >= 0 && nul < count ? nul : count), count);
  }

  /** A text's UTF-8 bytes, one character each. */
  static String bytes(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) >= 0x80) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
      }
    }
    return text;
  }

  /** {@code snprintf(page, PAGE_SIZE, "%s\n")}: what fills the page ends in a NUL. */
  static String shown(String bytes) {
    return text(bytes.length() < MOST ? bytes + "\n" : bytes.substring(0, MOST) + "\0");
  }

  /** The text that bytes are; what is no UTF-8 is replaced. */
  static String text(String bytes) {
    for (int i = 0; i < bytes.length(); i++) {
      if (bytes.charAt(i) >= 0x80) {
        return new String(bytes.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
      }
    }
    return bytes;
  }

  /** Up to the first newline: {@code strcspn(page, "\n")}. */
  String line() {
    int newline = text.indexOf('\n');
    return newline < 0 ? text : text.substring(0, newline);
  }

  /** sysfs_streq: the same but for one newline at the end of either. */
  boolean is(String word) {
    return text.equals(word)
        || (text.length() == word.length() + 1 && text.endsWith("\n") && text.startsWith(word));
  }

  /**
   * What {@code sscanf("%s")} reads: the first word, or nothing of nothing but blanks, which is a
   * success too.
   *
   * @throws Deny EINVAL when there is not even a blank
   */
  String word() throws Deny {
    if (text.isEmpty()) {
      throw new Deny(Errno.EINVAL);
    }
    int start = 0;
    while (start < text.length() && isSpace(text.charAt(start))) {
      start++;
    }
    int end = start;
    while (end < text.length() && !isSpace(text.charAt(end))) {
      end++;
    }
    return text.substring(start, end);
  }

  /** kstrtobool, which looks at one character, or at two after an o. */
  boolean bool(SimProfile profile) throws Deny {
    char first = text.isEmpty() ? 0 : Character.toLowerCase(text.charAt(0));
    char second = text.length() < 2 ? 0 : Character.toLowerCase(text.charAt(1));
    Optional<Boolean> value =
        switch (first) {
          case '1', 'y' -> Optional.of(true);
          case '0', 'n' -> Optional.of(false);
          case 'o' -> second == 'n' ? Optional.of(true) : only(second == 'f', false);
          case 't', 'f' -> only(profile.has(Quirk.BOOL_TRUE_FALSE), first == 't');
          case 'e', 'd' -> only(profile.has(Quirk.BOOL_ENABLE_DISABLE), first == 'e');
          default -> Optional.empty();
        };
    if (value.isPresent()) {
      return value.get();
    }
    throw new Deny(Errno.EINVAL);
  }

  private static Optional<Boolean> only(boolean known, boolean value) {
    return known ? Optional.of(value) : Optional.empty();
  }

  /** kstrtou16. */
  int u16() throws Deny {
    return (int) KernelNumber.unsigned(text, 0, 0xffff);
  }

  /** kstrtou32, kstrtouint. */
  long u32() throws Deny {
    return KernelNumber.unsigned(text, 0, 0xffff_ffffL);
  }

  /** kstrtoint. */
  int s32() throws Deny {
    return KernelNumber.signed(text, 0);
  }

  /** The kernel's isspace: its character table is Latin 1. */
  static boolean isSpace(char c) {
    return c == ' ' || (c >= '\t' && c <= '\r') || c == 0xa0;
  }
}
