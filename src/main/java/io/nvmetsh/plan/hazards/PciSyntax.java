package io.nvmetsh.plan.hazards;

import io.nvmetsh.plan.Change;
import io.nvmetsh.plan.Hazard;
import io.nvmetsh.plan.Scene;
import io.nvmetsh.plan.TypedLines;
import io.nvmetsh.schema.KernelFlavor;
import io.nvmetsh.schema.NodeKind;
import io.nvmetsh.schema.PciAddress;
import io.nvmetsh.schema.Quoting;
import java.util.Optional;

/** The vendor driver's parser of PCI addresses runs on where a part is missing. */
public record PciSyntax() implements Hazard {

  @Override
  public String id() {
    return "HAZ-PCI-SYNTAX";
  }

  @Override
  public String title() {
    return "a pci_device_path that is not DDDD:BB:SS.F in hexadecimal digits";
  }

  @Override
  public String effect() {
    return "the driver's parser follows a null pointer while it holds the subsystem's lock";
  }

  @Override
  public String where() {
    return "MLNX_OFED 4.1 and 4.2, which alone have pci_device_path";
  }

  @Override
  public Evidence evidence() {
    return Evidence.READ;
  }

  /** Where the attribute is, there is the parser: no release needs to be known. */
  @Override
  public boolean isIn(KernelFlavor flavor) {
    return true;
  }

  @Override
  public Optional<Trip> trip(Scene scene) {
    Optional<Change.SetAttribute> set = scene.write(NodeKind.NAMESPACE, "pci_device_path");
    if (set.isEmpty() || isSafe(set.get().value())) {
      return Optional.empty();
    }
    return Optional.of(
        Trip.of(
            set.get().path().parent(),
            "pci_device_path " + Quoting.word(set.get().value()) + " is not DDDD:BB:SS.F",
            "see the drives' addresses:  devices",
            "without offload:  "
                + TypedLines.set(set.get().path().parent(), "pci_device_path", PciAddress.CLEAR)));
  }

  /** {@code hex{1,4}:hex{1,2}:hex{1,2}.[0-7]}, or the driver's word for none. */
  private static boolean isSafe(String text) {
    int first = text.indexOf(':');
    int second = text.indexOf(':', first + 1);
    int dot = text.length() - 2;
    return text.equals(PciAddress.CLEAR)
        || (first > 0
            && second > 0
            && dot > second
            && text.charAt(dot) == '.'
            && text.charAt(dot + 1) >= '0'
            && text.charAt(dot + 1) <= '7'
            && isHex(text, 0, first, 4)
            && isHex(text, first + 1, second, 2)
            && isHex(text, second + 1, dot, 2));
  }

  private static boolean isHex(String text, int from, int to, int most) {
    for (int i = from; i < to; i++) {
      if ("0123456789abcdefABCDEF".indexOf(text.charAt(i)) < 0) {
        return false;
      }
    }
    return to > from && to - from <= most;
  }
}
