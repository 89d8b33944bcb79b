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

/** The kernel that runs: new enough for offload, and not too new for the drivers installed. */
public record KernelSupported() implements Check {

  private static final String RULE = "OFF-VER-KERNEL";

  @Override
  public Area area() {
    return Area.SOFTWARE;
  }

  @Override
  public List<Observation> look(Machine machine) {
    String running = machine.inventory().kernelRelease();
    List<Finding> findings = OffloadRules.find(RULE).orElseThrow().machine(machine.view());
    if (!findings.isEmpty()) {
      return List.of(
          Observation.of(findings.get(0))
              .at(Observation.Level.IMPOSSIBLE)
              .elsewhere("boot a later kernel"));
    }
    Optional<String> ofed = machine.inventory().ofedRelease();
    if (ofed.isEmpty()) {
      return List.of(Observation.ok("kernel", "Linux " + running));
    }
    Optional<Release> first = SupportedKernels.firstWithout(ofed.get());
    if (first.isEmpty()) {
      return List.of(
          Observation.unknown(
              "kernel",
              "Linux "
                  + running
                  + "; up to which kernel "
                  + ofed.get()
                  + " has target modules is not known"));
    }
    String bound = ofed.get() + " has target modules for kernels before " + first.get();
    return machine.isKernelFrom(first.get().major(), first.get().minor())
        ? List.of(
            Observation.warning(RULE, "kernel", "Linux " + running)
                .needs(
                    "one before " + first.get() + ": beyond, " + ofed.get() + " puts a stub there")
                .elsewhere("boot an earlier kernel, or install a later release of the drivers"))
        : List.of(Observation.ok("kernel", "Linux " + running + "; " + bound));
  }
}
