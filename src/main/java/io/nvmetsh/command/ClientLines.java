package io.nvmetsh.command;

import io.nvmetsh.device.IpAddress;
import io.nvmetsh.device.LocalAddress;
import io.nvmetsh.schema.NvmetPath;
import io.nvmetsh.schema.Printable;
import io.nvmetsh.tree.Namespace;
import io.nvmetsh.tree.Port;
import io.nvmetsh.tree.Subsystem;
import io.nvmetsh.tree.TargetTree;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The lines of a client's shell script that connects to ports of this target (nvme-cli's). */
final class ClientLines {

  /** Stands where a client must put one itself. */
  private static final String UNKNOWN = "ADDRESS";

  private final Context context;
  private final Optional<String> host;
  private final boolean comments;
  private final Set<String> modules = new LinkedHashSet<>();
  private final List<String> lines = new ArrayList<>();
  private int connects;

  /**
   * @param host the only host to write lines for; of all that may connect when empty
   */
  ClientLines(Context context, Optional<String> host, boolean comments) {
    this.context = context;
    this.host = host;
    this.comments = comments;
  }

  /** Where a client finds a port. */
  private record Place(String transport, String address, String service) {
    /** How it is written behind {@code -t} and {@code -n}. */
    String options() {
      StringBuilder options = new StringBuilder();
      if (!address.isEmpty()) {
        options.append(" -a ").append(BashWords.literal(address));
      }
      if (!service.isEmpty()) {
        options.append(" -s ").append(BashWords.literal(service));
      }
      return options.append(transport.equals("fc") ? " -w HOST_ADDRESS" : "").toString();
    }
  }

  /** Whether there is any line that connects. */
  boolean isEmpty() {
    return connects == 0;
  }

  List<String> all() {
    List<String> all = new ArrayList<>();
    for (String module : modules) {
      all.add("modprobe " + module);
    }
    all.addAll(lines);
    return all;
  }

  /** Connects to subsystems through a port that they are linked to. */
  void add(Port port, List<Subsystem> subsystems) {
    if (subsystems.isEmpty() || port.transport().equals("pci")) {
      // a client finds an endpoint function on its PCI bus
      return;
    }
    for (Place place : places(port)) {
      modules.add("nvme-" + place.transport());
      comment(port.path() + (place.address().isEmpty() ? "" : " at " + place.address()));
      if (place.address().equals(UNKNOWN)) {
        comment("it listens on every address of this machine: put one of them for " + UNKNOWN);
      } else if (place.address().indexOf('%') >= 0) {
        comment("a link-local address: put the client's own interface behind the %");
      }
      if (place.transport().equals("fc")) {
        comment("the client's own address goes behind -w");
      }
      if (!place.transport().equals("loop")) {
        lines.add("nvme discover -t " + place.transport() + place.options() + hostNqn(host));
      }
      for (Subsystem subsystem : subsystems) {
        connect(place, port, subsystem);
      }
    }
  }

  /** Where a client finds the port; a wildcard stands for each address that hosts can reach. */
  private List<Place> places(Port port) {
    String transport = port.transport();
    if (transport.equals("loop")) {
      return List.of(new Place(transport, "", ""));
    }
    String service = port.isOnIp() ? port.service() : "";
    if (port.ip().filter(IpAddress::isWildcard).isEmpty()) {
      return List.of(new Place(transport, port.address(), service));
    }
    List<Place> places = new ArrayList<>();
    for (LocalAddress address : context.inventory().addresses()) {
      boolean fits = address.isIpv6() == port.ip().get().isIpv6();
      boolean reached = !address.loopback() && !address.linkLocal();
      if (fits && reached && (address.isRdmaCapable() || !transport.equals("rdma"))) {
        places.add(new Place(transport, address.text(), service));
      }
    }
    return places.isEmpty() ? List.of(new Place(transport, UNKNOWN, service)) : places;
  }

  private void connect(Place place, Port port, Subsystem subsystem) {
    explainNamespaces(subsystem);
    String line =
        "nvme connect -t "
            + place.transport()
            + " -n "
            + BashWords.literal(subsystem.nqn())
            + place.options()
            + (context.tree().value(port.path(), "addr_tsas", "").equals("tls1.3") ? " --tls" : "");
    if (subsystem.allowsAnyHost()) {
      lines.add(line + hostNqn(host));
      connects++;
      return;
    }
    List<String> hosts = hosts(subsystem);
    if (hosts.isEmpty()) {
      comment("no host may connect to it:  set " + subsystem.path() + " attr_allow_any_host=1");
    }
    for (String each : hosts) {
      if (host.isEmpty() || host.get().equals(each)) {
        comment("on the host " + each + " only");
        authentication(each);
        lines.add(line + hostNqn(Optional.of(each)));
        connects++;
      }
    }
  }

  private static String hostNqn(Optional<String> host) {
    return host.isPresent() ? " --hostnqn " + BashWords.literal(host.get()) : "";
  }

  private void explainNamespaces(Subsystem subsystem) {
    for (Namespace namespace : subsystem.namespaces()) {
      if (namespace.isEnabled()) {
        return;
      }
    }
    if (!subsystem.isPassthru()) {
      comment("hosts can connect to it and see nothing: no namespace is enabled");
    }
  }

  private List<String> hosts(Subsystem subsystem) {
    List<String> hosts = new ArrayList<>();
    for (TargetTree.Link link : context.tree().links(subsystem.path().child("allowed_hosts"))) {
      hosts.add(link.target().name());
    }
    return hosts;
  }

  /** Whether there is a key may be said; the key may not. */
  private void authentication(String host) {
    NvmetPath path = NvmetPath.of("hosts", host);
    if (!Values.isUnset(context.tree().value(path, "dhchap_key", ""))) {
      comment("it must prove itself: add --dhchap-secret with its key");
    }
    if (!Values.isUnset(context.tree().value(path, "dhchap_ctrl_key", ""))) {
      comment("this target proves itself: add --dhchap-ctrl-secret with its key");
    }
  }

  private void comment(String text) {
    if (comments) {
      lines.add("# " + Printable.text(text));
    }
  }
}
