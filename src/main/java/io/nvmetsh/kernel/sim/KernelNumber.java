package io.nvmetsh.kernel.sim;

import io.nvmetsh.kernel.Errno;

/** Numbers as lib/kstrtox.c and vsscanf read them. */
final class KernelNumber {

  private KernelNumber() {}

  /**
   * kstrtoull and its narrower sisters: an optional plus, digits of the base (0 takes it from the
   * prefix), one newline at most, nothing else.
   *
   * @throws Deny EINVAL when it is no number, ERANGE when it is above {@code most}
   */
  static long unsigned(String text, int base, long most) throws Deny {
    return magnitude(text, text.startsWith("+") ? 1 : 0, base, most);
  }

  /** kstrtoint. */
  static int signed(String text, int base) throws Deny {
    if (text.startsWith("-")) {
      return (int) -magnitude(text, 1, base, 0x8000_0000L);
    }
    return (int) unsigned(text, base, 0x7fff_ffffL);
  }

  /** _kstrtoull, then the range of the narrower type. */
  private static long magnitude(String text, int start, int base, long most) throws Deny {
    int radix = radix(text, start, base);
    int at = start;
    if (radix == 16 && isHexPrefix(text, start)) {
      at += 2;
    }
    int first = at;
    long value = 0;
    boolean overflow = false;
    for (int digit = digit(text, at, radix); digit >= 0; digit = digit(text, ++at, radix)) {
      overflow |= Long.compareUnsigned(value, Long.divideUnsigned(-1 - digit, radix)) > 0;
      value = value * radix + digit;
    }
    if (overflow) {
      throw new Deny(Errno.ERANGE);
    }
    int end = at < text.length() && text.charAt(at) == '\n' ? at + 1 : at;
    if (at == first || end != text.length()) {
      throw new Deny(Errno.EINVAL);
    }
    if (Long.compareUnsigned(value, most) > 0) {
      throw new Deny(Errno.ERANGE);
    }
    return value;
  }

  /** _parse_integer_fixup_radix. */
  private static int radix(String text, int start, int base) {
    if (base != 0) {
      return base;
    } else if (start >= text.length() || text.charAt(start) != '0') {
      return 10;
    }
    return isHexPrefix(text, start) && digit(text, start + 2, 16) >= 0 ? 16 : 8;
  }

  private static boolean isHexPrefix(String text, int start) {
    return text.startsWith("0x", start) || text.startsWith("0X", start);
  }

  /** The value of the digit at a place; -1 when there is none. */
  static int digit(String text, int at, int radix) {
    char c = at < text.length() ? text.charAt(at) : 0;
    return c < 0x80 ? Character.digit(c, radix) : -1;
  }
}
