package io.nvmetsh.shell;

import io.nvmetsh.command.Question;
import io.nvmetsh.command.SecretMask;
import io.nvmetsh.schema.Printable;
import io.nvmetsh.session.Session;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jline.reader.Completer;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.UserInterruptException;
import org.jline.reader.impl.completer.NullCompleter;
import org.jline.reader.impl.history.DefaultHistory;
import org.jline.terminal.Terminal;
import org.jspecify.annotations.Nullable;

/** The terminal and its line editor, set up for this language. */
final class Editor implements ShellOutput.Asker {

  private final Terminal terminal;
  private final AnswerReader reader;
  private final Completer completer;

  /**
   * Keeps no secret: what is written to the file and recalled with the arrows is masked. Of a block
   * that was pasted each line is one.
   */
  private static final class MaskingHistory extends DefaultHistory {
    private final SecretMask mask = new SecretMask();

    @Override
    public void add(Instant time, String line) {
      for (String each : EditorParser.lines(line)) {
        super.add(time, mask.line(each));
      }
    }
  }

  private Editor(
      Terminal terminal, AnswerReader reader, Completer completer, Optional<Path> historyFile) {
    this.terminal = terminal;
    this.reader = reader;
    this.completer = completer;
    reader.setParser(new EditorParser());
    reader.setCompleter(completer);
    MaskingHistory history = new MaskingHistory();
    reader.setHistory(history);
    historyFile.ifPresent(file -> reader.setVariable(LineReader.HISTORY_FILE, file));
    reader.setVariable(LineReader.LIST_MAX, 200);
    reader.setVariable(LineReader.SECONDARY_PROMPT_PATTERN, "> ");
    reader.setOpt(LineReader.Option.DISABLE_EVENT_EXPANSION);
    reader.setOpt(LineReader.Option.HISTORY_IGNORE_SPACE);
    reader.setOpt(LineReader.Option.HISTORY_IGNORE_DUPS);
    reader.setOpt(LineReader.Option.HISTORY_TIMESTAMPED);
    reader.unsetOpt(LineReader.Option.AUTO_REMOVE_SLASH);
    reader.unsetOpt(LineReader.Option.COMPLETE_MATCHER_TYPO);
    // Tab twice lists, as in bash; it must not put the first drive of a list into the line.
    reader.unsetOpt(LineReader.Option.AUTO_MENU);
    history.attach(reader);
  }

  /** For the lines of a shell. */
  static Editor ofCommands(Terminal terminal, Session session, Theme theme, Renderer renderer)
      throws IOException {
    return new Editor(
        terminal,
        new CommandReader(terminal, session, theme, renderer),
        new TabCompleter(session),
        historyFile(session.context().inventory().hostName()));
  }

  /** For the answers to questions alone. */
  static Editor ofAnswers(Terminal terminal) throws IOException {
    return new Editor(
        terminal, new AnswerReader(terminal), NullCompleter.INSTANCE, Optional.empty());
  }

  /**
   * Where the lines typed on a machine are kept, readable by their owner alone. A home directory
   * can be on several machines, and a simulated machine is another one.
   */
  private static Optional<Path> historyFile(String host) {
    String state = System.getenv("XDG_STATE_HOME");
    String home = System.getenv("HOME");
    if (state == null && home == null) {
      return Optional.empty();
    }
    Path folder =
        (state != null ? Path.of(state) : Path.of(home, ".local", "state")).resolve("nvmetsh");
    try {
      Files.createDirectories(folder);
      Path file = folder.resolve("history-" + host.replace('/', '_'));
      if (!Files.exists(file)) {
        Files.createFile(
            file,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      }
      return Optional.of(file);
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  Terminal terminal() {
    return terminal;
  }

  LineReader reader() {
    return reader;
  }

  /**
   * Reads a line, or a pasted block of lines.
   *
   * @throws UserInterruptException for Ctrl-C
   * @throws EndOfFileException for Ctrl-D on an empty line
   */
  String readLine(String prompt) {
    if (!Tty.isDumb()) {
      return reader.readLine(literal(prompt));
    }
    String line = new PlainLines(terminal).read(prompt, true);
    reader.getHistory().add(line);
    return line;
  }

  /** A prompt is a pattern to the library; ours has names of other people's in it. */
  private static String literal(String prompt) {
    return prompt.replace("%", "%%");
  }

  /** The lines typed before, oldest first. */
  List<String> history() {
    List<String> lines = new ArrayList<>();
    reader.getHistory().forEach(entry -> lines.add(entry.line()));
    return lines;
  }

  @Override
  public Optional<String> ask(String question) {
    return ask(question, "");
  }

  @Override
  public Optional<String> ask(String question, String begun) {
    return read(question, null, begun);
  }

  /** Tab offers answers meanwhile, and no commands. */
  @Override
  public Optional<String> ask(Question question) {
    reader.setCompleter(TabCompleter.of(question));
    try {
      return read(Printable.text(question.prompt()), null, "");
    } finally {
      reader.setCompleter(completer);
    }
  }

  @Override
  public Optional<String> askSecret(String question) {
    return read(question, '*', "");
  }

  /** Questions and their answers are no commands: they stay out of the history. */
  private Optional<String> read(String question, @Nullable Character mask, String begun) {
    reader.setVariable(LineReader.DISABLE_HISTORY, true);
    reader.asks(true);
    try {
      if (Tty.isDumb()) {
        return Optional.of(new PlainLines(terminal).read(question, mask == null));
      }
      return Optional.of(reader.readLine(literal(question), mask, begun));
    } catch (UserInterruptException | EndOfFileException e) {
      return Optional.empty();
    } finally {
      reader.asks(false);
      reader.setVariable(LineReader.DISABLE_HISTORY, false);
    }
  }
}
