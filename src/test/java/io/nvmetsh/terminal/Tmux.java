package io.nvmetsh.terminal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * The program in tmux: a terminal that people use, on whose screen colours, resizing and pasting
 * are somebody else's idea of what our bytes mean. {@link Pty} is quicker, and enough for what is
 * text alone. As there, whoever types waits for what it leads to.
 */
final class Tmux implements AutoCloseable {

  /** How long a busy machine may take for anything. */
  private static final Duration LIMIT = Duration.ofSeconds(9);

  private static final Duration LOOK_AGAIN = Duration.ofMillis(20);

  private final Path home;

  private Tmux(Path home) {
    this.home = home;
  }

  /**
   * Starts the program in a terminal of its own; skips the test where there is no tmux.
   *
   * @param environment what env(1) sets for it, such as {@code TERM=dumb}, and what it is run by
   * @param words need no quoting in a shell
   */
  static Tmux start(Path home, int columns, int rows, List<String> environment, String... words) {
    assumeInstalled("tmux");
    Tmux tmux = new Tmux(home);
    // The terminal outlives the program, so that what it leaves on the screen can be seen. What
    // tmux itself tells of an end comes now and then never.
    String program =
        "trap : INT; cd %s; env -u NO_COLOR LANG=C.UTF-8 XDG_STATE_HOME=%s/state %s %s %s; echo $? > %s; exec cat"
            .formatted(
                home,
                home,
                String.join(" ", environment),
                Pty.PROGRAM,
                String.join(" ", words),
                tmux.ended());
    tmux.run("new-session", "-d", "-x", "" + columns, "-y", "" + rows, program);
    tmux.run("set", "status", "off"); // a row more for the program
    tmux.resize(columns, rows);
    return tmux;
  }

  /** Skips the test where there is no such program. */
  static void assumeInstalled(String program) {
    assumeTrue(
        Stream.of(System.getenv("PATH").split(":", -1))
            .anyMatch(folder -> Files.isExecutable(Path.of(folder, program))),
        program + " is not installed");
  }

  private Path ended() {
    return home.resolve("ended");
  }

  /** Runs a command of tmux, in a server of our own. */
  String run(String... words) {
    List<String> command =
        new ArrayList<>(List.of("tmux", "-u", "-S", home + "/tmux", "-f", "/dev/null"));
    command.addAll(List.of(words));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().remove("TMUX");
    try {
      Process process = builder.start();
      process.getOutputStream().close();
      String output = new String(process.getInputStream().readAllBytes(), UTF_8);
      assertEquals(0, process.waitFor(), () -> String.join(" ", command) + "\n" + output);
      return output;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new AssertionError("stopped while tmux worked", e);
    }
  }

  /** Presses the keys of a text. */
  void type(String text) {
    run("send-keys", "-l", "--", text);
  }

  /** Presses a key by tmux's name for it: {@code Enter}, {@code Tab}, {@code C-c}, {@code Up}. */
  void key(String name) {
    run("send-keys", name);
  }

  /** Types a line, waits until it stands there, over the edge perhaps, and presses Enter. */
  void line(String line) {
    type(line);
    await("the line " + line, screen -> screen.replace("\n", "").contains("> " + line));
    key("Enter");
  }

  /** Pastes a text, marked as pasted when the program has asked for that. */
  void paste(String text) throws IOException {
    Path file = Files.writeString(home.resolve("pasted"), text);
    run("load-buffer", file.toString(), ";", "paste-buffer", "-p");
  }

  void resize(int columns, int rows) {
    run("resize-window", "-x", "" + columns, "-y", "" + rows);
  }

  /** What the screen shows, without trailing blanks and empty lines. */
  String screen() {
    return run("capture-pane", "-p").stripTrailing();
  }

  /** The same with what is above the screen, and lines that the terminal broke as one. */
  String everything() {
    return run("capture-pane", "-p", "-J", "-S", "-").stripTrailing();
  }

  /** The line with the last prompt, with the escape sequences that make it look so. */
  String escapes() {
    String screen = run("capture-pane", "-p", "-e").stripTrailing();
    return screen.substring(screen.lastIndexOf('\n') + 1);
  }

  /** Waits until the screen ends so. */
  void awaitEnd(String text) {
    await("the end " + text, screen -> screen.endsWith(text));
  }

  /** Waits until the screen shows a text. */
  void await(String text) {
    await(text, screen -> screen.contains(text));
  }

  void await(String what, Predicate<String> seen) {
    await(what, seen, this::screen);
  }

  /** Waits until the last line holds these escape sequences and texts. */
  void awaitEscapes(String text) {
    await("drawn " + text, line -> line.contains(text), this::escapes);
  }

  private void await(String what, Predicate<String> seen, Supplier<String> look) {
    long end = System.nanoTime() + LIMIT.toNanos();
    while (!seen.test(look.get())) {
      if (System.nanoTime() > end) {
        throw new AssertionError(
            "waited for %s%non the screen:%n%s%ndrawn: %s"
                .formatted(what, screen(), escapes().replace("\u001b", "ESC")));
      }
      LockSupport.parkNanos(LOOK_AGAIN.toNanos());
    }
  }

  /** Waits for the end of the program, and returns its status. */
  int status() {
    await("the end", text -> text.endsWith("\n"), this::written);
    return Integer.parseInt(written().strip());
  }

  private String written() {
    try {
      return Files.exists(ended()) ? Files.readString(ended()) : "";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Ends the terminal and what runs in it. */
  @Override
  public void close() {
    run("kill-server");
  }
}
