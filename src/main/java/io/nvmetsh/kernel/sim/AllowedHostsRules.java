package io.nvmetsh.kernel.sim;

import io.nvmetsh.kernel.Errno;
import io.nvmetsh.schema.NodeKind;

/** The hosts that may connect to a subsystem. */
record AllowedHostsRules(Nvmet nvmet) implements Rules {

  /** nvmet_allowed_hosts_allow_link. */
  @Override
  public void allowLink(SimNode directory, SimNode target) throws Deny {
    if (target.kind() != NodeKind.HOST) {
      nvmet.log().print(Nvmet.NAME, "can only link hosts into the allowed_hosts directory!");
      throw new Deny(Errno.EINVAL);
    }
    if (directory.parent().flag("attr_allow_any_host")) {
      nvmet.log().print(Nvmet.NAME, "can't add hosts when allow_any_host is set!");
      throw new Deny(Errno.EINVAL);
    }
    if (target.linkedFrom().contains(directory)) {
      throw new Deny(Errno.EEXIST);
    }
  }
}
