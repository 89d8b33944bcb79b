package io.nvmetsh.device;

import io.nvmetsh.device.SysTree.FileKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads {@code /sys/class/infiniband}. */
final class RdmaReader {

  private static final String CLASS = "/sys/class/infiniband";

  private final SysTree tree;
  private final SysValues values;

  RdmaReader(SysTree tree) {
    this.tree = tree;
    this.values = new SysValues(tree);
  }

  List<RdmaDevice> devices() {
    List<RdmaDevice> devices = new ArrayList<>();
    for (String name : tree.list(CLASS)) {
      devices.add(read(name, CLASS + "/" + name));
    }
    return devices;
  }

  private RdmaDevice read(String name, String at) {
    String hcaType = values.text(at + "/hca_type");
    String device = at + "/device";
    Optional<String> behind = tree.realPath(device);
    Optional<String> pciAddress =
        behind.isPresent() ? PciReader.addressIn(behind.get()) : Optional.empty();
    boolean hasPhysical = tree.realPath(device + "/physfn").isPresent();
    boolean isVirtual =
        hasPhysical
            || AdapterGeneration.isVirtualFunction(
                values.id(device + "/vendor"), values.id(device + "/device"));
    return new RdmaDevice(
        name,
        hcaType,
        values.text(at + "/board_id"),
        values.text(at + "/fw_ver"),
        pciAddress,
        generation(at, hasPhysical ? device + "/physfn" : device, hcaType),
        isVirtual,
        values.numaNode(device + "/numa_node"),
        netDevices(at),
        ports(at));
  }

  /**
   * By the PCI ids of the adapter, for a virtual function those of its physical one, which say
   * more. Without a PCI device, as in a virtual machine's dump, {@code MT4119} is the id in
   * decimal.
   */
  private AdapterGeneration generation(String at, String device, String hcaType) {
    int vendor = values.id(device + "/vendor");
    if (vendor >= 0) {
      return AdapterGeneration.of(vendor, values.id(device + "/device"));
    }
    Optional<String> real = tree.realPath(at);
    if (real.isPresent() && real.get().startsWith("/sys/devices/virtual/")) {
      return AdapterGeneration.SOFTWARE;
    }
    Optional<Long> id =
        hcaType.startsWith("MT") ? SysValues.parse(hcaType.substring(2), 10) : Optional.empty();
    return id.isPresent()
        ? AdapterGeneration.of(AdapterGeneration.MELLANOX, id.get().intValue())
        : AdapterGeneration.UNKNOWN;
  }

  /** Soft-RoCE has no device of its own; {@code parent} names the interface it was put on. */
  private List<String> netDevices(String at) {
    List<String> names = new ArrayList<>();
    for (String name : tree.list(at + "/device/net")) {
      if (tree.kind(at + "/device/net/" + name) == FileKind.DIRECTORY) {
        names.add(name);
      }
    }
    Optional<String> parent = names.isEmpty() ? values.value(at + "/parent") : Optional.empty();
    if (parent.isPresent()) {
      names.add(parent.get());
    }
    return names;
  }

  private List<RdmaPort> ports(String at) {
    List<RdmaPort> ports = new ArrayList<>();
    for (String name : tree.list(at + "/ports")) {
      Optional<Long> number = SysValues.parse(name, 10);
      if (number.isPresent()) {
        String port = at + "/ports/" + name;
        String state = values.text(port + "/state");
        ports.add(
            new RdmaPort(
                number.get().intValue(),
                state.substring(state.indexOf(':') + 1).strip(),
                values.text(port + "/link_layer"),
                values.text(port + "/rate")));
      }
    }
    return ports;
  }
}
