package io.nvmetsh.terminal;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jline.utils.ScreenTerminal;

/**
 * The program in a real pseudo-terminal, with somebody at the keyboard and an eye on the screen.
 * The pty is made by {@code script} of util-linux, which every Debian has; the screen is what a
 * VT100 would show of the bytes that came. Whoever types waits for what it leads to: a busy machine
 * makes a test slow, and not wrong.
 */
final class Pty implements AutoCloseable {

  /** How long a busy machine may take for anything. */
  private static final Duration LIMIT = Duration.ofSeconds(90);

  static final String PROGRAM =
      Path.of(System.getProperty("nvmetsh.program", "target/nvmetsh/bin/nvmetsh"))
          .toAbsolutePath()
          .toString();

  private final Process process;
  private final OutputStream keyboard;
  private final int columns;
  private final int rows;

  /** Also the lock for what is seen. */
  private final ScreenTerminal screen;

  private Pty(Process process, int columns, int rows) {
    this.process = process;
    this.keyboard = process.getOutputStream();
    this.columns = columns;
    this.rows = rows;
    this.screen = new ScreenTerminal(columns, rows);
    Thread reader = new Thread(this::read, "pty");
    reader.setDaemon(true);
    reader.start();
  }

  /** A terminal to start the program in. */
  record Setup(Path home, String type, int columns, int rows, boolean colored) {

    /** One of these days, with room to show things. */
    static Setup usual(Path home) {
      return new Setup(home, "xterm-256color", 110, 40, false);
    }

    Setup withType(String other) {
      return new Setup(home, other, columns, rows, colored);
    }

    Setup withSize(int otherColumns, int otherRows) {
      return new Setup(home, type, otherColumns, otherRows, colored);
    }

    /** With colours, and with what is shown in them only. */
    Setup withColors() {
      return new Setup(home, type, columns, rows, true);
    }

    /** Starts the program in the home directory; its words must need no quoting in a shell. */
    Pty start(String... words) throws IOException {
      return run(PROGRAM + " " + String.join(" ", words));
    }

    /** Starts another program in the home directory, by a line for the shell. */
    Pty run(String line) throws IOException {
      String command = "stty cols %d rows %d; exec %s".formatted(columns, rows, line);
      // a build in the background ignores Ctrl-C, and so would whatever it starts
      ProcessBuilder builder =
          new ProcessBuilder(
              "env", "--default-signal=INT", "script", "-qfec", command, "/dev/null");
      builder.directory(home.toFile()).redirectErrorStream(true);
      builder.environment().keySet().removeIf(name -> name.startsWith("LC_"));
      builder
          .environment()
          .putAll(
              Map.of(
                  "HOME",
                  home.toString(),
                  "TERM",
                  type,
                  "LANG",
                  "C.UTF-8",
                  "NO_COLOR",
                  colored ? "" : "1",
                  "XDG_STATE_HOME",
                  home.resolve("state").toString(),
                  "SHELL",
                  "/bin/sh"));
      // A terminal that does not know its size still has one that people see.
      return new Pty(builder.start(), columns == 0 ? 80 : columns, rows == 0 ? 24 : rows);
    }
  }

  private void read() {
    char[] buffer = new char[8192];
    try (Reader in = new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8)) {
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        synchronized (screen) {
          screen.write(new String(buffer, 0, n));
          screen.notifyAll();
        }
      }
    } catch (IOException e) {
      // the program has ended
    }
  }

  /** Presses keys. */
  void type(String keys) throws IOException {
    keyboard.write(keys.getBytes(StandardCharsets.UTF_8));
    keyboard.flush();
  }

  /** Types the beginning of a line and Tab, and waits for what becomes of the line. */
  void tab(String keys, String line) throws IOException, InterruptedException {
    type(keys);
    await(() -> beforeCursor().endsWith(keys), "the keys: " + keys);
    type("\t");
    awaitLine(line);
  }

  /** Presses Tab, and waits for the line it leads to and a list below it that ends in this row. */
  void list(String line, String lastRow) throws IOException, InterruptedException {
    type("\t");
    await(() -> screen().contains(lastRow) && isLine(line), "listed: " + lastRow);
  }

  /** Presses Enter, and waits for the prompt that ends so. */
  void enter(String prompt) throws IOException, InterruptedException {
    type("\r");
    awaitPrompt(prompt);
  }

  /** Types a line and Enter, and waits for the prompt that ends so. */
  void line(String line, String prompt) throws IOException, InterruptedException {
    type(line);
    await(() -> beforeCursor().endsWith(line), "the line: " + line);
    enter(prompt);
  }

  /** Empties the screen but for the line with the cursor. */
  void clear() throws IOException, InterruptedException {
    type("\f");
    await(this::isOneLine, "an empty screen");
  }

  private boolean isOneLine() {
    String screen = screen();
    return !screen.isEmpty() && screen.equals(beforeCursor().stripTrailing());
  }

  /** What the screen shows, without trailing blanks and empty lines. */
  String screen() {
    return text(0, rows, columns).stripTrailing();
  }

  /** The line on the screen in which the cursor is, up to the cursor. */
  private String beforeCursor() {
    int[] cursor = cursor();
    String text = text(cursor[1], cursor[1] + 1, cursor[0]);
    // where the cursor is tells which of the blanks count
    return text.stripTrailing() + " ".repeat(cursor[0] - text.stripTrailing().length());
  }

  private int[] cursor() {
    int[] cursor = new int[2];
    synchronized (screen) {
      screen.dump(new long[columns * rows], cursor);
    }
    return cursor;
  }

  private String text(int fromRow, int toRow, int width) {
    long[] cells = new long[columns * rows];
    synchronized (screen) {
      screen.dump(cells, new int[2]);
    }
    StringBuilder text = new StringBuilder();
    for (int row = fromRow; row < toRow; row++) {
      StringBuilder line = new StringBuilder();
      for (int column = 0; column < width; column++) {
        int c = ScreenTerminal.cellCodePoint(cells[row * columns + column]);
        line.appendCodePoint(c == 0 ? ' ' : c);
      }
      text.append(line.toString().stripTrailing()).append('\n');
    }
    return text.toString();
  }

  /**
   * The line with the cursor, behind the prompt, with what is behind the cursor too: {@code
   * *bold*}, {@code _underlined_}, {@code ~faint~}, {@code !red!} and {@code ^cyan^}.
   */
  private String drawn() {
    long[] cells = new long[columns * rows];
    int[] cursor = new int[2];
    synchronized (screen) {
      screen.dump(cells, cursor);
    }
    StringBuilder line = new StringBuilder();
    String sign = "";
    for (int i = cursor[1] * columns; i < (cursor[1] + 1) * columns; i++) {
      String next = sign(cells[i]);
      line.append(next.equals(sign) ? "" : sign + next);
      line.appendCodePoint(Math.max(' ', ScreenTerminal.cellCodePoint(cells[i])));
      sign = next;
    }
    String drawn = line.append(sign).toString().stripTrailing();
    int prompt = drawn.indexOf("> ");
    return prompt < 0 ? "" : drawn.substring(prompt + 2); // between two lines there is none
  }

  private static String sign(long cell) {
    return switch (ScreenTerminal.cellForeground(cell)) {
      case 0x800 -> "!";
      case 0x088 -> "^";
      default ->
          ScreenTerminal.cellUnderline(cell)
              ? "_"
              : ScreenTerminal.cellDim(cell) ? "~" : ScreenTerminal.cellBold(cell) ? "*" : "";
    };
  }

  /** Waits until the line is drawn so. */
  void awaitDrawn(String line) throws InterruptedException {
    await(() -> drawn().equals(line), "drawn: " + line);
  }

  /**
   * Waits until the screen shows a text.
   *
   * @throws AssertionError with the screen when it does not in time
   */
  void await(String text) throws InterruptedException {
    await(() -> screen().contains(text), text);
  }

  /** Waits until something stands before the cursor: the prompt of whatever program it is. */
  void awaitQuiet() throws InterruptedException {
    await(() -> !beforeCursor().isBlank(), "a prompt");
  }

  /** Waits for an empty line behind the prompt that ends so. */
  void awaitPrompt(String end) throws InterruptedException {
    await(() -> beforeCursor().endsWith(end + " "), "the prompt: " + end);
  }

  /** Waits until the line up to the cursor, behind the prompt, is this one. */
  void awaitLine(String line) throws InterruptedException {
    await(() -> isLine(line), "the line: " + line);
  }

  private boolean isLine(String line) {
    return beforeCursor().endsWith("> " + line);
  }

  void await(BooleanSupplier seen, String what) throws InterruptedException {
    long end = System.nanoTime() + LIMIT.toNanos();
    synchronized (screen) {
      while (!seen.getAsBoolean()) {
        long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
        if (left <= 0) {
          throw new AssertionError(
              "waited for " + what + "\non the screen:\n" + screen() + "\ndrawn: " + drawn());
        }
        screen.wait(left);
      }
    }
  }

  /** The status the program ended with. */
  int status() throws InterruptedException {
    if (!process.waitFor(LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
      throw new AssertionError("still running; on the screen:\n" + screen());
    }
    return process.exitValue();
  }

  /** Hangs up. */
  @Override
  public void close() {
    List<ProcessHandle> all = new ArrayList<>(process.descendants().toList());
    all.add(process.toHandle());
    all.forEach(ProcessHandle::destroy);
    // a shell does not end for that; what it still wrote would be in the way of who clears up
    for (ProcessHandle each : all) {
      each.onExit().completeOnTimeout(each, 100, TimeUnit.MILLISECONDS).join();
      each.destroyForcibly();
    }
  }
}
