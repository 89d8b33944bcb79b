package io.nvmetsh.command;

import io.nvmetsh.command.Document.Cell;
import io.nvmetsh.command.Document.Table;
import io.nvmetsh.command.Document.Tone;
import io.nvmetsh.command.Layout.Line;
import io.nvmetsh.command.Layout.Span;
import io.nvmetsh.schema.Printable;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Lays a table out: columns side by side where they fit, the last one wrapped where it can be, and
 * otherwise one field a line, since a row that runs on over three lines is read by nobody.
 */
final class TableLayout {

  private static final String GAP = "  ";

  /** The least room in which a last column is still worth wrapping. */
  private static final int LEAST_LAST = 24;

  private final Layout layout;
  private final Table table;
  private final List<Integer> columns = new ArrayList<>();
  private final List<String> headings = new ArrayList<>();
  private final List<Integer> widths = new ArrayList<>();
  private final List<Boolean> right = new ArrayList<>();

  TableLayout(Layout layout, Table table) {
    this.layout = layout;
    this.table = table;
    boolean headed = table.columns().stream().anyMatch(column -> !column.heading().isEmpty());
    for (int i = 0; i < table.columns().size(); i++) {
      String heading = table.columns().get(i).heading();
      if (headed ? !heading.isEmpty() : hasText(i)) {
        addColumn(i, heading);
      }
    }
  }

  private boolean hasText(int column) {
    return table.rows().stream().anyMatch(row -> !row.get(column).text().isEmpty());
  }

  private void addColumn(int column, String heading) {
    int width = Printable.width(heading);
    boolean numbers = !table.rows().isEmpty() && !heading.isEmpty();
    for (List<Cell> row : table.rows()) {
      Cell cell = row.get(column);
      width = Math.max(width, Printable.width(layout.span(cell).text()));
      numbers &= cell.value() == null || cell.value() instanceof Number;
    }
    columns.add(column);
    headings.add(heading);
    widths.add(width);
    right.add(numbers);
  }

  void each(Consumer<Line> sink) {
    if (table.rows().isEmpty() || columns.isEmpty()) {
      return;
    }
    int before = beforeLast();
    int last = widths.get(widths.size() - 1);
    if (last > layout.width() - before && layout.width() - before < LEAST_LAST) {
      fields(sink);
      return;
    }
    if (!headings.get(0).isEmpty()) {
      List<Span> spans = new ArrayList<>();
      for (String heading : headings) {
        spans.add(new Span(heading, Tone.STRONG));
      }
      row(spans, before, sink);
    }
    for (List<Cell> row : table.rows()) {
      row(spans(row), before, sink);
    }
  }

  /** What is shown of a row. */
  private List<Span> spans(List<Cell> row) {
    List<Span> spans = new ArrayList<>(columns.size());
    for (int column : columns) {
      spans.add(layout.span(row.get(column)));
    }
    return spans;
  }

  private int beforeLast() {
    int before = 0;
    for (int i = 0; i < widths.size() - 1; i++) {
      before += widths.get(i) + GAP.length();
    }
    return before;
  }

  private void row(List<Span> cells, int before, Consumer<Line> sink) {
    List<Span> spans = new ArrayList<>();
    int last = cells.size() - 1;
    for (int i = 0; i < last; i++) {
      Span cell = cells.get(i);
      spans.add(new Span(aligned(cell.text(), i) + GAP, cell.tone()));
    }
    Span cell = cells.get(last);
    if (cell.text().isEmpty()) {
      sink.accept(withoutTrailingBlanks(spans));
      return;
    }
    Span shown = right.get(last) ? new Span(aligned(cell.text(), last), cell.tone()) : cell;
    layout.hanging(spans, before, shown, sink);
  }

  private String aligned(String text, int column) {
    int width = widths.get(column);
    return right.get(column)
        ? " ".repeat(Math.max(0, width - Printable.width(text))) + text
        : Layout.pad(text, width);
  }

  private static Line withoutTrailingBlanks(List<Span> spans) {
    List<Span> kept = new ArrayList<>(spans);
    while (!kept.isEmpty()) {
      Span last = kept.remove(kept.size() - 1);
      String text = last.text().stripTrailing();
      if (!text.isEmpty()) {
        kept.add(new Span(text, last.tone()));
        break;
      }
    }
    return new Line(kept);
  }

  /** One field a line: rows with headings as pairs, rows without as a name and what is below it. */
  private void fields(Consumer<Line> sink) {
    int column = 0;
    for (String heading : headings) {
      column = Math.max(column, Printable.width(heading));
    }
    boolean first = true;
    for (List<Cell> cells : table.rows()) {
      if (column > 0 && !first) {
        sink.accept(new Line(List.of()));
      }
      first = false;
      List<Span> row = spans(cells);
      for (int i = 0; i < row.size(); i++) {
        if (row.get(i).text().isEmpty()) {
          continue;
        }
        int indent = column > 0 ? column + 2 : i == 0 ? 0 : 2;
        Span before = new Span(Layout.pad(headings.get(i), indent), Tone.STRONG);
        layout.hanging(indent == 0 ? List.of() : List.of(before), indent, row.get(i), sink);
      }
    }
  }
}
