package io.nvmetsh.doctor;

import io.nvmetsh.device.AdapterGeneration.Offload;
import io.nvmetsh.device.BlockDevice;
import io.nvmetsh.device.Inventory;
import io.nvmetsh.device.LocalAddress;
import io.nvmetsh.device.NvmeDrive;
import io.nvmetsh.device.NvmeNamespace;
import io.nvmetsh.device.PciPath;
import io.nvmetsh.device.RdmaDevice;
import io.nvmetsh.device.Route;
import io.nvmetsh.offload.Dialect;
import io.nvmetsh.offload.OffloadView;
import io.nvmetsh.schema.Release;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What a check may look at: the machine, and of its drives and adapters those that offload could
 * use. What is mounted or part of something else is not in question, so nobody is warned of it.
 */
public record Machine(OffloadView view) {

  public Inventory inventory() {
    return view.inventory();
  }

  /** Whether the target modules are the vendor's, so that offload can be asked for at all. */
  public boolean hasOffload() {
    return view.dialect() != Dialect.NONE;
  }

  /** Whether the running kernel is that release or later. */
  public boolean isKernelFrom(int major, int minor) {
    try {
      return Release.parse(inventory().kernelRelease()).atLeast(major, minor);
    } catch (IllegalArgumentException e) {
      return false; // not a release at all
    }
  }

  /** The drives with a namespace that nothing uses but a target. */
  public List<NvmeDrive> drives() {
    List<NvmeDrive> drives = new ArrayList<>();
    for (NvmeDrive drive : inventory().drives()) {
      if (drive.namespaces().stream().anyMatch(this::isFree)) {
        drives.add(drive);
      }
    }
    return drives;
  }

  public boolean isFree(NvmeNamespace namespace) {
    Optional<BlockDevice> device = inventory().blockDevice(namespace.path());
    return device.isPresent() && !device.get().isInUse();
  }

  /** The adapters that could offload, as far as their generation tells. */
  public List<RdmaDevice> adapters() {
    List<RdmaDevice> adapters = new ArrayList<>();
    for (RdmaDevice device : inventory().rdmaDevices()) {
      if (device.offload() != Offload.INCAPABLE) {
        adapters.add(device);
      }
    }
    return adapters;
  }

  /** The addresses that a port could listen on. */
  public List<String> addresses(RdmaDevice device) {
    List<String> addresses = new ArrayList<>();
    for (LocalAddress address : inventory().addresses()) {
      boolean here = address.rdma().filter(rdma -> rdma.name().equals(device.name())).isPresent();
      if (here && !address.linkLocal() && !address.loopback()) {
        addresses.add(address.text());
      }
    }
    return addresses;
  }

  /** Whether a port could listen there now. */
  public boolean isReady(RdmaDevice device) {
    return device.isActive() && !addresses(device).isEmpty();
  }

  /** The adapters that could offload and have a link and an address. */
  public List<RdmaDevice> readyAdapters() {
    return adapters().stream().filter(this::isReady).toList();
  }

  /** The way between two PCI devices; empty when one of them is nowhere. */
  public Optional<Route> route(String address, String other) {
    Optional<PciPath> from = inventory().topology().path(address);
    Optional<PciPath> to = inventory().topology().path(other);
    return from.isPresent() && to.isPresent()
        ? Optional.of(Route.between(from.get(), to.get()))
        : Optional.empty();
  }

  /** A drive and an adapter that would serve it. */
  public record Pair(NvmeDrive drive, RdmaDevice adapter, Route route) {

    /** Empty when the firmware does not tell of one of them. */
    public Optional<Boolean> onOneNode() {
      return drive.numaNode().flatMap(node -> adapter.numaNode().map(node::equals));
    }
  }

  /**
   * The adapter nearest to a drive, of those that are ready if there are any: that needs no cable
   * and no address. Empty where none could offload.
   */
  public Optional<Pair> nearest(NvmeDrive drive) {
    List<RdmaDevice> ready = readyAdapters();
    List<Pair> pairs = new ArrayList<>();
    for (RdmaDevice adapter : ready.isEmpty() ? adapters() : ready) {
      adapter
          .pciAddress()
          .flatMap(address -> route(drive.pciAddress(), address))
          .ifPresent(route -> pairs.add(new Pair(drive, adapter, route)));
    }
    return pairs.stream().min(NEARER);
  }

  /** By where the way turns, then the node, then the distance; the first of equals. */
  public static final Comparator<Pair> NEARER =
      Comparator.comparing((Pair pair) -> pair.route().turn())
          .thenComparing(pair -> pair.onOneNode().orElse(false) ? 0 : 1)
          .thenComparing(pair -> pair.route().distance());
}
