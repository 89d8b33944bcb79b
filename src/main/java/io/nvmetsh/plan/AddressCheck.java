package io.nvmetsh.plan;

import io.nvmetsh.device.Inventory;
import io.nvmetsh.device.IpAddress;
import io.nvmetsh.schema.NodeKind;
import io.nvmetsh.schema.NvmetPath;
import io.nvmetsh.schema.Problem;
import io.nvmetsh.schema.Quoting;
import io.nvmetsh.tree.Port;
import io.nvmetsh.tree.TargetTree;
import java.util.List;
import java.util.Optional;

/**
 * Whether a port can listen where it is told to. The kernel takes any text for an address and finds
 * out when the first subsystem is linked: then it binds, and says EINVAL to nearly everything.
 */
final class AddressCheck implements Check {

  private final TargetTree tree;
  private final Inventory inventory;
  private final boolean force;

  AddressCheck(TargetTree tree, Inventory inventory, boolean force) {
    this.tree = tree;
    this.inventory = inventory;
    this.force = force;
  }

  @Override
  public Optional<Problem> set(Change.SetAttribute set) {
    boolean ofPort = set.path().parent().kind().filter(NodeKind.PORT::equals).isPresent();
    if (!ofPort || force || !set.path().name().equals("addr_traddr")) {
      return Optional.empty();
    }
    Port port = new Port(tree, set.path().parent());
    Optional<IpAddress> ip = IpAddress.parse(set.value());
    if (ip.isEmpty()) {
      return port.isOnIp() ? Optional.of(noAddress(set, port)) : Optional.empty();
    }
    return isHere(set.value(), ip.get())
        ? Optional.empty()
        : Optional.of(notHere(port, set.value()).hint(ChangeCheck.FORCE));
  }

  private static Problem noAddress(Change.SetAttribute set, Port port) {
    return about(
            port,
            set.value(),
            Problem.Kind.INVALID,
            "addr_traddr "
                + Quoting.word(set.value())
                + " is no IP address, which "
                + port.transport()
                + " listens on (the link answers EINVAL)",
            "IP address")
        .hint("see the addresses of this machine:  nics")
        .hint(ChangeCheck.FORCE);
  }

  private boolean isHere(String text, IpAddress ip) {
    return ip.isWildcard() || ip.isLoopback() || inventory.address(text).isPresent();
  }

  private static Problem notHere(Port port, String address) {
    return about(
            port,
            address,
            Problem.Kind.NOT_FOUND,
            "this machine has no address " + address + " (the link answers EADDRNOTAVAIL)",
            "address present")
        .hint("see the addresses of this machine:  nics");
  }

  @Override
  public Optional<Problem> link(Change.Link link) {
    NvmetPath directory = link.path().parent();
    boolean first =
        directory.kind().filter(NodeKind.PORT_SUBSYSTEMS::equals).isPresent()
            && tree.glance(directory, 1).isEmpty();
    return first ? listen(new Port(tree, directory.parent())) : Optional.empty();
  }

  /** nvmet_enable_port, and the transport's add_port behind it. */
  private Optional<Problem> listen(Port port) {
    if (port.transport().isEmpty()) {
      return Optional.of(unset(port, "addr_trtype", "rdma"));
    }
    if (!port.isOnIp()) {
      return Optional.empty();
    }
    if (port.family().isEmpty()) {
      return Optional.of(unset(port, "addr_adrfam", "ipv4"));
    }
    if (!port.family().equals("ipv4") && !port.family().equals("ipv6")) {
      return Optional.of(family(port, "ipv4"));
    }
    if (port.address().isEmpty()) {
      return Optional.of(unset(port, "addr_traddr", example(port)));
    }
    if (port.service().isEmpty()) {
      return Optional.of(unset(port, "addr_trsvcid", "4420"));
    }
    Optional<Problem> address = address(port);
    return address.isPresent() ? address : service(port);
  }

  private String example(Port port) {
    return inventory.addresses().stream()
        .filter(each -> !each.loopback() && !each.linkLocal())
        .filter(each -> each.isIpv6() == port.family().equals("ipv6"))
        .map(each -> each.text())
        .findFirst()
        .orElse("ADDRESS");
  }

  private static Problem unset(Port port, String attribute, String example) {
    return about(
            port,
            "",
            Problem.Kind.CONFLICT,
            attribute + " is not set, so the port cannot listen (the kernel answers EINVAL)",
            "address complete")
        .with("attribute", attribute)
        .hint("set it first:  " + TypedLines.set(port.path(), attribute, example));
  }

  private static Problem family(Port port, String wanted) {
    return about(
            port,
            port.family(),
            Problem.Kind.CONFLICT,
            "addr_adrfam is "
                + port.family()
                + ", with "
                + port.transport()
                + " and address "
                + port.address()
                + " (the kernel answers EINVAL)",
            "family fits address")
        .hint("set it first:  " + TypedLines.set(port.path(), "addr_adrfam", wanted));
  }

  private Optional<Problem> address(Port port) {
    Optional<IpAddress> ip = port.ip();
    if (ip.isEmpty()) {
      return Optional.of(
          about(
                  port,
                  port.address(),
                  Problem.Kind.CONFLICT,
                  "addr_traddr "
                      + Quoting.word(port.address())
                      + " is no IP address (the kernel answers EINVAL)",
                  "IP address")
              .hint("see the addresses of this machine:  nics"));
    }
    if (!ip.get().family().equals(port.family())) {
      return Optional.of(family(port, ip.get().family()));
    }
    return isHere(port.address(), ip.get()) || force
        ? taken(port)
        : Optional.of(notHere(port, port.address()).hint(ChangeCheck.FORCE));
  }

  /** By another port; of very many ports the kernel finds it. */
  private Optional<Problem> taken(Port port) {
    NvmetPath group = NvmetPath.of("ports");
    for (String name : tree.isLarge(group) ? List.<String>of() : tree.directories(group)) {
      Port other = new Port(tree, NvmetPath.of("ports", name));
      if (!other.path().equals(port.path())
          && other.isLinked()
          && other.transport().equals(port.transport())
          && other.service().equals(port.service())
          && other.ip().equals(port.ip())) {
        return Optional.of(
            about(
                    port,
                    port.address(),
                    Problem.Kind.CONFLICT,
                    other.path()
                        + " listens on "
                        + port.address()
                        + " "
                        + port.service()
                        + " already (the kernel answers EADDRINUSE)",
                    "address free")
                .hint(
                    "choose another service id:  "
                        + TypedLines.set(port.path(), "addr_trsvcid", nextService(port))));
      }
    }
    return Optional.empty();
  }

  private static String nextService(Port port) {
    long number = KernelNumber.parse(port.service()).orElse(4420);
    return Long.toString(number < 65535 ? number + 1 : 4420);
  }

  private static Optional<Problem> service(Port port) {
    if (KernelNumber.parse(port.service()).isPresent()) {
      return Optional.empty();
    }
    return Optional.of(
        about(
                port,
                port.service(),
                Problem.Kind.CONFLICT,
                "addr_trsvcid "
                    + Quoting.word(port.service())
                    + " is no port number (the kernel answers EINVAL)",
                "port number")
            .hint("set it first:  " + TypedLines.set(port.path(), "addr_trsvcid", "4420")));
  }

  private static Problem about(
      Port port, String value, Problem.Kind kind, String message, String rule) {
    return Problem.of(kind, port.path() + ": " + message)
        .with("path", port.path().toString())
        .with("value", value)
        .with("rule", rule);
  }
}
