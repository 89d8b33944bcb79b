package io.nvmetsh.terminal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The screens in a chapter of the guide, each in a code block below a line {@code <!-- screen: NAME
 * -->}. A test that walks the chapter hands over what it saw; {@code -Dnvmetsh.docs=accept} writes
 * that into the chapter instead of comparing.
 */
final class GuideScreens {

  private final Path chapter;
  private final Map<String, String> seen = new LinkedHashMap<>();

  GuideScreens(Path chapter) {
    this.chapter = chapter;
  }

  void screen(String name, String text) {
    seen.put(name, text);
  }

  void compare() throws IOException {
    String written = Files.readString(chapter);
    String actual = written;
    for (Map.Entry<String, String> screen : seen.entrySet()) {
      actual = replace(actual, screen.getKey(), screen.getValue());
    }
    if ("accept".equals(System.getProperty("nvmetsh.docs"))) {
      Files.writeString(chapter, actual);
    } else {
      assertEquals(actual, written, "the screens of " + chapter);
    }
  }

  private String replace(String text, String name, String screen) {
    String mark = "<!-- screen: " + name + " -->\n```\n";
    int start = text.indexOf(mark);
    if (start < 0) {
      throw new AssertionError(chapter + " has no screen " + name);
    }
    int from = start + mark.length();
    int to = text.indexOf("\n```", from - 1) + 1;
    return text.substring(0, from) + screen + "\n" + text.substring(to);
  }
}
