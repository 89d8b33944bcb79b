package io.nvmetsh.doctor.checks;

import io.nvmetsh.device.Inventory;
import io.nvmetsh.device.KernelModule;
import io.nvmetsh.doctor.Area;
import io.nvmetsh.doctor.Check;
import io.nvmetsh.doctor.Machine;
import io.nvmetsh.doctor.Observation;
import io.nvmetsh.offload.Finding;
import io.nvmetsh.offload.OffloadRules;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The modules of a target: loaded, and whose they are. */
public record TargetModules() implements Check {

  private static final List<String> MODULES = List.of("nvme", "nvmet", "nvmet_rdma");

  @Override
  public Area area() {
    return Area.SOFTWARE;
  }

  @Override
  public List<Observation> look(Machine machine) {
    List<Observation> seen = new ArrayList<>();
    List<String> said = new ArrayList<>();
    if (machine.hasOffload()) {
      for (Finding finding :
          OffloadRules.find("OFF-VER-MOD").orElseThrow().machine(machine.view())) {
        seen.add(told(machine.inventory(), finding.path(), Observation.of(finding)));
        said.add(finding.path());
      }
    }
    for (String name : MODULES) {
      Optional<KernelModule> module = machine.inventory().module(name);
      if (said.contains(name)) {
        continue;
      }
      seen.add(
          module.isEmpty()
              ? Observation.note(name, "not loaded").mend(List.of("modules load " + name))
              : Observation.ok(name, state(machine, module.get())));
    }
    return seen;
  }

  private static String state(Machine machine, KernelModule module) {
    String state = module.builtIn() ? "built into the kernel" : "loaded";
    return machine.hasOffload() && isVendors(machine.inventory(), module.name())
        ? state + ", MLNX_OFED's"
        : state;
  }

  /** What has no parameter of its own uses the vendor's mlx_compat, as all its modules do. */
  private static boolean isVendors(Inventory inventory, String name) {
    return !name.equals("nvmet")
        || inventory
            .module("mlx_compat")
            .filter(module -> module.holders().contains(name))
            .isPresent();
  }

  /** Whose module it is that is not the vendor's, as far as that can be told. */
  private static Observation told(Inventory inventory, String name, Observation observation) {
    Optional<KernelModule> module = inventory.module(name);
    if (module.isEmpty()) {
      return observation;
    }
    if (module.get().builtIn()) {
      return observation.elsewhere(
          "built into this kernel, so that no other can take its place: boot one with it as a"
              + " module");
    }
    return isStub(inventory, name)
        ? Observation.warning(
                observation.rule(), name, "a stub: it is loaded and uses nothing of nvmet")
            .needs("the vendor's nvmet_rdma; until then no port over RDMA can be linked")
            .elsewhere(
                "boot a kernel that the release has target modules for, or install it again: "
                    + " mlnxofedinstall --with-nvmf --add-kernel-support")
        : observation.elsewhere("install the vendor's:  mlnxofedinstall --with-nvmf");
  }

  /** The stub replaces nvmet_rdma where the release does not know the kernel; it does nothing. */
  private static boolean isStub(Inventory inventory, String name) {
    return name.equals("nvmet_rdma")
        && inventory
            .module("nvmet")
            .filter(nvmet -> !nvmet.builtIn() && !nvmet.holders().contains(name))
            .isPresent();
  }
}
