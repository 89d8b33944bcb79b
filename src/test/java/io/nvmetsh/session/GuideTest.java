package io.nvmetsh.session;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * README and guide show what happens. Their {@code nvmetsh} code blocks are transcripts, run one
 * after the other on one simulated machine a chapter; {@code -Dnvmetsh.docs=accept} writes down
 * what is shown.
 */
class GuideTest {

  private static final String OPENING = "```nvmetsh\n";
  private static final String CLOSING = "```\n";

  static List<Path> chapters() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("docs/guide"))) {
      return Stream.concat(Stream.of(Path.of("README.md")), files.sorted()).toList();
    }
  }

  @ParameterizedTest
  @MethodSource("chapters")
  void showsWhatHappens(Path chapter, @TempDir Path folder) throws IOException {
    String text = Files.readString(chapter);
    SimShell shell = SimShell.of("ofed-4.1", folder);
    StringBuilder shown = new StringBuilder();
    int at = 0;
    for (int block = text.indexOf(OPENING); block >= 0; block = text.indexOf(OPENING, at)) {
      int from = block + OPENING.length();
      int to = text.indexOf(CLOSING, from);
      shown.append(text, at, from);
      shown.append(TranscriptTest.shown(shell, chapter.toString(), text.substring(from, to)));
      at = to;
    }
    shown.append(text, at, text.length());
    if ("accept".equals(System.getProperty("nvmetsh.docs"))) {
      Files.writeString(chapter, shown);
    } else {
      assertEquals(shown.toString(), text);
    }
  }
}
