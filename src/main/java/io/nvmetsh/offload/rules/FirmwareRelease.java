package io.nvmetsh.offload.rules;

import io.nvmetsh.device.LocalAddress;
import io.nvmetsh.device.RdmaDevice;
import io.nvmetsh.offload.Finding;
import io.nvmetsh.offload.OffloadRule;
import io.nvmetsh.offload.OffloadView;
import io.nvmetsh.tree.Port;
import java.util.List;
import java.util.Optional;

/** Only ConnectX-5's own firmware has a least release that is known. */
public record FirmwareRelease() implements OffloadRule {

  private static final int CONNECTX_5 = 16;
  private static final int LEAST = 1010;

  /** The least release of a ConnectX-5. */
  public static final String LEAST_RELEASE = "16.20.1010";

  /** What mends it. */
  public static final String UPDATE = "the vendor's flint or mlxfwmanager updates it";

  @Override
  public String id() {
    return "OFF-VER-FW";
  }

  @Override
  public String title() {
    return "the firmware of a ConnectX-5 is 16.20.1010 or later";
  }

  @Override
  public String explanation() {
    return """
        The first number of a firmware release is that of the adapter's family: 16 for ConnectX-5,
        20 for ConnectX-6, and so on. For other families no least release is known, so they are not
        compared.""";
  }

  @Override
  public Optional<String> noCommand() {
    return Optional.of("firmware is no part of the target; " + UPDATE);
  }

  @Override
  public List<Finding> port(OffloadView view, Port port) {
    Optional<RdmaDevice> device = view.listening(port).flatMap(LocalAddress::rdma);
    return device.isEmpty() || !isTooOld(device.get())
        ? List.of()
        : List.of(
            warning(
                port.path(),
                device.get().name()
                    + " has firmware "
                    + device.get().firmware()
                    + ", offload needs "
                    + LEAST_RELEASE
                    + "; "
                    + UPDATE,
                List.of()));
  }

  /** Whether a least release is known for the family of that firmware. */
  public static boolean isCompared(RdmaDevice device) {
    return device.firmware().startsWith(CONNECTX_5 + ".");
  }

  /** Whether an adapter's firmware is known to be too old. */
  public static boolean isTooOld(RdmaDevice device) {
    return isTooOld(device.firmware());
  }

  private static boolean isTooOld(String firmware) {
    int first = firmware.indexOf('.');
    int second = firmware.indexOf('.', first + 1);
    if (first < 0 || second < 0) {
      return false;
    }
    try {
      int major = Integer.parseInt(firmware.substring(0, first));
      int minor = Integer.parseInt(firmware.substring(first + 1, second));
      int third = Integer.parseInt(firmware.substring(second + 1));
      return major == CONNECTX_5 && (minor < 20 || (minor == 20 && third < LEAST));
    } catch (NumberFormatException e) {
      return false;
    }
  }
}
