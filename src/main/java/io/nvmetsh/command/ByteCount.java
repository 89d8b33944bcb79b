package io.nvmetsh.command;

/** Sizes as people say them: powers of ten, as drives are sold, in two digits or more. */
final class ByteCount {

  private static final String[] UNITS = {"B", "kB", "MB", "GB", "TB", "PB", "EB"};

  private ByteCount() {}

  /** {@code 1.9 TB}, {@code 480 GB}. */
  static String text(long bytes) {
    int unit = 0;
    long tenths = bytes > Long.MAX_VALUE / 10 ? Long.MAX_VALUE : bytes * 10;
    while (tenths >= 10_000) {
      tenths /= 1000;
      unit++;
    }
    boolean fraction = unit > 0 && tenths < 100 && tenths % 10 != 0;
    return tenths / 10 + (fraction ? "." + tenths % 10 : "") + " " + UNITS[unit];
  }
}
