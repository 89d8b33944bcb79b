package io.nvmetsh.plan.hazards;

import io.nvmetsh.plan.Hazard;
import io.nvmetsh.plan.Scene;
import io.nvmetsh.schema.KernelFlavor;
import java.util.Optional;

/** Before 5.5 the driver tells the hardware a block size of 0, which can only mean 512. */
public record OffloadedLargeBlocks() implements Hazard {

  private static final int USUAL = 512;

  @Override
  public String id() {
    return "HAZ-OFFLOAD-4K";
  }

  @Override
  public String title() {
    return "offload of a drive formatted with blocks other than 512 bytes";
  }

  @Override
  public String effect() {
    return "the hardware is told a block size of 0, and reads and writes at the wrong places";
  }

  @Override
  public String where() {
    return "MLNX_OFED before 5.5";
  }

  @Override
  public Evidence evidence() {
    return Evidence.READ;
  }

  @Override
  public boolean isIn(KernelFlavor flavor) {
    return flavor.ofed().isEmpty() || !flavor.ofed().get().atLeast(5, 5);
  }

  @Override
  public Optional<Trip> trip(Scene scene) {
    return OffloadedDevice.trip(
        scene,
        (seen, device) ->
            device.blockBytes() != USUAL
                ? Optional.of("has blocks of " + device.blockBytes() + " bytes")
                : Optional.empty());
  }
}
