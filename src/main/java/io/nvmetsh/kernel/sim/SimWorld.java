package io.nvmetsh.kernel.sim;

import io.nvmetsh.device.SysTree.FileKind;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The machine as nvmet asks for it: what is behind a path, which PCI functions and addresses there
 * are. Asked anew each time, since drives come and go with their module.
 */
public interface SimWorld {

  /** What opening an absolute path finds, links followed. */
  Place at(String path);

  /** Where a relative path starts, without a slash at its end: the directory of whoever writes. */
  default String workingDirectory() {
    return "/proc/self/cwd";
  }

  /** The PCI function of a canonical address, such as {@code 0000:85:00.0}. */
  Optional<PciFunction> pci(String address);

  /** The PCI functions that publish peer-to-peer memory. */
  List<PciFunction> p2pProviders();

  /** The addresses of this machine's interfaces, loopback included. */
  List<LocalAddress> addresses();

  /** The number of a network interface. */
  OptionalInt interfaceIndex(String name);

  /** How many processors the machine can have ({@code num_possible_cpus}). */
  int possibleCpus();

  /** How many peer-to-peer queues a drive granted; empty where that is no concern. */
  default OptionalInt p2pQueues(String controller) {
    return OptionalInt.empty();
  }

  /** What a drive takes in one transfer, likewise a power of two; no file shows it. */
  default OptionalInt mdts(String controller) {
    return OptionalInt.empty();
  }

  /** Whether a drive may use another function's memory ({@code pci_p2pdma_distance}). */
  default boolean peers(String provider, String client) {
    return true;
  }

  /**
   * A file of the machine.
   *
   * @param directIo whether its file system takes O_DIRECT on any kernel; tmpfs did not before 6.6
   * @param nvme the NVMe device it is, or is a part of
   */
  record Place(FileKind kind, boolean readOnly, boolean directIo, Optional<NvmeDevice> nvme) {

    public static Place of(FileKind kind) {
      return new Place(kind, false, true, Optional.empty());
    }

    public static Place of(FileKind kind, NvmeDevice device) {
      return new Place(kind, false, true, Optional.of(device));
    }

    public Place asReadOnly() {
      return new Place(kind, true, directIo, nvme);
    }

    public Place withoutDirectIo() {
      return new Place(kind, readOnly, false, nvme);
    }
  }

  /**
   * What an NVMe device node, a partition's included, belongs to.
   *
   * @param controller its controller's name, such as {@code nvme0}
   * @param pciAddress empty for a drive that is not on this machine's PCI bus
   */
  record NvmeDevice(String controller, Optional<String> pciAddress) {}

  /**
   * A PCI function.
   *
   * @param driver empty when none is bound
   * @param p2pMemory whether it publishes peer-to-peer memory
   */
  record PciFunction(String address, String driver, boolean p2pMemory) {}

  /**
   * An address of this machine.
   *
   * @param ip without prefix length; a link-local one with {@code %interface}
   * @param adapter the RDMA device of its interface; empty where there is none
   */
  record LocalAddress(String ip, Optional<Adapter> adapter) {}

  /**
   * An RDMA device.
   *
   * @param targetOffload its "nvmf target offload" capability; empty where it cannot
   */
  record Adapter(String name, Optional<OffloadLimits> targetOffload) {}

  /**
   * What an adapter can offload. The numbers come from its firmware; where they are unknown, {@link
   * #GENEROUS} never is the reason for a refusal.
   *
   * @param manySubsystems whether a port may have several offloaded subsystems
   * @param sqePassthrough whether it passes reserved fields on
   * @param mostNsid the highest namespace id; 0 without limit
   * @param namespaces the most namespaces of an offloaded subsystem
   * @param backends the most back ends, of which each namespace has one
   * @param mdts what a drive must take in one transfer, as the power of two of 4 KiB pages
   */
  record OffloadLimits(
      boolean manySubsystems,
      boolean sqePassthrough,
      long mostNsid,
      int namespaces,
      int backends,
      int mdts) {

    public static final OffloadLimits GENEROUS = new OffloadLimits(true, true, 0, 1024, 1024, 0);
  }
}
