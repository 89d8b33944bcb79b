package io.nvmetsh.kernel.sim;

import io.nvmetsh.device.SysTree.FileKind;
import io.nvmetsh.kernel.sim.SimWorld.Place;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToIntFunction;

/** How often the target uses a module, which keeps it from being unloaded. */
record ModuleUsers(Nvmet nvmet) implements ToIntFunction<String> {

  @Override
  public int applyAsInt(String module) {
    return switch (module) {
      case Nvmet.NAME -> hasObjects() ? 1 : 0;
      case "nvme", "nvme_core" -> openDrives();
      default -> enabledPorts(module);
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

  private int openDrives() {
    int open = 0;
    Map<String, Boolean> known = new HashMap<>();
    for (SimNode subsystem : nvmet.root().group("subsystems").children()) {
      if (Nvmet.isPassthru(subsystem)) {
        open++;
      }
      for (SimNode namespace : subsystem.group("namespaces").children()) {
        if (namespace.flag("enable")
            && known.computeIfAbsent(namespace.value("device_path"), this::isDrive)) {
          open++;
        }
      }
    }
    return open;
  }

  private boolean isDrive(String path) {
    Place place = nvmet.world().at(Page.text(path));
    return place.kind() == FileKind.BLOCK_DEVICE && place.nvme().isPresent();
  }

  private int enabledPorts(String module) {
    int enabled = 0;
    for (SimNode port : nvmet.root().group("ports").children()) {
      Optional<Transport> transport = Transport.of(port.value("addr_trtype"));
      if (Nvmet.isEnabled(port)
          && transport.isPresent()
          && transport.get().module().equals(module)) {
        enabled++;
      }
    }
    return enabled;
  }
}
