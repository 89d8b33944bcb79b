package io.nvmetsh.command;

import io.nvmetsh.command.Document.Cell;
import io.nvmetsh.command.Document.Column;
import io.nvmetsh.command.Document.Section;
import io.nvmetsh.command.Document.Table;
import io.nvmetsh.command.Document.Tone;
import io.nvmetsh.command.Document.TreeView;
import io.nvmetsh.schema.NvmetPath;
import io.nvmetsh.topology.Topology;
import io.nvmetsh.topology.Topology.Edge;
import io.nvmetsh.topology.Topology.Kind;
import io.nvmetsh.topology.Topology.Node;
import io.nvmetsh.topology.Topology.Way;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A topology as a tree for people, from the ports down, and as objects and edges for programs. */
final class TopologyText {

  private final Topology topology;
  private final Map<String, Node> nodes = new HashMap<>();
  private final Map<String, List<Edge>> from = new HashMap<>();
  private final Map<String, List<Edge>> into = new HashMap<>();

  private TopologyText(Topology topology) {
    this.topology = topology;
    topology.nodes().forEach(node -> nodes.put(node.id(), node));
    for (Edge edge : topology.edges()) {
      from.computeIfAbsent(edge.from(), id -> new ArrayList<>()).add(edge);
      into.computeIfAbsent(edge.to(), id -> new ArrayList<>()).add(edge);
    }
  }

  static Document of(Topology topology, NvmetPath path) {
    TopologyText text = new TopologyText(topology);
    return new Document.Sections(
        List.of(
            new Section("objects", "", text.objects()),
            new Section("edges", "", text.edges()),
            new Section("tree", "", text.tree(path))));
  }

  /** Only for programs: no cell has a text. */
  private Table objects() {
    List<List<Cell>> rows = new ArrayList<>();
    for (Node node : topology.nodes()) {
      rows.add(
          List.of(
              data(node.id()),
              data(node.kind().name().toLowerCase(Locale.ROOT)),
              data(node.name()),
              data(node.detail())));
    }
    return new Table(columns("id", "kind", "name", "detail"), rows);
  }

  private Table edges() {
    List<List<Cell>> rows = new ArrayList<>();
    for (Edge edge : topology.edges()) {
      String way = edge.way().name().toLowerCase(Locale.ROOT);
      rows.add(List.of(data(edge.from()), data(edge.to()), data(way)));
    }
    return new Table(columns("from", "to", "way"), rows);
  }

  private static Cell data(String value) {
    return Cell.of("", value);
  }

  private static List<Column> columns(String... keys) {
    List<Column> columns = new ArrayList<>();
    for (String key : keys) {
      columns.add(new Column(key, ""));
    }
    return columns;
  }

  private TreeView tree(NvmetPath path) {
    List<TreeView> children = new ArrayList<>();
    for (Node port : topology.of(Kind.PORT)) {
      children.add(port(port));
    }
    for (Node subsystem : topology.of(Kind.SUBSYSTEM)) {
      boolean linked =
          into.getOrDefault(subsystem.id(), List.of()).stream()
              .anyMatch(edge -> edge.way() != Way.ALLOWED);
      if (!linked) {
        children.add(subsystem(subsystem, Way.UNUSED, "linked to no port"));
      }
    }
    for (Node host : topology.of(Kind.HOST)) {
      if (!from.containsKey(host.id())) {
        Cell nothing = Cell.of("may connect to nothing here", Tone.WARN);
        children.add(view(Cell.of("host " + host.name()), nothing, List.of()));
      }
    }
    Cell none = topology.nodes().isEmpty() ? Cell.of("nothing", Tone.FAINT) : Cell.of("");
    return view(Cell.of(path.toString(), Tone.PATH), none, children);
  }

  private static TreeView view(Cell name, Cell summary, List<TreeView> children) {
    return new TreeView(name, summary, children);
  }

  private TreeView port(Node port) {
    List<TreeView> children = new ArrayList<>();
    for (Edge edge : from.getOrDefault(port.id(), List.of())) {
      children.add(subsystem(node(edge.to()), edge.way(), edge.way().words()));
    }
    StringBuilder summary = new StringBuilder(port.detail());
    for (Edge edge : into.getOrDefault(port.id(), List.of())) {
      Node adapter = node(edge.from());
      summary
          .append(" on ")
          .append(adapter.name())
          .append(" (")
          .append(adapter.detail())
          .append(')');
    }
    return view(
        Cell.of(port.name(), Tone.PATH),
        Cell.of(summary + (children.isEmpty() ? ", nothing linked" : "")),
        children);
  }

  private TreeView subsystem(Node subsystem, Way way, String words) {
    List<TreeView> children = new ArrayList<>();
    List<Edge> allowed = new ArrayList<>(into.getOrDefault(subsystem.id(), List.of()));
    allowed.removeIf(edge -> edge.way() != Way.ALLOWED);
    for (Edge edge : allowed) {
      String host = node(edge.from()).name();
      children.add(
          view(Cell.of(edge.way().sign() + " " + host), Cell.of("may connect"), List.of()));
    }
    if (allowed.isEmpty()) {
      Cell nobody = Cell.of("no host may connect", Tone.WARN);
      children.add(view(Cell.of(Way.UNUSED.sign() + " no host"), nobody, List.of()));
    }
    for (Edge edge : from.getOrDefault(subsystem.id(), List.of())) {
      children.add(namespace(edge, way));
    }
    return view(
        new Cell(way.sign() + " " + subsystem.name(), subsystem.name(), Tone.PATH),
        Cell.of(words, tone(way)),
        children);
  }

  /**
   * @param port who serves the subsystem on the port that this is told of
   */
  private TreeView namespace(Edge edge, Way port) {
    Node namespace = node(edge.to());
    Way way = edge.way().compareTo(port) < 0 ? port : edge.way();
    StringBuilder summary = new StringBuilder(way.words()).append(", ").append(namespace.detail());
    for (Edge behind : from.getOrDefault(namespace.id(), List.of())) {
      Node drive = node(behind.to());
      // of what is no drive, the device is all there is to say
      String on = namespace.detail().endsWith(drive.name()) ? "" : " on " + drive.name();
      summary.append(on).append(" (").append(drive.detail()).append(')');
    }
    return view(
        new Cell(way.sign() + " " + namespace.name(), namespace.name(), Tone.PATH),
        Cell.of(summary.toString(), tone(way)),
        List.of());
  }

  private Node node(String id) {
    Node node = nodes.get(id);
    if (node == null) {
      throw new IllegalStateException("an edge leads nowhere: " + id);
    }
    return node;
  }

  private static Tone tone(Way way) {
    return switch (way) {
      case OFFLOADED, EXPECTED -> Tone.GOOD;
      case MISSED -> Tone.BAD;
      case UNUSED -> Tone.WARN;
      case CPU, ALLOWED -> Tone.PLAIN;
    };
  }
}
