package io.nvmetsh.kernel.sim;

import io.nvmetsh.kernel.Errno;
import io.nvmetsh.kernel.sim.SimWorld.LocalAddress;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Enabling a port: its transport is loaded, takes the address, and settles the port's sizes. */
record PortEnabling(Nvmet nvmet, OffloadPorts offload) {

  private static final int LEAST_QUEUE = 16;
  private static final int MOST_QUEUE = 1024;
  private static final int RDMA_QUEUE = 128;
  private static final int RDMA_MOST_QUEUE = 256;
  private static final int PAGE_SIZE = 4096;
  private static final int RDMA_MOST_INLINE = 4 * PAGE_SIZE;

  /** nvmet_enable_port. What a transport has settled stays, even when the port is refused. */
  void enable(SimNode port, SimNode subsystem) throws Deny {
    Transport transport = transport(port);
    boolean protection = port.shape().has("param_pi_enable") && port.flag("param_pi_enable");
    if (protection && transport != Transport.RDMA) {
      nvmet
          .log()
          .print(Nvmet.NAME, "T10-PI is not supported by transport type " + transport.number());
      throw new Deny(Errno.EINVAL);
    }
    offload.beforePort(subsystem, protection);
    switch (transport) {
      case RDMA -> addRdmaPort(port);
      case TCP -> addTcpPort(port);
      case FC -> addFcPort(port);
      case LOOP, PCI -> {}
    }
    offload.portAdded(port, subsystem, transport);
    settle(port, "param_inline_data_size", 0, 0, Integer.MAX_VALUE);
    settle(port, "param_max_queue_size", MOST_QUEUE, LEAST_QUEUE, MOST_QUEUE);
    settle(port, "param_mdts", 0, 0, 255);
  }

  /** What the transport leaves open or sets wrong is put right. */
  private static void settle(SimNode port, String attribute, int normal, int least, int most) {
    if (port.shape().has(attribute)) {
      int value = port.number(attribute);
      int settled = value < 0 ? normal : Math.max(least, Math.min(most, value));
      port.set(attribute, Integer.toString(settled));
    }
  }

  private Transport transport(SimNode port) throws Deny {
    Optional<Transport> chosen = Transport.of(port.value("addr_trtype"));
    if (chosen.isEmpty() && nvmet.has(Quirk.TRTYPE_UNSET_SILENT)) {
      throw new Deny(Errno.EINVAL);
    }
    boolean ready = chosen.isPresent() && isThere(chosen.get());
    if (chosen.isEmpty() || !ready) {
      int number = chosen.isPresent() ? chosen.get().number() : 0;
      nvmet.log().print(Nvmet.NAME, "transport type " + number + " not supported");
      throw new Deny(Errno.EINVAL);
    }
    return chosen.get();
  }

  private boolean isThere(Transport transport) {
    SimModules modules = nvmet.modules();
    if (!modules.isLoaded(transport.module()) && transport.loadsItself()) {
      modules.request(transport.module());
    }
    return modules.provides(transport.module());
  }

  /** nvmet_tcp_add_port. */
  private void addTcpPort(SimNode port) throws Deny {
    SocketAddress address = address(port, Transport.TCP);
    chooseSize(port, "param_inline_data_size", 4 * PAGE_SIZE);
    Errno bound = bindTcp(port, address);
    if (bound != null) {
      print(Transport.TCP, "failed to bind port socket -" + bound.number());
      throw new Deny(bound);
    }
    print(Transport.TCP, "enabling port " + Nvmet.number(port) + " (" + address + ")");
  }

  /** nvmet_rdma_add_port. */
  private void addRdmaPort(SimNode port) throws Deny {
    boolean v6 = isV6(port, Transport.RDMA);
    chooseSize(port, "param_inline_data_size", PAGE_SIZE);
    limitSize(port, "param_inline_data_size", RDMA_MOST_INLINE, "inline_data_size");
    chooseSize(port, "param_max_queue_size", RDMA_QUEUE);
    limitSize(port, "param_max_queue_size", RDMA_MOST_QUEUE, "max_queue_size");
    SocketAddress address = parse(port, v6, Transport.RDMA);
    String shown = address + (v6 ? "%" + address.scope() : "");
    Errno bound = bindRdma(port, address);
    if (bound != null) {
      print(Transport.RDMA, "binding CM ID to " + shown + " failed (-" + bound.number() + ")");
      throw new Deny(bound);
    }
    print(Transport.RDMA, "enabling port " + Nvmet.number(port) + " (" + shown + ")");
  }

  /** nvmet_fc_add_port; a simulated machine has no FC target port to add it to. */
  private static void addFcPort(SimNode port) throws Deny {
    boolean wellFormed =
        port.value("addr_adrfam").equals("fc") && isFcName(port.value("addr_traddr"));
    throw new Deny(wellFormed ? Errno.ENXIO : Errno.EINVAL);
  }

  /** nvme_fc_parse_traddr: {@code nn-0x1122334455667788:pn-0x1122334455667788}. */
  private static boolean isFcName(String traddr) {
    String form = "nn-0x................:pn-0x................";
    for (int i = 0; i < form.length(); i++) {
      boolean fits =
          form.charAt(i) == '.'
              ? KernelNumber.digit(traddr, i, 16) >= 0
              : i < traddr.length() && traddr.charAt(i) == form.charAt(i);
      if (!fits) {
        return false;
      }
    }
    return traddr.length() == form.length();
  }

  private SocketAddress address(SimNode port, Transport transport) throws Deny {
    return parse(port, isV6(port, transport), transport);
  }

  private boolean isV6(SimNode port, Transport transport) throws Deny {
    String family = port.value("addr_adrfam");
    if (family.equals("ipv4") || family.equals("ipv6")) {
      return family.equals("ipv6");
    }
    int number =
        switch (family) {
          case "pci" -> 0;
          case "ib" -> 3;
          case "fc" -> 4;
          case "loop" -> 254;
          default -> nvmet.has(Quirk.ADRFAM_UNSET_IS_255) ? 255 : 0;
        };
    print(transport, "address family " + number + " not supported");
    throw new Deny(Errno.EINVAL);
  }

  /** inet_pton_with_scope. */
  private SocketAddress parse(SimNode port, boolean v6, Transport transport) throws Deny {
    String traddr = port.value("addr_traddr");
    String trsvcid = port.value("addr_trsvcid");
    Optional<SocketAddress> address = SocketAddress.parse(v6, traddr, trsvcid, nvmet.world());
    if (address.isEmpty()) {
      print(transport, "malformed ip/port passed: " + traddr + ":" + trsvcid);
      throw new Deny(Errno.EINVAL);
    }
    return address.get();
  }

  private static void chooseSize(SimNode port, String attribute, int normal) {
    if (port.shape().has(attribute) && port.number(attribute) < 0) {
      port.set(attribute, Integer.toString(normal));
    }
  }

  private void limitSize(SimNode port, String attribute, int most, String name) {
    if (port.shape().has(attribute) && port.number(attribute) > most) {
      print(
          Transport.RDMA,
          name + " " + port.value(attribute) + " is too large, reducing to " + most);
      port.set(attribute, Integer.toString(most));
    }
  }

  private void print(Transport transport, String text) {
    nvmet.log().print(transport.module(), text);
  }

  // Binding.

  /** kernel_bind of a listening socket: the address must be ours, and free on that port. */
  private @Nullable Errno bindTcp(SimNode port, SocketAddress wanted) {
    SocketAddress address = wanted.unmapped();
    if (address.v6() && (address.isMulticast() || lacksScope(address))) {
      return Errno.EINVAL;
    } else if (!address.isAny()
        && !address.isMulticast()
        && !address.isBroadcast()
        && find(nvmet, address).isEmpty()) {
      return Errno.EADDRNOTAVAIL;
    }
    if (address.port() != 0) {
      for (SocketAddress taken : nvmet.taken()) {
        if (taken.port() == address.port() && overlap(taken.unmapped(), address)) {
          return Errno.EADDRINUSE;
        }
      }
      for (SimNode other : nvmet.root().group("ports").children()) {
        Optional<SocketAddress> taken = listening(other, port, Transport.TCP, address.port());
        if (taken.isPresent() && overlap(taken.get().unmapped(), address)) {
          return Errno.EADDRINUSE;
        }
      }
    }
    return null;
  }

  private static boolean lacksScope(SocketAddress address) {
    return address.isLinkLocal() && address.scope() == 0;
  }

  /** A wildcard takes the port of all addresses; the one of IPv6 also those of IPv4. */
  private static boolean overlap(SocketAddress a, SocketAddress b) {
    if (a.v6() == b.v6()) {
      return a.isAny() || b.isAny() || a.sameAddress(b);
    }
    return (a.v6() ? a : b).isAny();
  }

  /**
   * rdma_bind_addr: loopback addresses count as wildcards, which need no device (cma_any_addr) and
   * tolerate nobody else on their port (cma_check_port).
   */
  private @Nullable Errno bindRdma(SimNode port, SocketAddress address) {
    if (lacksScope(address)) {
      return Errno.EINVAL;
    }
    if (!isWildcard(address)) {
      Optional<LocalAddress> local = find(nvmet, address);
      // With a scope the interface is certain, and whose address it is need not be looked up.
      if (local.isEmpty() && address.scope() == 0) {
        return Errno.EADDRNOTAVAIL;
      } else if (local.isEmpty()
          || local.get().adapter().isEmpty()
          || !isOn(local.get(), address.scope())) {
        return Errno.ENODEV;
      }
    }
    if (address.port() != 0) {
      for (SimNode other : nvmet.root().group("ports").children()) {
        Optional<SocketAddress> taken = listening(other, port, Transport.RDMA, address.port());
        if (taken.isPresent() && taken.get().v6() == address.v6()) {
          if (isWildcard(taken.get()) || isWildcard(address)) {
            return Errno.EADDRNOTAVAIL;
          } else if (taken.get().sameAddress(address)) {
            return Errno.EADDRINUSE;
          }
        }
      }
    }
    return null;
  }

  /** A link-local address is looked for on the interface of its scope, wherever else it may be. */
  private boolean isOn(LocalAddress local, long scope) {
    int percent = local.ip().indexOf('%');
    return scope == 0
        || percent < 0
        || nvmet.world().interfaceIndex(local.ip().substring(percent + 1)).orElse(0) == scope;
  }

  static boolean isWildcard(SocketAddress address) {
    return address.isAny() || address.isLoopback();
  }

  /** Where another enabled port of that transport and port number listens. */
  private Optional<SocketAddress> listening(
      SimNode other, SimNode port, Transport transport, int number) {
    if (other == port
        || !Nvmet.isEnabled(other)
        || !Transport.of(other.value("addr_trtype")).equals(Optional.of(transport))) {
      return Optional.empty();
    }
    return of(nvmet, other).filter(address -> address.port() == number);
  }

  /** The address of a port, when it has one. */
  static Optional<SocketAddress> of(Nvmet nvmet, SimNode port) {
    return SocketAddress.parse(
        port.value("addr_adrfam").equals("ipv6"),
        port.value("addr_traddr"),
        port.value("addr_trsvcid"),
        nvmet.world());
  }

  /** The name of the RDMA device behind a port's address; empty when there is none. */
  static String adapter(Nvmet nvmet, SimNode port) {
    return of(nvmet, port)
        .flatMap(address -> find(nvmet, address))
        .flatMap(LocalAddress::adapter)
        .map(SimWorld.Adapter::name)
        .orElse("");
  }

  /** The interface address that an address is; all of 127.0.0.0/8 is the loopback interface's. */
  static Optional<LocalAddress> find(Nvmet nvmet, SocketAddress address) {
    for (LocalAddress local : nvmet.world().addresses()) {
      Optional<SocketAddress> known = SocketAddress.local(local.ip());
      if (known.isPresent()
          && (known.get().sameAddress(address)
              || (address.isLoopback()
                  && known.get().isLoopback()
                  && address.v6() == known.get().v6()))) {
        return Optional.of(local);
      }
    }
    return Optional.empty();
  }
}
