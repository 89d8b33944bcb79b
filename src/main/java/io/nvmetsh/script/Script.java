package io.nvmetsh.script;

import io.nvmetsh.schema.FileFailure;
import io.nvmetsh.schema.Printable;
import io.nvmetsh.schema.Problem;
import io.nvmetsh.schema.Quoting;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A file of lines. Comments begin with {@code #}; three sorts of them mean something: {@code #}
 * <i>key</i>{@code :} <i>value</i> before the first line is the head, {@code #=} is a value the
 * line above it led to, {@code #>} is what it showed. A backslash at the end joins the next line.
 *
 * @param name the file as it was named, for messages
 * @param head what the file says of itself, by key
 */
public record Script(String name, List<Step> steps, Map<String, String> head) {

  /** The first line of a file of this format. */
  public static final String FIRST_LINE = "# nvmetsh script 1";

  /** What begins a comment that holds a value. */
  public static final String VALUE = "#= ";

  /** What begins a comment that holds a line of output. */
  public static final String SHOWN = "#>";

  private static final String FORMAT = "# nvmetsh script ";

  /** What a file may say of itself, in this order. */
  private static final List<String> HEAD =
      List.of("tool", "host", "target", "kernel", "driver", "adapter", "user", "start", "reason");

  /** What is known only at the end. */
  static final List<String> FOOT = List.of("end", "state");

  /**
   * One line to run.
   *
   * @param number where it begins in the file, from 1
   * @param mayFail whether it stood behind a dash
   * @param values what it is expected to lead to
   * @param shown what it is expected to show
   */
  public record Step(
      int number, String text, boolean mayFail, List<Expectation> values, List<Expectation> shown) {

    private Step withoutRoom() {
      return new Step(number, text, mayFail, List.copyOf(values), List.copyOf(shown));
    }

    /** The last of the file's lines that belong to it. */
    public int end() {
      int lines = 0;
      for (int i = text.indexOf('\n'); i >= 0; i = text.indexOf('\n', i + 1)) {
        lines++;
      }
      return number + lines;
    }
  }

  /** What stands behind the mark of an expecting comment. */
  public record Expectation(int number, String text) {}

  public Script {
    steps = List.copyOf(steps);
    head = Collections.unmodifiableMap(new LinkedHashMap<>(head));
  }

  /**
   * The same script up to a line of the file; what was said of the end of all of it is left out.
   *
   * @throws io.nvmetsh.schema.NvmetshException when there is nothing to run up to there
   */
  public Script upTo(int line) {
    List<Step> first = steps.stream().filter(step -> step.number() <= line).toList();
    if (first.isEmpty()) {
      throw Problem.of(
              Problem.Kind.USAGE,
              name + " has nothing to run up to line " + line,
              "run all of it:  replay " + Quoting.word(name))
          .asException();
    }
    Map<String, String> rest = new LinkedHashMap<>(head);
    rest.keySet().removeAll(FOOT);
    return new Script(name, first, rest);
  }

  /** A comment that says something of the file. */
  public static String headLine(String key, String value) {
    return "# " + key + ": " + Printable.text(value);
  }

  /**
   * @throws io.nvmetsh.schema.NvmetshException when the file cannot be read, is no text, or is of
   *     another format
   */
  public static Script read(Path file, String name) {
    return parse(name, text(file, name));
  }

  /** The text of a file that a person named. */
  public static String text(Path file, String name) {
    try {
      return name.equals("-") ? standardInput() : Files.readString(file);
    } catch (IOException e) {
      throw unreadable(
          file, name, Files.isDirectory(file) ? "it is a directory" : FileFailure.reading(e));
    } catch (OutOfMemoryError e) {
      throw unreadable(file, name, "it is too large");
    }
  }

  /** The stream as it was handed over: /dev/stdin opens it anew, which sockets do not permit. */
  private static String standardInput() throws IOException {
    byte[] bytes = System.in.readAllBytes();
    return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
  }

  private static RuntimeException unreadable(Path file, String name, String why) {
    Path folder = Path.of(name).getParent();
    String look = Files.exists(file) ? name : folder == null ? "." : folder.toString();
    return Problem.of(
            Problem.Kind.FILE,
            name + " cannot be read: " + why,
            name.equals("-")
                ? "hand it over:  nvmetsh - < FILE"
                : "look at it in another shell:  ls -ld " + Quoting.word(look))
        .with("path", name)
        .asException();
  }

  public static Script parse(String name, String text) {
    return new Reader(name, text).read();
  }

  /** A problem of a line of this file. */
  public Problem at(int line, Problem problem) {
    return new Problem(
            problem.kind(),
            name + ":" + line + ": " + problem.message(),
            problem.hints(),
            problem.about())
        .with("file", name)
        .with("line", Integer.toString(line));
  }

  private static final class Reader {

    private final String name;
    private final List<String> lines;
    private final List<Step> steps = new ArrayList<>();
    private final Map<String, String> head = new LinkedHashMap<>();

    Reader(String name, String text) {
      this.name = name;
      this.lines = (text.startsWith("\ufeff") ? text.substring(1) : text).lines().toList();
    }

    Script read() {
      checkVersion();
      for (int i = 0; i < lines.size(); i++) {
        String line = lines.get(i).strip();
        if (line.startsWith("#")) {
          comment(i + 1, line);
        } else if (!line.isEmpty()) {
          i = step(i);
        }
      }
      // most expect nothing, and a script may have ten thousands
      steps.replaceAll(Step::withoutRoom);
      return new Script(name, steps, head);
    }

    private void checkVersion() {
      String first = lines.isEmpty() ? "" : lines.get(0).strip();
      if (first.startsWith(FORMAT) && !first.equals(FIRST_LINE)) {
        throw Problem.of(
                Problem.Kind.UNSUPPORTED,
                name
                    + " is a script of format "
                    + Printable.text(first.substring(FORMAT.length()))
                    + "; this nvmetsh reads format "
                    + FIRST_LINE.substring(FORMAT.length()),
                "run it with the nvmetsh that wrote it, named in its second line:  head " + name)
            .with("path", name)
            .asException();
      }
    }

    private void comment(int number, String line) {
      if (line.startsWith(VALUE) && !steps.isEmpty()) {
        last().values().add(new Expectation(number, line.substring(VALUE.length())));
      } else if (line.startsWith(SHOWN) && !steps.isEmpty()) {
        String text = line.substring(SHOWN.length());
        text = text.startsWith(" ") ? text.substring(1) : text;
        last().shown().add(new Expectation(number, text));
      } else {
        headLine(line);
      }
    }

    private void headLine(String line) {
      int colon = line.indexOf(": ");
      if (colon < 0 || !line.startsWith("# ")) {
        return;
      }
      String key = line.substring(2, colon);
      if ((steps.isEmpty() && HEAD.contains(key)) || FOOT.contains(key)) {
        head.merge(key, line.substring(colon + 2), (a, b) -> a + ", " + b);
      }
    }

    private Step last() {
      return steps.get(steps.size() - 1);
    }

    /** Reads a step that begins at {@code lines[i]}; the index of its last line. */
    private int step(int i) {
      StringBuilder text = new StringBuilder(lines.get(i).strip());
      int end = i;
      while (goesOn(text) && end + 1 < lines.size()) {
        text.append('\n').append(lines.get(++end).stripTrailing());
      }
      boolean mayFail = text.charAt(0) == '-';
      String command = mayFail ? text.substring(1).stripLeading() : text.toString();
      steps.add(new Step(i + 1, command, mayFail, new ArrayList<>(), new ArrayList<>()));
      return end;
    }

    /** Whether the text ends in a backslash that is not itself escaped. */
    private static boolean goesOn(CharSequence text) {
      int backslashes = 0;
      while (backslashes < text.length() && text.charAt(text.length() - 1 - backslashes) == '\\') {
        backslashes++;
      }
      return backslashes % 2 == 1;
    }
  }
}
