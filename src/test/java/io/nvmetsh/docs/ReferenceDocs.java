package io.nvmetsh.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Pages of docs/reference that are made from the program's own tables, checked in so that they can
 * be read without it, and compared so that they stay true. {@code -Dnvmetsh.docs=accept} rewrites
 * them.
 */
public final class ReferenceDocs {

  private static final Path DIRECTORY = Path.of("docs/reference");

  private ReferenceDocs() {}

  /** The beginning of a page. */
  public static StringBuilder page(String title, String about) {
    return new StringBuilder("# ")
        .append(title)
        .append("\n\n")
        .append(about.strip())
        .append("\n\nThis page is made from the program:")
        .append(" `mvn test -Dtest='*ReferenceTest' -Dnvmetsh.docs=accept` rewrites it.\n");
  }

  /** A row of a table; bars in a cell would end it. */
  public static void row(StringBuilder page, String... cells) {
    for (String cell : cells) {
      page.append("| ").append(cell.replace("|", "\\|").replace('\n', ' ')).append(' ');
    }
    page.append("|\n");
  }

  /** The head of a table. */
  public static void head(StringBuilder page, String... headings) {
    page.append('\n');
    row(page, headings);
    page.append("|---".repeat(headings.length)).append("|\n");
  }

  /** Compares a page with what it should be. */
  public static void check(String name, CharSequence text) throws IOException {
    Files.createDirectories(DIRECTORY);
    check(DIRECTORY.resolve(name), text);
  }

  /** Likewise any page of the documentation. */
  public static void check(Path file, CharSequence text) throws IOException {
    if ("accept".equals(System.getProperty("nvmetsh.docs"))) {
      Files.writeString(file, text);
    }
    String present = Files.exists(file) ? Files.readString(file) : "";
    assertEquals(
        text.toString(), present, file + " is out of date: run with -Dnvmetsh.docs=accept");
  }
}
