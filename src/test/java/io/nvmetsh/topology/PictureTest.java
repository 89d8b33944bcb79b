package io.nvmetsh.topology;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.nvmetsh.TestShell;
import io.nvmetsh.topology.SvgLayout.Place;
import io.nvmetsh.topology.Topology.Edge;
import io.nvmetsh.topology.Topology.Kind;
import io.nvmetsh.topology.Topology.Node;
import io.nvmetsh.topology.Topology.Way;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

class PictureTest {

  private static final List<String> HOSTILE =
      List.of(
          "</text><script>alert(1)</script>",
          "\"]; evil -> n0 [label=\"",
          "<b>&amp;</b>",
          "\\N\\",
          "a'b\"c",
          "]]>",
          "\u202egnp.exe",
          "caf\u00e9 \ufffe",
          "x".repeat(223));

  /** So many subsystems with hosts, ports and drives, and names as somebody hostile gives them. */
  private static Topology target(int subsystems) {
    List<Node> nodes = new ArrayList<>();
    List<Edge> edges = new ArrayList<>();
    nodes.add(new Node("any host", Kind.HOST, "any host", ""));
    nodes.add(new Node("adapter mlx5_0", Kind.ADAPTER, "mlx5_0", "ConnectX-5"));
    for (int i = 0; i < subsystems; i++) {
      String name = HOSTILE.get(i % HOSTILE.size());
      String port = "/ports/" + i % 3;
      if (i < 3) {
        nodes.add(new Node(port, Kind.PORT, "port " + i, "rdma 10.9.1." + i + ":4420"));
        edges.add(new Edge("adapter mlx5_0", port, Way.OFFLOADED));
      }
      nodes.add(new Node("host" + i, Kind.HOST, "host " + name, ""));
      nodes.add(new Node("s" + i, Kind.SUBSYSTEM, name, ""));
      nodes.add(new Node("n" + i, Kind.NAMESPACE, "namespace 1", "/dev/nvme" + i + "n1"));
      nodes.add(new Node("d" + i, Kind.DRIVE, "nvme" + i, name));
      Way way = List.of(Way.OFFLOADED, Way.EXPECTED, Way.MISSED, Way.CPU, Way.UNUSED).get(i % 5);
      edges.add(new Edge(i % 2 == 0 ? "any host" : "host" + i, "s" + i, Way.ALLOWED));
      edges.add(new Edge(port, "s" + i, way));
      edges.add(new Edge("s" + i, "n" + i, way));
      edges.add(new Edge("n" + i, "d" + i, way));
    }
    return new Topology(nodes, edges);
  }

  @Test
  void everythingIsInTheSvgAndNothingElse() throws Exception {
    for (int count : new int[] {0, 1, 10, 1_000}) {
      Topology topology = target(count);
      Element svg = parsed(SvgPicture.of(topology, "a <title>")).getDocumentElement();
      assertEquals("svg", svg.getTagName());
      assertEquals(topology.nodes().size(), elements(svg, "g").size());
      List<String> titles = new ArrayList<>();
      int edges = 0;
      for (Element path : elements(svg, "path")) {
        NodeList title = path.getElementsByTagName("title");
        edges += title.getLength();
        titles.add(path.getAttribute("class"));
      }
      assertEquals(topology.edges().size(), edges);
      for (Edge edge : topology.edges()) {
        String style = edge.way().name().toLowerCase(java.util.Locale.ROOT);
        assertTrue(titles.contains(style), style);
      }
      TreeSet<String> names = new TreeSet<>();
      for (Element each : elements(svg, "*")) {
        names.add(each.getTagName());
        assertFalse(each.hasAttribute("onload") || each.hasAttribute("href"));
      }
      names.removeAll(List.of("title", "style", "rect", "text", "path", "g"));
      assertEquals(List.of(), List.copyOf(names));
    }
  }

  @Test
  void namesAreTextInTheSvg() throws Exception {
    Element svg = parsed(SvgPicture.of(target(HOSTILE.size()), "t")).getDocumentElement();
    List<String> texts = new ArrayList<>();
    elements(svg, "g").forEach(g -> texts.add(g.getFirstChild().getNextSibling().getTextContent()));
    assertTrue(texts.contains("</text><script>alert(1)</script>"), texts.toString());
    assertTrue(texts.contains("\"]; evil -> n0 [label=\""), texts.toString());
    assertTrue(texts.contains("\\u202egnp.exe"), texts.toString());
  }

  /** Nobody sees where two boxes are one, or which of two a line through a box belongs to. */
  @Test
  void nothingOverlapsAndNoLineRunsThroughABox() {
    Topology topology = target(100);
    SvgLayout layout = new SvgLayout(topology);
    List<Place> all = new ArrayList<>();
    for (Kind kind : Kind.values()) {
      List<Place> column = layout.column(kind);
      for (int i = 1; i < column.size(); i++) {
        assertTrue(column.get(i - 1).bottom() < column.get(i).y(), kind + " " + column.get(i));
      }
      all.addAll(column);
    }
    for (Place place : all) {
      assertTrue(place.x() > 0 && place.y() > 0);
      assertTrue(place.right() < layout.width() && place.bottom() < layout.height());
    }
    for (Edge edge : topology.edges()) {
      List<Place> way = layout.way(edge);
      for (int i = 1; i < way.size(); i++) {
        // a curve stays between its ends, and there is no column between them
        int from = way.get(i - 1).right();
        int to = way.get(i).x();
        assertTrue(from < to);
        assertEquals(
            Optional.empty(),
            all.stream().filter(box -> box.x() < to && box.right() > from).findAny());
      }
    }
  }

  @Test
  void longNamesKeepTheirEnds() {
    String name = "nqn.2014-08.org.nvmexpress:uuid:f81d4fae-7dec-11d0-a765-00a0c91e6bf6";
    String shown = SvgLayout.shortened(name);
    assertEquals(SvgLayout.MOST_CHARACTERS, shown.length());
    assertTrue(shown.startsWith("nqn.2014-08.org.") && shown.endsWith("-00a0c91e6bf6"), shown);
  }

  @Test
  void noNameIsSyntaxToDot() {
    List<String> lines = DotPicture.of(target(HOSTILE.size()));
    for (String line : lines) {
      String bare = line.replaceAll("\"(?:[^\"\\\\]|\\\\.)*\"", "Q");
      assertTrue(
          bare.matches(
              "digraph nvmet \\{|  rankdir=LR;|  node \\[shape=box, fontname=Q];"
                  + "|  \\{ rank=same;|    n\\d+ \\[label=Q];|  }|}"
                  + "|  n\\d+ -> n\\d+ \\[[a-z0-9=, ]*tooltip=Q];"),
          line);
    }
    assertTrue(String.join("\n", lines).contains("\\\\N\\\\"));
  }

  /** What graphviz itself makes of it. */
  @Test
  void dotDrawsAsManyAsThereAre(@TempDir Path directory) throws Exception {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/dot")), "graphviz is not installed");
    Topology topology = target(HOSTILE.size());
    Path file = Files.write(directory.resolve("t.dot"), DotPicture.of(topology));
    Process dot = new ProcessBuilder("/usr/bin/dot", "-Tplain", file.toString()).start();
    List<String> drawn =
        new String(dot.getInputStream().readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    assertTrue(dot.waitFor(20, TimeUnit.SECONDS));
    assertEquals(0, dot.exitValue());
    assertEquals(topology.nodes().size(), count(drawn, "node "));
    assertEquals(topology.edges().size(), count(drawn, "edge "));
  }

  @Test
  void thousandSubsystemsAreReadAndDrawnInTime() throws Exception {
    TestShell shell = TestShell.on("ofed-4.6");
    shell.has(
        "create /ports/1 addr_trtype=rdma addr_adrfam=ipv4 addr_traddr=10.9.1.1 addr_trsvcid=4420");
    for (int i = 0; i < 1_000; i++) {
      shell.has("create /subsystems/s" + i + " attr_allow_any_host=1", "link s" + i + " /ports/1");
    }
    long start = System.nanoTime();
    Document document = parsed(shell.type("topology --svg").text().lines().toList());
    // port, adapter, any host
    assertEquals(1_003, elements(document.getDocumentElement(), "g").size());
    assertTrue(System.nanoTime() - start < TimeUnit.SECONDS.toNanos(10));
  }

  private static long count(List<String> lines, String beginning) {
    return lines.stream().filter(line -> line.startsWith(beginning)).count();
  }

  private static Document parsed(List<String> lines) throws Exception {
    DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
    factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
    return factory
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(String.join("\n", lines))));
  }

  private static List<Element> elements(Element in, String name) {
    List<Element> found = new ArrayList<>();
    NodeList list = in.getElementsByTagName(name);
    for (int i = 0; i < list.getLength(); i++) {
      found.add((Element) list.item(i));
    }
    return found;
  }
}
