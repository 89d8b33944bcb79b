package io.nvmetsh.terminal;

import io.nvmetsh.docs.ReferenceDocs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The screens in a chapter of the guide that only a terminal can show, each in a code block below a
 * line {@code <!-- screen: NAME -->}. A test that walks the chapter hands over what it saw; {@code
 * -Dnvmetsh.docs=accept} writes that into the chapter instead of comparing.
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
    String page = Files.readString(chapter);
    for (Map.Entry<String, String> screen : seen.entrySet()) {
      page = replace(page, screen.getKey(), screen.getValue());
    }
    ReferenceDocs.check(chapter, page);
  }

  private String replace(String page, String name, String screen) {
    String mark = "<!-- screen: " + name + " -->\n```\n";
    int start = page.indexOf(mark);
    if (start < 0) {
      throw new AssertionError(chapter + " has no screen " + name);
    }
    int from = start + mark.length();
    int to = page.indexOf("\n```", from - 1) + 1;
    return page.substring(0, from) + screen + "\n" + page.substring(to);
  }
}
