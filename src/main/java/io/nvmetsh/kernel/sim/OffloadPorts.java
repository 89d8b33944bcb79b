package io.nvmetsh.kernel.sim;

import io.nvmetsh.kernel.Errno;
import io.nvmetsh.kernel.sim.SimWorld.LocalAddress;
import io.nvmetsh.kernel.sim.SimWorld.OffloadLimits;
import java.util.List;
import java.util.Optional;

/** The port's side of {@link OffloadRules}: what a port and its adapter take. */
record OffloadPorts(Nvmet nvmet, OffloadRules rules) {

  /** Whether an enabled port is offloaded; it was decided by its first link. */
  static final String OFFLOAD = ".offload";

  /** nvmet_param_offload_queues_store and its sisters. */
  void storePortParameter(SimNode port, String attribute, Page page) throws Deny {
    if (Nvmet.isEnabled(port)) {
      throw deny(
          Errno.EACCES,
          "Cannot modify " + attribute.substring("param_".length()) + " while enabled");
    }
    if (attribute.equals("param_offload_passthrough_sqe_rw")) {
      port.set(attribute, page.bool(nvmet.profile()));
      return;
    }
    long number;
    try {
      number = page.u32();
    } catch (Deny e) {
      throw new Deny(Errno.EINVAL);
    }
    boolean fits =
        switch (attribute) {
          case "param_offload_queues" -> number >= 1 && number <= nvmet.world().possibleCpus();
          case "param_offload_srq_size" -> number >= 256;
          default -> Long.bitCount(number) == 1;
        };
    if (!fits) {
      throw new Deny(Errno.EINVAL);
    }
    port.set(attribute, Long.toString(number));
  }

  /** In nvmet_enable_port, before the transport is asked. */
  void beforePort(SimNode subsystem, boolean protection) throws Deny {
    if (protection && nvmet.has(Quirk.OFFLOAD_EXCLUDES_PI) && rules.isOffloaded(subsystem)) {
      throw deny(Errno.EINVAL, "T10-PI is not supported on offloadble subsystem");
    }
  }

  /** In nvmet_enable_port, once the transport listens. A refusal here is silent. */
  void portAdded(SimNode port, SimNode subsystem, Transport transport) throws Deny {
    if (!isVendor()) {
      return;
    }
    boolean offload = rules.isOffloaded(subsystem);
    if (offload) {
      if (transport != Transport.RDMA) {
        throw new Deny(Errno.EINVAL);
      }
      if (PortEnabling.of(nvmet, port).map(PortEnabling::isWildcard).orElse(false)) {
        throw new SimCrash(
            "HAZ-OFFLOAD-WILDCARD", "the capability test of a listener that has no device yet");
      }
      Optional<OffloadLimits> limits = limits(nvmet, port);
      if (limits.isEmpty()) {
        throw new Deny(Errno.EINVAL);
      }
      if (nvmet.has(Quirk.SQE_PASSTHROUGH)
          && port.flag("param_offload_passthrough_sqe_rw")
          && !limits.get().sqePassthrough()) {
        throw deny(
            Errno.EINVAL,
            "Offload passthrough is not supported by device " + PortEnabling.adapter(nvmet, port));
      }
      if (nvmet.has(Quirk.ADAPTER_LIMITS)) {
        checkLimits(limits, OffloadRules.enabled(subsystem));
      }
    }
    port.set(OFFLOAD, offload);
  }

  /** A port that was linked before anybody looked: as its first link decides now. */
  void portFound(SimNode port) {
    if (isVendor() && Nvmet.isEnabled(port)) {
      boolean offload = false;
      for (SimNode subsystem : port.group("subsystems").links().values()) {
        offload |= rules.isOffloaded(subsystem);
      }
      port.set(OFFLOAD, offload && port.value("addr_trtype").equals("rdma"));
    }
  }

  private boolean isVendor() {
    return nvmet.profile().flavor().ofed().isPresent();
  }

  /**
   * In nvmet_port_subsys_allow_link, when the port is enabled already; limits are not asked again.
   */
  void checkFurtherLink(SimNode port, SimNode subsystem) throws Deny {
    if (!isVendor()) {
      return;
    }
    boolean one =
        nvmet.has(Quirk.ONE_OFFLOADED_SUBSYSTEM)
            || !limits(nvmet, port).map(OffloadLimits::manySubsystems).orElse(false);
    if (port.flag(OFFLOAD) && one) {
      throw deny(Errno.EINVAL, "Offloaded port restricted to have one subsytem enabled");
    }
    if (port.flag(OFFLOAD) != rules.isOffloaded(subsystem)) {
      throw deny(
          Errno.EINVAL, "can only link subsystems to ports with the same offloadble polarity");
    }
  }

  void portDisabled(SimNode port) {
    port.reset(OFFLOAD);
  }

  /** For each port the subsystem is linked to, whether its adapter takes one namespace more. */
  void checkLimits(SimNode subsystem, SimNode namespace) throws Deny {
    if (nvmet.has(Quirk.ADAPTER_LIMITS) && rules.isOffloaded(subsystem)) {
      for (SimNode port : Nvmet.portsOf(subsystem)) {
        List<SimNode> namespaces = OffloadRules.enabled(subsystem);
        namespaces.add(namespace);
        checkLimits(limits(nvmet, port), namespaces);
      }
    }
  }

  private void checkLimits(Optional<OffloadLimits> limits, List<SimNode> namespaces) throws Deny {
    if (limits.isEmpty()) {
      return;
    }
    OffloadLimits most = limits.get();
    long highest = 0;
    for (SimNode namespace : namespaces) {
      highest = Math.max(highest, Nvmet.number(namespace));
    }
    if (most.mostNsid() != 0 && highest > most.mostNsid()) {
      throw limit("Reached maximal namespace ID (", highest, most.mostNsid());
    } else if (namespaces.size() > most.namespaces()) {
      throw limit(
          "Reached max number of ns per offload subsys (", namespaces.size(), most.namespaces());
    } else if (namespaces.size() > most.backends()) {
      // Each namespace has a back end of its own, also two on one drive.
      throw deny(
          Errno.EINVAL,
          "Reached max number of supported be ctrl per XRQ (" + most.backends() + ")");
    }
  }

  private Deny limit(String text, long reached, long most) {
    return deny(Errno.EINVAL, text + reached + "/" + most + ")");
  }

  /** What the adapter behind a port's address can offload; empty when nothing. */
  static Optional<OffloadLimits> limits(Nvmet nvmet, SimNode port) {
    return PortEnabling.of(nvmet, port)
        .flatMap(address -> PortEnabling.find(nvmet, address))
        .flatMap(LocalAddress::adapter)
        .flatMap(SimWorld.Adapter::targetOffload);
  }

  private Deny deny(Errno errno, String line) {
    nvmet.log().print(Nvmet.NAME, line);
    return new Deny(errno);
  }
}
