package io.nvmetsh.topology;

import io.nvmetsh.schema.Printable;
import io.nvmetsh.topology.Topology.Edge;
import io.nvmetsh.topology.Topology.Kind;
import io.nvmetsh.topology.Topology.Node;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A topology for graphviz. Objects are called n0, n1 and so on; their names are in quoted labels
 * alone, where two characters mean something and are escaped.
 */
public final class DotPicture {

  private DotPicture() {}

  public static List<String> of(Topology topology) {
    List<String> lines = new ArrayList<>();
    lines.add("digraph nvmet {");
    lines.add("  rankdir=LR;");
    lines.add("  node [shape=box, fontname=\"monospace\"];");
    Map<String, String> names = new HashMap<>();
    for (Kind kind : Kind.values()) {
      List<Node> nodes = topology.of(kind);
      if (nodes.isEmpty()) {
        continue;
      }
      lines.add("  { rank=same;");
      for (Node node : nodes) {
        names.put(node.id(), "n" + names.size());
        lines.add("    " + names.get(node.id()) + " [label=" + label(node) + "];");
      }
      lines.add("  }");
    }
    for (Edge edge : topology.edges()) {
      lines.add(
          "  " + names.get(edge.from()) + " -> " + names.get(edge.to()) + " [" + look(edge) + "];");
    }
    lines.add("}");
    return lines;
  }

  private static String label(Node node) {
    String second = node.detail().isEmpty() ? "" : "\\n" + escaped(node.detail());
    return '"' + escaped(node.name()) + second + '"';
  }

  /** In a label a backslash begins an escape such as {@code \N}, and a quote ends it. */
  private static String escaped(String text) {
    return Printable.text(text).replace("\\", "\\\\").replace("\"", "\\\"");
  }

  private static String look(Edge edge) {
    String look =
        switch (edge.way()) {
          case OFFLOADED -> "penwidth=3";
          case EXPECTED -> "penwidth=3, style=dashed";
          case MISSED -> "style=dashed";
          case CPU -> "style=solid";
          case UNUSED -> "style=dotted";
          case ALLOWED -> "arrowhead=none, color=gray";
        };
    return look + ", tooltip=\"" + edge.way().words() + '"';
  }
}
