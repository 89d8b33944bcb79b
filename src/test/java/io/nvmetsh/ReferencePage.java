package io.nvmetsh;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A page of {@code docs/reference} that is written from a roster of the program. The test that
 * writes it compares it with what is there; {@code -Dnvmetsh.docs=accept} puts it there.
 */
public final class ReferencePage {

  private static final int WIDTH = 120;

  private final StringBuilder text = new StringBuilder();

  public ReferencePage(String title) {
    text.append("# ").append(title).append('\n');
  }

  public ReferencePage heading(String heading) {
    text.append("\n## ").append(heading).append('\n');
    return this;
  }

  /** Text that is wrapped anew, whatever its line breaks. */
  public ReferencePage paragraph(String paragraph) {
    text.append('\n');
    int column = 0;
    for (String word : paragraph.strip().split("\\s+", -1)) {
      boolean fits = column > 0 && column + 1 + word.length() <= WIDTH;
      text.append(column == 0 ? "" : fits ? " " : "\n").append(word);
      column = (fits ? column + 1 : 0) + word.length();
    }
    text.append('\n');
    return this;
  }

  /** Lines as they are. */
  public ReferencePage lines(String lines) {
    text.append('\n').append(lines.strip()).append('\n');
    return this;
  }

  /** A name as code. */
  public static String code(String name) {
    return "`" + name + "`";
  }

  /** Compares the page with the file in {@code docs/reference}, or writes it. */
  public void isIn(String file) throws IOException {
    Path path = Path.of("docs", "reference", file);
    if ("accept".equals(System.getProperty("nvmetsh.docs"))) {
      Files.writeString(path, text);
    }
    assertEquals(
        text.toString(),
        Files.exists(path) ? Files.readString(path) : "",
        path + " is old: run this test with -Dnvmetsh.docs=accept");
  }
}
