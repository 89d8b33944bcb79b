package io.nvmetsh.command;

import io.nvmetsh.command.Document.Cell;
import io.nvmetsh.command.Document.Column;
import io.nvmetsh.command.Document.Section;
import io.nvmetsh.doctor.Observation;
import io.nvmetsh.offload.Finding;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/**
 * What filters choose among. A row is a row however many lines a narrow screen needs for it: of a
 * table a row, of a text a line, of named values one of them, of a tree a node with its whole path,
 * of warnings one with what mends it. Headings are none: they stay above what is left.
 */
public final class Rows {

  private static final List<Column> NODES =
      List.of(new Column("path", ""), new Column("summary", ""));

  private Rows() {}

  /** How many rows a document has. */
  public static int count(Document document) {
    AtomicInteger count = new AtomicInteger();
    choose(
        document,
        row -> {
          count.incrementAndGet();
          return true;
        });
    return count.get();
  }

  /**
   * The document with some of its rows; a part in which none is left is left out.
   *
   * @param wanted asked for each row once, from first to last
   */
  public static Document choose(Document document, Predicate<String> wanted) {
    if (document instanceof Document.Lines lines) {
      return new Document.Lines(
          lines.lines().stream().filter(cell -> wanted.test(cell.text())).toList());
    } else if (document instanceof Document.Table table) {
      return table(table, wanted);
    } else if (document instanceof Document.Pairs pairs) {
      Map<String, Cell> kept = new LinkedHashMap<>();
      pairs
          .pairs()
          .forEach(
              (key, cell) -> {
                if (wanted.test(key + "  " + cell.text())) {
                  kept.put(key, cell);
                }
              });
      return new Document.Pairs(kept);
    } else if (document instanceof Document.TreeView tree) {
      List<List<Cell>> nodes = new ArrayList<>();
      nodes(tree, "", nodes);
      return table(new Document.Table(NODES, nodes), wanted);
    } else if (document instanceof Document.Findings findings) {
      return new Document.Findings(
          findings.findings().stream().filter(each -> wanted.test(text(each))).toList());
    } else if (document instanceof Document.Observations observations) {
      return new Document.Observations(
          observations.observations().stream().filter(each -> wanted.test(text(each))).toList());
    } else if (document instanceof Document.Sections sections) {
      return sections(sections, wanted);
    } else if (document instanceof Document.AsJson json) {
      return choose(json.lines(), wanted);
    }
    throw new IllegalStateException("no rows of " + document.getClass());
  }

  private static Document table(Document.Table table, Predicate<String> wanted) {
    boolean headed = table.columns().stream().anyMatch(column -> !column.heading().isEmpty());
    List<List<Cell>> kept = new ArrayList<>();
    for (List<Cell> row : table.rows()) {
      StringBuilder text = new StringBuilder();
      for (int i = 0; i < row.size(); i++) {
        // in a table with headings, what is in a column without one is not shown
        if (!headed || !table.columns().get(i).heading().isEmpty()) {
          text.append(text.length() == 0 ? "" : "  ").append(row.get(i).text());
        }
      }
      // what shows nothing is for programs, and no row to a person
      if (text.length() > 0 && wanted.test(text.toString())) {
        kept.add(row);
      }
    }
    return new Document.Table(table.columns(), kept);
  }

  private static void nodes(Document.TreeView tree, String above, List<List<Cell>> nodes) {
    String path = above + tree.name().text();
    nodes.add(List.of(Cell.of(path, tree.name().tone()), tree.summary()));
    for (Document.TreeView child : tree.children()) {
      nodes(child, path.endsWith("/") ? path : path + "/", nodes);
    }
  }

  private static Document sections(Document.Sections sections, Predicate<String> wanted) {
    List<Section> kept = new ArrayList<>();
    for (Section section : sections.sections()) {
      AtomicInteger left = new AtomicInteger();
      Document body =
          choose(
              section.body(),
              row -> {
                boolean wants = wanted.test(row);
                left.addAndGet(wants ? 1 : 0);
                return wants;
              });
      if (left.get() > 0) {
        kept.add(new Section(section.key(), section.heading(), body));
      }
    }
    return new Document.Sections(kept);
  }

  private static String text(Finding finding) {
    return String.join(
        "  ",
        finding.rule(),
        finding.path() + ": " + finding.summary(),
        String.join("  ", finding.mend()));
  }

  private static String text(Observation seen) {
    return String.join(
        "  ",
        seen.level().name().toLowerCase(Locale.ROOT),
        seen.rule(),
        String.join(", ", seen.about()) + ": " + seen.found(),
        seen.needed(),
        String.join("  ", seen.mend()));
  }
}
