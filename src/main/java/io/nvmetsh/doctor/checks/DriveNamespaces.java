package io.nvmetsh.doctor.checks;

import io.nvmetsh.device.BlockDevice;
import io.nvmetsh.device.NvmeDrive;
import io.nvmetsh.device.NvmeNamespace;
import io.nvmetsh.doctor.Area;
import io.nvmetsh.doctor.Check;
import io.nvmetsh.doctor.Machine;
import io.nvmetsh.doctor.Observation;
import io.nvmetsh.offload.Dialect;
import io.nvmetsh.plan.Hazard;
import io.nvmetsh.plan.Hazards;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The namespaces of the drives: which could be offloaded as they are. */
public record DriveNamespaces() implements Check {

  @Override
  public Area area() {
    return Area.DRIVES;
  }

  @Override
  public List<Observation> look(Machine machine) {
    List<NvmeDrive> drives = machine.inventory().drives();
    if (drives.isEmpty()) {
      return List.of(
          Observation.impossible("OFF-NS-PLAIN", "drives", "there is no NVMe drive on the PCI bus")
              .needs("one: the hardware speaks to nothing else"));
    }
    List<Observation> seen = new ArrayList<>();
    for (NvmeDrive drive : drives) {
      if (!drive.state().equals("live") && !drive.state().isEmpty()) {
        seen.add(
            Observation.warning("", drive.name(), "its controller is " + drive.state())
                .needs("a live one")
                .elsewhere("nvme reset " + drive.path()));
      }
      if (drive.namespaces().isEmpty()) {
        seen.add(Observation.note(drive.name(), drive.model() + ", without a namespace"));
      }
      for (NvmeNamespace namespace : drive.namespaces()) {
        seen.addAll(observe(machine, namespace));
      }
    }
    return seen;
  }

  private static List<Observation> observe(Machine machine, NvmeNamespace namespace) {
    Optional<BlockDevice> device = machine.inventory().blockDevice(namespace.path());
    if (!machine.isFree(namespace)) {
      return List.of(Observation.note(namespace.name(), uses(device) + "; not looked at further"));
    }
    List<Observation> wrong = machine.hasOffload() ? wrong(machine, namespace) : new ArrayList<>();
    if (device.isPresent() && !device.get().partitions().isEmpty()) {
      wrong.add(
          Observation.note(
              namespace.name(),
              "has partitions: offload takes the whole of it, not "
                  + String.join(", ", device.get().partitions())));
    }
    return wrong.isEmpty()
        ? List.of(
            Observation.ok(
                namespace.name(),
                "free, nsid "
                    + namespace.nsid().map(String::valueOf).orElse("unknown")
                    + ", blocks of "
                    + namespace.blockBytes()
                    + " bytes"))
        : wrong;
  }

  private static String uses(Optional<BlockDevice> device) {
    List<String> uses = new ArrayList<>();
    if (device.isPresent()) {
      for (BlockDevice.Use use : device.get().uses()) {
        uses.add(use.describe(device.get().name()));
      }
    }
    return uses.isEmpty() ? "without a medium" : String.join(", ", uses);
  }

  private static List<Observation> wrong(Machine machine, NvmeNamespace namespace) {
    List<Observation> wrong = new ArrayList<>();
    if (namespace.nsid().filter(nsid -> nsid != 1).isPresent()) {
      hazard(machine, "HAZ-OFFLOAD-NSID", namespace, "is nsid " + namespace.nsid().get())
          .ifPresent(seen -> wrong.add(seen.needs("nsid 1, or MLNX_OFED 4.4")));
    }
    if (namespace.blockBytes() != 512) {
      hazard(
              machine,
              "HAZ-OFFLOAD-4K",
              namespace,
              "has blocks of " + namespace.blockBytes() + " bytes")
          .ifPresent(
              seen ->
                  wrong.add(
                      seen.needs("blocks of 512 bytes, or MLNX_OFED 5.5")
                          .elsewhere("nvme format (which erases it), or later drivers")));
    }
    if (machine.inventory().isMultipathHead(namespace.name()) && isHeadUnknown(machine)) {
      wrong.add(
          Observation.warning("", namespace.name(), "stands for paths (native multipath)")
              .needs("MLNX_OFED 4.5, or no multipath: earlier drivers find no drive behind it")
              .elsewhere("boot the kernel with nvme_core.multipath=N"));
    }
    return wrong;
  }

  /** What this release does not survive with such a namespace. */
  private static Optional<Observation> hazard(
      Machine machine, String id, NvmeNamespace namespace, String found) {
    Hazard hazard = Hazards.find(id).orElseThrow();
    return hazard.isIn(machine.view().flavor())
        ? Optional.of(Observation.warning(id, namespace.name(), found + "; " + hazard.effect()))
        : Optional.empty();
  }

  /** Before 4.5 the driver looks for a PCI device right below the block device. */
  private static boolean isHeadUnknown(Machine machine) {
    return machine.view().dialect() == Dialect.ATTR_OFFLOAD && machine.view().isBefore(4, 5);
  }
}
