package io.nvmetsh.offload;

import io.nvmetsh.schema.KernelFlavor;
import io.nvmetsh.schema.NvmetPath;
import io.nvmetsh.schema.Release;
import io.nvmetsh.tree.TargetTree;
import java.util.List;
import java.util.Optional;

/** How this kernel is asked for offload. */
public enum Dialect {
  /** Not at all: the kernel's own nvmet has no offload. */
  NONE("is not possible here"),
  /** By the PCI address of the drive in each namespace: MLNX_OFED 4.1 and 4.2. */
  PCI_DEVICE_PATH("is asked for by each namespace's pci_device_path"),
  /** By a switch of the subsystem: 4.2-1.5.1, 4.3 and everything since. */
  ATTR_OFFLOAD("is asked for by the subsystem's attr_offload");

  private final String words;

  Dialect(String words) {
    this.words = words;
  }

  /** As a person says it, behind the word offload. */
  public String words() {
    return words;
  }

  /** The release decides, and where two lines of one release differ, the files. */
  static Dialect of(TargetTree tree) {
    KernelFlavor flavor = tree.flavor();
    Optional<Release> ofed = flavor.ofed();
    if (ofed.isEmpty() || !ofed.get().atLeast(4, 1)) {
      return NONE;
    }
    if (ofed.get().atLeast(4, 3)) {
      return ATTR_OFFLOAD;
    }
    return ofed.get().atLeast(4, 2) && hasSwitch(tree) ? ATTR_OFFLOAD : PCI_DEVICE_PATH;
  }

  private static boolean hasSwitch(TargetTree tree) {
    List<String> subsystems = tree.glance(NvmetPath.of("subsystems"), 1);
    return !subsystems.isEmpty()
        && tree.value(NvmetPath.of("subsystems", subsystems.get(0), "attr_offload")).isPresent();
  }
}
