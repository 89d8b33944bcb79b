package io.nvmetsh.plan.hazards;

import io.nvmetsh.device.BlockDevice;
import io.nvmetsh.plan.Hazard;
import io.nvmetsh.plan.Scene;
import io.nvmetsh.schema.KernelFlavor;
import java.util.Optional;

/** The driver resolves a partition to its drive and never tells the hardware where it begins. */
public record OffloadedPartition() implements Hazard {

  @Override
  public String id() {
    return "HAZ-OFFLOAD-PARTITION";
  }

  @Override
  public String title() {
    return "offload of a namespace on a partition";
  }

  @Override
  public String effect() {
    return "there is no error: hosts address the whole drive from its first block, and overwrite"
        + " the other partitions";
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
    return OffloadedDevice.trip(
        scene,
        (seen, device) ->
            device.kind() == BlockDevice.Kind.PARTITION
                ? Optional.of("is a partition of " + device.disk().orElse("a drive"))
                : Optional.empty());
  }
}
