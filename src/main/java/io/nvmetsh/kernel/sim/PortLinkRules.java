package io.nvmetsh.kernel.sim;

import io.nvmetsh.kernel.Errno;
import io.nvmetsh.schema.NodeKind;

/** The subsystems of a port. The first link enables the port, and the last unlink disables it. */
record PortLinkRules(Nvmet nvmet, PortEnabling enabling, OffloadPorts offload) implements Rules {

  /** nvmet_port_subsys_allow_link. */
  @Override
  public void allowLink(SimNode directory, SimNode target) throws Deny {
    if (target.kind() != NodeKind.SUBSYSTEM) {
      nvmet.log().print(Nvmet.NAME, "can only link subsystems into the subsystems dir.!");
      throw new Deny(Errno.EINVAL);
    }
    if (target.linkedFrom().contains(directory)) {
      throw new Deny(Errno.EEXIST);
    }
    SimNode port = directory.parent();
    if (!Nvmet.isEnabled(port)) {
      enabling.enable(port, target);
    } else {
      offload.checkFurtherLink(port, target);
    }
  }

  /** nvmet_port_subsys_drop_link. */
  @Override
  public void dropLink(SimNode directory, SimNode target) {
    SimNode port = directory.parent();
    if (nvmet.has(Quirk.UNLINK_DROPS_HOSTS)) {
      nvmet
          .controllers()
          .removeIf(controller -> controller.port() == port && controller.subsystem() == target);
    }
    if (directory.links().size() == 1) {
      offload.portDisabled(port);
    }
  }
}
