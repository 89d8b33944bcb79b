package io.nvmetsh.offload;

import io.nvmetsh.schema.NvmetPath;
import io.nvmetsh.schema.Release;
import io.nvmetsh.tree.TargetTree;
import java.util.List;
import java.util.Optional;

/** How this kernel is asked for offload. */
public enum Dialect {
  /** Not at all: the kernel's own nvmet has no offload. */
  NONE("is not possible here", "", "no driver of the vendor's"),
  /** By the PCI address of the drive in each namespace: MLNX_OFED 4.1 and 4.2. */
  PCI_DEVICE_PATH(
      "is asked for by each namespace's pci_device_path",
      "pci_device_path",
      "MLNX_OFED 4.1 and 4.2"),
  /** By a switch of the subsystem: 4.2-1.5.1, 4.3 and everything since. */
  ATTR_OFFLOAD(
      "is asked for by the subsystem's attr_offload", "attr_offload", "MLNX_OFED 4.3 and later");

  private final String words;
  private final String attribute;
  private final String releases;

  Dialect(String words, String attribute, String releases) {
    this.words = words;
    this.attribute = attribute;
    this.releases = releases;
  }

  /** As a person says it, behind the word offload. */
  public String words() {
    return words;
  }

  /** The attribute it is asked by; empty where there is none. */
  public String attribute() {
    return attribute;
  }

  /** Whose it is. */
  public String releases() {
    return releases;
  }

  /**
   * Whichever release it says it is, a subsystem that has the switch has it (4.2-1.5.1); before
   * there is one, the release decides.
   */
  public static Dialect of(TargetTree tree) {
    Optional<Release> ofed = tree.flavor().ofed();
    if (ofed.isEmpty() || !ofed.get().atLeast(4, 1)) {
      return NONE;
    }
    return ofed.get().atLeast(4, 3) || hasSwitch(tree) ? ATTR_OFFLOAD : PCI_DEVICE_PATH;
  }

  private static boolean hasSwitch(TargetTree tree) {
    List<String> subsystems = tree.glance(NvmetPath.of("subsystems"), 1);
    return !subsystems.isEmpty()
        && tree.value(NvmetPath.of("subsystems", subsystems.get(0), "attr_offload")).isPresent();
  }
}
