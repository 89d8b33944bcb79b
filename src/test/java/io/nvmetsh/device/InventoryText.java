package io.nvmetsh.device;

import java.util.Optional;

/** An inventory as text, every value of it, so that a machine's can be compared with a file. */
public final class InventoryText {

  private final StringBuilder out = new StringBuilder();
  private final Inventory inventory;

  private InventoryText(Inventory inventory) {
    this.inventory = inventory;
  }

  static String of(SysTree tree) {
    InventoryText text = new InventoryText(new Inventory(tree));
    text.kernel();
    text.drives();
    text.blockDevices();
    text.network();
    return text.out.toString();
  }

  /** What can back a namespace alone. */
  public static String ofDevices(SysTree tree) {
    InventoryText text = new InventoryText(new Inventory(tree));
    text.drives();
    text.blockDevices();
    return text.out.toString();
  }

  private void kernel() {
    line("host", inventory.hostName());
    line("kernel", inventory.kernelRelease(), "ofed", or(inventory.ofedRelease()));
    line("command line", or(inventory.kernelCommandLine()));
    if (inventory.kernelMemory().isEmpty()) {
      line("memory unknown");
    } else {
      for (MemoryRange range : inventory.kernelMemory().get()) {
        line("memory", Long.toHexString(range.first()), Long.toHexString(range.last()));
      }
    }
    for (KernelModule module : inventory.modules()) {
      line(
          "module",
          module.name(),
          module.references() + " of " + module.holders(),
          or(inventory.moduleVersion(module.name())),
          inventory.parameters(module.name()));
    }
    for (String name : new String[] {"nvme", "nvme-core", "nvme_fabrics", "nvmet", "nvmet-rdma"}) {
      Optional<KernelModule> module = inventory.module(name);
      if (module.isEmpty() || module.get().builtIn()) {
        line("module", name, module.isEmpty() ? "absent" : "built in", inventory.parameters(name));
      }
    }
  }

  private void drives() {
    for (NvmeDrive drive : inventory.drives()) {
      line(
          "drive",
          drive.name(),
          drive.pciAddress(),
          "'" + drive.model() + "' '" + drive.serial() + "' '" + drive.firmware() + "'",
          "numa",
          or(drive.numaNode()),
          "'" + drive.state() + "'",
          "p2p",
          or(drive.p2pQueues()),
          inventory.fileKind(drive.path()));
      namespaces(drive.namespaces());
      Optional<PciDevice> pci = inventory.pciDevice(drive.pciAddress());
      if (pci.isPresent()) {
        line("  pci", or(pci.get().driver()), "nvme", pci.get().isNvme());
        line("  at its address", or(inventory.driveAt(drive.pciAddress()).map(NvmeDrive::name)));
      }
    }
    for (FabricsController controller : inventory.fabricsControllers()) {
      line(
          "fabrics",
          controller.name(),
          controller.transport(),
          controller.address(),
          controller.state());
      namespaces(controller.namespaces());
    }
    for (PciDevice device : inventory.peerMemoryProviders()) {
      line("p2p memory", device.address(), or(device.p2pMemory()));
    }
  }

  private void namespaces(Iterable<NvmeNamespace> namespaces) {
    for (NvmeNamespace namespace : namespaces) {
      line(
          "  namespace",
          namespace.path(),
          "nsid",
          or(namespace.nsid()),
          namespace.bytes() + " bytes of " + namespace.blockBytes());
    }
  }

  private void blockDevices() {
    line("block devices", inventory.blockDeviceNames());
    for (BlockDevice device : inventory.blockDevices()) {
      line(
          "block",
          device.path(),
          device.name(),
          device.kind().title(),
          device.bytes() + " bytes of " + device.blockBytes(),
          device.readOnly() ? "read-only" : "read-write",
          or(device.label()));
      line("  disk", or(device.disk()), "partitions", device.partitions());
      line("  members", device.members());
      for (BlockDevice.Use use : device.uses()) {
        line("  use:", use.describe(device.name()));
      }
      line("  stable", inventory.stableNames(device));
      line("  behind", or(inventory.driveBehind(device.path()).map(NvmeDrive::name)));
    }
  }

  private void network() {
    for (RdmaDevice device : inventory.rdmaDevices()) {
      line(
          "rdma",
          device.name(),
          device.generation().title(),
          device.offload(),
          device.virtualFunction() ? "VF" : "PF",
          "'" + device.hcaType() + "' '" + device.board() + "' '" + device.firmware() + "'",
          or(device.pciAddress()),
          "numa",
          or(device.numaNode()),
          device.netDevices());
      for (RdmaPort port : device.ports()) {
        line("  port", port.number(), port.state(), port.linkLayer(), port.rate());
      }
    }
    for (LocalAddress address : inventory.addresses()) {
      line(
          "address",
          address.text(),
          or(address.netDevice()),
          address.up() ? "up" : "down",
          address.loopback() ? "loopback" : address.linkLocal() ? "link-local" : "global",
          "rdma",
          or(address.rdma().map(RdmaDevice::name)));
    }
  }

  private static Object or(Optional<?> value) {
    return value.isPresent() ? value.get() : "-";
  }

  private void line(Object... words) {
    for (int i = 0; i < words.length; i++) {
      out.append(i == 0 ? "" : " ").append(words[i]);
    }
    out.append('\n');
  }
}
