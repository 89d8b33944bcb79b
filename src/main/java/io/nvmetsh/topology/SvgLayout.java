package io.nvmetsh.topology;

import io.nvmetsh.schema.Printable;
import io.nvmetsh.topology.Topology.Edge;
import io.nvmetsh.topology.Topology.Kind;
import io.nvmetsh.topology.Topology.Node;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where everything in a picture is. A kind of objects is a column, and each object stands about
 * where what it leads to stands. What passes a column by has a lane in it, one for all edges of an
 * object, so that no line runs through a box.
 */
final class SvgLayout {

  static final int CHARACTER = 7;
  static final int MOST_CHARACTERS = 44;

  private static final int MARGIN = 20;
  private static final int TOP = 50;
  private static final int PADDING = 10;
  private static final int BOX = 40;
  private static final int LANE = 4;
  private static final int GAP = 12;
  private static final int BETWEEN_COLUMNS = 96;

  /**
   * A place in a column.
   *
   * @param node what stands there; empty for a lane
   */
  record Place(Optional<Node> node, int x, int y, int width, int height) {
    int right() {
      return x + width;
    }

    int bottom() {
      return y + height;
    }

    int middle() {
      return y + height / 2;
    }
  }

  /** What is to be placed: an object, or the lane of the one with that id. */
  private record Item(String id, Optional<Node> node, int height) {}

  private final Topology topology;
  private final Map<String, Node> byId = new HashMap<>();
  private final Map<String, List<String>> next = new HashMap<>();
  private final Map<Kind, Integer> left = new EnumMap<>(Kind.class);
  private final Map<Kind, Integer> widths = new EnumMap<>(Kind.class);
  private final Map<Kind, Map<String, Place>> columns = new EnumMap<>(Kind.class);
  private int right = MARGIN;
  private int bottom = TOP;

  SvgLayout(Topology topology) {
    this.topology = topology;
    topology.nodes().forEach(node -> byId.put(node.id(), node));
    for (Edge edge : topology.edges()) {
      next.computeIfAbsent(edge.from(), id -> new ArrayList<>()).add(edge.to());
      next.computeIfAbsent(edge.to(), id -> new ArrayList<>()).add(edge.from());
    }
    for (Kind kind : Kind.values()) {
      measure(kind);
    }
    blocks();
    around(Kind.DRIVE, Kind.NAMESPACE);
    around(Kind.PORT, Kind.SUBSYSTEM);
    around(Kind.ADAPTER, Kind.PORT);
    around(Kind.HOST, Kind.ADAPTER);
  }

  int width() {
    return right + MARGIN;
  }

  int height() {
    return bottom + MARGIN;
  }

  /** Where a column begins; empty when nothing is in it. */
  Optional<Integer> left(Kind kind) {
    return topology.of(kind).isEmpty() ? Optional.empty() : Optional.ofNullable(left.get(kind));
  }

  /** The places of a column, from top to bottom. */
  List<Place> column(Kind kind) {
    return new ArrayList<>(columns.getOrDefault(kind, Map.of()).values());
  }

  /** What an edge passes, from the object that it begins at to the one that it ends at. */
  List<Place> way(Edge edge) {
    List<Place> places = new ArrayList<>();
    boolean begun = false;
    for (Kind kind : Kind.values()) {
      Map<String, Place> column = columns.getOrDefault(kind, Map.of());
      Place from = column.get(edge.from());
      Place to = column.get(edge.to());
      if (begun && to != null) {
        places.add(to);
        return places;
      }
      if (from != null) {
        begun = true;
        places.add(from);
      }
    }
    throw new IllegalStateException("an edge leads back: " + edge);
  }

  /** A text as short as it has to be; names differ at their ends, so the middle is left out. */
  static String shortened(String text) {
    String shown = Printable.text(text);
    if (Printable.width(shown) <= MOST_CHARACTERS) {
      return shown;
    }
    int[] points = shown.codePoints().toArray();
    int keep = points.length;
    String result = shown;
    while (keep > 2 && Printable.width(result) > MOST_CHARACTERS) {
      keep--;
      int head = keep / 2;
      result =
          new String(points, 0, head)
              + "\u2026"
              + new String(points, points.length - (keep - head), keep - head);
    }
    return result;
  }

  private void measure(Kind kind) {
    int characters = 0;
    for (Node node : topology.of(kind)) {
      characters = Math.max(characters, Printable.width(shortened(node.name())));
      characters = Math.max(characters, Printable.width(shortened(node.detail())));
    }
    int width = characters == 0 ? 0 : Math.max(8, characters) * CHARACTER + 2 * PADDING;
    left.put(kind, right + (right == MARGIN || width == 0 ? 0 : BETWEEN_COLUMNS));
    widths.put(kind, width);
    right = at(left, kind) + width;
  }

  /** A subsystem and its namespaces take room together; all else stands around them. */
  private void blocks() {
    int y = TOP;
    for (Node subsystem : topology.of(Kind.SUBSYSTEM)) {
      List<Node> namespaces = new ArrayList<>();
      for (String id : next.getOrDefault(subsystem.id(), List.of())) {
        Node node = byId.get(id);
        if (node != null && node.kind() == Kind.NAMESPACE) {
          namespaces.add(node);
        }
      }
      int rows = Math.max(1, namespaces.size());
      int height = rows * BOX + (rows - 1) * GAP;
      put(Kind.SUBSYSTEM, item(subsystem), y + (height - BOX) / 2);
      for (int i = 0; i < namespaces.size(); i++) {
        put(Kind.NAMESPACE, item(namespaces.get(i)), y + i * (BOX + GAP));
      }
      y += height + GAP;
    }
  }

  private static Item item(Node node) {
    return new Item(node.id(), Optional.of(node), BOX);
  }

  private void put(Kind kind, Item item, int y) {
    Place place = new Place(item.node(), at(left, kind), y, at(widths, kind), item.height());
    columns.computeIfAbsent(kind, each -> new LinkedHashMap<>()).put(item.id(), place);
    bottom = Math.max(bottom, place.bottom());
  }

  private static int at(Map<Kind, Integer> measures, Kind kind) {
    return measures.getOrDefault(kind, 0);
  }

  /** Places a column beside one that is placed already. */
  private void around(Kind kind, Kind placed) {
    List<Item> items = new ArrayList<>();
    topology.of(kind).forEach(node -> items.add(item(node)));
    if (kind == Kind.PORT || kind == Kind.ADAPTER) {
      for (Node host : topology.of(Kind.HOST)) {
        if (next.containsKey(host.id())) {
          items.add(new Item(host.id(), Optional.empty(), LANE));
        }
      }
    }
    Map<String, Double> wanted = new HashMap<>();
    items.forEach(item -> wanted.put(item.id(), middle(item.id(), placed)));
    items.sort(
        Comparator.comparingDouble(
            item -> wanted.getOrDefault(item.id(), Double.POSITIVE_INFINITY)));
    int y = TOP;
    for (Item item : items) {
      double middle = wanted.getOrDefault(item.id(), Double.POSITIVE_INFINITY);
      int at = Double.isInfinite(middle) ? y : Math.max(y, (int) middle - item.height() / 2);
      put(kind, item, at);
      y = at + item.height() + GAP;
    }
  }

  /** Where what an object leads to stands on average, or its lane; at the very end without any. */
  private double middle(String id, Kind kind) {
    Map<String, Place> column = columns.getOrDefault(kind, Map.of());
    Place own = column.get(id);
    if (own != null) {
      return own.middle();
    }
    double sum = 0;
    int count = 0;
    for (String other : next.getOrDefault(id, List.of())) {
      Place place = column.get(other);
      if (place != null && place.node().isPresent()) {
        sum += place.middle();
        count++;
      }
    }
    return count == 0 ? Double.POSITIVE_INFINITY : sum / count;
  }
}
