package io.nvmetsh.device;

import io.nvmetsh.schema.PciAddress;
import io.nvmetsh.schema.ValueType.InvalidValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads {@code /sys/bus/pci}. */
final class PciReader {

  private static final String DEVICES = "/sys/bus/pci/devices";

  private final SysTree tree;
  private final SysValues values;

  PciReader(SysTree tree) {
    this.tree = tree;
    this.values = new SysValues(tree);
  }

  /** The device at an address in any spelling that {@link PciAddress} takes. */
  Optional<PciDevice> device(String address) {
    String name;
    try {
      name = PciAddress.canonical(address);
    } catch (InvalidValue e) {
      return Optional.empty();
    }
    String at = DEVICES + "/" + name;
    return tree.realPath(at).isPresent() ? Optional.of(read(name, at)) : Optional.empty();
  }

  private PciDevice read(String address, String at) {
    return new PciDevice(
        address,
        values.id(at + "/vendor"),
        values.id(at + "/device"),
        values.id(at + "/class"),
        values.linkedName(at + "/driver"),
        values.numaNode(at + "/numa_node"),
        values.number(at + "/p2pmem/size"));
  }

  /** The devices whose memory peers may use; others have no {@code p2pmem} directory. */
  List<PciDevice> peerMemoryProviders() {
    List<PciDevice> providers = new ArrayList<>();
    for (String address : tree.list(DEVICES)) {
      if (tree.kind(DEVICES + "/" + address + "/p2pmem/size") != SysTree.FileKind.ABSENT) {
        providers.add(read(address, DEVICES + "/" + address));
      }
    }
    return providers;
  }

  Optional<PeerMemory> peerMemory(String address) {
    String at = DEVICES + "/" + address + "/p2pmem";
    Optional<Long> size = values.number(at + "/size");
    return size.isPresent()
        ? Optional.of(
            new PeerMemory(
                size.get(),
                values.number(at + "/available"),
                values.value(at + "/published").map("1"::equals)))
        : Optional.empty();
  }

  /** The innermost part of a path below {@code /sys/devices} that is a PCI address. */
  static Optional<String> addressIn(String path) {
    int end = path.length();
    while (end > 0) {
      int slash = path.lastIndexOf('/', end - 1);
      String part = path.substring(slash + 1, end);
      if (isAddress(part)) {
        return Optional.of(part);
      }
      end = Math.max(slash, 0);
    }
    return Optional.empty();
  }

  static boolean isAddress(String text) {
    try {
      return text.indexOf('.') > 0 && PciAddress.canonical(text).equals(text);
    } catch (InvalidValue e) {
      return false;
    }
  }
}
