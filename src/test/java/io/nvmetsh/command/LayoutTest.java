package io.nvmetsh.command;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.nvmetsh.command.Document.Cell;
import io.nvmetsh.command.Document.Column;
import io.nvmetsh.command.Document.Section;
import io.nvmetsh.command.Document.Tone;
import io.nvmetsh.command.Document.TreeView;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LayoutTest {

  private static String text(Layout layout, Document document) {
    StringBuilder text = new StringBuilder();
    layout.lines(document).forEach(line -> text.append(line.text()).append('\n'));
    return text.toString();
  }

  private static Document.Table drives() {
    return new Document.Table(
        List.of(new Column("device", "device"), new Column("hidden", ""), new Column("b", "size")),
        List.of(
            List.of(Cell.of("/dev/nvme0n1"), Cell.of("x"), Cell.of("960 GB", (Object) 960L)),
            List.of(Cell.of("/dev/nvme10n1"), Cell.of("y"), Cell.of("1 TB", (Object) 1000L))));
  }

  @Test
  void aTableHasItsHeadingsAndNumbersToTheRight() {
    assertEquals(
        """
        device           size
        /dev/nvme0n1   960 GB
        /dev/nvme10n1    1 TB
        """,
        text(Layout.of(80, true), drives()));
  }

  @Test
  void aTableWithoutHeadingsLeavesOutColumnsWithoutText() {
    Document.Table table =
        new Document.Table(
            List.of(new Column("name", ""), new Column("type", ""), new Column("summary", "")),
            List.of(
                List.of(Cell.of("hosts/"), new Cell("", "directory", Tone.PLAIN), Cell.of("none")),
                List.of(Cell.of("discovery_nqn"), Cell.of("", (Object) "x"), Cell.of(""))));
    assertEquals("hosts/         none\ndiscovery_nqn\n", text(Layout.of(80, true), table));
  }

  @Test
  void theLastColumnIsWrappedBetweenWords() {
    Document.Table table =
        new Document.Table(
            List.of(new Column("rule", "rule"), new Column("summary", "summary")),
            List.of(List.of(Cell.of("OFF-NS-ONE"), Cell.of("an offloaded subsystem takes one"))));
    assertEquals(
        """
        rule        summary
        OFF-NS-ONE  an offloaded subsystem
                    takes one
        """,
        text(Layout.of(36, true), table));
  }

  @Test
  void aTableThatDoesNotFitIsOneFieldALine() {
    assertEquals(
        """
        device  /dev/nvme0n1
        size    960 GB

        device  /dev/nvme10n1
        size    1 TB
        """,
        text(Layout.of(18, true), drives()));
  }

  @Test
  void aLongWordIsNotBroken() {
    String nqn = "nqn.2024-01.io.example:a-very-long-name-that-somebody-gave-to-a-subsystem";
    Map<String, Cell> pairs = new LinkedHashMap<>();
    pairs.put("subsystem", Cell.of(nqn + " and more"));
    assertEquals(
        "subsystem  " + nqn + "\n           and more\n",
        text(Layout.of(40, true), new Document.Pairs(pairs)));
  }

  @Test
  void aTreeIsDrawnWithLinesOrInAscii() {
    TreeView leaf = new TreeView(Cell.of("1"), Cell.of("rdma"), List.of());
    TreeView tree =
        new TreeView(
            Cell.of("/"),
            Cell.of(""),
            List.of(
                new TreeView(Cell.of("ports"), Cell.of("1"), List.of(leaf)),
                new TreeView(Cell.of("subsystems"), Cell.of("none"), List.of())));
    assertEquals(
        """
        /
        ├─ ports       1
        │  └─ 1        rdma
        └─ subsystems  none
        """,
        text(Layout.of(80, true), tree));
    assertEquals(
        """
        /
        |- ports       1
        |  `- 1        rdma
        `- subsystems  none
        """,
        text(Layout.of(80, false), tree));
  }

  @Test
  void sectionsAreIndentedUnderTheirHeadings() {
    Document document =
        new Document.Sections(
            List.of(
                new Section("a", "", Document.Lines.of("first")),
                new Section("b", "more", Document.Lines.of("second"))));
    assertEquals("first\n\nmore\n  second\n", text(Layout.of(80, true), document));
  }

  @Test
  void whatWouldMoveTheCursorIsSpeltOut() {
    Document document = Document.Lines.of("a\u001b[31mb\nc\u009bd\u202ee");
    assertEquals("a\\x1b[31mb\\nc\\u009bd\\u202ee\n", text(Layout.of(80, true), document));
  }

  @Test
  void aRecordingLeavesOutWhatVaries() {
    Map<String, Cell> pairs = new LinkedHashMap<>();
    pairs.put("attr_serial", Cell.of("1d2e3f", Tone.VARYING));
    pairs.put("attr_model", Cell.of("Linux"));
    assertEquals(
        "attr_serial  <varies>\nattr_model   Linux\n",
        text(Layout.recorded(), new Document.Pairs(pairs)));
    assertEquals(
        "attr_serial  1d2e3f\nattr_model   Linux\n",
        text(Layout.of(0, false), new Document.Pairs(pairs)));
  }

  @Test
  void wideCharactersTakeTwoColumns() {
    Map<String, Cell> pairs = new LinkedHashMap<>();
    pairs.put("\u5b57", Cell.of("x"));
    pairs.put("abc", Cell.of("y"));
    assertEquals("\u5b57   x\nabc  y\n", text(Layout.of(80, true), new Document.Pairs(pairs)));
  }
}
