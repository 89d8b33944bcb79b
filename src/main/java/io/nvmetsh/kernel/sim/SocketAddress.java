package io.nvmetsh.kernel.sim;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * An IP address and a port number as inet_pton_with_scope makes them of addr_traddr and
 * addr_trsvcid.
 *
 * @param high the first half of an IPv6 address; 0 for IPv4
 * @param low the second half of an IPv6 address, or the IPv4 address
 * @param scope the interface's number of a link-local address; 0 without
 */
record SocketAddress(boolean v6, long high, long low, long scope, int port) {

  /**
   * Empty where the kernel says "malformed ip/port passed".
   *
   * @param world knows the interfaces that an address may be on
   */
  static Optional<SocketAddress> parse(boolean v6, String address, String port, SimWorld world) {
    int number;
    try {
      number = (int) KernelNumber.unsigned(port, 0, 0xffff);
    } catch (Deny e) {
      return Optional.empty();
    }
    return v6 ? withScope(address, number, world) : parse4(address, number);
  }

  /** inet6_pton: what follows {@code %} matters to link-local addresses only. */
  private static Optional<SocketAddress> withScope(String text, int port, SimWorld world) {
    Optional<SocketAddress> address = parse6(text, port);
    int percent = text.indexOf('%');
    if (address.isEmpty() || percent < 0 || !address.get().isLinkLocal()) {
      return address;
    }
    String name = text.substring(percent + 1);
    OptionalInt index = world.interfaceIndex(name);
    try {
      long scope =
          index.isPresent() ? index.getAsInt() : KernelNumber.unsigned(name, 0, 0xffff_ffffL);
      SocketAddress plain = address.get();
      return Optional.of(new SocketAddress(true, plain.high, plain.low, scope, port));
    } catch (Deny e) {
      return Optional.empty();
    }
  }

  /** The address of an interface, as tools print it; empty when it is none. */
  static Optional<SocketAddress> local(String address) {
    return address.indexOf(':') >= 0 ? parse6(address, 0) : parse4(address, 0);
  }

  private static Optional<SocketAddress> parse4(String text, int port) {
    long address = dotted(text, 0);
    return address < 0
        ? Optional.empty()
        : Optional.of(new SocketAddress(false, 0, address, 0, port));
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

  /** in6_pton, which stops at a {@code %}. */
  private static Optional<SocketAddress> parse6(String text, int port) {
    int percent = text.indexOf('%');
    String address = percent < 0 ? text : text.substring(0, percent);
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
    return Optional.of(new SocketAddress(true, half(all, 0), half(all, 4), 0, port));
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

  /** 224.0.0.0/4, or ff00::/8. */
  boolean isMulticast() {
    return v6 ? high >>> 56 == 0xff : low >>> 28 == 0xe;
  }

  /** 255.255.255.255, or loopback's own. */
  boolean isBroadcast() {
    return !v6 && (low == 0xffff_ffffL || low == 0x7fff_ffffL);
  }

  /** An IPv4 address in IPv6 clothes as what it is; any other address as it is. */
  SocketAddress unmapped() {
    return isMapped() ? new SocketAddress(false, 0, low & 0xffff_ffffL, 0, port) : this;
  }

  private boolean isMapped() {
    return v6 && high == 0 && low >>> 32 == 0xffff;
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
    boolean mapped = isMapped();
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
