package io.nvmetsh.kernel.sim;

import io.nvmetsh.kernel.Errno;
import io.nvmetsh.schema.Nqn;

/** Subsystems: their name and what they tell hosts about themselves. */
record SubsystemRules(Nvmet nvmet, OffloadRules offload) implements Rules {

  private static final int SERIAL_SIZE = 20;
  private static final int MODEL_SIZE = 40;
  private static final int FIRMWARE_SIZE = 8;
  private static final int MOST_QUEUES = 128;

  /** Set once a host has identified a controller (subsys_discovered). */
  static final String DISCOVERED = ".discovered";

  /** nvmet_subsys_make: no look at the name beyond these two. */
  @Override
  public void make(SimNode subsystem) throws Deny {
    Page name = Page.of(subsystem.name());
    if (name.is(Nqn.DISCOVERY)) {
      nvmet.log().print(Nvmet.NAME, "can't create discovery subsystem through configfs");
      throw new Deny(Errno.EINVAL);
    }
    if (nvmet.root().shape().has("discovery_nqn") && name.is(nvmet.root().value("discovery_nqn"))) {
      nvmet.log().print(Nvmet.NAME, "can't create subsystem using unique discovery NQN");
      throw new Deny(Errno.EINVAL);
    }
    if (subsystem.shape().has("attr_serial")) {
      // nvmet_subsys_alloc
      subsystem.set(
          "attr_serial",
          nvmet.has(Quirk.SERIAL_IS_NUMBER)
              ? Long.toHexString(nvmet.random().next())
              : (nvmet.random().hex() + nvmet.random().hex()).substring(0, SERIAL_SIZE));
    }
  }

  /** nvmet_subsys_release. */
  @Override
  public void release(SimNode subsystem) {
    nvmet.controllers().removeIf(controller -> controller.subsystem() == subsystem);
  }

  @Override
  public void store(SimNode subsystem, String attribute, Page page) throws Deny {
    switch (attribute) {
      case "attr_allow_any_host" -> storeAllowAnyHost(subsystem, page);
      case "attr_serial" -> storeSerial(subsystem, page);
      case "attr_model" -> storeModel(subsystem, page);
      case "attr_firmware" -> storeFirmware(subsystem, page);
      case "attr_ieee_oui" -> storeOui(subsystem, page);
      case "attr_version" -> storeVersion(subsystem, page);
      case "attr_cntlid_min" -> storeCntlidMin(subsystem, page);
      case "attr_cntlid_max" -> storeCntlidMax(subsystem, page);
      case "attr_qid_max" -> storeQidMax(subsystem, page);
      case "attr_vendor_id", "attr_subsys_vendor_id" -> storeVendor(subsystem, attribute, page);
      case "attr_pi_enable" -> subsystem.set(attribute, page.bool(nvmet.profile()));
      case "attr_offload" -> offload.storeAttrOffload(subsystem, page);
      default -> throw new Deny(Errno.EACCES);
    }
  }

  @Override
  public String show(SimNode subsystem, String attribute) {
    return switch (attribute) {
      case "attr_version" -> version(subsystem);
      case "attr_firmware" -> firmware(subsystem);
      case "attr_offload_subsys_unknown_ns_cmds" -> offload.isCounting(subsystem) ? "0" : "-1";
      default -> subsystem.value(attribute);
    };
  }

  /** nvmet_subsys_attr_allow_any_host_store. */
  private void storeAllowAnyHost(SimNode subsystem, Page page) throws Deny {
    boolean any = page.bool(nvmet.profile());
    if (any && !subsystem.group("allowed_hosts").links().isEmpty()) {
      nvmet.log().print(Nvmet.NAME, "Can't set allow_any_host when explicit hosts are set!");
      throw new Deny(Errno.EINVAL);
    }
    subsystem.set("attr_allow_any_host", any);
  }

  /** What hosts have seen cannot change any more; this is asked before the syntax. */
  private void requireUndiscovered(SimNode subsystem, String what, String value) throws Deny {
    if (subsystem.flag(DISCOVERED) && nvmet.has(Quirk.IDENTITY_FREEZES)) {
      nvmet.log().print(Nvmet.NAME, "Can't set " + what + ". " + value + " is already assigned");
      throw new Deny(Errno.EINVAL);
    }
  }

  /** nvmet_subsys_attr_serial_store_locked; a number in older kernels. */
  private void storeSerial(SimNode subsystem, Page page) throws Deny {
    if (nvmet.has(Quirk.SERIAL_IS_NUMBER)) {
      Sscanf scan = new Sscanf(page.text());
      if (scan.hexadecimal()) {
        subsystem.set("attr_serial", Long.toHexString(scan.value()));
      } else if (!nvmet.has(Quirk.BAD_SERIAL_IGNORED)) {
        throw new Deny(Errno.EINVAL);
      }
      return;
    }
    // Not ended by a NUL, it is shown with the byte behind it: subsys_discovered, which is 1.
    requireUndiscovered(subsystem, "serial number", subsystem.value("attr_serial") + "\u0001");
    String serial = page.line();
    if (serial.isEmpty() || serial.length() > SERIAL_SIZE) {
      nvmet
          .log()
          .print(Nvmet.NAME, "Serial Number can not be empty or exceed " + SERIAL_SIZE + " Bytes");
      throw new Deny(Errno.EINVAL);
    }
    if (!isAscii(serial)) {
      nvmet.log().print(Nvmet.NAME, "Serial Number must contain only ASCII strings");
      throw new Deny(Errno.EINVAL);
    }
    subsystem.set("attr_serial", serial + " ".repeat(SERIAL_SIZE - serial.length()));
  }

  /** nvmet_subsys_attr_model_store_locked. */
  private void storeModel(SimNode subsystem, Page page) throws Deny {
    requireUndiscovered(subsystem, "model number", subsystem.value("attr_model"));
    String model = page.line();
    if (model.length() > MODEL_SIZE && nvmet.has(Quirk.MODEL_LIMITED)) {
      nvmet.log().print(Nvmet.NAME, "Model number size can not exceed " + MODEL_SIZE + " Bytes");
      throw new Deny(Errno.EINVAL);
    }
    if (model.isEmpty() || !isAscii(model)) {
      throw new Deny(Errno.EINVAL);
    }
    subsystem.set("attr_model", model);
  }

  /** nvmet_subsys_attr_firmware_store_locked. */
  private void storeFirmware(SimNode subsystem, Page page) throws Deny {
    requireUndiscovered(subsystem, "firmware revision", firmware(subsystem));
    String firmware = page.line();
    if (firmware.length() > FIRMWARE_SIZE) {
      nvmet
          .log()
          .print(Nvmet.NAME, "Firmware revision size can not exceed " + FIRMWARE_SIZE + " Bytes");
      throw new Deny(Errno.EINVAL);
    }
    if (firmware.isEmpty() || !isAscii(firmware)) {
      throw new Deny(Errno.EINVAL);
    }
    subsystem.set("attr_firmware", firmware);
  }

  /** The beginning of the kernel's release, until stored (nvmet_subsys_alloc). */
  private String firmware(SimNode subsystem) {
    String release = nvmet.profile().release();
    return subsystem.isSet("attr_firmware")
        ? subsystem.value("attr_firmware")
        : release.substring(0, Math.min(FIRMWARE_SIZE, release.length()));
  }

  /** nvmet_is_ascii: printable. */
  private static boolean isAscii(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) < 0x20 || text.charAt(i) > 0x7e) {
        return false;
      }
    }
    return true;
  }

  /** nvmet_subsys_attr_ieee_oui_store_locked. */
  private void storeOui(SimNode subsystem, Page page) throws Deny {
    requireUndiscovered(subsystem, "IEEE OUI", subsystem.value("attr_ieee_oui"));
    long oui = page.u32();
    if (oui >= 0x1000000) {
      throw new Deny(Errno.EINVAL);
    }
    String digits = Long.toHexString(oui);
    subsystem.set("attr_ieee_oui", "0x" + "0".repeat(6 - digits.length()) + digits);
  }

  /** nvmet_subsys_attr_version_store_locked. */
  private void storeVersion(SimNode subsystem, Page page) throws Deny {
    requireUndiscovered(subsystem, "version number", version(subsystem));
    if (Nvmet.isPassthru(subsystem)) {
      throw new Deny(Errno.EINVAL);
    }
    Sscanf scan = new Sscanf(page.text());
    if (!scan.signed()) {
      throw new Deny(Errno.EINVAL);
    }
    int major = (int) scan.value();
    if (!scan.literal(".") || !scan.signed()) {
      throw new Deny(Errno.EINVAL);
    }
    int minor = (int) scan.value();
    int tertiary = scan.literal(".") && scan.signed() ? (int) scan.value() : 0;
    subsystem.set("attr_version", version(major, minor, tertiary));
  }

  /** NVME_VS and back: the parts are OR-ed as ints and shown from 64 bits. */
  static String version(int major, int minor, int tertiary) {
    int parts = (major << 16) | (minor << 8) | tertiary;
    long packed = parts;
    String text = Long.toUnsignedString(packed >>> 16) + "." + (packed >>> 8 & 0xff);
    return (packed & 0xff) == 0 ? text : text + "." + (packed & 0xff);
  }

  private String version(SimNode subsystem) {
    if (Nvmet.isPassthru(subsystem)) {
      return PassthruRules.VERSION;
    }
    return subsystem.isSet("attr_version")
        ? subsystem.value("attr_version")
        : nvmet.has(Quirk.VERSION_2_1) ? "2.1" : "1.3";
  }

  /** nvmet_subsys_attr_cntlid_min_store. */
  private void storeCntlidMin(SimNode subsystem, Page page) throws Deny {
    int least = cntlid(page);
    int most = subsystem.number("attr_cntlid_max");
    if (least > most || (least == most && nvmet.has(Quirk.CNTLIDS_DIFFER))) {
      throw new Deny(Errno.EINVAL);
    }
    subsystem.set("attr_cntlid_min", Integer.toString(least));
  }

  /** nvmet_subsys_attr_cntlid_max_store. */
  private void storeCntlidMax(SimNode subsystem, Page page) throws Deny {
    int most = cntlid(page);
    int least = subsystem.number("attr_cntlid_min");
    if (most < least || (most == least && nvmet.has(Quirk.CNTLIDS_DIFFER))) {
      throw new Deny(Errno.EINVAL);
    }
    subsystem.set("attr_cntlid_max", Integer.toString(most));
  }

  /** {@code sscanf("%hu")}: it wraps, and 0 is refused afterwards. */
  private static int cntlid(Page page) throws Deny {
    Sscanf scan = new Sscanf(page.text());
    int id = scan.unsigned() ? (int) (scan.value() & 0xffff) : 0;
    if (id == 0) {
      throw new Deny(Errno.EINVAL);
    }
    return id;
  }

  /** nvmet_subsys_attr_qid_max_store. */
  private void storeQidMax(SimNode subsystem, Page page) throws Deny {
    int most = cntlid(page);
    if (most > MOST_QUEUES) {
      throw new Deny(Errno.EINVAL);
    }
    subsystem.set("attr_qid_max", Integer.toString(most));
    if (nvmet.has(Quirk.QID_MAX_DROPS_HOSTS)) {
      nvmet.controllers().removeIf(controller -> controller.subsystem() == subsystem);
    }
  }

  /** nvmet_subsys_attr_vendor_id_store, nvmet_subsys_attr_subsys_vendor_id_store. */
  private static void storeVendor(SimNode subsystem, String attribute, Page page) throws Deny {
    int id;
    try {
      id = page.u16();
    } catch (Deny e) {
      throw new Deny(Errno.EINVAL);
    }
    subsystem.set(attribute, "0x" + Integer.toHexString(id));
  }
}
