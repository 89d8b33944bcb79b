package io.nvmetsh.device;

import java.util.Optional;

/**
 * An IP address as nvmet's transports read it: digits only, no names (inet_pton_with_scope).
 *
 * @param canonical the one spelling, so that equal addresses are equal
 */
public record IpAddress(String canonical) {

  /** The address that a text is; empty when it is none. */
  public static Optional<IpAddress> parse(String text) {
    if (text.indexOf(':') < 0) {
      long number = IpText.ipv4(text);
      return number < 0 ? Optional.empty() : Optional.of(new IpAddress(IpText.ipv4(number)));
    }
    int percent = text.indexOf('%');
    return IpText.parse(percent < 0 ? text : text.substring(0, percent)) == null
        ? Optional.empty()
        : Optional.of(new IpAddress(IpText.canonical(text)));
  }

  public boolean isIpv6() {
    return canonical.indexOf(':') >= 0;
  }

  /** The word of {@code addr_adrfam}. */
  public String family() {
    return isIpv6() ? "ipv6" : "ipv4";
  }

  /** Whether it stands for every address of the machine. */
  public boolean isWildcard() {
    return canonical.equals("0.0.0.0") || canonical.equals("::") || canonical.equals("::ffff:0:0");
  }

  /** Whether it is the machine speaking to itself. */
  public boolean isLoopback() {
    return canonical.startsWith("127.")
        || canonical.equals("::1")
        || (canonical.startsWith("::ffff:7f") && canonical.indexOf(':', 7) == 11);
  }
}
