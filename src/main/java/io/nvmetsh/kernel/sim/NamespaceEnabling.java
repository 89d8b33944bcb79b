package io.nvmetsh.kernel.sim;

import io.nvmetsh.device.SysTree.FileKind;
import io.nvmetsh.kernel.Errno;
import io.nvmetsh.kernel.sim.SimWorld.NvmeDevice;
import io.nvmetsh.kernel.sim.SimWorld.PciFunction;
import io.nvmetsh.kernel.sim.SimWorld.Place;
import java.util.Optional;

/** Enabling a namespace: its device is opened, and judged. */
record NamespaceEnabling(Nvmet nvmet, DeviceFiles files, OffloadRules offload, OffloadPorts ports) {

  /** nvmet_ns_enable. */
  void enable(SimNode namespace) throws Deny {
    SimNode subsystem = namespace.parent().parent();
    if (Nvmet.isPassthru(subsystem)) {
      // It says so and succeeds.
      nvmet
          .log()
          .printOpen(
              Nvmet.NAME,
              "cannot enable both passthru and regular namespaces for a single subsystem");
      return;
    }
    if (namespace.flag("enable")) {
      return;
    }
    offload.beforeEnable(namespace);
    if (nvmet.has(Quirk.NAMESPACES_COUNT_AT_ENABLE)
        && enabled(namespace.parent()) == NamespaceRules.MOST) {
      throw new Deny(Errno.EMFILE);
    }
    if (nvmet.has(Quirk.NULL_PATH_CHECKED) && !namespace.isSet("device_path")) {
      throw new Deny(Errno.EINVAL);
    }
    try {
      Place place = openDevice(namespace);
      checkP2pmem(namespace, place);
      offload.checkDevice(namespace, place);
      checkNsid(namespace);
      ports.checkLimits(subsystem, namespace);
      if (nvmet.has(Quirk.ATTR_OFFLOAD)) {
        new OffloadContexts(nvmet).checkBackends(namespace);
      }
    } catch (Deny e) {
      offload.enableFailed(namespace);
      throw e;
    }
    namespace.set("enable", true);
  }

  private static int enabled(SimNode namespaces) {
    int count = 0;
    for (SimNode namespace : namespaces.children()) {
      count += namespace.flag("enable") ? 1 : 0;
    }
    return count;
  }

  /** nvmet_bdev_ns_enable, then nvmet_file_ns_enable for what is no block device. */
  private Place openDevice(SimNode namespace) throws Deny {
    String path = namespace.value("device_path");
    boolean isSet = namespace.isSet("device_path");
    boolean buffered = namespace.flag("buffered_io");
    if (!buffered || !nvmet.has(Quirk.BUFFERED_BLOCK_IS_FILE)) {
      try {
        if (!isSet) {
          throw new Deny(Errno.EINVAL);
        }
        return files.openBlock(path);
      } catch (Deny e) {
        if (e.errno() != Errno.ENOTBLK || !nvmet.has(Quirk.FILE_NAMESPACES)) {
          throw failed("block device", path, e);
        }
      }
    }
    if (!isSet) {
      throw new SimCrash(
          "HAZ-NULL-PATH",
          "filp_open of a null name in nvmet_file_ns_enable",
          // as Debian's 6.1 and 6.12 log it, without offsets and registers
          "BUG: kernel NULL pointer dereference, address: 0000000000000000",
          "RIP: 0010:strlen",
          "Call Trace: getname_kernel, filp_open, nvmet_file_ns_enable [nvmet],"
              + " nvmet_ns_enable [nvmet], nvmet_ns_enable_store [nvmet], configfs_write_iter");
    }
    try {
      return files.open(path, !buffered);
    } catch (Deny e) {
      throw failed("file", path, e);
    }
  }

  private Deny failed(String what, String path, Deny cause) {
    nvmet
        .log()
        .print(
            Nvmet.NAME,
            "failed to open " + what + " " + path + ": (-" + cause.errno().number() + ")");
    return cause;
  }

  /** nvmet_p2pmem_ns_enable. */
  private void checkP2pmem(SimNode namespace, Place place) throws Deny {
    String p2pmem = namespace.value("p2pmem");
    if (!namespace.shape().has("p2pmem") || p2pmem.equals("0")) {
      return;
    }
    boolean cached = namespace.flag("buffered_io") && nvmet.has(Quirk.BUFFERED_BLOCK_IS_FILE);
    if (place.kind() != FileKind.BLOCK_DEVICE || cached) {
      nvmet
          .log()
          .print(Nvmet.NAME, "peer-to-peer DMA is not supported by non-block device namespaces");
      throw new Deny(Errno.EINVAL);
    }
    String path = namespace.value("device_path");
    Optional<String> drive = place.nvme().flatMap(NvmeDevice::pciAddress);
    if (drive.isEmpty()) {
      nvmet.log().print(Nvmet.NAME, "peer-to-peer DMA is not supported by the driver of " + path);
      throw new Deny(Errno.EINVAL);
    }
    if (p2pmem.equals("1")) {
      if (!hasProvider(drive.get())) {
        nvmet.log().print(Nvmet.NAME, "no peer-to-peer memory is available for " + path);
        throw new Deny(Errno.EINVAL);
      }
    } else if (!nvmet.world().peers(p2pmem, drive.get())) {
      // pci_p2pdma_distance says why, in its own name.
      nvmet.log().close();
      throw new Deny(Errno.EINVAL);
    }
  }

  /** pci_p2pmem_find. */
  private boolean hasProvider(String drive) {
    for (PciFunction function : nvmet.world().p2pProviders()) {
      if (nvmet.world().peers(function.address(), drive)) {
        return true;
      }
    }
    return false;
  }

  /** xa_insert into the subsystem's namespaces; a sorted list with a BUG_ON before. */
  private void checkNsid(SimNode namespace) throws Deny {
    long nsid = Nvmet.number(namespace);
    for (SimNode other : namespace.parent().children()) {
      if (other.flag("enable") && Nvmet.number(other) == nsid) {
        if (nvmet.has(Quirk.DUPLICATE_NSID_CRASHES)) {
          throw new SimCrash("HAZ-NSID-TWICE", "BUG() in nvmet_ns_enable");
        }
        throw new Deny(Errno.EBUSY);
      }
    }
  }
}
