package io.nvmetsh.shell;

import io.nvmetsh.command.SecretMask;
import io.nvmetsh.schema.Printable;
import io.nvmetsh.session.Session;
import java.util.List;
import java.util.Optional;
import org.jline.reader.EndOfFileException;
import org.jline.reader.UserInterruptException;
import org.jline.terminal.Terminal.Signal;
import org.jline.terminal.Terminal.SignalHandler;
import org.springframework.shell.core.ShellRunner;

/**
 * Reads lines from a person and runs them until the person leaves. Ctrl-C drops the line, or stops
 * a command between two steps; Ctrl-D on an empty line leaves.
 */
final class InteractiveRunner implements ShellRunner {

  private final Editor editor;
  private final SpringShell shell;
  private final Session session;
  private final Prompt prompt;
  private final Optional<StatusLine> statusLine;
  private final Pager pager;
  private final SecretMask mask = new SecretMask();
  private int status;

  InteractiveRunner(
      Editor editor,
      SpringShell shell,
      Session session,
      Prompt prompt,
      Optional<StatusLine> statusLine,
      Pager pager) {
    this.editor = editor;
    this.shell = shell;
    this.session = session;
    this.prompt = prompt;
    this.statusLine = statusLine;
    this.pager = pager;
  }

  @Override
  public void run(String[] arguments) {
    read();
    statusLine.ifPresent(StatusLine::remove);
  }

  private void read() {
    while (!session.isOver()) {
      statusLine.ifPresent(StatusLine::draw);
      try {
        runAll(EditorParser.lines(editor.readLine(prompt())));
      } catch (UserInterruptException e) {
        if (!e.getPartialLine().isEmpty()) {
          // else a line that was dropped looks like one that was done
          say("^C");
        }
      } catch (EndOfFileException e) {
        if (session.mayLeave()) {
          return;
        }
      }
    }
  }

  private String prompt() {
    return prompt.getPrompt().toAnsi(editor.terminal());
  }

  /**
   * Runs a line, or the lines of a pasted block as if each had been typed, up to the first that
   * fails: what follows was written in the belief that it would not.
   */
  private void runAll(List<String> lines) {
    pager.off(lines.size() > 1);
    for (int i = 0; i < lines.size() && !session.isOver(); i++) {
      if (lines.size() > 1) {
        say(prompt() + Printable.text(mask.line(lines.get(i).replace("\\\n", ""))));
      }
      runLine(lines.get(i));
      if (status != 0 && i + 1 < lines.size()) {
        say("not run: what was pasted behind this line");
        return;
      }
    }
  }

  private void say(String text) {
    editor.terminal().writer().println(text);
  }

  private void runLine(String line) {
    SignalHandler before = editor.terminal().handle(Signal.INT, signal -> session.interrupt());
    try {
      status = shell.run(line);
    } finally {
      editor.terminal().handle(Signal.INT, before);
    }
  }

  /** The status of the last line. */
  int status() {
    return status;
  }
}
