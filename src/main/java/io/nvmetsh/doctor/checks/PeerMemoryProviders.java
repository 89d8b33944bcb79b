package io.nvmetsh.doctor.checks;

import io.nvmetsh.device.NvmeDrive;
import io.nvmetsh.device.PciDevice;
import io.nvmetsh.device.PeerMemory;
import io.nvmetsh.device.RdmaDevice;
import io.nvmetsh.doctor.Area;
import io.nvmetsh.doctor.Check;
import io.nvmetsh.doctor.Machine;
import io.nvmetsh.doctor.Observation;
import io.nvmetsh.schema.Feature;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Memory that PCI devices offer to their peers: what a namespace's {@code p2pmem} needs, which is
 * mainline's and has nothing to do with offload.
 */
public record PeerMemoryProviders() implements Check {

  private static final long MIB = 1 << 20;

  @Override
  public Area area() {
    return Area.PEER_MEMORY;
  }

  @Override
  public List<Observation> look(Machine machine) {
    List<Observation> seen = new ArrayList<>();
    for (NvmeDrive drive : machine.inventory().drives()) {
      Optional<Long> buffer = machine.inventory().memoryBuffer(drive);
      if (buffer.isPresent()) {
        seen.add(
            Observation.note(
                drive.name(),
                "has a controller memory buffer of "
                    + size(buffer.get())
                    + (machine.hasOffload() ? ", which offload does not use" : "")));
      }
    }
    if (!machine.view().flavor().linux().atLeast(4, 20)) {
      return seen;
    }
    List<PciDevice> providers = machine.inventory().peerMemoryProviders();
    if (machine.hasOffload() && providers.isEmpty()) {
      return seen; // offload is what such a machine is for
    } else if (!machine.view().flavor().has(Feature.P2PDMA)) {
      seen.add(Observation.note("p2pmem", "this kernel is built without CONFIG_PCI_P2PDMA"));
    } else if (providers.isEmpty()) {
      seen.add(Observation.note("p2pmem", "no device offers memory to its peers"));
    }
    for (PciDevice provider : providers) {
      machine
          .inventory()
          .peerMemory(provider.address())
          .ifPresent(memory -> seen.add(observe(machine, provider.address(), memory)));
    }
    return seen;
  }

  private static Observation observe(Machine machine, String provider, PeerMemory memory) {
    String found =
        "offers "
            + size(memory.size())
            + memory.available().map(bytes -> ", " + size(bytes) + " of it available").orElse("");
    if (memory.published().isEmpty()) {
      return Observation.unknown(provider, found + "; whether it is published is not told");
    } else if (!memory.published().get()) {
      return Observation.note(
          provider, found + ", not published: p2pmem=" + provider + " is refused (ENODEV)");
    }
    List<String> ways = ways(machine, provider);
    return Observation.ok(
        provider, found + ", published" + (ways.isEmpty() ? "" : "; " + String.join("; ", ways)));
  }

  /** Which devices can use the memory and which way that goes, those alike together. */
  private static List<String> ways(Machine machine, String provider) {
    Map<String, List<String>> alike = new LinkedHashMap<>();
    List<String> without = new ArrayList<>();
    for (NvmeDrive drive : machine.inventory().drives()) {
      alike
          .computeIfAbsent(way(machine, provider, drive.pciAddress()), way -> new ArrayList<>())
          .add(drive.name());
    }
    for (RdmaDevice adapter : machine.inventory().rdmaDevices()) {
      if (adapter.pciAddress().isEmpty()) {
        without.add(adapter.name() + " is no PCI device and takes no part");
        continue;
      }
      String way = way(machine, provider, adapter.pciAddress().get());
      alike.computeIfAbsent(way, each -> new ArrayList<>()).add(adapter.name());
    }
    List<String> ways = new ArrayList<>();
    alike.forEach((way, names) -> ways.add(String.join(", ", names) + way));
    ways.addAll(without);
    return ways;
  }

  /** Whether the memory can be used by the device, and which way that goes. */
  private static String way(Machine machine, String provider, String address) {
    Optional<String> barrier = machine.inventory().peerBarrier(provider, address);
    if (barrier.isPresent()) {
      return " cannot use it: " + barrier.get();
    }
    return machine
        .route(provider, address)
        .map(
            route ->
                route.distance() == 0
                    ? " itself"
                    : " through " + route.turn().words() + ", distance " + route.distance())
        .orElse(" can use it");
  }

  private static String size(long bytes) {
    return bytes % MIB == 0 ? bytes / MIB + " MiB" : bytes / 1024 + " KiB";
  }
}
