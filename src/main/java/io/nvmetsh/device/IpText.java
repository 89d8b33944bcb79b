package io.nvmetsh.device;

import org.jspecify.annotations.Nullable;

/**
 * IP addresses between the forms of /proc, of sysfs and of people. The JDK's own classes would ask
 * a name server about a slip of the pen, and load the network library to print an address.
 */
final class IpText {

  private IpText() {}

  /**
   * The canonical form of an address as typed: IPv6 as RFC 5952 says, a zone ({@code %eth0}) kept.
   * What is no address comes back as it is.
   */
  static String canonical(String typed) {
    if (typed.indexOf(':') < 0) {
      return typed;
    }
    int percent = typed.indexOf('%');
    int[] groups = parse(percent < 0 ? typed : typed.substring(0, percent));
    return groups == null ? typed : ipv6(groups) + (percent < 0 ? "" : typed.substring(percent));
  }

  /** From 32 digits, as in {@code /proc/net/if_inet6}; null when they are not that. */
  static @Nullable String ofDigits(String digits) {
    if (digits.length() != 32) {
      return null;
    }
    int[] groups = new int[8];
    for (int i = 0; i < 8; i++) {
      groups[i] = group(digits, 4 * i, 4 * i + 4);
      if (groups[i] < 0) {
        return null;
      }
    }
    return ipv6(groups);
  }

  /** The address in a GID: IPv4 when it is a mapped one; null when the entry is unused. */
  static @Nullable String ofGid(String gid) {
    int[] groups = parse(gid);
    if (groups == null) {
      return null;
    }
    boolean zero = true;
    for (int i = 0; i < 5; i++) {
      zero &= groups[i] == 0;
    }
    if (zero && groups[5] == 0xffff) {
      return ipv4((long) groups[6] << 16 | groups[7]);
    }
    return zero && (groups[5] | groups[6] | groups[7]) == 0 ? null : ipv6(groups);
  }

  /** Dotted decimal. */
  static String ipv4(long value) {
    return (value >> 24 & 255)
        + "."
        + (value >> 16 & 255)
        + "."
        + (value >> 8 & 255)
        + "."
        + (value & 255);
  }

  /** The number behind dotted decimal; -1 when it is not that. */
  static long ipv4(String text) {
    long value = 0;
    int parts = 0;
    int start = 0;
    while (start <= text.length()) {
      int dot = text.indexOf('.', start);
      int end = dot < 0 ? text.length() : dot;
      int part = end - start > 3 ? -1 : 0;
      part = end == start ? -1 : part;
      for (int i = start; i < end && part >= 0; i++) {
        int digit = text.charAt(i) - '0';
        part = digit < 0 || digit > 9 ? -1 : part * 10 + digit;
      }
      if (part < 0 || part > 255 || ++parts > 4) {
        return -1;
      }
      value = value << 8 | part;
      start = end + 1;
    }
    return parts == 4 ? value : -1;
  }

  /** Lower case, no leading zeros, the longest run of two or more zero groups left out. */
  private static String ipv6(int[] groups) {
    int from = -1;
    int longest = 1;
    for (int i = 0; i < 8; i++) {
      int end = i;
      while (end < 8 && groups[end] == 0) {
        end++;
      }
      if (end - i > longest) {
        longest = end - i;
        from = i;
      }
    }
    StringBuilder text = new StringBuilder(39);
    for (int i = 0; i < 8; i++) {
      if (i == from) {
        text.append("::");
        i += longest - 1;
      } else {
        boolean first = text.isEmpty() || text.charAt(text.length() - 1) == ':';
        text.append(first ? "" : ":").append(Integer.toHexString(groups[i]));
      }
    }
    return text.toString();
  }

  static int @Nullable [] parse(String text) {
    int gap = text.indexOf("::");
    int[] groups = new int[8];
    if (gap < 0) {
      return fill(groups, 0, text) == 8 ? groups : null;
    }
    int[] tail = new int[8];
    int head = fill(groups, 0, text.substring(0, gap));
    int count = fill(tail, 0, text.substring(gap + 2));
    if (head < 0 || count < 0 || head + count > 7) {
      return null;
    }
    System.arraycopy(tail, 0, groups, 8 - count, count);
    return groups;
  }

  /** Reads groups between colons; the last may be dotted decimal. -1 when they are not that. */
  private static int fill(int[] groups, int at, String text) {
    int start = 0;
    while (start < text.length()) {
      int colon = text.indexOf(':', start);
      int end = colon < 0 ? text.length() : colon;
      long dotted = colon < 0 ? ipv4(text.substring(start)) : -1;
      if (dotted >= 0 && at <= 6) {
        groups[at++] = (int) (dotted >> 16);
        groups[at++] = (int) (dotted & 0xffff);
        return at;
      }
      int group = group(text, start, end);
      if (group < 0 || at > 7 || end == text.length() - 1) {
        return -1;
      }
      groups[at++] = group;
      start = end + 1;
    }
    return at;
  }

  private static int group(String text, int from, int to) {
    int value = to <= from || to - from > 4 ? -1 : 0;
    for (int i = from; i < to && value >= 0; i++) {
      char c = text.charAt(i);
      int digit = c < 128 ? Character.digit(c, 16) : -1;
      value = digit < 0 ? -1 : value * 16 + digit;
    }
    return value;
  }
}
