package io.nvmetsh.doctor.checks;

import io.nvmetsh.device.NvmeDrive;
import io.nvmetsh.doctor.Area;
import io.nvmetsh.doctor.Check;
import io.nvmetsh.doctor.Machine;
import io.nvmetsh.doctor.Machine.Pair;
import io.nvmetsh.doctor.Observation;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Whether a bridge between a drive and its adapter sends peer-to-peer traffic upwards (ACS). */
public record Redirection() implements Check {

  private static final String ABOUT = "ACS";

  @Override
  public Area area() {
    return Area.WAYS;
  }

  @Override
  public List<Observation> look(Machine machine) {
    Set<String> redirecting = new LinkedHashSet<>();
    Set<String> untold = new LinkedHashSet<>();
    int ways = 0;
    for (NvmeDrive drive : machine.drives()) {
      Optional<Pair> pair = machine.nearest(drive);
      ways += pair.isPresent() ? 1 : 0;
      for (String device : pair.map(each -> each.route().devices()).orElse(List.of())) {
        Optional<Boolean> redirects = machine.inventory().topology().redirects(device);
        if (redirects.isEmpty()) {
          untold.add(device);
        } else if (redirects.get()) {
          redirecting.add(device);
        }
      }
    }
    if (ways == 0) {
      return List.of();
    } else if (!redirecting.isEmpty()) {
      return List.of(
          Observation.warning("", ABOUT, String.join(", ", redirecting) + " redirect upwards")
              .needs("no redirection on these ways")
              .elsewhere(mend(machine, redirecting)));
    }
    return List.of(
        untold.isEmpty()
            ? Observation.ok(ABOUT, "nothing redirects on these ways")
            : Observation.unknown(ABOUT, "whether bridges redirect only root is told")
                .needs("no redirection on these ways"));
  }

  /** The words of the kernel itself, which has known the parameter since 4.19. */
  private static String mend(Machine machine, Set<String> redirecting) {
    String bios = "switch ACS off in the BIOS set-up";
    return machine.isKernelFrom(4, 19)
        ? "boot the kernel with pci=disable_acs_redir="
            + String.join(";", redirecting)
            + ", or "
            + bios
        : bios;
  }
}
