package io.nvmetsh.topology;

import io.nvmetsh.schema.Printable;
import io.nvmetsh.topology.SvgLayout.Place;
import io.nvmetsh.topology.Topology.Edge;
import io.nvmetsh.topology.Topology.Kind;
import io.nvmetsh.topology.Topology.Node;
import io.nvmetsh.topology.Topology.Way;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * A topology as a picture that needs nothing else: no script, no font and no file from elsewhere.
 * Who serves a path is told by the width and the dashes of its line, and by its title, before
 * colour repeats it. Every name is escaped.
 */
public final class SvgPicture {

  private static final List<String> STYLE =
      List.of(
          "text { font-family: monospace; font-size: 11px; fill: #222 }",
          ".name { font-weight: bold }",
          ".head { font-size: 13px; fill: #666 }",
          "rect { fill: #f6f6f6; stroke: #777 }",
          ".page { fill: #fff; stroke: none }",
          ".drive rect, .adapter rect { fill: #eef3f8 }",
          "path { fill: none; stroke: #555; stroke-width: 1.2 }",
          "path.offloaded { stroke: #0a7d32; stroke-width: 4 }",
          "path.expected { stroke: #0a7d32; stroke-width: 4; stroke-dasharray: 9 5 }",
          "path.missed { stroke: #b3261e; stroke-dasharray: 6 4 }",
          "path.unused { stroke: #999; stroke-dasharray: 1 4 }",
          "path.allowed { stroke: #9aa7b5; stroke-width: 1 }");

  private final Topology topology;
  private final SvgLayout layout;
  private final List<String> lines = new ArrayList<>();

  private SvgPicture(Topology topology) {
    this.topology = topology;
    this.layout = new SvgLayout(topology);
  }

  /**
   * @param title what it is a picture of
   */
  public static List<String> of(Topology topology, String title) {
    return new SvgPicture(topology).draw(title);
  }

  private List<String> draw(String title) {
    Set<Way> ways = EnumSet.noneOf(Way.class);
    topology.edges().forEach(edge -> ways.add(edge.way()));
    int width = Math.max(layout.width(), 420);
    int height = layout.height() + 20 * ways.size() + 10;
    lines.add("<?xml version=\"1.0\" encoding=\"UTF-8\"?>");
    lines.add(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" viewBox=\"0 0 %d %d\">"
            .formatted(width, height, width, height));
    lines.add("<title>" + escaped(title) + "</title>");
    lines.add("<style>");
    lines.addAll(STYLE);
    lines.add("</style>");
    lines.add(
        "<rect class=\"page\" x=\"0\" y=\"0\" width=\"%d\" height=\"%d\"/>"
            .formatted(width, height));
    for (Kind kind : Kind.values()) {
      layout.left(kind).ifPresent(x -> text(x, 30, "head", heading(kind)));
    }
    topology.edges().forEach(this::edge);
    for (Kind kind : Kind.values()) {
      for (Place place : layout.column(kind)) {
        place.node().ifPresent(node -> node(node, place));
      }
    }
    legend(ways);
    lines.add("</svg>");
    return lines;
  }

  private static String heading(Kind kind) {
    return switch (kind) {
      case HOST -> "hosts";
      case ADAPTER -> "adapters";
      case PORT -> "ports";
      case SUBSYSTEM -> "subsystems";
      case NAMESPACE -> "namespaces";
      case DRIVE -> "drives";
    };
  }

  private void edge(Edge edge) {
    List<Place> places = layout.way(edge);
    StringBuilder line = new StringBuilder();
    line.append("M").append(places.get(0).right()).append(' ').append(places.get(0).middle());
    for (int i = 1; i < places.size(); i++) {
      Place from = places.get(i - 1);
      Place to = places.get(i);
      int half = (from.right() + to.x()) / 2;
      line.append(
          " C%d %d %d %d %d %d"
              .formatted(half, from.middle(), half, to.middle(), to.x(), to.middle()));
      if (to.node().isEmpty()) {
        line.append(" H").append(to.right());
      }
    }
    String said =
        name(places.get(0))
            + " "
            + edge.way().sign()
            + " "
            + name(places.get(places.size() - 1))
            + ": "
            + edge.way().words();
    lines.add(
        "<path class=\"%s\" d=\"%s\"><title>%s</title></path>"
            .formatted(style(edge.way()), line, escaped(said)));
  }

  private static String name(Place place) {
    return place.node().map(Node::name).orElse("");
  }

  private void node(Node node, Place place) {
    lines.add("<g class=\"" + node.kind().name().toLowerCase(Locale.ROOT) + "\">");
    lines.add("<title>" + escaped((node.name() + " " + node.detail()).strip()) + "</title>");
    lines.add(
        "<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" rx=\"4\"/>"
            .formatted(place.x(), place.y(), place.width(), place.height()));
    boolean alone = node.detail().isEmpty();
    text(place.x() + 10, place.y() + (alone ? 24 : 17), "name", node.name());
    if (!alone) {
      text(place.x() + 10, place.y() + 32, "detail", node.detail());
    }
    lines.add("</g>");
  }

  private void legend(Set<Way> ways) {
    int y = layout.height();
    for (Way way : ways) {
      lines.add("<path class=\"%s\" d=\"M20 %d H70\"/>".formatted(style(way), y));
      text(80, y + 4, "legend", way.sign() + " " + way.words());
      y += 20;
    }
  }

  private static String style(Way way) {
    return way.name().toLowerCase(Locale.ROOT);
  }

  private void text(int x, int y, String style, String text) {
    lines.add(
        "<text class=\"%s\" x=\"%d\" y=\"%d\">%s</text>"
            .formatted(style, x, y, escaped(SvgLayout.shortened(text))));
  }

  /** Names are text: neither markup nor what XML does not allow, such as U+FFFE. */
  private static String escaped(String text) {
    StringBuilder escaped = new StringBuilder();
    for (char c : Printable.text(text).toCharArray()) {
      switch (c) {
        case '&' -> escaped.append("&amp;");
        case '<' -> escaped.append("&lt;");
        case '>' -> escaped.append("&gt;");
        case '"' -> escaped.append("&quot;");
        case '\'' -> escaped.append("&#39;");
        default -> escaped.append(c >= 0xfffe ? '\ufffd' : c);
      }
    }
    return escaped.toString();
  }
}
