package io.nvmetsh.device;

import org.jspecify.annotations.Nullable;

/**
 * The name of an NVMe namespace's disk, taken apart. With one path {@code nvme0n1} is namespace
 * disk 1 of controller 0. With native multipath {@code nvme0n1} is the head, disk 1 of
 * <em>subsystem</em> 0, and {@code nvme0c3n1} is its hidden path through controller 3; the numbers
 * of subsystems and controllers need not agree (drivers/nvme/host/core.c and multipath.c).
 *
 * @param first controller number, or subsystem number of a head and its paths
 * @param controller controller number of a path; -1 for what is no path
 * @param disk a running number, not the NSID
 */
record NvmeName(int first, int controller, int disk) {

  /** Takes a name apart; null when it is none of these, such as that of a partition. */
  static @Nullable NvmeName parse(String name) {
    if (!name.startsWith("nvme")) {
      return null;
    }
    int c = name.indexOf('c', 4);
    int n = name.indexOf('n', 4);
    int first = number(name, 4, c < 0 ? n : c);
    int controller = c < 0 ? -1 : number(name, c + 1, n);
    int disk = n < 0 ? -1 : number(name, n + 1, name.length());
    boolean whole = first >= 0 && disk >= 0 && (c < 0 || controller >= 0);
    return whole ? new NvmeName(first, controller, disk) : null;
  }

  boolean isPath() {
    return controller >= 0;
  }

  /** The name that the device node has: that of the head for a path. */
  String visible() {
    return "nvme" + first + "n" + disk;
  }

  private static int number(String text, int from, int to) {
    if (to <= from || to - from > 9) {
      return -1;
    }
    int value = 0;
    for (int i = from; i < to; i++) {
      int digit = text.charAt(i) - '0';
      if (digit < 0 || digit > 9) {
        return -1;
      }
      value = value * 10 + digit;
    }
    return value;
  }
}
