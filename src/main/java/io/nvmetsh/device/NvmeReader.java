package io.nvmetsh.device;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads {@code /sys/class/nvme} and the disks of its controllers. */
final class NvmeReader {

  private static final String CLASS = "/sys/class/nvme";

  private final SysValues values;
  private final BlockNames blockNames;

  NvmeReader(SysTree tree, BlockNames blockNames) {
    this.values = new SysValues(tree);
    this.blockNames = blockNames;
  }

  List<String> controllers() {
    return values.tree().list(CLASS);
  }

  /**
   * The PCI addresses of drives, by the names of their controllers, from one link each: it leads to
   * {@code .../0000:85:00.0/nvme/nvme0}, and that of a controller on a fabric to no such address.
   */
  static Map<String, String> addresses(SysTree tree) {
    Map<String, String> addresses = new LinkedHashMap<>();
    for (Map.Entry<String, String> link : tree.links(CLASS).entrySet()) {
      Optional<String> address = PciReader.addressIn(link.getValue());
      if (address.isPresent()) {
        addresses.put(link.getKey(), address.get());
      }
    }
    return addresses;
  }

  /** Empty for a controller on a fabric, or none at all. */
  Optional<NvmeDrive> drive(String controller) {
    String at = CLASS + "/" + controller;
    if (!values.text(at + "/transport").equals("pcie")) {
      return Optional.empty();
    }
    Optional<String> device = values.linkedName(at + "/device");
    SysFiles files = new SysFiles(values, at);
    String address = device.isPresent() ? device.get() : files.text("address");
    return Optional.of(new NvmeDrive(controller, address, files, this));
  }

  Optional<FabricsController> fabricsController(String controller) {
    String at = CLASS + "/" + controller;
    String transport = values.text(at + "/transport");
    if (transport.equals("pcie") || transport.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new FabricsController(
            controller,
            transport,
            values.text(at + "/address"),
            values.text(at + "/state"),
            namespaces(controller)));
  }

  /**
   * {@code cmbsz : 0x00040213}, before 5.16 {@code x00040213}: the register as it is, a number of
   * units of 4 KiB, 64 KiB and so on, sixteen times as much each. A drive without such memory has
   * no file {@code cmb}.
   */
  Optional<Long> memoryBuffer(String controller) {
    for (String line : SysValues.lines(values.rawText(CLASS + "/" + controller + "/cmb"))) {
      int value = line.lastIndexOf('x');
      Optional<Long> register =
          value > 0 && line.startsWith("cmbsz")
              ? SysValues.parse(line.substring(value + 1).strip(), 16)
              : Optional.empty();
      if (register.isPresent()) {
        long unit = 4096L << (4 * ((register.get() >> 8) & 0xf));
        return Optional.of((register.get() >> 12) * unit);
      }
    }
    return Optional.empty();
  }

  List<NvmeNamespace> namespaces(String controller) {
    List<NvmeNamespace> namespaces = new ArrayList<>();
    for (String name : blockNames.disksOf(controller)) {
      String at = "/sys/class/block/" + name;
      Optional<Long> sectors = values.number(at + "/size");
      Optional<Long> block = values.number(at + "/queue/logical_block_size");
      namespaces.add(
          new NvmeNamespace(
              name,
              values.number(at + "/nsid"),
              sectors.isPresent() ? sectors.get() * BlockReader.SECTOR : 0,
              block.isPresent() ? block.get().intValue() : BlockReader.SECTOR));
    }
    return namespaces;
  }
}
