package io.nvmetsh.command;

import io.nvmetsh.command.Document.Cell;
import io.nvmetsh.command.Document.Findings;
import io.nvmetsh.command.Document.Lines;
import io.nvmetsh.command.Document.Pairs;
import io.nvmetsh.command.Document.Section;
import io.nvmetsh.command.Document.Sections;
import io.nvmetsh.command.Document.Table;
import io.nvmetsh.command.Document.Tone;
import io.nvmetsh.command.Document.TreeView;
import io.nvmetsh.offload.Finding;
import io.nvmetsh.schema.Printable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Lays a document out as lines of toned text. The terminal colours the lines, a recording keeps
 * their text: both show the same. Everything that comes out is printable.
 *
 * <p>What is too wide is wrapped between words; words are never broken, since NQNs and paths are
 * there to be copied.
 */
public final class Layout {

  /** Text in one tone. */
  public record Span(String text, Tone tone) {}

  /** One line; its spans, joined, are its text. */
  public record Line(List<Span> spans) {
    public String text() {
      StringBuilder text = new StringBuilder();
      for (Span span : spans) {
        text.append(span.text());
      }
      return text.toString();
    }
  }

  private static final int UNLIMITED = Integer.MAX_VALUE;

  /** Where the summaries of a tree begin at most: one long name must not push them all away. */
  private static final int SUMMARY_AT_MOST = 48;

  private final int width;
  private final boolean unicode;
  private final boolean recorded;

  private Layout(int width, boolean unicode, boolean recorded) {
    this.width = width;
    this.unicode = unicode;
    this.recorded = recorded;
  }

  /**
   * As a terminal shows it.
   *
   * @param width its columns; 0 where there is no limit
   * @param unicode whether trees may be drawn with line characters
   */
  public static Layout of(int width, boolean unicode) {
    return new Layout(width <= 0 ? UNLIMITED : width, unicode, false);
  }

  /**
   * As a recording keeps it: the same whatever the terminal, and without what varies from one time
   * to the next, so that two recordings can be compared.
   */
  public static Layout recorded() {
    return new Layout(UNLIMITED, false, true);
  }

  /** The lines of a document, all at once. */
  public List<Line> lines(Document document) {
    List<Line> lines = new ArrayList<>();
    each(document, lines::add);
    return lines;
  }

  /** The lines of a document, one after the other: ten thousands need not be held together. */
  public void each(Document document, Consumer<Line> sink) {
    if (document instanceof Lines lines) {
      lines(lines, sink);
    } else if (document instanceof Table table) {
      new TableLayout(this, table).each(sink);
    } else if (document instanceof Pairs pairs) {
      pairs(pairs.pairs(), sink);
    } else if (document instanceof TreeView tree) {
      branch(tree, "", "", Math.min(SUMMARY_AT_MOST, widest(tree, 0)), sink);
    } else if (document instanceof Sections sections) {
      sections(sections.sections(), sink);
    } else if (document instanceof Findings findings) {
      findings(findings.findings(), sink);
    } else if (document instanceof Document.Observations observations) {
      new ObservationLayout(this, observations.observations()).each(sink);
    } else if (document instanceof Document.AsJson json) {
      lines(json.lines(), sink);
    } else {
      throw new IllegalStateException("no layout for " + document.getClass());
    }
  }

  int width() {
    return width;
  }

  /** A cell as it is shown. */
  Span span(Cell cell) {
    boolean hidden = recorded && cell.tone() == Tone.VARYING && !cell.text().isEmpty();
    return new Span(hidden ? "<varies>" : Printable.text(cell.text()), cell.tone());
  }

  private void lines(Lines lines, Consumer<Line> sink) {
    for (Cell cell : lines.lines()) {
      sink.accept(new Line(List.of(span(cell))));
    }
  }

  private void pairs(Map<String, Cell> pairs, Consumer<Line> sink) {
    int column = 0;
    for (String key : pairs.keySet()) {
      column = Math.max(column, Printable.width(Printable.text(key)));
    }
    for (Map.Entry<String, Cell> pair : pairs.entrySet()) {
      Span key = new Span(pad(Printable.text(pair.getKey()), column + 2), Tone.PLAIN);
      hanging(List.of(key), column + 2, span(pair.getValue()), sink);
    }
  }

  /** Lines with an empty one between the parts of which there are any. */
  private static final class Parts implements Consumer<Line> {
    private final Consumer<Line> sink;
    private boolean any;
    private boolean begins;

    Parts(Consumer<Line> sink) {
      this.sink = sink;
    }

    void next() {
      begins = any;
    }

    @Override
    public void accept(Line line) {
      if (begins) {
        sink.accept(new Line(List.of()));
      }
      begins = false;
      any = true;
      sink.accept(line);
    }
  }

  private void sections(List<Section> sections, Consumer<Line> sink) {
    Parts parts = new Parts(sink);
    for (Section section : sections) {
      parts.next();
      if (section.heading().isEmpty()) {
        each(section.body(), parts);
      } else {
        parts.accept(new Line(List.of(new Span(Printable.text(section.heading()), Tone.STRONG))));
        indented().each(section.body(), line -> parts.accept(indent(line)));
      }
    }
  }

  private static void findings(List<Finding> findings, Consumer<Line> sink) {
    if (findings.isEmpty()) {
      sink.accept(new Line(List.of(new Span("nothing found", Tone.FAINT))));
    }
    for (Finding finding : findings) {
      boolean warning = finding.severity() == Finding.Severity.WARNING;
      String rule = finding.rule().isEmpty() ? "" : " " + finding.rule();
      sink.accept(
          new Line(
              List.of(
                  new Span((warning ? "warning" : "note") + rule, warning ? Tone.WARN : Tone.FAINT),
                  new Span(
                      " " + Printable.text(finding.path() + ": " + finding.summary()),
                      Tone.PLAIN))));
      for (String mend : finding.mend()) {
        sink.accept(toType("mend", mend));
      }
      if (finding.mend().isEmpty() && !finding.rule().isEmpty()) {
        sink.accept(toType("more", "explain " + finding.rule()));
      }
    }
  }

  private static Line toType(String what, String line) {
    return new Line(
        List.of(
            new Span("  " + what + ":  ", Tone.PLAIN),
            new Span(Printable.text(line), Tone.STRONG)));
  }

  private Layout indented() {
    return new Layout(width == UNLIMITED ? width : Math.max(20, width - 2), unicode, recorded);
  }

  private static Line indent(Line line) {
    if (line.spans().isEmpty()) {
      return line;
    }
    List<Span> spans = new ArrayList<>(line.spans());
    spans.add(0, new Span("  ", Tone.PLAIN));
    return new Line(spans);
  }

  private int widest(TreeView tree, int indent) {
    int widest = indent + Printable.width(span(tree.name()).text());
    for (TreeView child : tree.children()) {
      widest = Math.max(widest, widest(child, indent + 3));
    }
    return widest;
  }

  /**
   * @param first what stands before the node's own name
   * @param rest what stands before everything below it
   */
  private void branch(TreeView tree, String first, String rest, int column, Consumer<Line> sink) {
    Span name = span(tree.name());
    Span summary = span(tree.summary());
    List<Span> spans = new ArrayList<>();
    if (!first.isEmpty()) {
      spans.add(new Span(first, Tone.FAINT));
    }
    if (summary.text().isEmpty()) {
      spans.add(name);
      sink.accept(new Line(spans));
    } else {
      int used = Printable.width(first);
      String padded = pad(name.text(), Math.max(0, column - used));
      spans.add(new Span(padded + "  ", name.tone()));
      spans.add(summary);
      sink.accept(new Line(spans));
    }
    for (int i = 0; i < tree.children().size(); i++) {
      boolean last = i == tree.children().size() - 1;
      branch(
          tree.children().get(i),
          rest + (unicode ? last ? "└─ " : "├─ " : last ? "`- " : "|- "),
          rest + (last ? "   " : unicode ? "│  " : "|  "),
          column,
          sink);
    }
  }

  /**
   * A text behind others, wrapped so that its further lines begin below its first.
   *
   * @param indent the column at which the text begins
   */
  void hanging(List<Span> before, int indent, Span text, Consumer<Line> sink) {
    List<Span> spans = new ArrayList<>(before);
    for (String part : wrap(text.text(), indent)) {
      spans.add(new Span(part, text.tone()));
      sink.accept(new Line(spans));
      spans = new ArrayList<>(List.of(new Span(" ".repeat(indent), Tone.PLAIN)));
    }
  }

  private List<String> wrap(String text, int indent) {
    int room = width == UNLIMITED ? UNLIMITED : Math.max(20, width - indent);
    if (Printable.width(text) <= room) {
      return List.of(text);
    }
    List<String> parts = new ArrayList<>();
    StringBuilder part = new StringBuilder();
    for (String word : text.split(" ", -1)) {
      if (part.length() > 0
          && Printable.width(part.toString()) + 1 + Printable.width(word) > room) {
        parts.add(part.toString());
        part.setLength(0);
      }
      part.append(part.length() == 0 ? "" : " ").append(word);
    }
    parts.add(part.toString());
    return parts;
  }

  static String pad(String text, int width) {
    return text + " ".repeat(Math.max(0, width - Printable.width(text)));
  }
}
