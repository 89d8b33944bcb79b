package io.nvmetsh.command;

import io.nvmetsh.device.Inventory;
import io.nvmetsh.device.IpAddress;
import io.nvmetsh.device.SysTree.FileKind;
import io.nvmetsh.schema.NvmetPath;
import io.nvmetsh.tree.Port;
import io.nvmetsh.tree.TargetTree;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** What a configuration needs of a machine that has just started. */
final class BootNeeds {

  private BootNeeds() {}

  /** The modules that its ports need. */
  static Set<String> modules(TargetTree wanted) {
    Set<String> modules = new TreeSet<>();
    for (Port port : ports(wanted)) {
      switch (port.transport()) {
        case "rdma" -> modules.add("nvmet_rdma");
        case "tcp" -> modules.add("nvmet_tcp");
        case "fc" -> modules.add("nvmet_fc");
        case "loop" -> modules.add("nvme_loop");
        default -> {}
      }
    }
    return modules;
  }

  /** The drives and addresses that are not there, or not yet; each once, for a person to read. */
  static List<String> missing(TargetTree wanted, Inventory inventory) {
    Set<String> missing = new TreeSet<>();
    NvmetPath subsystems = NvmetPath.of("subsystems");
    for (String name : wanted.directories(subsystems)) {
      NvmetPath namespaces = subsystems.child(name).child("namespaces");
      for (String nsid : wanted.directories(namespaces)) {
        device(wanted, namespaces.child(nsid), inventory).ifPresent(missing::add);
      }
      device(wanted, subsystems.child(name).child("passthru"), inventory).ifPresent(missing::add);
    }
    for (Port port : ports(wanted)) {
      Optional<IpAddress> ip = port.isOnIp() ? port.ip() : Optional.empty();
      boolean anybodys = ip.isEmpty() || ip.get().isWildcard() || ip.get().isLoopback();
      if (!anybodys && inventory.address(port.address()).isEmpty()) {
        missing.add(port.address());
      }
    }
    return new ArrayList<>(missing);
  }

  /** The device of a directory that is to be switched on, when it is absent. */
  private static Optional<String> device(
      TargetTree wanted, NvmetPath directory, Inventory inventory) {
    if (!wanted.isDirectory(directory) || !wanted.isOn(directory, "enable")) {
      return Optional.empty();
    }
    String device = wanted.value(directory, "device_path", "").stripTrailing();
    return device.startsWith("/") && inventory.fileKind(device) == FileKind.ABSENT
        ? Optional.of(device)
        : Optional.empty();
  }

  private static List<Port> ports(TargetTree wanted) {
    NvmetPath ports = NvmetPath.of("ports");
    List<Port> all = new ArrayList<>();
    wanted.directories(ports).forEach(name -> all.add(new Port(wanted, ports.child(name))));
    return all;
  }
}
