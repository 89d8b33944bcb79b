package io.nvmetsh.plan.hazards;

import io.nvmetsh.plan.Change;
import io.nvmetsh.plan.Hazard;
import io.nvmetsh.plan.Scene;
import io.nvmetsh.plan.TypedLines;
import io.nvmetsh.schema.KernelFlavor;
import io.nvmetsh.schema.NodeKind;
import io.nvmetsh.tree.Namespace;
import java.util.Optional;

/**
 * Disabling a namespace gives back the driver's reference to its PCI device but keeps the pointer,
 * so the next enable or store gives back one that it does not own. Once disabled, the namespace
 * looks like one that was never enabled: the first step is the only one that can be recognised, and
 * is the one that is refused.
 */
public record PciReenable() implements Hazard {

  @Override
  public String id() {
    return "HAZ-PCI-REENABLE";
  }

  @Override
  public String title() {
    return "disable a namespace with pci_device_path, then enable it or set the address again";
  }

  @Override
  public String effect() {
    return "enabled again, or given an address again, it would release a PCI device that it no longer"
        + " holds, and nothing shows afterwards that it must not be";
  }

  @Override
  public String where() {
    return "MLNX_OFED 4.1 and 4.2, which alone have pci_device_path";
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
    Optional<Change.SetAttribute> set = scene.write(NodeKind.NAMESPACE, "enable");
    if (set.isEmpty() || !set.get().value().equals("0")) {
      return Optional.empty();
    }
    Namespace namespace = new Namespace(scene.before(), set.get().path().parent());
    if (!namespace.isEnabled() || namespace.pciAddress().isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        Trip.of(
            namespace.path(),
            "a namespace with pci_device_path is not disabled",
            "hosts lose it just so when it is deleted:  "
                + TypedLines.of(new Change.Delete(namespace.path())),
            "and this brings it back:  " + TypedLines.anew(scene.before(), namespace.path())));
  }
}
