package io.nvmetsh.device;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Takes the text of a file of modprobe.d(5) to pieces, as kmod's getline_wrapped does. */
final class ModprobeText {

  /**
   * One command.
   *
   * @param number of its first line in the file, from 1
   * @param last of its last line
   * @param rest what follows the module's name
   */
  record Line(int number, int last, String command, String module, String rest) {}

  private ModprobeText() {}

  /** The commands; those that do not name a module are none. */
  static List<Line> lines(String text) {
    List<Line> lines = new ArrayList<>();
    int number = 0;
    int first = 1;
    StringBuilder line = new StringBuilder();
    for (String piece : SysValues.lines(text)) {
      number++;
      first = line.isEmpty() ? number : first;
      if (piece.endsWith("\\")) {
        line.append(piece, 0, piece.length() - 1);
        continue;
      }
      add(lines, first, number, line.append(piece).toString());
      line.setLength(0);
    }
    add(lines, first, number, line.toString());
    return lines;
  }

  private static void add(List<Line> lines, int number, int last, String text) {
    String line = SysValues.clean(text.replace('\t', ' '));
    int command = line.indexOf(' ');
    if (command < 0 || line.startsWith("#")) {
      return;
    }
    String rest = line.substring(command + 1).strip();
    int module = rest.indexOf(' ');
    lines.add(
        new Line(
            number,
            last,
            line.substring(0, command),
            module < 0 ? rest : rest.substring(0, module),
            module < 0 ? "" : rest.substring(module + 1).strip()));
  }

  /** Words between blanks that are not quoted, without the quotes (next_arg of the kernel). */
  static List<String> words(String text) {
    List<String> words = new ArrayList<>();
    StringBuilder word = new StringBuilder();
    boolean quoted = false;
    for (int i = 0; i <= text.length(); i++) {
      char c = i < text.length() ? text.charAt(i) : '\n';
      if (i == text.length() || (!quoted && c <= ' ')) {
        if (!word.isEmpty()) {
          words.add(SysValues.clean(word.toString()));
          word.setLength(0);
        }
      } else if (c == '"') {
        quoted = !quoted;
      } else {
        word.append(c);
      }
    }
    return words;
  }

  /**
   * The text without what is said of modules that are none of ours. Every line stays where it is,
   * since people are told the numbers.
   */
  static String ours(String text) {
    List<String> pieces = SysValues.lines(text);
    boolean[] kept = new boolean[pieces.size()];
    for (Line line : lines(text)) {
      String module = KernelReader.spelled(line.module());
      boolean wanted =
          switch (line.command()) {
            case "options", "blacklist", "install" -> DumpFilter.isOurs(module);
            default -> false;
          };
      Arrays.fill(kept, line.number() - 1, line.last(), wanted);
    }
    StringBuilder out = new StringBuilder();
    int blank = 0;
    for (int i = 0; i < pieces.size(); i++) {
      blank += kept[i] ? 0 : 1;
      if (kept[i]) {
        out.append("\n".repeat(blank)).append(pieces.get(i)).append('\n');
        blank = 0;
      }
    }
    return out.toString();
  }
}
