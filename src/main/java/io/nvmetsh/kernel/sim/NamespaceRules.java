package io.nvmetsh.kernel.sim;

import io.nvmetsh.kernel.Errno;
import io.nvmetsh.kernel.sim.SimWorld.PciFunction;
import java.util.Optional;

/** Namespaces: what lies behind them. */
record NamespaceRules(Nvmet nvmet, NamespaceEnabling enabling, OffloadRules offload)
    implements Rules {

  /** NVMET_MAX_NAMESPACES */
  static final int MOST = 1024;

  private static final int MOST_ANA_GROUPS = 128;

  /** nvmet_ns_make, nvmet_ns_alloc. */
  @Override
  public void make(SimNode namespace) throws Deny {
    long nsid = KernelNumber.unsigned(Page.bytes(namespace.name()), 0, 0xffff_ffffL);
    if (nsid == 0 || nsid == 0xffff_ffffL) {
      nvmet.log().printOpen(Nvmet.NAME, "invalid nsid 0x" + Long.toHexString(nsid));
      throw new Deny(Errno.EINVAL);
    }
    SimNode namespaces = namespace.parent();
    if (nvmet.has(Quirk.NAMESPACES_COUNT_AT_MKDIR)) {
      if (namespaces.children().size() == MOST) {
        throw new Deny(Errno.ENOMEM);
      }
      for (SimNode other : namespaces.children()) {
        if (Nvmet.number(other) == nsid) {
          throw new Deny(Errno.ENOMEM);
        }
      }
    }
    if (namespace.shape().has("device_uuid")) {
      namespace.set("device_uuid", nvmet.random().uuid());
    }
    nvmet
        .log()
        .print(
            Nvmet.NAME,
            "adding nsid "
                + (nvmet.has(Quirk.NSID_PRINTED_SIGNED) ? (int) nsid : nsid)
                + " to subsystem "
                + Nvmet.nqn(namespaces.parent()));
  }

  @Override
  public boolean printsWithinPage() {
    return false;
  }

  @Override
  public void store(SimNode namespace, String attribute, Page page) throws Deny {
    switch (attribute) {
      case "device_path" -> storeDevicePath(namespace, page);
      case "device_uuid" -> storeUuid(namespace, page);
      case "device_nguid" -> storeNguid(namespace, page);
      case "ana_grpid" -> storeAnaGroup(namespace, page);
      case "enable" -> {
        if (page.bool(nvmet.profile())) {
          enabling.enable(namespace);
        } else {
          disable(namespace);
        }
      }
      case "buffered_io" -> storeBufferedIo(namespace, page);
      case "resv_enable" -> storeResvEnable(namespace, page);
      case "revalidate_size" -> storeRevalidate(namespace, page);
      case "p2pmem" -> storeP2pmem(namespace, page);
      case "pci_device_path" -> offload.storePciDevicePath(namespace, page);
      case "offload_cmd_tmo_us" -> offload.storeCommandTimeout(namespace, page);
      default -> throw new Deny(Errno.EACCES);
    }
  }

  @Override
  public String show(SimNode namespace, String attribute) {
    return attribute.startsWith("offload_") && !attribute.equals("offload_cmd_tmo_us")
        ? offload.counter(namespace, attribute)
        : namespace.value(attribute);
  }

  /** nvmet_ns_device_path_store: nothing is looked at before the namespace is enabled. */
  private void storeDevicePath(SimNode namespace, Page page) throws Deny {
    requireDisabled(namespace);
    if (nvmet.has(Quirk.NEWLINE_KEPT)) {
      namespace.set("device_path", page.text());
      return;
    }
    if (page.line().isEmpty()) {
      throw new Deny(Errno.EINVAL);
    }
    namespace.set("device_path", page.line());
  }

  private static void requireDisabled(SimNode namespace) throws Deny {
    if (namespace.flag("enable")) {
      throw new Deny(Errno.EBUSY);
    }
  }

  /** nvmet_ns_device_uuid_store, uuid_parse: what follows the 36 characters does not matter. */
  private static void storeUuid(SimNode namespace, Page page) throws Deny {
    requireDisabled(namespace);
    String text = page.text();
    StringBuilder uuid = new StringBuilder(36);
    for (int i = 0; i < 36; i++) {
      boolean dash = i == 8 || i == 13 || i == 18 || i == 23;
      int digit = KernelNumber.digit(text, i, 16);
      if (dash ? i >= text.length() || text.charAt(i) != '-' : digit < 0) {
        throw new Deny(Errno.EINVAL);
      }
      uuid.append(dash ? '-' : Character.forDigit(digit, 16));
    }
    namespace.set("device_uuid", uuid.toString());
  }

  /** nvmet_ns_device_nguid_store: after each byte there may be a dash or a colon. */
  private static void storeNguid(SimNode namespace, Page page) throws Deny {
    requireDisabled(namespace);
    String text = page.text();
    StringBuilder nguid = new StringBuilder(36);
    int at = 0;
    for (int i = 0; i < 16; i++) {
      int high = KernelNumber.digit(text, at, 16);
      int low = KernelNumber.digit(text, at + 1, 16);
      if (high < 0 || low < 0) {
        throw new Deny(Errno.EINVAL);
      }
      nguid.append(i == 4 || i == 6 || i == 8 || i == 10 ? "-" : "");
      nguid.append(Character.forDigit(high, 16)).append(Character.forDigit(low, 16));
      at += 2;
      if (at < text.length() && (text.charAt(at) == '-' || text.charAt(at) == ':')) {
        at++;
      }
    }
    namespace.set("device_nguid", nguid.toString());
  }

  /** nvmet_ns_ana_grpid_store; any port's group or none may have that number. */
  private void storeAnaGroup(SimNode namespace, Page page) throws Deny {
    long group = page.u32();
    if (group < 1 || group > MOST_ANA_GROUPS) {
      throw new Deny(Errno.EINVAL);
    }
    boolean wraps = group == MOST_ANA_GROUPS && nvmet.has(Quirk.ANA_GRPID_128_IS_0);
    namespace.set("ana_grpid", wraps ? "0" : Long.toString(group));
  }

  /** nvmet_ns_buffered_io_store. */
  private void storeBufferedIo(SimNode namespace, Page page) throws Deny {
    boolean buffered = page.bool(nvmet.profile());
    if (namespace.flag("enable")) {
      nvmet.log().print(Nvmet.NAME, "disable ns before setting buffered_io value.");
      throw new Deny(Errno.EINVAL);
    }
    namespace.set("buffered_io", buffered);
  }

  /** nvmet_ns_resv_enable_store. */
  private void storeResvEnable(SimNode namespace, Page page) throws Deny {
    boolean enable = page.bool(nvmet.profile());
    if (namespace.flag("enable")) {
      nvmet.log().print(Nvmet.NAME, "the ns:" + Nvmet.number(namespace) + " is already enabled.");
      throw new Deny(Errno.EINVAL);
    }
    namespace.set("resv_enable", enable);
  }

  /** nvmet_ns_revalidate_size_store. */
  private void storeRevalidate(SimNode namespace, Page page) throws Deny {
    if (!page.bool(nvmet.profile())) {
      throw new Deny(Errno.EINVAL);
    }
    if (!namespace.flag("enable")) {
      nvmet.log().print(Nvmet.NAME, "enable ns before revalidate.");
      throw new Deny(Errno.EINVAL);
    }
  }

  /** nvmet_ns_p2pmem_store, pci_p2pdma_enable_store: a device's full name, else a boolean. */
  private void storeP2pmem(SimNode namespace, Page page) throws Deny {
    requireDisabled(namespace);
    String text = page.text();
    String name = text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
    Optional<PciFunction> function = nvmet.world().pci(name);
    if (function.isPresent()) {
      if (!function.get().p2pMemory()) {
        nvmet.log().close();
        throw new Deny(Errno.ENODEV);
      }
      namespace.set("p2pmem", function.get().address());
      return;
    }
    // "0000:01:00.1" of a device that is not there must not pass for a 0.
    boolean digit = text.startsWith("0") || text.startsWith("1");
    if (!digit || text.length() == 1 || isControl(text.charAt(1))) {
      try {
        namespace.set("p2pmem", page.bool(nvmet.profile()));
        return;
      } catch (Deny e) {
        // Neither a device nor a boolean: as below.
      }
    }
    nvmet.log().close();
    throw new Deny(Errno.ENODEV);
  }

  private static boolean isControl(char c) {
    return c < ' ' || c == 0x7f;
  }

  /** nvmet_ns_disable. */
  private void disable(SimNode namespace) {
    if (namespace.flag("enable")) {
      namespace.set("enable", false);
      offload.disabled(namespace);
    }
  }
}
