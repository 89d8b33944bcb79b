package io.nvmetsh.shell;

import java.io.IOException;
import java.io.InterruptedIOException;
import org.jline.reader.EndOfFileException;
import org.jline.reader.UserInterruptException;
import org.jline.terminal.Terminal;
import org.jline.terminal.Terminal.Signal;
import org.jline.terminal.Terminal.SignalHandler;
import org.jline.utils.NonBlockingReader;

/**
 * Lines from a terminal on which nothing can be drawn, such as a shell in an editor: the kernel's
 * own line editing is all there is, and the line comes whole.
 */
final class PlainLines {

  private final Terminal terminal;

  PlainLines(Terminal terminal) {
    this.terminal = terminal;
  }

  /**
   * Reads a line.
   *
   * @throws UserInterruptException for Ctrl-C
   * @throws EndOfFileException for Ctrl-D on an empty line
   */
  String read(String prompt, boolean echo) {
    Thread thread = Thread.currentThread();
    SignalHandler before = terminal.handle(Signal.INT, signal -> thread.interrupt());
    boolean echoed = terminal.echo(echo);
    StringBuilder line = new StringBuilder();
    try {
      terminal.writer().print(prompt);
      terminal.flush();
      for (int c = next(); c != '\n' && c != '\r'; c = next()) {
        if (c < 0) {
          terminal.writer().println();
          throw new EndOfFileException();
        }
        line.append((char) c);
      }
      return line.toString();
    } catch (InterruptedIOException e) {
      terminal.writer().println();
      throw new UserInterruptException("");
    } catch (IOException e) {
      throw new EndOfFileException(e);
    } finally {
      terminal.echo(echoed);
      if (!echo) {
        terminal.writer().println();
      }
      terminal.handle(Signal.INT, before);
      // an interrupt that came too late
      Thread.interrupted();
    }
  }

  private int next() throws IOException {
    int c;
    do {
      // without a time limit an interrupt would go unnoticed
      c = terminal.reader().read(1000);
    } while (c == NonBlockingReader.READ_EXPIRED);
    return c;
  }
}
