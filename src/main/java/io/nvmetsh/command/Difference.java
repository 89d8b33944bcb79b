package io.nvmetsh.command;

import io.nvmetsh.command.Document.Cell;
import io.nvmetsh.command.Document.Section;
import io.nvmetsh.command.Document.Tone;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is another in a document than in one from before: a {@code *} behind each value that
 * changed, a {@code +} behind what is new. What has gone is counted. The data stays as it is.
 */
final class Difference {

  private int changes;
  private Document marked;

  private Difference(Document before, Document now) {
    marked = now;
    marked = mark(before, now);
  }

  static Difference of(Document before, Document now) {
    return new Difference(before, now);
  }

  Document marked() {
    return marked;
  }

  /** How many rows are other ones, are new or have gone. */
  int changes() {
    return changes;
  }

  private Document mark(@Nullable Document before, Document now) {
    if (now instanceof Document.Table table) {
      return table(before instanceof Document.Table old ? old.rows() : List.of(), table);
    } else if (now instanceof Document.Pairs pairs) {
      return pairs(before instanceof Document.Pairs old ? old.pairs() : Map.of(), pairs);
    } else if (now instanceof Document.Lines lines) {
      return lines(before instanceof Document.Lines old ? old.lines() : List.of(), lines);
    } else if (now instanceof Document.TreeView tree) {
      return tree(before instanceof Document.TreeView old ? old : null, tree);
    } else if (now instanceof Document.Sections sections) {
      return sections(
          before instanceof Document.Sections old ? old.sections() : List.of(), sections);
    }
    changes += now.equals(before) ? 0 : 1;
    return now;
  }

  /**
   * A row is the one from before that begins as it does: of several, one that says the same, or
   * else the next.
   */
  private Document table(List<List<Cell>> before, Document.Table table) {
    Map<String, List<List<Cell>>> left = new HashMap<>();
    before.forEach(row -> namesakes(left, row).add(row));
    List<List<Cell>> marked = new ArrayList<>(table.rows());
    List<Integer> others = new ArrayList<>();
    for (int i = 0; i < marked.size(); i++) {
      if (!namesakes(left, marked.get(i)).remove(marked.get(i))) {
        others.add(i);
      }
    }
    for (int i : others) {
      List<List<Cell>> old = namesakes(left, marked.get(i));
      marked.set(i, old.isEmpty() ? added(marked.get(i)) : row(old.remove(0), marked.get(i)));
    }
    left.values().forEach(rows -> changes += rows.size());
    return new Document.Table(table.columns(), marked);
  }

  private static List<List<Cell>> namesakes(Map<String, List<List<Cell>>> rows, List<Cell> row) {
    return rows.computeIfAbsent(row.get(0).text(), name -> new ArrayList<>());
  }

  private List<Cell> added(List<Cell> row) {
    changes++;
    List<Cell> cells = new ArrayList<>(row);
    cells.set(0, with(row.get(0), "+"));
    return cells;
  }

  private List<Cell> row(List<Cell> before, List<Cell> now) {
    List<Cell> cells = new ArrayList<>(now);
    for (int i = 1; i < now.size(); i++) {
      if (i >= before.size() || !now.get(i).text().equals(before.get(i).text())) {
        cells.set(i, with(now.get(i), "*"));
      }
    }
    changes += cells.equals(now) ? 0 : 1;
    return cells;
  }

  private Document pairs(Map<String, Cell> before, Document.Pairs pairs) {
    Map<String, Cell> marked = new LinkedHashMap<>();
    pairs.pairs().forEach((key, cell) -> marked.put(key, cell(before.get(key), cell)));
    changes += (int) before.keySet().stream().filter(key -> !marked.containsKey(key)).count();
    return new Document.Pairs(marked);
  }

  /** Lines have no names; one that was there before, wherever, is none that is new. */
  private Document lines(List<Cell> before, Document.Lines lines) {
    List<String> left = new ArrayList<>();
    before.forEach(cell -> left.add(cell.text()));
    List<Cell> marked = new ArrayList<>();
    for (Cell cell : lines.lines()) {
      marked.add(left.remove(cell.text()) ? cell : cell(null, cell));
    }
    // of a line that changed there is an old one and a new one
    changes += Math.max(0, before.size() - lines.lines().size());
    return new Document.Lines(marked);
  }

  private Document.TreeView tree(Document.@Nullable TreeView before, Document.TreeView tree) {
    Map<String, Document.TreeView> old = new HashMap<>();
    if (before != null) {
      before.children().forEach(child -> old.put(child.name().text(), child));
    }
    List<Document.TreeView> children = new ArrayList<>();
    tree.children().forEach(child -> children.add(tree(old.remove(child.name().text()), child)));
    changes += old.size();
    if (before == null) {
      changes++;
      return new Document.TreeView(with(tree.name(), "+"), tree.summary(), children);
    }
    return new Document.TreeView(tree.name(), cell(before.summary(), tree.summary()), children);
  }

  private Document sections(List<Section> before, Document.Sections sections) {
    Map<String, Document> old = new HashMap<>();
    before.forEach(section -> old.put(section.key(), section.body()));
    List<Section> marked = new ArrayList<>();
    for (Section section : sections.sections()) {
      Document body = mark(old.remove(section.key()), section.body());
      marked.add(new Section(section.key(), section.heading(), body));
    }
    old.values().forEach(body -> changes += Rows.count(body));
    return new Document.Sections(marked);
  }

  private Cell cell(@Nullable Cell before, Cell now) {
    if (before != null && before.text().equals(now.text())) {
      return now;
    }
    changes++;
    return with(now, before == null ? "+" : "*");
  }

  private static Cell with(Cell cell, String mark) {
    return new Cell((cell.text() + " " + mark).strip(), cell.value(), Tone.WARN);
  }
}
