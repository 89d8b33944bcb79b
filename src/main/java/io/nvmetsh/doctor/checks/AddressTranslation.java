package io.nvmetsh.doctor.checks;

import io.nvmetsh.device.IommuGroup;
import io.nvmetsh.device.NvmeDrive;
import io.nvmetsh.device.RdmaDevice;
import io.nvmetsh.doctor.Area;
import io.nvmetsh.doctor.Check;
import io.nvmetsh.doctor.Machine;
import io.nvmetsh.doctor.Observation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Whether an IOMMU stands between the drives and the adapters. */
public record AddressTranslation() implements Check {

  private static final String ABOUT = "IOMMU";
  private static final String NEEDED = "none, or pass-through";
  private static final String MEND =
      "boot the kernel with iommu=pt, or switch it off in the BIOS set-up (VT-d, AMD-Vi)";

  @Override
  public Area area() {
    return Area.WAYS;
  }

  @Override
  public List<Observation> look(Machine machine) {
    List<String> devices = new ArrayList<>();
    for (NvmeDrive drive : machine.drives()) {
      devices.add(drive.pciAddress());
    }
    for (RdmaDevice adapter : machine.adapters()) {
      adapter.pciAddress().ifPresent(devices::add);
    }
    Optional<List<String>> iommus = machine.inventory().topology().iommus();
    if (iommus.isEmpty()) {
      return List.of(byCommandLine(machine, "whether one is on the kernel does not tell"));
    }
    return iommus.get().isEmpty()
        ? List.of(Observation.ok(ABOUT, "none is on"))
        : List.of(byGroups(machine, devices));
  }

  private static Observation byGroups(Machine machine, List<String> devices) {
    List<String> translated = new ArrayList<>();
    boolean told = true;
    for (String device : devices) {
      Optional<IommuGroup> group = machine.inventory().topology().iommuGroup(device);
      told &= group.isEmpty() || group.get().type().isPresent();
      if (group.isPresent() && group.get().type().isPresent() && !group.get().isPassThrough()) {
        translated.add(device);
      }
    }
    if (!translated.isEmpty()) {
      return Observation.warning(
              "", ABOUT, "translates the addresses of " + String.join(", ", translated))
          .needs(NEEDED)
          .elsewhere(MEND);
    }
    return told
        ? Observation.ok(ABOUT, "passes through")
        : byCommandLine(machine, "is on, and whether it translates this kernel does not tell");
  }

  /** Before Linux 4.19 a group does not say what it does. */
  private static Observation byCommandLine(Machine machine, String otherwise) {
    String words = " " + machine.inventory().kernelCommandLine().orElse("") + " ";
    for (String word :
        new String[] {
          "iommu=pt", "iommu.passthrough=1", "iommu=off", "intel_iommu=off", "amd_iommu=off"
        }) {
      if (words.contains(" " + word + " ")) {
        return Observation.ok(ABOUT, word + " is on the kernel's command line");
      }
    }
    return Observation.unknown(ABOUT, otherwise).needs(NEEDED).elsewhere(MEND);
  }
}
