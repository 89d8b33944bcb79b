package io.nvmetsh.plan.hazards;

import io.nvmetsh.device.BlockDevice;
import io.nvmetsh.device.NvmeDrive;
import io.nvmetsh.device.NvmeNamespace;
import io.nvmetsh.plan.Hazard;
import io.nvmetsh.plan.Scene;
import io.nvmetsh.schema.KernelFlavor;
import java.util.Optional;

/** Early drivers address nsid 1 of the drive, whichever namespace was meant. */
public record OffloadedOtherNsid() implements Hazard {

  @Override
  public String id() {
    return "HAZ-OFFLOAD-NSID";
  }

  @Override
  public String title() {
    return "offload of a drive's namespace whose own nsid is not 1";
  }

  @Override
  public String effect() {
    return "the hardware addresses the drive's namespace 1 instead, and hosts overwrite that";
  }

  @Override
  public String where() {
    return "MLNX_OFED 4.1, 4.2 (not 4.2-1.5.1) and 4.3";
  }

  @Override
  public Evidence evidence() {
    return Evidence.READ;
  }

  @Override
  public boolean isIn(KernelFlavor flavor) {
    return flavor.ofed().isEmpty() || !flavor.ofed().get().atLeast(4, 4);
  }

  @Override
  public Optional<Trip> trip(Scene scene) {
    return OffloadedDevice.trip(scene, OffloadedOtherNsid::other);
  }

  private static Optional<String> other(Scene scene, BlockDevice device) {
    Optional<NvmeDrive> drive = scene.inventory().driveBehind(device.path());
    Optional<Long> nsid =
        drive.flatMap(each -> each.namespace(device.name())).flatMap(NvmeNamespace::nsid);
    return nsid.filter(number -> number != 1)
        .map(number -> "is namespace " + number + " of its drive");
  }
}
