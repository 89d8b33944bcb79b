package io.nvmetsh.device;

import io.nvmetsh.device.DumpEntry.Directory;
import io.nvmetsh.schema.NvmetshException;
import io.nvmetsh.schema.Problem;
import io.nvmetsh.schema.Problem.Kind;
import org.jspecify.annotations.Nullable;

/**
 * Reads the text of a dump in one pass, without a copy of each line: a simulated machine is read at
 * every start, when nothing is compiled yet. Strict, so that a slip in a dump written by hand is
 * not taken for a machine without a drive.
 */
final class DumpReader {

  private final String name;
  private final String text;
  private final boolean hasEscapes;
  private final DumpBuilder builder = new DumpBuilder(new Directory());
  private int line;
  private @Nullable Directory directory;

  /** The file that further lines of content go to; empty between files. */
  private String file = "";

  private String content = "";

  DumpReader(String name, String text) {
    this.name = name;
    this.text = text;
    this.hasEscapes = text.indexOf('\\') >= 0;
  }

  Directory read() {
    int start = 0;
    while (start < text.length()) {
      int newline = text.indexOf('\n', start);
      int next = newline < 0 ? text.length() : newline;
      int end = next > start && text.charAt(next - 1) == '\r' ? next - 1 : next;
      line++;
      if (line == 1) {
        first(text.substring(start, end));
      } else {
        line(start, end);
      }
      start = next + 1;
    }
    if (line == 0) {
      line = 1;
      throw wrong("is empty; the first line of a dump is: " + DumpText.FIRST_LINE);
    }
    endFile();
    return builder.root();
  }

  private void first(String text) {
    String prefix = DumpText.FIRST_LINE.substring(0, DumpText.FIRST_LINE.length() - 1);
    if (!text.startsWith(prefix)) {
      throw wrong("is no machine dump; the first line of one is: " + DumpText.FIRST_LINE);
    }
    if (!text.equals(DumpText.FIRST_LINE)) {
      throw wrong(
          "is of format version " + text.substring(prefix.length()) + "; this program reads 1");
    }
  }

  private void line(int from, int end) {
    int start = from;
    while (start < end && text.charAt(start) == ' ') {
      start++;
    }
    char first = start == end ? '#' : text.charAt(start);
    if (first == '#') {
      return;
    }
    if (first == '|') {
      more(start + 1, end);
      return;
    }
    endFile();
    if (start == from) {
      directory(unescaped(from, end));
    } else {
      entry(start, end);
    }
  }

  /** {@code /sys/class/nvme}: the entries that follow are in it. */
  private void directory(String path) {
    if (!path.startsWith("/")) {
      throw wrong(
          "begins at the margin, so it must be the absolute path of a directory; "
              + "what is in a directory is indented");
    }
    directory = builder.directory(Links.absolute("/", path));
    if (directory == null) {
      throw wrong(path + " leads through a link or a file; write below the real directory");
    }
  }

  /** {@code name = content}, {@code name -> target} or {@code name : kind}. */
  private void entry(int start, int end) {
    int blank = text.indexOf(' ', start);
    int nameEnd = blank < 0 || blank > end ? end : blank;
    String entryName = unescaped(start, nameEnd);
    if (directory == null) {
      throw wrong("'" + entryName + "' is in no directory: none was named yet");
    }
    if (directory.entries().containsKey(entryName)) {
      throw wrong("'" + entryName + "' is in this directory already");
    }
    if (entryName.indexOf('/') >= 0 || entryName.equals(".") || entryName.equals("..")) {
      throw wrong("'" + entryName + "' is not a name; a directory begins at the margin");
    }
    if (is(" =", nameEnd, end) && (nameEnd + 2 == end || text.charAt(nameEnd + 2) == ' ')) {
      file = entryName;
      content = content(Math.min(nameEnd + 3, end), end);
    } else if (is(" -> /", nameEnd, end)) {
      String target = Links.absolute("/", unescaped(nameEnd + 4, end));
      directory.entries().put(entryName, new DumpEntry.Link(target));
    } else if (is(" : ", nameEnd, end)) {
      directory.entries().put(entryName, node(text.substring(nameEnd + 3, end)));
    } else {
      throw wrong("'" + entryName + "' is not followed by ' = TEXT', ' -> /TARGET' or ' : KIND'");
    }
  }

  private boolean is(String mark, int start, int end) {
    return start + mark.length() <= end && text.startsWith(mark, start);
  }

  private DumpEntry node(String word) {
    DumpEntry node = DumpText.entry(word);
    if (node == null) {
      throw wrong("'" + word + "' is none of: block, char, file, other");
    }
    return node;
  }

  /** {@code | content}: the next line of the file. */
  private void more(int start, int end) {
    if (file.isEmpty()) {
      throw wrong("is a further line of content, but no 'NAME = TEXT' comes before it");
    }
    if (!content.endsWith("\n")) {
      throw wrong("follows a line of content that ends in \\, which has no further lines");
    }
    boolean blank = start < end && text.charAt(start) == ' ';
    content += content(blank ? start + 1 : start, end);
  }

  /** One line of content. A backslash at its end says that no newline follows. */
  private String content(int start, int end) {
    int backslashes = 0;
    while (hasEscapes && end - backslashes > start && text.charAt(end - backslashes - 1) == '\\') {
      backslashes++;
    }
    return backslashes % 2 == 1 ? unescaped(start, end - 1) : unescaped(start, end) + "\n";
  }

  private void endFile() {
    if (!file.isEmpty() && directory != null) {
      directory.entries().put(file, new DumpEntry.RegularFile(content));
      file = "";
    }
  }

  private String unescaped(int start, int end) {
    if (!hasEscapes) {
      return text.substring(start, end);
    }
    String result = DumpText.unescape(text.substring(start, end));
    if (result == null) {
      throw wrong("has a backslash that begins none of \\\\ \\s \\t \\xHH \\uHHHH");
    }
    return result;
  }

  private NvmetshException wrong(String what) {
    return Problem.of(
            Kind.FILE,
            "machine dump " + name + ":" + line + ": " + SysValues.clean(what),
            "make one on the machine in question:  nvmetsh machine dump > FILE")
        .with("path", name)
        .with("line", Integer.toString(line))
        .asException();
  }
}
