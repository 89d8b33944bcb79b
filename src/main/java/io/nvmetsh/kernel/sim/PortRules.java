package io.nvmetsh.kernel.sim;

import io.nvmetsh.kernel.Errno;

/** Ports: where hosts connect. */
record PortRules(Nvmet nvmet, AddressRules addresses, OffloadPorts offload) implements Rules {

  /** nvmet_ports_make: every failure is EINVAL, and two spellings of a number are two ports. */
  @Override
  public void make(SimNode port) throws Deny {
    try {
      KernelNumber.unsigned(Page.bytes(port.name()), 0, 0xffff);
    } catch (Deny e) {
      throw new Deny(Errno.EINVAL);
    }
  }

  @Override
  public void store(SimNode port, String attribute, Page page) throws Deny {
    switch (attribute) {
      case "param_inline_data_size" -> storeSize(port, attribute, page, "inline_data_size");
      case "param_max_queue_size" -> storeSize(port, attribute, page, "max_queue_size");
      case "param_mdts" -> storeMdts(port, page);
      case "param_pi_enable" -> storePiEnable(port, page);
      default -> {
        if (attribute.startsWith("param_offload_")) {
          offload.storePortParameter(port, attribute, page);
        } else {
          addresses.store(port, attribute, page);
        }
      }
    }
  }

  @Override
  public String show(SimNode port, String attribute) {
    return attribute.equals("addr_tractive")
        ? Nvmet.isEnabled(port) ? "1" : "0"
        : addresses.show(port, attribute);
  }

  /** nvmet_param_inline_data_size_store, nvmet_param_max_queue_size_store. */
  private void storeSize(SimNode port, String attribute, Page page, String name) throws Deny {
    requireDisabled(port, "nvmet_" + attribute + "_store", name);
    int size;
    try {
      size = page.s32();
    } catch (Deny e) {
      throw addresses.invalid(page, name);
    }
    port.set(attribute, Integer.toString(size));
  }

  private void requireDisabled(SimNode port, String function, String name) throws Deny {
    if (nvmet.has(Quirk.PORT_LOCK_NAMES_FUNCTION)) {
      addresses.requireDisabled(port, function);
    } else if (Nvmet.isEnabled(port)) {
      nvmet.log().print(Nvmet.NAME, "Cannot modify " + name + " while port enabled");
      nvmet.log().print(Nvmet.NAME, "Disable the port before modifying");
      throw new Deny(Errno.EACCES);
    }
  }

  /** nvmet_param_mdts_store: -1, which it begins with, cannot be written back. */
  private void storeMdts(SimNode port, Page page) throws Deny {
    addresses.requireDisabled(port, "nvmet_param_mdts_store");
    int mdts;
    try {
      mdts = page.s32();
    } catch (Deny e) {
      mdts = -1;
    }
    if (mdts < 0 || mdts > 255) {
      throw addresses.invalid(page, "mdts, should be 0-255");
    }
    port.set("param_mdts", Integer.toString(mdts));
  }

  /** nvmet_param_pi_enable_store: here the syntax comes before the lock. */
  private void storePiEnable(SimNode port, Page page) throws Deny {
    boolean enable = page.bool(nvmet.profile());
    if (nvmet.has(Quirk.PI_LOCK_IN_OTHER_WORDS) && Nvmet.isEnabled(port)) {
      nvmet.log().print(Nvmet.NAME, "Disable port before setting pi_enable value.");
      throw new Deny(Errno.EACCES);
    }
    addresses.requireDisabled(port, "nvmet_param_pi_enable_store");
    port.set("param_pi_enable", enable);
  }
}
