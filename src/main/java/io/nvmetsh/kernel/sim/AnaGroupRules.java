package io.nvmetsh.kernel.sim;

import io.nvmetsh.kernel.Errno;

/**
 * ANA groups of a port. The state belongs to the group's number, not to the directory: {@code 3}
 * and {@code 0x3} share it.
 */
record AnaGroupRules(Nvmet nvmet) implements Rules {

  private static final String[] STATES = {
    "optimized", "non-optimized", "inaccessible", "persistent-loss", "change"
  };

  /** nvmet_ana_groups_make_group. */
  @Override
  public void make(SimNode group) throws Deny {
    long id = KernelNumber.unsigned(Page.bytes(group.name()), 0, 0xffff_ffffL);
    if (id <= 1 || id > 128) {
      throw new Deny(Errno.EINVAL);
    }
  }

  /** nvmet_ana_group_release. */
  @Override
  public void release(SimNode group) {
    port(group).reset(key(group));
  }

  /** nvmet_ana_group_ana_state_store. */
  @Override
  public void store(SimNode group, String attribute, Page page) throws Deny {
    for (String state : STATES) {
      if (page.is(state)) {
        port(group).set(key(group), state);
        return;
      }
    }
    nvmet.log().print(Nvmet.NAME, "Invalid value '" + page.text() + "' for ana_state");
    throw new Deny(Errno.EINVAL);
  }

  @Override
  public String show(SimNode group, String attribute) {
    String state = port(group).value(key(group));
    if (!state.isEmpty()) {
      return state;
    }
    return Nvmet.number(group) == 1 ? "optimized" : "inaccessible";
  }

  private static SimNode port(SimNode group) {
    return group.parent().parent();
  }

  static String key(SimNode group) {
    return ".ana_state." + Nvmet.number(group);
  }
}
