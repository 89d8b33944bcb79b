package io.nvmetsh.device;

import io.nvmetsh.device.SysTree.FileKind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * How PCI devices hang together, and what stands between two that would speak to each other: the
 * bridges above them, what those do with such traffic (ACS), and the IOMMU.
 */
public final class PciTopology {

  private static final String DEVICES = "/sys/bus/pci/devices/";
  private static final String IOMMUS = "/sys/class/iommu";

  /** PCI_CFG_SPACE_SIZE: the first of the extended capabilities. */
  private static final int EXTENDED = 0x100;

  /** What anybody may read ends before this (pci_read_config). */
  private static final int FOR_ROOT = 0x40;

  /** As many capabilities as fit, so that a broken list ends (pci_find_next_ext_capability). */
  private static final int MOST = (4096 - EXTENDED) / 8;

  private static final int ACS = 0x000d;

  /** PCI_ACS_RR, PCI_ACS_CR, PCI_ACS_EC, as pci_bridge_has_acs_redir looks at them. */
  private static final int REDIRECT = 0x04 | 0x08 | 0x20;

  private final SysTree tree;
  private final SysValues values;
  private final Map<String, Optional<Boolean>> redirects = new HashMap<>();

  PciTopology(SysTree tree) {
    this.tree = tree;
    this.values = new SysValues(tree);
  }

  /** The way up from a device; empty when there is no such device. */
  public Optional<PciPath> path(String address) {
    Optional<String> real = tree.realPath(DEVICES + address);
    if (real.isEmpty()) {
      return Optional.empty();
    }
    String hostBridge = "";
    List<String> devices = new ArrayList<>();
    for (String part : real.get().split("/", -1)) {
      if (PciReader.isAddress(part)) {
        devices.add(0, part);
      } else if (part.startsWith("pci") && part.indexOf(':') > 0) {
        // a VMD controller has a bus of its own below it, where a new way begins
        hostBridge = part;
        devices.clear();
      }
    }
    return devices.isEmpty() ? Optional.empty() : Optional.of(new PciPath(hostBridge, devices));
  }

  /**
   * Whether a device sends what one peer sends another up towards the root (ACS P2P request or
   * completion redirect, or egress control); empty when nobody but root is told.
   */
  public Optional<Boolean> redirects(String address) {
    Optional<Boolean> known = redirects.get(address);
    if (known == null) {
      known = readRedirects(DEVICES + address + "/config");
      redirects.put(address, known);
    }
    return known;
  }

  private Optional<Boolean> readRedirects(String config) {
    if (tree.word(config, FOR_ROOT).isEmpty()) {
      return Optional.empty();
    }
    int at = EXTENDED;
    for (int i = 0; i < MOST && at >= EXTENDED; i++) {
      OptionalInt header = tree.word(config, at);
      if (header.isEmpty() || header.getAsInt() == 0 || header.getAsInt() == -1) {
        return Optional.of(false); // a conventional device, or the list is empty
      }
      if ((header.getAsInt() & 0xffff) == ACS) {
        int control = tree.word(config, at + 4).orElse(0) >>> 16;
        return Optional.of((control & REDIRECT) != 0);
      }
      at = (header.getAsInt() >>> 20) & 0xffc;
    }
    return Optional.of(false);
  }

  /** The IOMMUs that are on; absent when the kernel does not tell. */
  public Optional<List<String>> iommus() {
    if (tree.kind(IOMMUS) != FileKind.DIRECTORY) {
      return Optional.empty();
    }
    List<String> names = new ArrayList<>();
    for (String name : tree.list(IOMMUS)) {
      if (tree.kind(IOMMUS + "/" + name) != FileKind.ABSENT) {
        names.add(name);
      }
    }
    return Optional.of(List.copyOf(names));
  }

  /** The IOMMU's group of a device; absent when no IOMMU has it. */
  public Optional<IommuGroup> iommuGroup(String address) {
    String at = DEVICES + address + "/iommu_group";
    Optional<String> number = values.linkedName(at);
    return number.isPresent()
        ? Optional.of(new IommuGroup(number.get(), values.value(at + "/type")))
        : Optional.empty();
  }
}
