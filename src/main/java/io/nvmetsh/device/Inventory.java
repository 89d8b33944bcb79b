package io.nvmetsh.device;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a machine has: drives, block devices, RDMA devices, addresses, modules. Made afresh for each
 * line that is typed; reads what is asked for when it is asked for, at most once, so all answers to
 * one line agree and nothing goes stale between two.
 */
public final class Inventory {

  private final SysTree tree;
  private final KernelReader kernel;
  private final PciReader pci;
  private final PciTopology topology;

  private final Map<String, Optional<NvmeDrive>> driveByName = new HashMap<>();
  private final Map<String, Optional<BlockDevice>> blockByName = new HashMap<>();
  private final Map<String, Optional<PciDevice>> pciByAddress = new HashMap<>();
  private @Nullable BlockNames blockNames;
  private @Nullable BlockReader blockReader;
  private @Nullable NvmeReader nvmeReader;
  private @Nullable Map<String, List<String>> byId;
  private @Nullable List<RdmaDevice> rdmaDevices;
  private @Nullable List<LocalAddress> addresses;
  private @Nullable List<KernelModule> modules;
  private @Nullable ModuleConfig moduleConfig;

  public Inventory(SysTree tree) {
    this.tree = tree;
    this.kernel = new KernelReader(tree);
    this.pci = new PciReader(tree);
    this.topology = new PciTopology(tree);
  }

  /** The NVMe controllers on the PCI bus. */
  public List<NvmeDrive> drives() {
    List<NvmeDrive> drives = new ArrayList<>();
    for (String controller : nvme().controllers()) {
      Optional<NvmeDrive> drive = drive(controller);
      if (drive.isPresent()) {
        drives.add(drive.get());
      }
    }
    return List.copyOf(drives);
  }

  /** The PCI addresses of the drives by controller name, without reading any drive. */
  public Map<String, String> driveAddresses() {
    return NvmeReader.addresses(tree);
  }

  /** The drive of this controller name, {@code nvme0}; absent when that is on a fabric. */
  public Optional<NvmeDrive> drive(String controller) {
    Optional<NvmeDrive> known = driveByName.get(controller);
    if (known == null) {
      known = nvme().drive(controller);
      driveByName.put(controller, known);
    }
    return known;
  }

  /** The drive at a PCI address, however spelled. */
  public Optional<NvmeDrive> driveAt(String pciAddress) {
    Optional<PciDevice> device = pciDevice(pciAddress);
    if (device.isPresent() && device.get().isNvme()) {
      String controllers = "/sys/bus/pci/devices/" + device.get().address() + "/nvme";
      for (String controller : tree.list(controllers)) {
        return drive(controller);
      }
    }
    return Optional.empty();
  }

  /**
   * The drive behind a whole namespace or a partition of one; the first where there are several
   * paths. A logical volume has no single one, whatever lies below it.
   */
  public Optional<NvmeDrive> driveBehind(String devicePath) {
    Optional<BlockDevice> device = blockDevice(devicePath);
    return device.isPresent() ? driveBehind(device.get()) : Optional.empty();
  }

  /** The same of a device that is known already. */
  public Optional<NvmeDrive> driveBehind(BlockDevice device) {
    for (String controller : blockNames().controllersOf(device.disk().orElse(device.name()))) {
      Optional<NvmeDrive> drive = drive(controller);
      if (drive.isPresent()) {
        return drive;
      }
    }
    return Optional.empty();
  }

  /** The controllers of other machines' targets that this one is connected to. */
  public List<FabricsController> fabricsControllers() {
    List<FabricsController> found = new ArrayList<>();
    for (String controller : nvme().controllers()) {
      Optional<FabricsController> fabrics = nvme().fabricsController(controller);
      if (fabrics.isPresent()) {
        found.add(fabrics.get());
      }
    }
    return List.copyOf(found);
  }

  /** The names of all block devices, without reading any. */
  public List<String> blockDeviceNames() {
    return blockNames().visible();
  }

  /** All block devices with a medium; a loop device without a file has none. */
  public List<BlockDevice> blockDevices() {
    List<BlockDevice> devices = new ArrayList<>();
    for (String name : blockDeviceNames()) {
      Optional<BlockDevice> device = named(name);
      if (device.isPresent()) {
        devices.add(device.get());
      }
    }
    return List.copyOf(devices);
  }

  /**
   * The block device that a path leads to, be it a link such as {@code /dev/vg0/lun0}; absent also
   * when it has no medium.
   */
  public Optional<BlockDevice> blockDevice(String devicePath) {
    Optional<String> name = BlockReader.nameAt(tree, devicePath);
    return name.isPresent() ? named(name.get()) : Optional.empty();
  }

  /** The device of a name that the kernel gave it, without a look at its node in {@code /dev}. */
  public Optional<BlockDevice> named(String name) {
    Optional<BlockDevice> known = blockByName.get(name);
    if (known == null) {
      known = blocks().device(name);
      blockByName.put(name, known);
    }
    return known;
  }

  /**
   * The paths by which a device is found again after a restart: below {@code /dev/disk/by-id}, and
   * for a logical volume {@code /dev/vg0/lun0}.
   */
  public List<String> stableNames(BlockDevice device) {
    if (byId == null) {
      byId = blocks().stableNames();
    }
    List<String> names = new ArrayList<>(byId.getOrDefault(device.name(), List.of()));
    Optional<String> volume = blocks().volumePath(device);
    if (volume.isPresent()) {
      names.add(volume.get());
    }
    return List.copyOf(names);
  }

  /** What is at a path, which need not be a device. */
  public SysTree.FileKind fileKind(String path) {
    return tree.kind(path);
  }

  /** The PCI device at an address in any spelling; absent also when it is no address. */
  public Optional<PciDevice> pciDevice(String address) {
    Optional<PciDevice> known = pciByAddress.get(address);
    if (known == null) {
      known = pci.device(address);
      pciByAddress.put(address, known);
    }
    return known;
  }

  /** The PCI devices that offer memory to their peers. */
  public List<PciDevice> peerMemoryProviders() {
    return pci.peerMemoryProviders();
  }

  /** The memory that a PCI device offers to its peers, as far as it does. */
  public Optional<PeerMemory> peerMemory(String address) {
    return pci.peerMemory(address);
  }

  /**
   * Why the kernel does not let one PCI device use the memory that another offers; empty when it
   * does.
   */
  public Optional<String> peerBarrier(String provider, String client) {
    return new PeerReach(tree, topology, pci).barrier(provider, client);
  }

  /** How the PCI devices hang together. */
  public PciTopology topology() {
    return topology;
  }

  /** The controller memory buffer of a drive, in bytes; absent when it has none. */
  public Optional<Long> memoryBuffer(NvmeDrive drive) {
    return nvme().memoryBuffer(drive.name());
  }

  /** Whether a disk stands for several paths to one namespace (native multipath). */
  public boolean isMultipathHead(String disk) {
    return blockNames().isHead(disk);
  }

  public List<RdmaDevice> rdmaDevices() {
    if (rdmaDevices == null) {
      rdmaDevices = List.copyOf(new RdmaReader(tree).devices());
    }
    return rdmaDevices;
  }

  public List<LocalAddress> addresses() {
    if (addresses == null) {
      addresses = List.copyOf(new AddressReader(tree, rdmaDevices()).addresses());
    }
    return addresses;
  }

  /** This machine's address of that text, however IPv6 is spelled in it. */
  public Optional<LocalAddress> address(String traddr) {
    String canonical = IpText.canonical(traddr);
    for (LocalAddress address : addresses()) {
      if (address.text().equals(canonical)) {
        return Optional.of(address);
      }
    }
    return Optional.empty();
  }

  /** The TCP sockets that listen, the target's own included. */
  public List<TcpListener> tcpListeners() {
    return new SocketReader(tree).listeners();
  }

  /** The type of the file system that a path is on, such as {@code tmpfs}; empty if unknown. */
  public String fileSystem(String path) {
    return new MountReader(tree).fileSystem(path);
  }

  /** The modules that are loaded; those built into the kernel are not among them. */
  public List<KernelModule> modules() {
    if (modules == null) {
      modules = List.copyOf(kernel.loaded());
    }
    return modules;
  }

  /** A module that is loaded or built in; a dash in its name is as good as an underscore. */
  public Optional<KernelModule> module(String name) {
    String spelled = KernelReader.spelled(name);
    for (KernelModule module : modules()) {
      if (module.name().equals(spelled)) {
        return Optional.of(module);
      }
    }
    return kernel.builtIn(spelled);
  }

  /** What modprobe is told about modules, for when they are loaded next. */
  public ModuleConfig moduleConfig() {
    if (moduleConfig == null) {
      moduleConfig = new ModuleConfig(tree);
    }
    return moduleConfig;
  }

  /** The modules this kernel can have, loaded or not; empty when the machine does not tell. */
  public Optional<Set<String>> installedModules() {
    return kernel.installed();
  }

  /** What a module calls its version; vendor modules do, the kernel's own hardly ever. */
  public Optional<String> moduleVersion(String module) {
    return kernel.version(module);
  }

  /** The parameters of a module and their values now, as far as they may be read. */
  public Map<String, String> parameters(String module) {
    return kernel.parameters(module);
  }

  /** The value of a module's parameter; absent when it has none such or is not there. */
  public Optional<String> parameter(String module, String parameter) {
    return kernel.parameter(module, parameter);
  }

  public String kernelRelease() {
    return kernel.release();
  }

  /** The release of MLNX_OFED whose drivers run, {@code 4.1-1.0.2}; absent on mainline. */
  public Optional<String> ofedRelease() {
    return kernel.ofedRelease();
  }

  /**
   * How the kernel was built, {@code CONFIG_PCI_P2PDMA=y}; absent when it is nowhere to be read.
   */
  public Optional<String> kernelConfiguration() {
    return kernel.configuration();
  }

  public String hostName() {
    return kernel.hostName();
  }

  public Optional<String> kernelCommandLine() {
    return kernel.commandLine();
  }

  /** What the firmware says is memory; absent when it does not tell, as to anyone but root. */
  public Optional<List<MemoryRange>> installedMemory() {
    return kernel.installedMemory();
  }

  /** The address, in bytes, that the kernel was booted to end at; empty for none. */
  public OptionalLong memoryLimit() {
    return kernel.memoryLimit();
  }

  /** What the kernel uses as memory; absent when it does not tell, as to anyone but root. */
  public Optional<List<MemoryRange>> kernelMemory() {
    return kernel.memory();
  }

  private BlockNames blockNames() {
    if (blockNames == null) {
      blockNames = new BlockNames(tree);
    }
    return blockNames;
  }

  private BlockReader blocks() {
    if (blockReader == null) {
      blockReader = new BlockReader(tree, blockNames());
    }
    return blockReader;
  }

  private NvmeReader nvme() {
    if (nvmeReader == null) {
      nvmeReader = new NvmeReader(tree, blockNames());
    }
    return nvmeReader;
  }
}
