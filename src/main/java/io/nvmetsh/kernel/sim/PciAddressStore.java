package io.nvmetsh.kernel.sim;

import io.nvmetsh.kernel.Errno;
import io.nvmetsh.kernel.sim.SimWorld.PciFunction;
import java.util.Optional;

/** How MLNX_OFED 4.1 and 4.2 read pci_device_path: part by part, and on when a part is missing. */
record PciAddressStore(Nvmet nvmet) {

  /**
   * The canonical address of the device that a text names.
   *
   * @throws Deny EINVAL or ERANGE when a part is no number, EAGAIN when no such device is there
   */
  String find(Page page) throws Deny {
    String text = page.text();
    int first = text.indexOf(':');
    long domain = part(text, 0, first, "domain");
    int second = next(text, first, ':', "bus");
    long bus = part(text, first + 1, second, "bus");
    int dot = next(text, second, '.', "slot");
    long slot = part(text, second + 1, dot, "slot");
    if (dot < 0) {
      throw crash("function");
    }
    long function = part(text, dot + 1, -1, "function");
    Optional<PciFunction> device =
        isAddress(domain, bus, slot, function)
            ? nvmet.world().pci(name(domain, bus, slot, function))
            : Optional.empty();
    if (device.isEmpty()) {
      throw new Deny(Errno.EAGAIN);
    }
    return device.get().address();
  }

  /** strsep: where the next part ends; the one before must have ended at a delimiter. */
  private static int next(String text, int delimiter, char wanted, String what) {
    if (delimiter < 0) {
      throw crash(what);
    }
    return text.indexOf(wanted, delimiter + 1);
  }

  private static SimCrash crash(String what) {
    return new SimCrash("HAZ-PCI-SYNTAX", "the parser follows a null pointer to the " + what);
  }

  /** kstrtoint in base 16. */
  private long part(String text, int from, int to, String what) throws Deny {
    String digits = to < 0 ? text.substring(from) : text.substring(from, to);
    try {
      return KernelNumber.signed(digits, 16);
    } catch (Deny e) {
      nvmet.log().print(Nvmet.NAME, "please supply " + what + " ID for PCI p2p establishment");
      throw e;
    }
  }

  private static boolean isAddress(long domain, long bus, long slot, long function) {
    return domain >= 0
        && (bus >= 0 && bus <= 0xff)
        && (slot >= 0 && slot <= 0x1f)
        && (function >= 0 && function <= 7);
  }

  private static String name(long domain, long bus, long slot, long function) {
    return pad(domain, 4) + ":" + pad(bus, 2) + ":" + pad(slot, 2) + "." + function;
  }

  private static String pad(long number, int digits) {
    String text = Long.toHexString(number);
    return "0".repeat(Math.max(0, digits - text.length())) + text;
  }
}
