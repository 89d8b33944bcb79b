package io.nvmetsh.device;

import java.util.List;
import java.util.Optional;

/**
 * An NVMe controller on the PCI bus: what an offloaded namespace must sit on.
 *
 * @param name {@code nvme0}
 * @param pciAddress canonical, {@code 0000:85:00.0}
 * @param state {@code live}, {@code resetting}, {@code dead}, ...; empty when unknown
 * @param p2pQueues queues it was <em>granted</em> for peer-to-peer use, which may be fewer than the
 *     module asked for; absent where the driver has no such thing
 */
public record NvmeDrive(
    String name,
    String model,
    String serial,
    String firmware,
    String pciAddress,
    Optional<Integer> numaNode,
    String state,
    Optional<Integer> p2pQueues,
    List<NvmeNamespace> namespaces) {

  public NvmeDrive {
    namespaces = List.copyOf(namespaces);
  }

  /** The controller's character device, not a disk. */
  public String path() {
    return "/dev/" + name;
  }

  /** Its namespace behind a block device such as {@code nvme0n1}. */
  public Optional<NvmeNamespace> namespace(String blockDevice) {
    for (NvmeNamespace namespace : namespaces) {
      if (namespace.name().equals(blockDevice)) {
        return Optional.of(namespace);
      }
    }
    return Optional.empty();
  }
}
