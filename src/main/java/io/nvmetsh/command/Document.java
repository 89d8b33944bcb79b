package io.nvmetsh.command;

import io.nvmetsh.doctor.Observation;
import io.nvmetsh.offload.Finding;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a command shows: content without colour or width, which the terminal lays out and {@code
 * --json} writes as it is.
 */
public sealed interface Document {

  /** How a piece of text is meant; the terminal picks the colour. */
  enum Tone {
    PLAIN,
    STRONG,
    FAINT,
    GOOD,
    WARN,
    BAD,
    PATH,
    /**
     * Looks plain; differs from one time to the next: what the kernel makes up, counters, times.
     * Recordings leave it out.
     */
    VARYING
  }

  /**
   * One cell of a table or one value of a pair.
   *
   * @param text as people read it
   * @param value as programs read it: a String, Long, Double, Boolean or null for unknown
   */
  record Cell(String text, @Nullable Object value, Tone tone) {
    public static Cell of(String text) {
      return new Cell(text, text, Tone.PLAIN);
    }

    public static Cell of(String text, Tone tone) {
      return new Cell(text, text, tone);
    }

    public static Cell of(String text, @Nullable Object value) {
      return new Cell(text, value, Tone.PLAIN);
    }

    public static Cell unknown() {
      return new Cell("-", null, Tone.FAINT);
    }
  }

  /**
   * A column: its key in JSON and its heading. In a table with headings a column without one is
   * only in JSON; in a table without any, a column without text is.
   */
  record Column(String key, String heading) {}

  /** Plain lines; in JSON an array of strings. */
  record Lines(List<Cell> lines) implements Document {
    public static Lines of(String... lines) {
      List<Cell> cells = new ArrayList<>(lines.length);
      for (String line : lines) {
        cells.add(Cell.of(line));
      }
      return new Lines(cells);
    }
  }

  /** Rows of cells; in JSON an array of objects. */
  record Table(List<Column> columns, List<List<Cell>> rows) implements Document {}

  /** Named values; in JSON an object. */
  record Pairs(Map<String, Cell> pairs) implements Document {}

  /** A node with its summary and children; in JSON nested objects. */
  record TreeView(Cell name, Cell summary, List<TreeView> children) implements Document {}

  /** What stands in the way of something, as warnings are shown; in JSON an array of objects. */
  record Findings(List<Finding> findings) implements Document {
    public Findings {
      findings = List.copyOf(findings);
    }
  }

  /** What is seen of a machine, each with what is needed; in JSON an array of objects. */
  record Observations(List<Observation> observations) implements Document {
    public Observations {
      observations = List.copyOf(observations);
    }
  }

  /** Another document, of which the data is shown; in JSON that document. */
  record AsJson(Document body) implements Document {
    Lines lines() {
      return Lines.of(JsonText.lines(DocumentData.of(body)).toArray(String[]::new));
    }
  }

  /**
   * Several documents under headings, in order; in JSON an object. A part whose heading is empty is
   * shown without one.
   */
  record Sections(List<Section> sections) implements Document {}

  /** One part of {@link Sections}. */
  record Section(String key, String heading, Document body) {}
}
