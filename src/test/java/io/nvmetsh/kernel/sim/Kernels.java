package io.nvmetsh.kernel.sim;

import io.nvmetsh.device.KernelModule;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.OptionalLong;

/** Simulated kernels for tests: on any world, always with the same random numbers. */
final class Kernels {

  private Kernels() {}

  static SimKernel start(SimProfile profile, SimWorld world) {
    return start(profile, world, List.of("nvme", "nvmet"));
  }

  static SimKernel start(SimProfile profile, SimWorld world, Collection<String> modules) {
    List<KernelModule> loaded = new ArrayList<>();
    for (String module : modules) {
      loaded.add(new KernelModule(module, false, 0, List.of()));
    }
    SimLog log = new SimLog(profile);
    return SimKernel.start(
        profile,
        world,
        new SimModules(profile, log, new MemoryMap(List.of()), "", loaded),
        log,
        new SimRandom(OptionalLong.of(1), 0));
  }
}
