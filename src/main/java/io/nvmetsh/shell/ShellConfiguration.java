package io.nvmetsh.shell;

import io.nvmetsh.command.Commands;
import io.nvmetsh.command.SecretMask;
import io.nvmetsh.journal.Store;
import io.nvmetsh.kernel.Target;
import io.nvmetsh.schema.KeySource;
import io.nvmetsh.schema.Problem;
import io.nvmetsh.session.Audit;
import io.nvmetsh.session.Origin;
import io.nvmetsh.session.Safekeeping;
import io.nvmetsh.session.Session;
import io.nvmetsh.session.Settings;
import io.nvmetsh.session.SystemLog;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jline.terminal.Terminal;
import org.springframework.shell.core.InputReader;
import org.springframework.shell.jline.JLineInputReader;

/**
 * The wiring, by plain constructors: options to target, target to session, session to whoever reads
 * the lines. Nothing is made before it is needed: one command never loads the line editor.
 */
final class ShellConfiguration {

  private final LaunchOptions options;
  private final PrintWriter data;
  private final PrintWriter talk;

  ShellConfiguration(LaunchOptions options, PrintWriter data, PrintWriter talk) {
    this.options = options;
    this.data = data;
    this.talk = talk;
  }

  /** Does what the options ask for, and returns the exit status. */
  int run() throws IOException {
    if (options.help()) {
      LaunchHelp.lines().forEach(data::println);
      return 0;
    }
    if (options.version()) {
      data.println("nvmetsh " + Version.text());
      return 0;
    }
    refuseKeys();
    try (Targets.Opened opened = Targets.open(options)) {
      if (!options.command().isEmpty()) {
        return run(opened, options.command());
      }
      return options.script().isPresent() || !Tty.INPUT.isTerminal()
          ? run(opened, replay())
          : interactive(opened);
    }
  }

  /** The words that a program is started with are everybody's to read, in ps and /proc. */
  private void refuseKeys() {
    List<String> words = new ArrayList<>(options.command());
    words.addAll(options.parameters());
    if (new SecretMask().isIn(words)) {
      List<String> ways = new ArrayList<>();
      KeySource.WAYS.forEach(way -> ways.add("write in its place  " + way));
      throw new Problem(
              Problem.Kind.USAGE,
              "a key is on the command line, where everybody on this machine can see it (ps); nothing"
                  + " is done, and the key had better not be used any more",
              ways,
              List.of())
          .asException();
    }
  }

  private int run(Targets.Opened opened, List<String> words) {
    Commands commands = Commands.roster();
    ShellOutput output = output();
    if (!options.command().isEmpty() && SecretAsker.canAsk()) {
      output.ask(new SecretAsker());
      if (Tty.OUTPUT.isTerminal()) {
        output.edit(EditorProcess.beside());
      }
    }
    Session session = session(opened, commands, settings(opened.target(), false), output);
    Interruption interruption = Interruption.of(session);
    try {
      return new SpringShell(session, commands, data, new InputReader() {}).run(words);
    } finally {
      session.close();
      opened.keep().run();
      interruption.close();
    }
  }

  private Session session(
      Targets.Opened opened, Commands commands, Settings settings, ShellOutput output) {
    Store store = Stores.of(options, isRoot());
    Origin origin = Origin.ofThisProcess();
    Audit audit = isConfigfs() ? new SystemLog(origin) : Audit.none();
    Session session =
        new Session(
            opened.target(),
            commands,
            settings,
            output,
            origin,
            new Safekeeping(store, ReverterProcess.of(store, options), audit));
    boolean deals = options.command().stream().anyMatch(List.of("recover", "confirm")::contains);
    if (!deals) {
      session.leftBehind().ifPresent(output::note);
    }
    return session;
  }

  /** Whether a change is a change of this machine, and not of a simulation or a copied tree. */
  private boolean isConfigfs() {
    if (options.sim().isPresent() || options.root().isEmpty()) {
      return options.sim().isEmpty();
    }
    try {
      return Files.getFileStore(Path.of(options.root().get())).type().equals("configfs");
    } catch (IOException e) {
      return false;
    }
  }

  /** The line that a script given to the program stands for. */
  private List<String> replay() {
    List<String> words = new ArrayList<>(List.of("replay"));
    for (String parameter : options.parameters()) {
      words.addAll(List.of("--param", parameter));
    }
    words.addAll(List.of("--", options.script().orElse("-")));
    return words;
  }

  private int interactive(Targets.Opened opened) throws IOException {
    try (Terminal terminal = SystemTerminal.open()) {
      Theme theme = new Theme(isColored(Tty.OUTPUT));
      Renderer renderer = new Renderer(theme, terminal::getColumns, isUnicode());
      PrintWriter screen = terminal.writer();
      ShellOutput output = new ShellOutput(screen, screen, renderer, renderer, options.json());
      Commands commands = Commands.roster();
      Session session = session(opened, commands, settings(opened.target(), true), output);
      Editor editor = Editor.ofCommands(terminal, session, theme, renderer);
      output.ask(editor);
      output.edit(new EditorProcess(terminal, System.getenv()));
      Pager pager = new Pager(terminal, theme);
      if (options.pager()) {
        output.page(pager);
      }
      editor.history().forEach(session.history()::add);
      InteractiveRunner runner =
          new InteractiveRunner(
              editor,
              new SpringShell(session, commands, screen, new JLineInputReader(editor.reader())),
              session,
              new Prompt(session, theme),
              statusLine(terminal, session),
              pager);
      runner.run(new String[0]);
      session.close();
      opened.keep().run();
      return runner.status();
    }
  }

  private Optional<StatusLine> statusLine(Terminal terminal, Session session) {
    return options.statusLine() && !Tty.isDumb()
        ? Optional.of(new StatusLine(terminal, session))
        : Optional.empty();
  }

  private ShellOutput output() {
    return new ShellOutput(data, talk, renderer(Tty.OUTPUT), renderer(Tty.ERROR), options.json());
  }

  private Renderer renderer(Tty stream) {
    // Piped output is for programs: as wide as it needs to be.
    int width = stream.isTerminal() ? columns() : 0;
    return new Renderer(new Theme(isColored(stream)), () -> width, isUnicode());
  }

  private Settings settings(Target target, boolean interactive) {
    return new Settings(
        options.dryRun(),
        options.readOnly() || !mayChange(target),
        options.yes() && options.yesName().isEmpty(),
        options.yesName(),
        interactive,
        Path.of("").toAbsolutePath());
  }

  /** Changing a kernel's target takes root; a copy of a tree, whoever owns it. */
  private boolean mayChange(Target target) {
    return target.simulated()
        || isRoot()
        || options.root().filter(root -> Files.isWritable(Path.of(root))).isPresent();
  }

  private boolean isColored(Tty stream) {
    return switch (options.color()) {
      case ALWAYS -> true;
      case NEVER -> false;
      case AUTO ->
          // no-color.org: "when present and not an empty string"
          Optional.ofNullable(System.getenv("NO_COLOR")).orElse("").isEmpty()
              && !Tty.isDumb()
              && stream.isTerminal();
    };
  }

  /** Whether the locale can show more than ASCII. */
  private static boolean isUnicode() {
    for (String variable : new String[] {"NVMETSH_LC_CTYPE", "LC_ALL", "LC_CTYPE", "LANG"}) {
      String value = System.getenv(variable);
      if (value != null && !value.isEmpty()) {
        String upper = value.toUpperCase(Locale.ROOT);
        return upper.contains("UTF-8") || upper.contains("UTF8");
      }
    }
    return false;
  }

  private static int columns() {
    try {
      return Optional.ofNullable(System.getenv("COLUMNS")).map(Integer::parseInt).orElse(80);
    } catch (NumberFormatException e) {
      return 80;
    }
  }

  /** The owner of our own process as the kernel sees it; no process is started to ask. */
  private static boolean isRoot() {
    try {
      return Integer.valueOf(0).equals(Files.getAttribute(Path.of("/proc/self"), "unix:uid"));
    } catch (IOException | UnsupportedOperationException e) {
      return false;
    }
  }
}
