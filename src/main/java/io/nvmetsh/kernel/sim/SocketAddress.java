package io.nvmetsh.kernel.sim;

import java.util.Optional;

/**
 * An IP address and a port number as inet_pton_with_scope makes them of addr_traddr and
 * addr_trsvcid.
 *
 * @param high the first half of an IPv6 address; 0 for IPv4
 * @param low the second half of an IPv6 address, or the IPv4 address
 * @param scope what stood behind {@code %}; empty without
 */
record SocketAddress(boolean v6, long high, long low, String scope, int port) {

  /** Empty where the kernel says "malformed ip/port passed". */
  static Optional<SocketAddress> parse(boolean v6, String address, String port) {
    int number;
    try {
      number = (int) KernelNumber.unsigned(port, 0, 0xffff);
    } catch (Deny e) {
      return Optional.empty();
    }
    return v6 ? parse6(address, number) : parse4(address, number);
  }

  /** The address of an interface, as tools print it; empty when it is none. */
  static Optional<SocketAddress> local(String address) {
    return address.indexOf(':') >= 0 ? parse6(address, 0) : parse4(address, 0);
  }

  private static Optional<SocketAddress> parse4(String text, int port) {
    long address = dotted(text, 0);
    return address < 0
        ? Optional.empty()
        : Optional.of(new SocketAddress(false, 0, address, "", port));
  }

  /** in4_pton: four decimal numbers; it stops at the end, at a newline and at a colon. */
  private static long dotted(String text, int start) {
    long address = 0;
    int parts = 0;
    int number = -1;
    for (int i = start; ; i++) {
      char c = i < text.length() ? text.charAt(i) : '\n';
      if (c >= '0' && c <= '9') {
        number = Math.max(number, 0) * 10 + (c - '0');
        if (number > 255 || parts == 4) {
          return -1;
        }
      } else if (c != '.' && c != '\n' && c != ':') {
        return -1;
      } else if (number < 0) {
        return -1;
      } else {
        address = address << 8 | number;
        parts++;
        number = -1;
        if (c != '.') {
          return parts == 4 ? address : -1;
        }
      }
    }
  }

  /** in6_pton with the scope that inet6_pton cuts off. */
  private static Optional<SocketAddress> parse6(String text, int port) {
    int percent = text.indexOf('%');
    String address = percent < 0 ? text : text.substring(0, percent);
    String scope = percent < 0 ? "" : text.substring(percent + 1);
    int[] groups = new int[8];
    int count = 0;
    int gap = -1;
    int at = 0;
    if (address.startsWith("::")) {
      gap = 0;
      at = 2;
    }
    while (at < address.length()) {
      int colon = address.indexOf(':', at);
      int end = colon < 0 ? address.length() : colon;
      if (colon < 0 && address.indexOf('.', at) > 0) {
        long embedded = count <= 6 ? dotted(address, at) : -1;
        if (embedded < 0) {
          return Optional.empty();
        }
        groups[count++] = (int) (embedded >> 16);
        groups[count++] = (int) (embedded & 0xffff);
        at = end;
      } else {
        if (count == 8 || end == at || end - at > 4) {
          return Optional.empty();
        }
        for (; at < end; at++) {
          int digit = KernelNumber.digit(address, at, 16);
          if (digit < 0) {
            return Optional.empty();
          }
          groups[count] = groups[count] * 16 + digit;
        }
        count++;
        if (colon >= 0) {
          at = colon + 1;
          if (address.startsWith(":", at)) {
            if (gap >= 0) {
              return Optional.empty();
            }
            gap = count;
            at++;
          } else if (at == address.length()) {
            return Optional.empty();
          }
        }
      }
    }
    if (gap < 0 ? count != 8 : count > 7) {
      return Optional.empty();
    }
    int[] all = new int[8];
    for (int i = 0; i < count; i++) {
      all[gap < 0 || i < gap ? i : 8 - count + i] = groups[i];
    }
    return Optional.of(new SocketAddress(true, half(all, 0), half(all, 4), scope, port));
  }

  private static long half(int[] groups, int from) {
    long value = 0;
    for (int i = from; i < from + 4; i++) {
      value = value << 16 | groups[i];
    }
    return value;
  }

  /** 0.0.0.0 or {@code ::}. */
  boolean isAny() {
    return high == 0 && low == 0;
  }

  boolean isLoopback() {
    return v6 ? high == 0 && low == 1 : low >> 24 == 127;
  }

  boolean isLinkLocal() {
    return v6 && high >>> 54 == 0x3fa;
  }

  boolean sameAddress(SocketAddress other) {
    return v6 == other.v6 && high == other.high && low == other.low;
  }

  /** As {@code %pISpc} prints it: {@code 10.0.0.1:4420}, {@code [fe80::1]:4420}. */
  @Override
  public String toString() {
    return (v6 ? "[" + compressed() + "]" : dotted(low)) + ":" + port;
  }

  private static String dotted(long address) {
    return (address >> 24)
        + "."
        + (address >> 16 & 255)
        + "."
        + (address >> 8 & 255)
        + "."
        + (address & 255);
  }

  /** ip6_compressed_string. */
  private String compressed() {
    int[] groups = new int[8];
    for (int i = 0; i < 8; i++) {
      groups[i] = (int) ((i < 4 ? high : low) >>> (48 - 16 * (i % 4)) & 0xffff);
    }
    boolean mapped = high == 0 && low >>> 32 == 0xffff;
    int range = mapped ? 6 : 8;
    int longest = 1;
    int gap = -1;
    for (int i = 0; i < range; i++) {
      int end = i;
      while (end < range && groups[end] == 0) {
        end++;
      }
      if (end - i > longest) {
        longest = end - i;
        gap = i;
      }
    }
    StringBuilder out = new StringBuilder();
    boolean colon = false;
    for (int i = 0; i < range; i++) {
      if (i == gap) {
        out.append(colon || i == 0 ? ":" : "").append(':');
        colon = false;
        i += longest - 1;
        continue;
      }
      out.append(colon ? ":" : "").append(Integer.toHexString(groups[i]));
      colon = true;
    }
    if (mapped) {
      out.append(colon ? ":" : "").append(dotted(low & 0xffff_ffffL));
    }
    return out.toString();
  }
}
