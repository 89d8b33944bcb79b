package io.nvmetsh.kernel.sim;

import java.util.Map;
import java.util.OptionalInt;

/** Hosts, as far as nvmet's configuration depends on them: they connect, look, and stay. */
record SimHosts(Nvmet nvmet) {

  /**
   * A host connects to a subsystem through a port and identifies the controller.
   *
   * @return the controller's id; empty when the host is refused
   */
  OptionalInt connect(String host, SimNode subsystem, SimNode port) {
    boolean exported = subsystem.linkedFrom().contains(port.group("subsystems"));
    if (!exported || !isAllowed(host, subsystem)) {
      return OptionalInt.empty();
    }
    int cntlid = freeCntlid(subsystem);
    nvmet.controllers().add(new SimController(cntlid, host, subsystem, port));
    subsystem.set(SubsystemRules.DISCOVERED, true);
    return OptionalInt.of(cntlid);
  }

  /** nvmet_host_allowed. */
  private static boolean isAllowed(String host, SimNode subsystem) {
    if (subsystem.flag("attr_allow_any_host")) {
      return true;
    }
    for (Map.Entry<String, SimNode> link : subsystem.group("allowed_hosts").links().entrySet()) {
      if (link.getValue().name().equals(host)) {
        return true;
      }
    }
    return false;
  }

  private int freeCntlid(SimNode subsystem) {
    int cntlid = 1;
    for (SimController controller : nvmet.controllers()) {
      if (controller.subsystem() == subsystem) {
        cntlid = Math.max(cntlid, controller.cntlid() + 1);
      }
    }
    return cntlid;
  }

  /** All of a subsystem's hosts leave. */
  void disconnect(SimNode subsystem) {
    nvmet.controllers().removeIf(controller -> controller.subsystem() == subsystem);
  }
}
