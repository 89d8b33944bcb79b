package io.nvmetsh.device;

import java.util.Optional;

/**
 * A device on the PCI bus, as far as an offloaded target needs it.
 *
 * @param address canonical, {@code 0000:85:00.0}
 * @param vendorId e.g. 0x15b3; -1 when unknown
 * @param deviceId e.g. 0x1017; -1 when unknown
 * @param classCode base class, subclass and interface, e.g. 0x010802 for NVMe; -1 when unknown
 * @param driver what it is bound to; absent when to nothing
 * @param p2pMemory bytes of memory it offers to peers ({@code p2pmem}); absent when none
 */
public record PciDevice(
    String address,
    int vendorId,
    int deviceId,
    int classCode,
    Optional<String> driver,
    Optional<Integer> numaNode,
    Optional<Long> p2pMemory) {

  private static final int NVME_CLASS = 0x010802;

  public boolean isNvme() {
    return classCode == NVME_CLASS;
  }
}
