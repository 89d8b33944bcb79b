package io.nvmetsh.command;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.nvmetsh.command.Document.Cell;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DifferenceTest {

  private static Document.Table table(String... rows) {
    List<List<Cell>> cells = new ArrayList<>();
    for (String row : rows) {
      List<Cell> each = new ArrayList<>();
      for (String word : row.split(" ", -1)) {
        each.add(Cell.of(word));
      }
      cells.add(each);
    }
    return new Document.Table(
        List.of(new Document.Column("name", "NAME"), new Document.Column("value", "VALUE")), cells);
  }

  /** The rows as they are marked, behind how many there are to tell of. */
  private static List<String> between(Document.Table before, Document.Table now) {
    Difference difference = Difference.of(before, now);
    List<String> shown = new ArrayList<>();
    shown.add("" + difference.changes());
    for (List<Cell> row : ((Document.Table) difference.marked()).rows()) {
      shown.add(row.get(0).text() + "|" + row.get(1).text());
    }
    return shown;
  }

  @Test
  void aRowIsComparedWithTheOneOfItsName() {
    assertEquals(
        List.of("3", "b|2", "a|9 *", "new +|1"),
        between(table("a 1", "b 2", "gone 3"), table("b 2", "a 9", "new 1")));
  }

  @Test
  void ofSeveralOfOneNameThoseThatStayedAreNotMarked() {
    assertEquals(List.of("1", "a|2", "a|3 *"), between(table("a 1", "a 2"), table("a 2", "a 3")));
    assertEquals(List.of("1", "a|2"), between(table("a 1", "a 2"), table("a 2")));
    assertEquals(List.of("1", "a|1", "a +|1"), between(table("a 1"), table("a 1", "a 1")));
  }
}
