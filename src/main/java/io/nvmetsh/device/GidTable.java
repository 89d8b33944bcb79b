package io.nvmetsh.device;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which addresses the RDMA devices serve, by their tables of GIDs. The tables tell the truth about
 * VLANs and bonds, and about two interfaces in one network; but they have up to 256 places a port,
 * so they are read only when nothing simpler answers.
 */
final class GidTable {

  /** One place: an address, the interface it is on, the device that serves it. */
  record Gid(String address, String netDevice, RdmaDevice device) {}

  private final Map<String, Gid> byAddress = new HashMap<>();
  private final Map<String, RdmaDevice> byNetDevice = new HashMap<>();

  GidTable(SysTree tree, List<RdmaDevice> devices) {
    SysValues values = new SysValues(tree);
    for (RdmaDevice device : devices) {
      for (RdmaPort port : device.ports()) {
        String at = "/sys/class/infiniband/" + device.name() + "/ports/" + port.number();
        for (String index : tree.list(at + "/gids")) {
          String address = IpText.ofGid(values.text(at + "/gids/" + index));
          Optional<String> netDevice =
              address == null ? Optional.empty() : values.value(at + "/gid_attrs/ndevs/" + index);
          if (address != null && netDevice.isPresent()) {
            byAddress.putIfAbsent(address, new Gid(address, netDevice.get(), device));
            byNetDevice.putIfAbsent(netDevice.get(), device);
          }
        }
      }
    }
  }

  @Nullable Gid at(String address) {
    return byAddress.get(address);
  }

  @Nullable RdmaDevice serving(String netDevice) {
    return byNetDevice.get(netDevice);
  }
}
