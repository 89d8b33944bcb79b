package io.nvmetsh.schema;

import io.nvmetsh.schema.ValueType.InvalidValue;

/**
 * PCI addresses in the kernel's spelling, {@code 0000:85:00.0}. Short forms are completed ({@code
 * 2:00.0} is {@code 0000:02:00.0}); everything else is refused, because the vendor driver's own
 * parser runs on with a null pointer when a part is missing.
 */
public final class PciAddress {

  /** What the vendor driver takes for no address (nvmet_ns_pci_device_path_store). */
  public static final String CLEAR = "clear";

  private PciAddress() {}

  /**
   * @throws InvalidValue when it is not {@code [domain:]bus:slot.function} in hexadecimal
   */
  public static String canonical(String text) throws InvalidValue {
    int dot = text.lastIndexOf('.');
    int second = dot < 0 ? -1 : text.lastIndexOf(':', dot);
    int first = second <= 0 ? -1 : text.lastIndexOf(':', second - 1);
    if (second < 0) {
      throw new InvalidValue("is not DDDD:BB:SS.F");
    }
    String domain = first < 0 ? "0000" : text.substring(0, first);
    String bus = text.substring(first + 1, second);
    String slot = text.substring(second + 1, dot);
    String function = text.substring(dot + 1);
    long functionNumber = hex(function, 1);
    if (functionNumber > 7) {
      throw new InvalidValue("has a function above 7");
    }
    long slotNumber = hex(slot, 2);
    if (slotNumber > 0x1f) {
      throw new InvalidValue("has a slot above 1f");
    }
    return pad(hex(domain, 5), 4)
        + ":"
        + pad(hex(bus, 2), 2)
        + ":"
        + pad(slotNumber, 2)
        + "."
        + functionNumber;
  }

  private static long hex(String text, int most) throws InvalidValue {
    if (text.isEmpty() || text.length() > most) {
      throw new InvalidValue("is not DDDD:BB:SS.F");
    }
    long value = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      int digit = c < 128 ? Character.digit(c, 16) : -1;
      if (digit < 0) {
        throw new InvalidValue("is not DDDD:BB:SS.F in hexadecimal digits");
      }
      value = value * 16 + digit;
    }
    return value;
  }

  private static String pad(long value, int digits) {
    String text = Long.toHexString(value);
    return "0".repeat(Math.max(0, digits - text.length())) + text;
  }
}
