package io.nvmetsh.kernel.sim;

import io.nvmetsh.device.AdapterGeneration.Offload;
import io.nvmetsh.device.BlockDevice;
import io.nvmetsh.device.Inventory;
import io.nvmetsh.device.NvmeDrive;
import io.nvmetsh.device.PciDevice;
import io.nvmetsh.device.PeerMemory;
import io.nvmetsh.device.RdmaDevice;
import io.nvmetsh.device.SysTree;
import io.nvmetsh.device.SysTree.FileKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** A machine as its inventory tells it, real or dumped. */
record InventoryWorld(SysTree sys) implements SimWorld {

  private static final int CPUS_WHEN_UNKNOWN = 64;

  /** A look at the machine as it is now. */
  private Inventory now() {
    return new Inventory(sys);
  }

  @Override
  public Place at(String path) {
    FileKind kind = sys.kind(path);
    return switch (kind) {
      case BLOCK_DEVICE -> block(path);
      case CHARACTER_DEVICE -> character(path);
      case REGULAR -> regular(path);
      case DIRECTORY, OTHER, ABSENT -> Place.of(kind);
    };
  }

  private Place regular(String path) {
    Place place = Place.of(FileKind.REGULAR);
    return now().fileSystem(path).equals("tmpfs") ? place.withoutDirectIo() : place;
  }

  private Place block(String path) {
    Inventory inventory = now();
    Optional<BlockDevice> device = inventory.blockDevice(path);
    if (device.isEmpty()) {
      return Place.of(FileKind.BLOCK_DEVICE);
    }
    Optional<NvmeDrive> drive = inventory.driveBehind(path);
    Place place =
        drive.isEmpty()
            ? Place.of(FileKind.BLOCK_DEVICE)
            : Place.of(
                FileKind.BLOCK_DEVICE,
                new NvmeDevice(drive.get().name(), Optional.of(drive.get().pciAddress())));
    return device.get().readOnly() ? place.asReadOnly() : place;
  }

  private Place character(String path) {
    String name = sys.realPath(path).orElse(path);
    name = name.substring(name.lastIndexOf('/') + 1);
    if (sys.kind("/sys/class/nvme/" + name) != FileKind.DIRECTORY) {
      return Place.of(FileKind.CHARACTER_DEVICE);
    }
    Optional<String> address = now().drive(name).map(NvmeDrive::pciAddress);
    return Place.of(FileKind.CHARACTER_DEVICE, new NvmeDevice(name, address));
  }

  @Override
  public Optional<PciFunction> pci(String address) {
    return now()
        .pciDevice(address)
        .filter(device -> device.address().equals(address))
        .map(this::function);
  }

  private PciFunction function(PciDevice device) {
    boolean publishes =
        now().peerMemory(device.address()).flatMap(PeerMemory::published).orElse(false);
    return new PciFunction(device.address(), device.driver().orElse(""), publishes);
  }

  @Override
  public List<PciFunction> p2pProviders() {
    List<PciFunction> providers = new ArrayList<>();
    for (PciDevice device : now().peerMemoryProviders()) {
      PciFunction function = function(device);
      if (function.p2pMemory()) {
        providers.add(function);
      }
    }
    return providers;
  }

  @Override
  public List<LocalAddress> addresses() {
    List<LocalAddress> addresses = new ArrayList<>();
    for (io.nvmetsh.device.LocalAddress address : now().addresses()) {
      addresses.add(new LocalAddress(address.text(), address.rdma().map(InventoryWorld::adapter)));
    }
    return addresses;
  }

  /** What the firmware's capability bits are is not known; the generation promises it. */
  private static Adapter adapter(RdmaDevice device) {
    return new Adapter(
        device.name(),
        device.offload() == Offload.CAPABLE
            ? Optional.of(OffloadLimits.GENEROUS)
            : Optional.empty());
  }

  /** A dump has interfaces without their numbers, which nobody but a log line cares about. */
  @Override
  public OptionalInt interfaceIndex(String name) {
    String at = "/sys/class/net/" + name;
    if (name.isEmpty() || name.indexOf('/') >= 0 || sys.kind(at) != FileKind.DIRECTORY) {
      return OptionalInt.empty();
    }
    try {
      return OptionalInt.of(Integer.parseInt(sys.read(at + "/ifindex").orElse("").strip()));
    } catch (NumberFormatException e) {
      return OptionalInt.of(1 + sys.list("/sys/class/net").indexOf(name));
    }
  }

  @Override
  public OptionalInt p2pQueues(String controller) {
    Optional<Integer> granted = now().drive(controller).flatMap(NvmeDrive::p2pQueues);
    return granted.isPresent() ? OptionalInt.of(granted.get()) : OptionalInt.empty();
  }

  @Override
  public int possibleCpus() {
    String range = sys.read("/sys/devices/system/cpu/possible").orElse("").strip();
    int last = Math.max(range.lastIndexOf('-'), range.lastIndexOf(','));
    try {
      return Integer.parseInt(range.substring(last + 1)) + 1;
    } catch (NumberFormatException e) {
      return CPUS_WHEN_UNKNOWN;
    }
  }

  @Override
  public boolean peers(String provider, String client) {
    return now().peerBarrier(provider, client).isEmpty();
  }
}
