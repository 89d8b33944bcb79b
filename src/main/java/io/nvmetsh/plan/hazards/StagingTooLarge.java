package io.nvmetsh.plan.hazards;

import io.nvmetsh.plan.Change;
import io.nvmetsh.plan.Hazard;
import io.nvmetsh.plan.KernelNumber;
import io.nvmetsh.plan.Scene;
import io.nvmetsh.schema.KernelFlavor;
import io.nvmetsh.schema.NvmetPath;
import java.util.Map;
import java.util.Optional;

/** The byte size of the staging memory is computed in 32 bits. */
public record StagingTooLarge() implements Hazard {

  /** The largest {@code offload_mem_size} that does no harm. */
  public static final long MOST_MIB = 4095;

  @Override
  public String id() {
    return "HAZ-STAGING-4G";
  }

  @Override
  public String title() {
    return "load nvmet_rdma with an offload_mem_size of 4096 MiB or more";
  }

  @Override
  public String effect() {
    return "32-bit arithmetic wraps: the check of the range passes and buffers lie on top of each"
        + " other";
  }

  @Override
  public String where() {
    return "all MLNX_OFED";
  }

  @Override
  public Evidence evidence() {
    return Evidence.READ;
  }

  @Override
  public boolean isIn(KernelFlavor flavor) {
    return true;
  }

  @Override
  public Optional<Trip> trip(Scene scene) {
    if (!(scene.change() instanceof Change.OfModule module)) {
      return Optional.empty();
    }
    String size = values(module).getOrDefault("offload_mem_size", "0");
    if (KernelNumber.parse(size).orElse(0) <= MOST_MIB) {
      return Optional.empty();
    }
    return Optional.of(
        Trip.of(
            NvmetPath.ROOT,
            "module " + module.name() + ": offload_mem_size=" + size + " is more than 4095 MiB",
            "choose a smaller size:  offload_mem_size=2048"));
  }

  /** What is written down for the next time it is loaded is what it is loaded with. */
  private static Map<String, String> values(Change.OfModule change) {
    if (change instanceof Change.LoadModule load) {
      return load.parameters();
    }
    return change instanceof Change.SetOptions set ? set.options() : Map.of();
  }
}
