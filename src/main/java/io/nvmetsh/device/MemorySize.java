package io.nvmetsh.device;

import java.util.OptionalLong;

/** Sizes as the kernel's command line has them (memparse): {@code 59392M}, {@code 64G}. */
public final class MemorySize {

  private static final String UNITS = "KMGT";

  private MemorySize() {}

  /** The bytes; empty when it is no size and nothing else, or too large to be one. */
  public static OptionalLong parse(String text) {
    int unit =
        text.isEmpty() ? -1 : UNITS.indexOf(Character.toUpperCase(text.charAt(text.length() - 1)));
    String number = unit < 0 ? text : text.substring(0, text.length() - 1);
    boolean hex = number.startsWith("0x");
    try {
      long count = Long.parseLong(hex ? number.substring(2) : number, hex ? 16 : 10);
      long bytes = Math.multiplyExact(count, 1L << (10 * (unit + 1)));
      return count < 0 || number.startsWith("+") ? OptionalLong.empty() : OptionalLong.of(bytes);
    } catch (NumberFormatException | ArithmeticException e) {
      return OptionalLong.empty();
    }
  }

  /** The shortest of {@code 64 GiB}, {@code 58368 MiB} that says it whole. */
  public static String text(long mib) {
    return mib % 1024 == 0 ? mib / 1024 + " GiB" : mib + " MiB";
  }
}
