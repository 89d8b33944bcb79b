package io.nvmetsh.plan.hazards;

import io.nvmetsh.device.SysTree.FileKind;
import io.nvmetsh.plan.Hazard;
import io.nvmetsh.plan.Scene;
import io.nvmetsh.schema.KernelFlavor;
import io.nvmetsh.tree.Namespace;
import java.util.Optional;

/** The lookup of the PCI device is called with the block device of a file, which has none. */
public record OffloadedFile() implements Hazard {

  @Override
  public String id() {
    return "HAZ-OFFLOAD-FILE";
  }

  @Override
  public String title() {
    return "an enabled namespace on a regular file in an offloaded subsystem";
  }

  @Override
  public String effect() {
    return "the driver looks for the PCI device of a file, through a null pointer";
  }

  @Override
  public String where() {
    return "MLNX_OFED 4.5 and later; before, files behind namespaces do not exist";
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
    for (Namespace namespace : scene.offloadedNamespaces()) {
      Optional<String> device = namespace.device();
      if (namespace.isEnabled()
          && device.isPresent()
          && scene.inventory().fileKind(device.get()) == FileKind.REGULAR) {
        return Optional.of(
            Trip.of(
                namespace.path(),
                device.get() + " is a file, and the subsystem is offloaded",
                OffloadedDevice.instead(namespace)));
      }
    }
    return Optional.empty();
  }
}
