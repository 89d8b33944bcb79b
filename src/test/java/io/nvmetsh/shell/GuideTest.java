package io.nvmetsh.shell;

import io.nvmetsh.docs.ReferenceDocs;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * README, the guide and the page on JSON show what happens. Their code blocks {@code console} are
 * screens, worked through one after the other in one directory a page; a block below {@code <!--
 * file: NAME -->} is a file in it. {@code -Dnvmetsh.docs=accept} writes down what is shown.
 */
class GuideTest {

  private static final Pattern BLOCK =
      Pattern.compile("(?m)(?:^<!-- file: (\\S+) -->\n)?^```(\\w*)\n((?s).*?)^```$");

  static List<Path> pages() throws Exception {
    List<Path> pages =
        new ArrayList<>(List.of(Path.of("README.md"), Path.of("docs/reference/json.md")));
    try (Stream<Path> chapters = Files.walk(Path.of("docs/guide"))) {
      chapters.filter(Files::isRegularFile).sorted().forEach(pages::add);
    }
    return pages;
  }

  @ParameterizedTest
  @MethodSource("pages")
  void showsWhatHappens(Path page, @TempDir Path home) throws Exception {
    String written = Files.readString(page);
    Console console = Console.in(home);
    StringBuilder shown = new StringBuilder();
    Matcher block = BLOCK.matcher(written);
    int at = 0;
    while (block.find()) {
      String content = block.group(3);
      shown.append(written, at, block.start(3));
      if (block.group(1) != null) {
        Files.writeString(home.resolve(block.group(1)), content);
      } else if (block.group(2).equals("console")) {
        content = console.screen(content);
      }
      shown.append(content);
      at = block.end(3);
    }
    ReferenceDocs.check(page, shown.append(written, at, written.length()));
  }
}
