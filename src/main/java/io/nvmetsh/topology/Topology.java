package io.nvmetsh.topology;

import java.util.ArrayList;
import java.util.List;

/**
 * Objects and what leads from one to the next, as hosts see them: from a host over adapter and port
 * to subsystem, namespace and drive. Objects and edges are in natural order.
 */
public record Topology(List<Node> nodes, List<Edge> edges) {

  public Topology {
    nodes = List.copyOf(nodes);
    edges = List.copyOf(edges);
  }

  /** The kinds of objects, in the order in which a command of a host meets them. */
  public enum Kind {
    HOST,
    ADAPTER,
    PORT,
    SUBSYSTEM,
    NAMESPACE,
    /** An NVMe drive, or whatever else is behind a namespace. */
    DRIVE
  }

  /**
   * Who does the work on the way from one object to the next; the strongest first. The sign says it
   * where there is neither colour nor line.
   */
  public enum Way {
    OFFLOADED("=>", "offloaded"),
    EXPECTED("=?", "offload not proven"),
    MISSED("-!", "CPU, offload asked for"),
    CPU("->", "CPU"),
    UNUSED("-x", "not served"),
    /** From a host to a subsystem: it may connect, whichever port it takes. */
    ALLOWED("--", "may connect");

    private final String sign;
    private final String words;

    Way(String sign, String words) {
      this.sign = sign;
      this.words = words;
    }

    public String sign() {
      return sign;
    }

    public String words() {
      return words;
    }

    Way or(Way other) {
      return compareTo(other) <= 0 ? this : other;
    }
  }

  /**
   * An object.
   *
   * @param id unlike any other's: the path of what is in the target
   * @param detail what else is worth knowing of it; may be empty
   */
  public record Node(String id, Kind kind, String name, String detail) {}

  /** That one object leads to another, by their ids. */
  public record Edge(String from, String to, Way way) {}

  /** The objects of a kind. */
  public List<Node> of(Kind kind) {
    List<Node> found = new ArrayList<>();
    for (Node node : nodes) {
      if (node.kind() == kind) {
        found.add(node);
      }
    }
    return found;
  }
}
