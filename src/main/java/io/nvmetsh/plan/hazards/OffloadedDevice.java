package io.nvmetsh.plan.hazards;

import io.nvmetsh.device.BlockDevice;
import io.nvmetsh.plan.Change;
import io.nvmetsh.plan.Hazard.Trip;
import io.nvmetsh.plan.Scene;
import io.nvmetsh.plan.TypedLines;
import io.nvmetsh.schema.PciAddress;
import io.nvmetsh.schema.Quoting;
import io.nvmetsh.tree.Namespace;
import java.util.Optional;
import java.util.function.BiFunction;

/** What the hazards of an offloaded namespace on the wrong block device have in common. */
final class OffloadedDevice {

  private OffloadedDevice() {}

  /**
   * Finds a namespace that the change would leave offloaded, or asking for it, on a device that is
   * wrong. It need not be enabled: with these the data is at stake, and the next step is easy.
   *
   * @param wrong says what is wrong with a device, as a clause behind its name; empty for nothing
   */
  static Optional<Trip> trip(Scene scene, BiFunction<Scene, BlockDevice, Optional<String>> wrong) {
    for (Namespace namespace : scene.offloadedNamespaces()) {
      if (!namespace.asksForOffload()) {
        continue; // beside one that does
      }
      Optional<BlockDevice> device = namespace.device().flatMap(scene.inventory()::blockDevice);
      Optional<String> clause = device.flatMap(each -> wrong.apply(scene, each));
      if (clause.isPresent()) {
        String path = namespace.device().orElse("");
        return Optional.of(
            Trip.of(
                namespace.path(),
                path + " " + clause.get() + ", and offload is asked for",
                instead(namespace)));
      }
    }
    return Optional.empty();
  }

  /** How to have the namespace without offload. */
  static String instead(Namespace namespace) {
    if (namespace.pciAddress().isPresent()) {
      // not cleared in place: while it is enabled the driver does not let go of the address
      return "without offload it can be exported, made anew:  "
          + TypedLines.of(new Change.Create(namespace.path()))
          + namespace.device().map(path -> " " + Quoting.assignment("device_path", path)).orElse("")
          + " "
          + Quoting.assignment("pci_device_path", PciAddress.CLEAR);
    }
    return "without offload it can be exported, unlinked:  "
        + TypedLines.set(namespace.subsystem().path(), "attr_offload", "0");
  }
}
