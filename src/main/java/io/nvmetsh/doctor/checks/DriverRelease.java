package io.nvmetsh.doctor.checks;

import io.nvmetsh.doctor.Area;
import io.nvmetsh.doctor.Check;
import io.nvmetsh.doctor.Machine;
import io.nvmetsh.doctor.Observation;
import io.nvmetsh.offload.Finding;
import io.nvmetsh.offload.OffloadRules;
import io.nvmetsh.schema.Release;
import java.util.List;
import java.util.Optional;

/** The vendor's drivers, and whether they came with target modules. */
public record DriverRelease() implements Check {

  private static final String RULE = "OFF-VER-OFED";

  @Override
  public Area area() {
    return Area.SOFTWARE;
  }

  @Override
  public List<Observation> look(Machine machine) {
    Optional<String> release = machine.inventory().ofedRelease();
    List<Finding> findings = OffloadRules.find(RULE).orElseThrow().machine(machine.view());
    if (findings.isEmpty()) {
      return List.of(
          Observation.ok(
              "drivers",
              machine.view().flavor().describe()
                  + release.map(text -> ", mlx5_core " + text).orElse("")));
    }
    return List.of(
        release.isPresent()
            ? Observation.impossible(
                    RULE,
                    "drivers",
                    "MLNX_OFED " + release.get() + " is installed without its target modules")
                .elsewhere("install it again:  mlnxofedinstall --with-nvmf")
            : Observation.of(findings.get(0))
                .at(Observation.Level.IMPOSSIBLE)
                .elsewhere(install(machine)));
  }

  private static String install(Machine machine) {
    Release first = SupportedKernels.firstWithoutAny();
    return (machine.isKernelFrom(first.major(), first.minor())
            ? "boot a kernel before "
                + first
                + ": no release known has target modules for later ones; "
            : "")
        + "install the vendor's drivers:  mlnxofedinstall --with-nvmf, with --add-kernel-support"
        + " where they know no modules for this kernel";
  }
}
