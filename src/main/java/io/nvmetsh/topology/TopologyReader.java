package io.nvmetsh.topology;

import io.nvmetsh.device.BlockDevice;
import io.nvmetsh.device.Inventory;
import io.nvmetsh.device.LocalAddress;
import io.nvmetsh.device.NvmeDrive;
import io.nvmetsh.device.RdmaDevice;
import io.nvmetsh.offload.Dialect;
import io.nvmetsh.offload.Verdict;
import io.nvmetsh.offload.Verdicts;
import io.nvmetsh.schema.NodeKind;
import io.nvmetsh.schema.NvmetPath;
import io.nvmetsh.topology.Topology.Edge;
import io.nvmetsh.topology.Topology.Kind;
import io.nvmetsh.topology.Topology.Node;
import io.nvmetsh.topology.Topology.Way;
import io.nvmetsh.tree.Namespace;
import io.nvmetsh.tree.Port;
import io.nvmetsh.tree.Subsystem;
import io.nvmetsh.tree.TargetTree;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/** Reads the topology of a part of a target, and of no more than that part. */
public final class TopologyReader {

  private static final NvmetPath PORTS = NvmetPath.of("ports");
  private static final NvmetPath SUBSYSTEMS = NvmetPath.of("subsystems");
  private static final NvmetPath HOSTS = NvmetPath.of("hosts");
  private static final String ANY_HOST = "any host";

  private final TargetTree tree;
  private final Inventory inventory;
  private final Verdicts verdicts;
  private final NvmetPath path;
  private final SortedSet<NvmetPath> hosts = new TreeSet<>();
  private final SortedSet<NvmetPath> ports = new TreeSet<>();
  private final SortedSet<NvmetPath> subsystems = new TreeSet<>();
  private final Map<String, Node> nodes = new LinkedHashMap<>();
  private final List<Edge> edges = new ArrayList<>();

  private TopologyReader(TargetTree tree, Inventory inventory, Verdicts verdicts, NvmetPath path) {
    this.tree = tree;
    this.inventory = inventory;
    this.verdicts = verdicts;
    this.path = path;
  }

  /**
   * What is at or below a directory, and what it is connected with.
   *
   * @param verdicts on the same tree and machine
   */
  public static Topology of(
      TargetTree tree, Inventory inventory, Verdicts verdicts, NvmetPath path) {
    TopologyReader reader = new TopologyReader(tree, inventory, verdicts, path);
    reader.choose();
    return reader.read();
  }

  private void choose() {
    if (path.isRoot()) {
      hosts.addAll(members(HOSTS));
      ports.addAll(members(PORTS));
      subsystems.addAll(members(SUBSYSTEMS));
      return;
    }
    SortedSet<NvmetPath> named =
        new TreeSet<>(path.depth() > 1 ? List.of(path.ancestor(2)) : members(path));
    switch (path.name(0)) {
      case "ports" -> {
        ports.addAll(named);
        for (NvmetPath port : ports) {
          tree.links(port.child("subsystems")).forEach(link -> subsystems.add(link.target()));
        }
      }
      case "hosts" -> {
        hosts.addAll(named);
        for (NvmetPath subsystem : members(SUBSYSTEMS)) {
          boolean allowed =
              tree.links(subsystem.child("allowed_hosts")).stream()
                  .anyMatch(link -> hosts.contains(link.target()));
          if (allowed) {
            withPorts(subsystem);
          }
        }
      }
      default -> named.forEach(this::withPorts);
    }
  }

  private void withPorts(NvmetPath subsystem) {
    subsystems.add(subsystem);
    new Subsystem(tree, subsystem).links().forEach(link -> ports.add(link.ancestor(2)));
  }

  private List<NvmetPath> members(NvmetPath group) {
    List<NvmetPath> members = new ArrayList<>();
    tree.directories(group).forEach(name -> members.add(group.child(name)));
    return members;
  }

  private Topology read() {
    hosts.forEach(this::host);
    Map<NvmetPath, Way> served = new HashMap<>();
    ports.forEach(port -> port(new Port(tree, port), served));
    for (NvmetPath subsystem : subsystems) {
      subsystem(new Subsystem(tree, subsystem), served.getOrDefault(subsystem, Way.UNUSED));
    }
    return new Topology(new ArrayList<>(nodes.values()), edges);
  }

  private void host(NvmetPath host) {
    add(new Node(host.toString(), Kind.HOST, host.name(), ""));
  }

  private void add(Node node) {
    nodes.putIfAbsent(node.id(), node);
  }

  /**
   * @param served gets who serves each subsystem on the port that does it best
   */
  private void port(Port port, Map<NvmetPath, Way> served) {
    String id = port.path().toString();
    add(new Node(id, Kind.PORT, "port " + port.path().name(), listening(port)));
    Way best = Way.UNUSED;
    for (TargetTree.Link link : tree.links(port.linksDirectory())) {
      if (subsystems.contains(link.target())) {
        Way way = way(link.target(), port.path());
        edges.add(new Edge(id, link.target().toString(), way));
        served.merge(link.target(), way, Way::or);
        best = best.or(way);
      }
    }
    Way through = best;
    adapter(port)
        .ifPresent(
            adapter -> {
              add(adapter);
              edges.add(new Edge(adapter.id(), id, through));
            });
  }

  private static String listening(Port port) {
    String address =
        port.ip().isPresent() && port.address().contains(":")
            ? "[" + port.address() + "]"
            : port.address();
    String service = port.service().isEmpty() ? "" : ":" + port.service();
    return (port.transport().isEmpty() ? "no transport" : port.transport())
        + (address.isEmpty() ? "" : " " + address + service);
  }

  private Optional<Node> adapter(Port port) {
    Optional<LocalAddress> address =
        port.address().isEmpty() ? Optional.empty() : inventory.address(port.address());
    Optional<RdmaDevice> rdma = address.flatMap(LocalAddress::rdma);
    if (rdma.isPresent()) {
      String detail =
          rdma.get().generation().title()
              + rdma.get().pciAddress().map(pci -> ", " + pci).orElse("");
      return Optional.of(
          new Node("adapter " + rdma.get().name(), Kind.ADAPTER, rdma.get().name(), detail));
    }
    return address
        .flatMap(LocalAddress::netDevice)
        .map(name -> new Node("adapter " + name, Kind.ADAPTER, name, "no RDMA"));
  }

  private Way way(NvmetPath subsystem, NvmetPath port) {
    if (verdicts.dialect() == Dialect.NONE) {
      return Way.CPU;
    }
    for (Verdict verdict : verdicts.below(subsystem)) {
      if (verdict.port().filter(port::equals).isPresent()) {
        return switch (verdict.state()) {
          case ON -> Way.OFFLOADED;
          case HOLDS -> Way.EXPECTED;
          case OFF -> Way.MISSED;
          case NOT_ASKED, IMPOSSIBLE -> Way.CPU;
        };
      }
    }
    return Way.CPU;
  }

  private void subsystem(Subsystem subsystem, Way served) {
    String id = subsystem.path().toString();
    for (TargetTree.Link link : tree.links(subsystem.path().child("allowed_hosts"))) {
      host(link.target());
      edges.add(new Edge(link.target().toString(), id, Way.ALLOWED));
    }
    if (subsystem.allowsAnyHost()) {
      add(new Node(ANY_HOST, Kind.HOST, ANY_HOST, ""));
      edges.add(new Edge(ANY_HOST, id, Way.ALLOWED));
    }
    add(new Node(id, Kind.SUBSYSTEM, subsystem.nqn(), ""));
    for (Namespace namespace : subsystem.namespaces()) {
      if (namespace.path().isAtOrBelow(path) || path.isAtOrBelow(namespace.path()) || !isOne()) {
        boolean cpu = served.compareTo(Way.CPU) < 0 && !namespace.asksForOffload();
        Way way = !namespace.isEnabled() ? Way.UNUSED : cpu ? Way.CPU : served;
        namespace(id, namespace.path(), "namespace " + namespace.nsid(), way);
      }
    }
    NvmetPath passthru = subsystem.path().child("passthru");
    if (subsystem.isPassthru()) {
      namespace(id, passthru, "passthru", served == Way.UNUSED ? served : Way.CPU);
    }
  }

  /** Whether one namespace alone is asked for. */
  private boolean isOne() {
    return path.depth() > 3
        && path.ancestor(4).kind().filter(NodeKind.NAMESPACE::equals).isPresent();
  }

  private void namespace(String subsystem, NvmetPath directory, String name, Way way) {
    Optional<String> device = new Namespace(tree, directory).device();
    String off = tree.isOn(directory, "enable") ? "" : "disabled, ";
    String detail = off + device.orElse("no device");
    add(new Node(directory.toString(), Kind.NAMESPACE, name, detail));
    edges.add(new Edge(subsystem, directory.toString(), way));
    if (device.isPresent()) {
      Node drive = drive(device.get());
      add(drive);
      edges.add(new Edge(directory.toString(), drive.id(), way));
    }
  }

  private Node drive(String device) {
    Optional<NvmeDrive> drive = inventory.driveBehind(device);
    if (drive.isPresent()) {
      String address = drive.get().pciAddress();
      return new Node(
          "drive " + address, Kind.DRIVE, drive.get().name(), address + " " + drive.get().model());
    }
    Optional<BlockDevice> block = inventory.blockDevice(device);
    String what = block.map(found -> found.kind().title()).orElse("no drive of this machine");
    return new Node("device " + device, Kind.DRIVE, device, what);
  }
}
