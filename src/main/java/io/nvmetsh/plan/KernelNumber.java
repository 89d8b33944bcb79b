package io.nvmetsh.plan;

import java.util.OptionalLong;

/**
 * Numbers as the kernel reads them from text with base 0 (lib/kstrtox.c): decimal, {@code 0x}
 * hexadecimal, and octal behind a leading 0.
 */
public final class KernelNumber {

  private KernelNumber() {}

  /** The number, or nothing when the kernel would take the text for none. */
  public static OptionalLong parse(String text) {
    String digits = text.startsWith("+") ? text.substring(1) : text;
    int radix = 10;
    if (digits.startsWith("0x") || digits.startsWith("0X")) {
      radix = 16;
      digits = digits.substring(2);
    } else if (digits.length() > 1 && digits.startsWith("0")) {
      radix = 8;
      digits = digits.substring(1);
    }
    if (digits.isEmpty() || digits.startsWith("-") || digits.startsWith("+")) {
      return OptionalLong.empty();
    }
    try {
      return OptionalLong.of(Long.parseLong(digits, radix));
    } catch (NumberFormatException e) {
      return OptionalLong.empty();
    }
  }

  /** Whether both are numbers and the same one. */
  public static boolean same(String a, String b) {
    OptionalLong number = parse(a);
    return number.isPresent() && number.equals(parse(b));
  }
}
