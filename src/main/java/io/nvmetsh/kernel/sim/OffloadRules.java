package io.nvmetsh.kernel.sim;

import io.nvmetsh.device.SysTree.FileKind;
import io.nvmetsh.kernel.Errno;
import io.nvmetsh.kernel.sim.SimWorld.NvmeDevice;
import io.nvmetsh.kernel.sim.SimWorld.PciFunction;
import io.nvmetsh.kernel.sim.SimWorld.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What MLNX_OFED's nvmet adds to the functions of the mainline one. Two interfaces: up to 4.2 each
 * namespace names its drive's PCI address, later the subsystem has a switch. On a mainline kernel
 * none of it applies.
 *
 * <p>Every refusal here, in {@link OffloadPorts} and in {@link PciAddressStore} was read in the
 * source of drivers/nvme/target (configfs.c, core.c, rdma.c) of the releases that its {@link Quirk}
 * names, log lines included; none was seen running, and the crashes are concluded. What documents
 * demand and that source does not check is refused nowhere: that up to 4.2 an offloaded subsystem
 * has one namespace, and in any release that all its namespaces lie on one drive. Such demands are
 * findings of the package offload.
 */
record OffloadRules(Nvmet nvmet, PciAddressStore addresses) {

  /** The drive's reference is gone though its address still shows. */
  private static final String STALE = ".pci_stale";

  // The subsystem's side.

  /** Whether the network card would serve a subsystem. */
  boolean isOffloaded(SimNode subsystem) {
    if (nvmet.has(Quirk.ATTR_OFFLOAD)) {
      return subsystem.flag("attr_offload");
    }
    for (SimNode namespace : enabled(subsystem)) {
      if (namespace.isSet("pci_device_path")) {
        return true;
      }
    }
    return false;
  }

  static List<SimNode> enabled(SimNode subsystem) {
    List<SimNode> enabled = new ArrayList<>();
    for (SimNode namespace : subsystem.group("namespaces").children()) {
      if (namespace.flag("enable")) {
        enabled.add(namespace);
      }
    }
    return enabled;
  }

  /** nvmet_subsys_attr_offload_store. */
  void storeAttrOffload(SimNode subsystem, Page page) throws Deny {
    boolean offload = page.bool(nvmet.profile());
    if (offload == subsystem.flag("attr_offload")) {
      return;
    }
    for (SimController controller : nvmet.controllers()) {
      if (controller.subsystem() == subsystem) {
        throw deny(Errno.EBUSY, "Can't update offload polarity with active controller!");
      }
    }
    if (!subsystem.linkedFrom().isEmpty()) {
      throw deny(Errno.EBUSY, "Can't update offload polarity with active port!");
    }
    if (offload) {
      checkNamespaces(subsystem);
    }
    subsystem.set("attr_offload", offload);
  }

  /**
   * As nvmet_subsys_attr_offload_store turns it on; 4.8 and earlier count, all look for the drives.
   */
  private void checkNamespaces(SimNode subsystem) throws Deny {
    List<SimNode> enabled = enabled(subsystem);
    if (nvmet.has(Quirk.ONE_OFFLOADED_NAMESPACE) && enabled.size() > 1) {
      throw deny(Errno.EINVAL, "Offloaded subsystem doesn't support many namespaces");
    }
    boolean idle = enabled.size() < subsystem.group("namespaces").children().size();
    if (nvmet.has(Quirk.IDLE_NAMESPACE_CRASHES) && idle) {
      throw new SimCrash("HAZ-OFFLOAD-IDLE-NS", "attr_offload meets a namespace without a device");
    }
    for (SimNode namespace : enabled) {
      requireDrive(namespace, nvmet.world().at(Page.text(namespace.value("device_path"))));
    }
  }

  /** A PCI drive has to be behind a namespace. A partition passes for its whole drive. */
  private void requireDrive(SimNode namespace, Place place) throws Deny {
    if (place.kind() != FileKind.BLOCK_DEVICE && nvmet.has(Quirk.OFFLOADED_FILE_CRASHES)) {
      throw new SimCrash("HAZ-OFFLOAD-FILE", "the lookup of a drive without a block device");
    }
    if (place.nvme().flatMap(NvmeDevice::pciAddress).isEmpty()) {
      throw deny(
          Errno.EINVAL,
          "Couldn't find nvme pci device from device " + namespace.value("device_path"));
    }
  }

  // The namespace's side.

  /** nvmet_ns_pci_device_path_store. */
  void storePciDevicePath(SimNode namespace, Page page) throws Deny {
    if (namespace.flag("enable")) {
      throw new Deny(Errno.EBUSY);
    }
    requireFresh(namespace);
    // A stored device is dropped first, so that any failure leaves none.
    namespace.reset("pci_device_path");
    if (page.text().equals("clear")) {
      return;
    }
    namespace.set("pci_device_path", addresses.find(page));
  }

  private static void requireFresh(SimNode namespace) {
    if (namespace.flag(STALE)) {
      throw new SimCrash("HAZ-PCI-REENABLE", "a PCI device's last reference is dropped twice");
    }
  }

  /** At the start of nvmet_ns_enable. */
  void beforeEnable(SimNode namespace) {
    if (nvmet.has(Quirk.PCI_DEVICE_PATH) && namespace.isSet("pci_device_path")) {
      requireFresh(namespace);
    }
  }

  /** In nvmet_ns_enable, once the device is open. */
  void checkDevice(SimNode namespace, Place place) throws Deny {
    SimNode subsystem = namespace.parent().parent();
    if (nvmet.has(Quirk.PCI_DEVICE_PATH)) {
      checkPolarity(namespace, subsystem, place);
    } else if (nvmet.has(Quirk.ATTR_OFFLOAD) && subsystem.flag("attr_offload")) {
      requireDrive(namespace, place);
      if (nvmet.has(Quirk.ONE_OFFLOADED_NAMESPACE) && !enabled(subsystem).isEmpty()) {
        throw deny(Errno.EINVAL, "Offloaded subsystem doesn't support many namespaces");
      }
    }
  }

  /** The first enabled namespace decides for its subsystem (nvmet_ns_enable of 4.1 and 4.2). */
  private void checkPolarity(SimNode namespace, SimNode subsystem, Place place) throws Deny {
    boolean offload = namespace.isSet("pci_device_path");
    if (offload) {
      String address = namespace.value("pci_device_path");
      Optional<PciFunction> function = nvmet.world().pci(address);
      boolean matches =
          function.isPresent()
              && function.get().driver().equals("nvme")
              && place.nvme().flatMap(NvmeDevice::pciAddress).equals(Optional.of(address));
      if (!matches) {
        throw deny(Errno.EINVAL, "P2P pdev doesn't match to the ns bdev");
      }
    }
    if (!enabled(subsystem).isEmpty() && isOffloaded(subsystem) != offload) {
      throw new Deny(Errno.EINVAL);
    }
  }

  void enableFailed(SimNode namespace) {
    if (nvmet.has(Quirk.PCI_DEVICE_PATH)) {
      namespace.reset("pci_device_path");
    }
  }

  void disabled(SimNode namespace) {
    if (nvmet.has(Quirk.PCI_DEVICE_PATH) && namespace.isSet("pci_device_path")) {
      namespace.set(STALE, true);
    }
  }

  /** nvmet_ns_offload_cmd_tmo_us_store. */
  void storeCommandTimeout(SimNode namespace, Page page) throws Deny {
    long microseconds = page.u32();
    if (namespace.flag("enable")) {
      throw deny(Errno.EINVAL, "disable ns before setting offload_cmd_tmo_us value.");
    }
    // Shown as a signed number.
    namespace.set("offload_cmd_tmo_us", Integer.toString((int) microseconds));
  }

  /** What a counter shows. */
  String counter(SimNode namespace, String attribute) {
    boolean disabled = nvmet.has(Quirk.COUNTERS_NEED_ENABLED) && !namespace.flag("enable");
    return isCounting(namespace.parent().parent()) && !disabled
        ? new OffloadContexts(nvmet).sum(namespace, attribute.substring("offload_".length()))
        : "-1";
  }

  boolean isCounting(SimNode subsystem) {
    return isOffloaded(subsystem) && !subsystem.linkedFrom().isEmpty();
  }

  private Deny deny(Errno errno, String line) {
    nvmet.log().print(Nvmet.NAME, line);
    return new Deny(errno);
  }
}
