package io.nvmetsh.shell;

import io.nvmetsh.command.Commands;
import io.nvmetsh.session.Origin;
import io.nvmetsh.session.Session;
import io.nvmetsh.session.Settings;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.shell.core.InputReader;

/**
 * What a screen shows of somebody at work: lines behind {@code $} go to bash, where {@code nvmetsh}
 * is a program; one that starts the shell on a simulated machine is followed by lines behind its
 * prompt. Of a screen as it is written the lines typed are taken, and done; as it comes back it
 * says what they show.
 */
final class Console implements ShellOutput.Asker {

  /** Wide enough for the tables. */
  private static final int WIDTH = 132;

  private static final String TO_BASH = "$ ";
  private static final Pattern TO_SHELL =
      Pattern.compile("(?:\\[sim [^]]+] )?(?:rec \\S+ )?[a-z0-9]+:/\\S*[>$](?: (.*))?");
  private static final Pattern START = Pattern.compile("nvmetsh((?: --?[^ |>&;]+)*)");
  private static final Pattern ANSWER = Pattern.compile(".*(?:\\[y/N]|to continue:) (.*)");
  private static final String SECRET =
      "DHHC-1:00:ia6zGodOr4SEG0Zzaw398rpY0wqipUWj4jWjUh4HWUz6aQ2n:";
  private static final Instant TIME = Instant.parse("2026-01-02T03:04:05Z");

  /** What paths on the screen begin with, whatever directory this is in truth. */
  private static final String HOME = "/root";

  private final Path home;
  private final Deque<String> answers = new ArrayDeque<>();
  private @Nullable Shell shell;

  /** The shell that was started last, and what it has shown and nobody has looked at. */
  private record Shell(
      SpringShell lines, Session session, Prompt prompt, StringWriter shown, Runnable keep) {}

  /** Works in a directory, with the program that these classes are. */
  static Console in(Path home) throws IOException {
    Path program = Files.createDirectories(home.resolve(".bin")).resolve("nvmetsh");
    Files.writeString(
        program,
        """
        #!/bin/sh
        exec '%s/bin/java' -XX:TieredStopAtLevel=1 -Xshare:auto -cp '%s' %s "$@"
        """
            .formatted(
                System.getProperty("java.home"),
                System.getProperty("java.class.path"),
                NvmetshApplication.class.getName()));
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
    return new Console(home);
  }

  private Console(Path home) {
    this.home = home;
  }

  /** The screen as it is when the lines typed on it are typed now. */
  String screen(String written) throws IOException, InterruptedException {
    StringBuilder screen = new StringBuilder();
    List<String> lines = written.lines().toList();
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i);
      Matcher typed = TO_SHELL.matcher(line);
      if (line.startsWith(TO_BASH)) {
        screen.append(line).append('\n').append(bash(line.substring(TO_BASH.length())));
      } else if (typed.matches()) {
        answersIn(lines.subList(i + 1, lines.size()));
        screen.append(shell(Optional.ofNullable(typed.group(1)).orElse("")));
      }
    }
    return screen.toString().replace(home.toRealPath().toString(), HOME);
  }

  private void answersIn(List<String> lines) {
    answers.clear();
    for (String line : lines) {
      Matcher answer = ANSWER.matcher(line);
      if (answer.matches()) {
        answers.add(answer.group(1));
      }
    }
  }

  private String bash(String line) throws IOException, InterruptedException {
    Matcher start = START.matcher(line);
    if (start.matches()) {
      LaunchOptions options = LaunchOptions.parse(start.group(1).strip().split(" "));
      if (options.script().isEmpty() && !options.help() && !options.version()) {
        start(options);
        return "";
      }
    }
    shell = null;
    Path shown = home.resolve(".shown");
    ProcessBuilder builder = new ProcessBuilder("bash", "-c", line);
    builder.directory(home.toFile()).redirectErrorStream(true).redirectOutput(shown.toFile());
    builder.redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
    builder.environment().keySet().removeIf(name -> name.startsWith("LC_"));
    builder
        .environment()
        .putAll(
            Map.of(
                "PATH",
                home.resolve(".bin") + ":" + System.getenv("PATH"),
                "HOME",
                home.toString(),
                "TERM",
                "dumb",
                "LANG",
                "C.UTF-8"));
    Process process = builder.start();
    if (!process.waitFor(2, TimeUnit.MINUTES)) {
      process.destroyForcibly();
      throw new AssertionError("still running: " + line);
    }
    return Files.readString(shown, StandardCharsets.UTF_8);
  }

  private void start(LaunchOptions options) {
    Targets.Opened opened = Targets.open(options);
    StringWriter shown = new StringWriter();
    PrintWriter screen = new PrintWriter(shown);
    Renderer renderer = new Renderer(new Theme(false), () -> WIDTH, true);
    ShellOutput output = new ShellOutput(screen, screen, renderer, renderer, options.json());
    output.ask(this);
    Commands commands = Commands.roster();
    Session session =
        new Session(
            opened.target(),
            commands,
            new Settings(
                options.dryRun(),
                options.readOnly(),
                options.yes() && options.yesName().isEmpty(),
                options.yesName(),
                true,
                home.toAbsolutePath()),
            output,
            new Origin(Clock.fixed(TIME, ZoneOffset.UTC), "0.1.0", "root", Optional.of("alice")));
    shell =
        new Shell(
            new SpringShell(session, commands, screen, new InputReader() {}),
            session,
            new Prompt(session, new Theme(false)),
            shown,
            opened.keep());
  }

  private String shell(String line) {
    if (shell == null) {
      throw new AssertionError("nobody has started the shell: " + line);
    }
    Shell here = shell;
    String prompt = here.prompt().getPrompt().toString();
    here.lines().run(line);
    here.keep().run();
    if (here.session().isOver()) {
      here.session().close();
      shell = null;
    }
    String shown = here.shown().toString();
    here.shown().getBuffer().setLength(0);
    return (prompt + line).stripTrailing() + "\n" + shown;
  }

  @Override
  public Optional<String> ask(String question) {
    Optional<String> answer = Optional.ofNullable(answers.poll());
    show(question + answer.orElse("^C"));
    return answer;
  }

  @Override
  public Optional<String> askSecret(String question) {
    show(question);
    return Optional.of(SECRET);
  }

  private void show(String line) {
    if (shell != null) {
      shell.shown().append(line.stripTrailing()).append('\n');
    }
  }
}
