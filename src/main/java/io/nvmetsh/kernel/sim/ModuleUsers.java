package io.nvmetsh.kernel.sim;

import io.nvmetsh.device.SysTree.FileKind;
import io.nvmetsh.kernel.sim.SimWorld.Place;
import java.util.Optional;
import java.util.function.Predicate;

/** Whether the target keeps a module from being unloaded. */
record ModuleUsers(Nvmet nvmet) implements Predicate<String> {

  @Override
  public boolean test(String module) {
    return switch (module) {
      case Nvmet.NAME -> hasObjects();
      case "nvme", "nvme_core" -> usesDrives();
      default -> hasEnabledPort(module);
    };
  }

  /** Every directory that someone made pins the module (configfs_mkdir). */
  private boolean hasObjects() {
    for (SimNode group : nvmet.root().children()) {
      if (!group.children().isEmpty()) {
        return true;
      }
    }
    return false;
  }

  private boolean usesDrives() {
    for (SimNode subsystem : nvmet.root().group("subsystems").children()) {
      if (Nvmet.isPassthru(subsystem)) {
        return true;
      }
      for (SimNode namespace : subsystem.group("namespaces").children()) {
        if (namespace.flag("enable")) {
          Place place = nvmet.world().at(Page.text(namespace.value("device_path")));
          if (place.kind() == FileKind.BLOCK_DEVICE && place.nvme().isPresent()) {
            return true;
          }
        }
      }
    }
    return false;
  }

  private boolean hasEnabledPort(String module) {
    for (SimNode port : nvmet.root().group("ports").children()) {
      Optional<Transport> transport = Transport.of(port.value("addr_trtype"));
      if (Nvmet.isEnabled(port)
          && transport.isPresent()
          && transport.get().module().equals(module)) {
        return true;
      }
    }
    return false;
  }
}
