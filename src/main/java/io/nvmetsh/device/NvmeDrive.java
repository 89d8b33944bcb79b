package io.nvmetsh.device;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An NVMe controller on the PCI bus: what an offloaded namespace must sit on. What it is known by
 * is read with it, everything else when somebody asks.
 */
public final class NvmeDrive {

  private final String name;
  private final String pciAddress;
  private final SysFiles files;
  private final NvmeReader reader;
  private @Nullable List<NvmeNamespace> namespaces;

  NvmeDrive(String name, String pciAddress, SysFiles files, NvmeReader reader) {
    this.name = name;
    this.pciAddress = pciAddress;
    this.files = files;
    this.reader = reader;
  }

  /** {@code nvme0}. */
  public String name() {
    return name;
  }

  /** Canonical, {@code 0000:85:00.0}. */
  public String pciAddress() {
    return pciAddress;
  }

  public String model() {
    return files.text("model");
  }

  public String serial() {
    return files.text("serial");
  }

  public String firmware() {
    return files.text("firmware_rev");
  }

  public Optional<Integer> numaNode() {
    return files.numaNode("device/numa_node");
  }

  /** {@code live}, {@code resetting}, {@code dead}, ...; empty when unknown. */
  public String state() {
    return files.text("state");
  }

  /**
   * Queues it was <em>granted</em> for peer-to-peer use, which may be fewer than the module asked
   * for; absent where the driver has no such thing. Printed as {@code num_p2p_queues: N} up to
   * MLNX_OFED 4.3 and as {@code N} since.
   */
  public Optional<Integer> p2pQueues() {
    String text = files.text("num_p2p_queues");
    Optional<Long> number = SysValues.parse(text.substring(text.indexOf(':') + 1).strip(), 10);
    return number.isPresent() ? Optional.of(number.get().intValue()) : Optional.empty();
  }

  public List<NvmeNamespace> namespaces() {
    if (namespaces == null) {
      namespaces = List.copyOf(reader.namespaces(name));
    }
    return namespaces;
  }

  /** The controller's character device, not a disk. */
  public String path() {
    return "/dev/" + name;
  }

  /** Its namespace behind a block device such as {@code nvme0n1}. */
  public Optional<NvmeNamespace> namespace(String blockDevice) {
    for (NvmeNamespace namespace : namespaces()) {
      if (namespace.name().equals(blockDevice)) {
        return Optional.of(namespace);
      }
    }
    return Optional.empty();
  }
}
