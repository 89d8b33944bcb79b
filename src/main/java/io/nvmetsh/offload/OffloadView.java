package io.nvmetsh.offload;

import io.nvmetsh.device.AdapterGeneration.Offload;
import io.nvmetsh.device.BlockDevice;
import io.nvmetsh.device.Inventory;
import io.nvmetsh.device.LocalAddress;
import io.nvmetsh.device.ModuleOption;
import io.nvmetsh.device.NvmeDrive;
import io.nvmetsh.device.NvmeNamespace;
import io.nvmetsh.plan.Change;
import io.nvmetsh.schema.KernelFlavor;
import io.nvmetsh.schema.NvmetPath;
import io.nvmetsh.tree.Namespace;
import io.nvmetsh.tree.Port;
import io.nvmetsh.tree.Subsystem;
import io.nvmetsh.tree.TargetTree;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What a rule may look at: the target and the machine, in offload's words. */
public final class OffloadView {

  private final TargetTree tree;
  private final Inventory inventory;
  private final Dialect dialect;

  public OffloadView(TargetTree tree, Inventory inventory) {
    this.tree = tree;
    this.inventory = inventory;
    this.dialect = Dialect.of(tree);
  }

  public TargetTree tree() {
    return tree;
  }

  public Inventory inventory() {
    return inventory;
  }

  public KernelFlavor flavor() {
    return tree.flavor();
  }

  public Dialect dialect() {
    return dialect;
  }

  /**
   * What a module gets when it is loaded so, or once it is loaded after its options are set so:
   * what modprobe is told, and what is asked for; empty when the change is no such thing to it.
   */
  public Optional<Map<String, String>> given(Change change, String module) {
    if (!(change instanceof Change.OfModule of) || !of.name().replace('-', '_').equals(module)) {
      return Optional.empty();
    }
    Map<String, String> given = new TreeMap<>();
    for (ModuleOption option : inventory.moduleConfig().options(module).values()) {
      given.put(option.parameter(), option.value());
    }
    if (change instanceof Change.LoadModule load) {
      given.putAll(load.parameters());
      return Optional.of(given);
    } else if (change instanceof Change.SetOptions set) {
      given.putAll(set.options());
      return Optional.of(given);
    }
    return Optional.empty();
  }

  /** Whether the vendor's driver is older than that release. */
  public boolean isBefore(int major, int minor) {
    return flavor().ofed().filter(ofed -> !ofed.atLeast(major, minor)).isPresent();
  }

  public Subsystem subsystem(NvmetPath path) {
    return new Subsystem(tree, path);
  }

  public Port port(NvmetPath path) {
    return new Port(tree, path);
  }

  /** All subsystems, or this one alone where there are very many. */
  public List<Subsystem> subsystemsAround(Subsystem subsystem) {
    return tree.isLarge(NvmetPath.of("subsystems")) ? List.of(subsystem) : subsystems();
  }

  /** All subsystems; none where there are very many. */
  public List<Subsystem> subsystems() {
    NvmetPath group = NvmetPath.of("subsystems");
    List<Subsystem> all = new ArrayList<>();
    for (String name : tree.isLarge(group) ? List.<String>of() : tree.directories(group)) {
      all.add(subsystem(group.child(name)));
    }
    return all;
  }

  /** All ports; none where there are very many. */
  public List<Port> ports() {
    NvmetPath group = NvmetPath.of("ports");
    List<Port> all = new ArrayList<>();
    for (String name : tree.isLarge(group) ? List.<String>of() : tree.directories(group)) {
      all.add(port(group.child(name)));
    }
    return all;
  }

  /** Whether a port exports a subsystem that asks for offload. */
  public boolean asksForOffload(Port port) {
    for (Subsystem subsystem : port.subsystems()) {
      if (subsystem.asksForOffload()) {
        return true;
      }
    }
    return false;
  }

  /** The drive behind a namespace; empty when there is no single one. */
  public Optional<NvmeDrive> drive(Namespace namespace) {
    return namespace.device().flatMap(inventory::driveBehind);
  }

  /** The block device behind a namespace. */
  public Optional<BlockDevice> device(Namespace namespace) {
    return namespace.device().flatMap(inventory::blockDevice);
  }

  /** This machine's address that a port listens on. */
  public Optional<LocalAddress> listening(Port port) {
    return port.address().isEmpty() ? Optional.empty() : inventory.address(port.address());
  }

  /** An address, of that family if there is one, on an adapter that can offload. */
  public Optional<LocalAddress> capableAddress(String family) {
    Optional<LocalAddress> other = Optional.empty();
    for (LocalAddress address : inventory.addresses()) {
      boolean capable =
          address.rdma().filter(rdma -> rdma.offload() == Offload.CAPABLE).isPresent();
      if (capable && address.up() && !address.linkLocal() && !address.loopback()) {
        if (address.isIpv6() == family.equals("ipv6")) {
          return Optional.of(address);
        }
        other = other.isPresent() ? other : Optional.of(address);
      }
    }
    return other;
  }

  /** A whole drive that nothing uses and that can be offloaded, with its address. */
  public Optional<FreeDrive> freeDrive() {
    for (NvmeDrive drive : inventory.drives()) {
      for (NvmeNamespace namespace : drive.namespaces()) {
        Optional<BlockDevice> device = inventory.blockDevice(namespace.path());
        boolean fits =
            drive.p2pQueues().orElse(0) > 0
                && namespace.nsid().orElse(0L) == 1
                && namespace.blockBytes() == 512;
        if (fits && device.isPresent() && !device.get().isInUse() && !isExported(device.get())) {
          return Optional.of(new FreeDrive(namespace.path(), drive.pciAddress()));
        }
      }
    }
    return Optional.empty();
  }

  /** A device that a namespace could be put on. */
  public record FreeDrive(String path, String pciAddress) {}

  private boolean isExported(BlockDevice device) {
    for (Subsystem subsystem : subsystemsAround(subsystem(NvmetPath.ROOT))) {
      for (Namespace namespace : subsystem.namespaces()) {
        if (device(namespace).filter(other -> other.name().equals(device.name())).isPresent()) {
          return true;
        }
      }
    }
    return false;
  }

  /** How many peer-to-peer queues a port takes for each namespace of each subsystem. */
  public long queues(Port port) {
    String value = tree.value(port.path(), "param_offload_queues", "1");
    try {
      return Long.parseLong(value);
    } catch (NumberFormatException e) {
      return 1;
    }
  }
}
