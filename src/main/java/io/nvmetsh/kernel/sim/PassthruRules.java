package io.nvmetsh.kernel.sim;

import io.nvmetsh.device.SysTree.FileKind;
import io.nvmetsh.kernel.Errno;
import io.nvmetsh.kernel.sim.SimWorld.NvmeDevice;
import io.nvmetsh.kernel.sim.SimWorld.Place;
import java.util.Optional;

/** A whole NVMe controller handed through instead of namespaces. */
record PassthruRules(Nvmet nvmet, DeviceFiles files) implements Rules {

  /** What a simulated controller says of itself; sysfs does not tell it of a real one. */
  static final String VERSION = "1.4";

  /** The controller in use. */
  static final String CONTROLLER = ".controller";

  @Override
  public void store(SimNode passthru, String attribute, Page page) throws Deny {
    switch (attribute) {
      case "device_path" -> storeDevicePath(passthru, page);
      case "enable" -> storeEnable(passthru, page);
      case "admin_timeout", "io_timeout", "clear_ids" -> storeNumber(passthru, attribute, page);
      default -> throw new Deny(Errno.EACCES);
    }
  }

  /** nvmet_passthru_device_path_store. */
  private static void storeDevicePath(SimNode passthru, Page page) throws Deny {
    if (passthru.flag("enable")) {
      throw new Deny(Errno.EBUSY);
    }
    if (page.line().isEmpty()) {
      throw new Deny(Errno.EINVAL);
    }
    passthru.set("device_path", page.line());
  }

  /** nvmet_passthru_enable_store. */
  private void storeEnable(SimNode passthru, Page page) throws Deny {
    if (page.bool(nvmet.profile())) {
      enable(passthru);
    } else {
      passthru.set("enable", false);
      passthru.reset(CONTROLLER);
      // __nvmet_passthru_ctrl_disable: the subsystem is of the default version again.
      passthru.parent().reset("attr_version");
    }
  }

  /** nvmet_passthru_ctrl_enable. */
  private void enable(SimNode passthru) throws Deny {
    if (!passthru.isSet("device_path") || passthru.flag("enable")) {
      throw new Deny(Errno.EINVAL);
    }
    if (countsNamespaces(passthru.parent().group("namespaces"))) {
      nvmet
          .log()
          .printOpen(
              Nvmet.NAME,
              "cannot enable both passthru and regular namespaces for a single subsystem");
      throw new Deny(Errno.EINVAL);
    }
    String path = passthru.value("device_path");
    Place place = files.open(path, false);
    Optional<NvmeDevice> device = place.nvme();
    if (place.kind() != FileKind.CHARACTER_DEVICE || device.isEmpty()) {
      nvmet.log().print(Nvmet.NAME, "failed to open nvme controller " + path);
      throw new Deny(Errno.EINVAL);
    }
    String controller = device.get().controller();
    for (SimNode other : nvmet.root().group("subsystems").children()) {
      if (other.group("passthru").value(CONTROLLER).equals(controller)) {
        throw new Deny(Errno.EINVAL);
      }
    }
    passthru.set("enable", true);
    passthru.set(CONTROLLER, controller);
    passthru.parent().reset("attr_version");
  }

  /** nr_namespaces: of enabled ones, or of all since they are counted when they are made. */
  private boolean countsNamespaces(SimNode namespaces) {
    for (SimNode namespace : namespaces.children()) {
      if (nvmet.has(Quirk.NAMESPACES_COUNT_AT_MKDIR) || namespace.flag("enable")) {
        return true;
      }
    }
    return false;
  }

  /** nvmet_passthru_admin_timeout_store and its two sisters: any kstrtouint error is EINVAL. */
  private static void storeNumber(SimNode passthru, String attribute, Page page) throws Deny {
    long number;
    try {
      number = page.u32();
    } catch (Deny e) {
      throw new Deny(Errno.EINVAL);
    }
    passthru.set(attribute, Long.toString(number));
  }
}
