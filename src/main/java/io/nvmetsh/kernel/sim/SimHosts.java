package io.nvmetsh.kernel.sim;

import io.nvmetsh.schema.NvmetPath;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;

/** Hosts, as far as nvmet's configuration depends on them: they connect, look, and stay. */
record SimHosts(Nvmet nvmet) {

  /** sizeof(struct nvmf_connect_data). */
  private static final int CONNECT_DATA = 1024;

  /**
   * A host connects to a subsystem through a port and identifies the controller.
   *
   * @return the controller's id; empty when the host is refused
   */
  OptionalInt connect(String host, SimNode subsystem, SimNode port) {
    if (!subsystem.linkedFrom().contains(port.group("subsystems"))) {
      return OptionalInt.empty();
    }
    if (port.value("addr_trtype").equals("tcp") && !isHeardOverTcp(port)) {
      return OptionalInt.empty();
    }
    dropProtection(port);
    OptionalInt cntlid = allocate(host, subsystem, port);
    if (cntlid.isEmpty() || needsKey(host, subsystem)) {
      return OptionalInt.empty();
    }
    OffloadContexts contexts = new OffloadContexts(nvmet);
    try {
      contexts.checkBackends(subsystem, port);
    } catch (Deny e) {
      if (!nvmet.has(Quirk.SERVED_WITHOUT_QUEUE)) {
        return OptionalInt.empty();
      }
    }
    nvmet.controllers().add(new SimController(cntlid.getAsInt(), host, subsystem, port));
    contexts.settle();
    if (!Nvmet.isPassthru(subsystem)) {
      // nvmet_execute_identify_ctrl; a controller handed through answers for itself.
      subsystem.set(SubsystemRules.DISCOVERED, true);
    }
    return cntlid;
  }

  /** The same by the path of the link that exports the subsystem. */
  boolean connect(String host, NvmetPath link) {
    SimNode port = port(link);
    SimNode subsystem = port.group("subsystems").link(link.name());
    return subsystem != null && connect(host, subsystem, port).isPresent();
  }

  /**
   * tcp_v4_connect goes to no broadcast and no multicast address, though a socket listens there;
   * and nvmet_tcp_map_data drops a host when what its Connect command brings along does not fit.
   */
  private boolean isHeardOverTcp(SimNode port) {
    return port.number("param_inline_data_size") >= CONNECT_DATA
        && PortEnabling.of(nvmet, port)
            .filter(address -> !address.isBroadcast() && !address.isMulticast())
            .isPresent();
  }

  private SimNode port(NvmetPath link) {
    return nvmet.root().group("ports").group(link.name(1));
  }

  /** nvmet_rdma_find_get_device: the first connection shows whether the device can do T10-PI. */
  private void dropProtection(SimNode port) {
    boolean rdma = port.value("addr_trtype").equals("rdma");
    boolean known =
        nvmet.controllers().stream()
            .anyMatch(other -> other.port().value("addr_trtype").equals("rdma"));
    if (rdma && !known && port.shape().has("param_pi_enable") && port.flag("param_pi_enable")) {
      String device = PortEnabling.adapter(nvmet, port);
      nvmet
          .log()
          .print(
              Transport.RDMA.module(),
              "T10-PI is not supported by device " + device + ". Disabling it");
      port.set("param_pi_enable", false);
    }
  }

  /** nvmet_alloc_ctrl. */
  private OptionalInt allocate(String host, SimNode subsystem, SimNode port) {
    if (!isAllowed(host, subsystem)) {
      nvmet
          .log()
          .print(
              Nvmet.NAME,
              "connect by host "
                  + host
                  + " for subsystem "
                  + Nvmet.nqn(subsystem)
                  + " not allowed");
      return OptionalInt.empty();
    }
    SimNode passthru = subsystem.child("passthru");
    if (passthru != null
        && passthru.shape().has("clear_ids")
        && port.value("addr_trtype").equals("loop")) {
      passthru.set("clear_ids", "1");
    }
    return freeCntlid(subsystem);
  }

  /** nvmet_host_allowed. */
  private static boolean isAllowed(String host, SimNode subsystem) {
    return subsystem.flag("attr_allow_any_host") || isNamed(host, subsystem, false);
  }

  /** nvmet_setup_auth: a host with a key has to prove itself, and these hosts have none. */
  private static boolean needsKey(String host, SimNode subsystem) {
    return !subsystem.flag("attr_allow_any_host") && isNamed(host, subsystem, true);
  }

  private static boolean isNamed(String host, SimNode subsystem, boolean withKey) {
    for (SimNode allowed : subsystem.group("allowed_hosts").links().values()) {
      if (allowed.name().equals(host) && (!withKey || allowed.isSet("dhchap_key"))) {
        return true;
      }
    }
    return false;
  }

  /** cntlid_ida, which all subsystems share: the lowest free number in this one's range. */
  private OptionalInt freeCntlid(SimNode subsystem) {
    Set<Integer> taken = new TreeSet<>();
    for (SimController controller : nvmet.controllers()) {
      taken.add(controller.cntlid());
    }
    boolean ranged = subsystem.shape().has("attr_cntlid_min");
    int most = ranged ? subsystem.number("attr_cntlid_max") : 0xffef;
    if (nvmet.has(Quirk.CNTLID_MAX_EXCLUDED)) {
      most--;
    }
    for (int id = ranged ? subsystem.number("attr_cntlid_min") : 1; id <= most; id++) {
      if (!taken.contains(id)) {
        return OptionalInt.of(id);
      }
    }
    return OptionalInt.empty();
  }

  /** All of a subsystem's hosts leave. */
  void disconnect(SimNode subsystem) {
    nvmet.controllers().removeIf(controller -> controller.subsystem() == subsystem);
    new OffloadContexts(nvmet).settle();
  }

  /** One host leaves, as it came. */
  void disconnect(String host, NvmetPath link) {
    SimNode port = port(link);
    nvmet
        .controllers()
        .removeIf(
            controller ->
                controller.host().equals(host)
                    && controller.port() == port
                    && controller.subsystem() == port.group("subsystems").link(link.name()));
    new OffloadContexts(nvmet).settle();
  }

  /** The hosts that came by a link read and write, one block a command. */
  void serve(NvmetPath link, long reads, long writes) {
    SimNode port = port(link);
    SimNode subsystem = port.group("subsystems").link(link.name());
    if (subsystem != null) {
      new OffloadContexts(nvmet).serve(subsystem, port, reads, writes);
    }
  }

  /** Who is connected: a host's NQN and the link it came by. */
  Set<String> connected() {
    Set<String> connected = new TreeSet<>();
    for (SimController controller : nvmet.controllers()) {
      SimNode directory = controller.port().group("subsystems");
      for (Map.Entry<String, SimNode> link : directory.links().entrySet()) {
        if (link.getValue() == controller.subsystem()) {
          NvmetPath path = directory.path().child(link.getKey());
          connected.add(controller.host() + " " + path.toString().substring(1));
        }
      }
    }
    return connected;
  }
}
