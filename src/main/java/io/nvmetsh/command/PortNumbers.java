package io.nvmetsh.command;

import io.nvmetsh.schema.NvmetPath;
import io.nvmetsh.tree.TargetTree;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Numbers that ports listen on. */
final class PortNumbers {

  /** IANA: NVMe over Fabrics. */
  static final int NVME = 4420;

  /** IANA: NVMe discovery over TCP. */
  static final int DISCOVERY = 8009;

  private static final int MANY = 64;

  private PortNumbers() {}

  /**
   * The numbers that other ports have at the same address and transport, with the port; of many
   * ports only the first are looked at.
   */
  static Map<String, NvmetPath> taken(
      TargetTree tree, NvmetPath self, String transport, String address) {
    Map<String, NvmetPath> taken = new HashMap<>();
    List<String> names = tree.directories(NvmetPath.of("ports"));
    for (String name : names.subList(0, Math.min(MANY, names.size()))) {
      NvmetPath port = NvmetPath.of("ports", name);
      if (!port.equals(self)
          && tree.value(port, "addr_traddr", "").equals(address)
          && tree.value(port, "addr_trtype", "").equals(transport)) {
        taken.put(tree.value(port, "addr_trsvcid", ""), port);
      }
    }
    return taken;
  }
}
