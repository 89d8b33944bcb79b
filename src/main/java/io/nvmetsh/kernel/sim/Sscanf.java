package io.nvmetsh.kernel.sim;

/** One run of vsscanf over a page: each conversion skips blanks, wraps around, and moves on. */
final class Sscanf {

  private final String text;
  private int at;
  private long value;

  Sscanf(String text) {
    this.text = text;
  }

  /** What the last conversion read; it has wrapped at 64 bits, and the caller cuts it further. */
  long value() {
    return value;
  }

  /** Matches characters as they stand. */
  boolean literal(String expected) {
    if (!text.startsWith(expected, at)) {
      return false;
    }
    at += expected.length();
    return true;
  }

  /** {@code %u} and its sizes: no sign. */
  boolean unsigned() {
    skipBlanks();
    return digits(10);
  }

  /** {@code %d} and its sizes. */
  boolean signed() {
    skipBlanks();
    boolean minus = at < text.length() && text.charAt(at) == '-';
    int start = at;
    at += minus ? 1 : 0;
    if (!digits(10)) {
      at = start;
      return false;
    }
    value = minus ? -value : value;
    return true;
  }

  /** {@code %x} and its sizes. */
  boolean hexadecimal() {
    skipBlanks();
    if (KernelNumber.digit(text, at, 16) < 0) {
      return false;
    }
    if (text.startsWith("0x", at) || text.startsWith("0X", at)) {
      at += 2;
    }
    value = 0;
    digits(16);
    return true;
  }

  private boolean digits(int radix) {
    int digit = KernelNumber.digit(text, at, radix);
    if (digit < 0) {
      return false;
    }
    value = 0;
    for (; digit >= 0; digit = KernelNumber.digit(text, ++at, radix)) {
      value = value * radix + digit;
    }
    return true;
  }

  private void skipBlanks() {
    while (at < text.length() && Page.isSpace(text.charAt(at))) {
      at++;
    }
  }
}
