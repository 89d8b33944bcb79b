package io.nvmetsh.plan;

import io.nvmetsh.device.Inventory;
import io.nvmetsh.device.IpAddress;
import io.nvmetsh.schema.NodeKind;
import io.nvmetsh.schema.NvmetPath;
import io.nvmetsh.schema.Problem;
import io.nvmetsh.schema.Quoting;
import io.nvmetsh.tree.Port;
import io.nvmetsh.tree.TargetTree;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Whether a port can listen where it is told to. The kernel takes any text for an address and finds
 * out when the first subsystem is linked: then it binds, and says EINVAL to nearly everything.
 */
final class AddressCheck implements Check {

  private final TargetTree tree;
  private final Inventory inventory;

  AddressCheck(TargetTree tree, Inventory inventory) {
    this.tree = tree;
    this.inventory = inventory;
  }

  @Override
  public Optional<Problem> set(Change.SetAttribute set) {
    boolean ofPort = set.path().parent().kind().filter(NodeKind.PORT::equals).isPresent();
    if (!ofPort || !set.path().name().equals("addr_traddr")) {
      return Optional.empty();
    }
    Port port = new Port(tree, set.path().parent());
    Optional<IpAddress> ip = IpAddress.parse(set.value());
    if (ip.isEmpty()) {
      return port.isOnIp() ? Optional.of(noAddress(set, port)) : Optional.empty();
    }
    return isHere(set.value(), ip.get())
        ? Optional.empty()
        : Optional.of(
            notHere(port, set.value(), " (the link answers " + Cause.ADDRESS_ABSENT.errno() + ")"));
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
                + " listens on (the link answers "
                + Cause.ADDRESS_FORM.errno()
                + ")",
            "IP address")
        .hint("see the addresses of this machine:  nics")
        .hint(ChangeCheck.FORCE);
  }

  private boolean isHere(String text, IpAddress ip) {
    return ip.isWildcard() || ip.isLoopback() || inventory.address(text).isPresent();
  }

  private static Problem notHere(Port port, String address, String answer) {
    return about(
            port,
            address,
            Problem.Kind.NOT_FOUND,
            "this machine has no address " + address + answer,
            "address present")
        .hint("see the addresses of this machine:  nics")
        .hint(ChangeCheck.FORCE);
  }

  @Override
  public Optional<Problem> link(Change.Link link) {
    NvmetPath directory = link.path().parent();
    boolean first =
        directory.kind().filter(NodeKind.PORT_SUBSYSTEMS::equals).isPresent()
            && tree.glance(directory, 1).isEmpty();
    return first ? listen(new Port(tree, directory.parent())) : Optional.empty();
  }

  /** In the kernel's order: nvmet_enable_port, and the transport's add_port behind it. */
  private Optional<Problem> listen(Port port) {
    if (port.transport().isEmpty()) {
      return Optional.of(unset(port, Cause.NO_TRTYPE));
    }
    if (tree.isOn(port.path(), "param_pi_enable") && !port.transport().equals("rdma")) {
      return Optional.of(noIntegrity(port));
    }
    if (!port.isOnIp()) {
      return Optional.empty();
    }
    if (port.family().isEmpty()) {
      return Optional.of(unset(port, Cause.FAMILY));
    }
    if (!port.family().equals("ipv4") && !port.family().equals("ipv6")) {
      return Optional.of(family(port, Cause.FAMILY, "ipv4"));
    }
    if (port.address().isEmpty()) {
      return Optional.of(unset(port, Cause.ADDRESS_FORM));
    }
    if (port.service().isEmpty()) {
      return Optional.of(unset(port, Cause.ADDRESS_FORM));
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

  /**
   * All that is missing, since the kernel asks for one after the other; without a transport that is
   * the transport, unless an IP address tells what it is to listen on.
   */
  private Problem unset(Port port, Cause cause) {
    Map<String, String> missing = new LinkedHashMap<>();
    if (port.transport().isEmpty()) {
      missing.put("addr_trtype", "rdma");
    }
    if (!port.transport().isEmpty() || port.ip().isPresent()) {
      address(port, missing);
    }
    boolean one = missing.size() == 1;
    return foreseen(
            port,
            cause,
            "",
            String.join(", ", missing.keySet())
                + (one ? " is" : " are")
                + " not set, so the port cannot listen",
            "address complete")
        .with("attribute", missing.keySet().iterator().next())
        .hint((one ? "set it" : "set them") + " first:  " + TypedLines.set(port.path(), missing));
  }

  private void address(Port port, Map<String, String> missing) {
    if (port.family().isEmpty()) {
      missing.put("addr_adrfam", port.ip().filter(IpAddress::isIpv6).isPresent() ? "ipv6" : "ipv4");
    }
    if (port.address().isEmpty()) {
      missing.put("addr_traddr", example(port));
    }
    if (port.service().isEmpty()) {
      missing.put("addr_trsvcid", "4420");
    }
  }

  private static Problem noIntegrity(Port port) {
    return foreseen(
            port,
            Cause.NO_INTEGRITY,
            port.transport(),
            "param_pi_enable is on, and " + port.transport() + " carries no protection information",
            "integrity needs rdma")
        .hint("switch it off first:  " + TypedLines.set(port.path(), "param_pi_enable", "0"));
  }

  private static Problem family(Port port, Cause cause, String wanted) {
    return foreseen(
            port,
            cause,
            port.family(),
            "addr_adrfam is "
                + port.family()
                + ", with "
                + port.transport()
                + " and address "
                + port.address(),
            "family fits address")
        .hint("set it first:  " + TypedLines.set(port.path(), "addr_adrfam", wanted));
  }

  private Optional<Problem> address(Port port) {
    Optional<IpAddress> ip = port.ip();
    if (ip.isEmpty()) {
      return Optional.of(
          foreseen(
                  port,
                  Cause.ADDRESS_FORM,
                  port.address(),
                  "addr_traddr " + Quoting.word(port.address()) + " is no IP address",
                  "IP address")
              .hint("see the addresses of this machine:  nics"));
    }
    if (!ip.get().family().equals(port.family())) {
      return Optional.of(family(port, Cause.ADDRESS_FORM, ip.get().family()));
    }
    return isHere(port.address(), ip.get())
        ? taken(port)
        : Optional.of(
            Cause.ADDRESS_ABSENT.foresees(
                notHere(port, port.address(), Cause.ADDRESS_ABSENT.answer())));
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
            foreseen(
                    port,
                    Cause.ADDRESS_TAKEN,
                    port.address(),
                    other.path()
                        + " listens on "
                        + port.address()
                        + " "
                        + port.service()
                        + " already",
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
        foreseen(
                port,
                Cause.ADDRESS_FORM,
                port.service(),
                "addr_trsvcid " + Quoting.word(port.service()) + " is no port number",
                "port number")
            .hint("set it first:  " + TypedLines.set(port.path(), "addr_trsvcid", "4420")));
  }

  private static Problem foreseen(
      Port port, Cause cause, String value, String message, String rule) {
    return cause.foresees(
        about(port, value, Problem.Kind.CONFLICT, message + cause.answer(), rule));
  }

  private static Problem about(
      Port port, String value, Problem.Kind kind, String message, String rule) {
    return Problem.of(kind, port.path() + ": " + message)
        .with("path", port.path().toString())
        .with("value", value)
        .with("rule", rule);
  }
}
