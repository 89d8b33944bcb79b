package io.nvmetsh.kernel.sim;

/** Referrals: another target's port that this port's discovery log names. */
record ReferralRules(Nvmet nvmet, AddressRules addresses) implements Rules {

  @Override
  public void store(SimNode referral, String attribute, Page page) throws Deny {
    switch (attribute) {
      case "enable" -> storeEnable(referral, page);
      case "addr_portid" -> storePortid(referral, page);
      default -> addresses.store(referral, attribute, page);
    }
  }

  /** nvmet_referral_enable_store. */
  private void storeEnable(SimNode referral, Page page) throws Deny {
    boolean enable;
    try {
      enable = page.bool(nvmet.profile());
    } catch (Deny e) {
      throw addresses.invalid(page, "enable");
    }
    referral.set("enable", enable);
  }

  /** nvmet_addr_portid_store: here the syntax comes before the lock. */
  private void storePortid(SimNode referral, Page page) throws Deny {
    int portid;
    try {
      portid = page.u16();
    } catch (Deny e) {
      throw addresses.invalid(page, "portid");
    }
    addresses.requireDisabled(referral, "nvmet_addr_portid_store");
    referral.set("addr_portid", Integer.toString(portid));
  }

  /** Its address begins as zeros (nvmet_referral_make), and 0 has become an address family. */
  @Override
  public String show(SimNode referral, String attribute) {
    boolean unsetFamily = attribute.equals("addr_adrfam") && !referral.isSet(attribute);
    return unsetFamily && nvmet.has(Quirk.REFERRAL_ADRFAM_IS_PCI)
        ? "pci"
        : addresses.show(referral, attribute);
  }
}
