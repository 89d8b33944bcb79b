package io.nvmetsh.shell;

import java.io.IOException;
import java.util.List;
import org.jline.terminal.Attributes;
import org.jline.terminal.Terminal;
import org.jline.terminal.Terminal.Signal;
import org.jline.terminal.Terminal.SignalHandler;
import org.jline.utils.AttributedString;
import org.jline.utils.NonBlockingReader;
import org.jline.utils.Status;

/**
 * Shows what is longer than the screen a screenful at a time, and what is not at once. What was
 * shown stays on the screen and in what the terminal keeps above it.
 *
 * <p>It is ours rather than less(1), from which a person who may use this shell alone gets at every
 * file and every program as root, and which has to be there; {@code | match} searches.
 */
final class Pager {

  private static final int ESCAPE = 27;

  /** How long the rest of a key's sequence may take. */
  private static final long SEQUENCE_MILLIS = 50;

  private final Terminal terminal;
  private final Theme theme;
  private boolean off;

  /** What a key asks for. */
  private enum Wish {
    SCREEN,
    LINE,
    ALL,
    NO_MORE,
    NOTHING
  }

  Pager(Terminal terminal, Theme theme) {
    this.terminal = terminal;
    this.theme = theme;
  }

  /** Whether from now on everything is shown at once. */
  void off(boolean whole) {
    off = whole;
  }

  /** Shows lines, coloured already. */
  void show(List<String> lines) {
    if (off || Tty.isDumb() || rows(lines) < height()) {
      lines.forEach(terminal.writer()::println);
      return;
    }
    Thread thread = Thread.currentThread();
    SignalHandler before = terminal.handle(Signal.INT, signal -> thread.interrupt());
    Attributes attributes = terminal.enterRawMode();
    try {
      page(lines);
    } finally {
      terminal.setAttributes(attributes);
      terminal.handle(Signal.INT, before);
      // an interrupt that came too late
      Thread.interrupted();
    }
  }

  private void page(List<String> lines) {
    int room = height() - 1; // the last row tells of the rest
    int shown = 0;
    while (true) {
      do {
        String line = lines.get(shown++);
        room -= rows(line);
        terminal.writer().println(line);
      } while (shown < lines.size() && rows(lines.get(shown)) <= room);
      if (shown == lines.size()) {
        return;
      }
      Wish wish = ask(lines.size() - shown);
      if (wish == Wish.NO_MORE) {
        return;
      }
      room =
          switch (wish) {
            case LINE -> 1;
            case ALL -> Integer.MAX_VALUE;
            default -> height() - 1;
          };
    }
  }

  private Wish ask(int left) {
    String question = "-- " + left + " more: space, Enter for a line, a for all, q for no more --";
    int fits = Math.max(0, Math.min(question.length(), terminal.getColumns() - 1));
    terminal.writer().print(theme.faint(question.substring(0, fits)));
    terminal.flush();
    try {
      Wish wish = Wish.NOTHING;
      while (wish == Wish.NOTHING) {
        wish = wish(next(0));
      }
      return wish;
    } catch (IOException e) { // Ctrl-C, too
      return Wish.NO_MORE;
    } finally {
      // blanks, since not every terminal can clear a line
      terminal.writer().print("\r" + " ".repeat(fits) + "\r");
      terminal.flush();
    }
  }

  private Wish wish(int key) throws IOException {
    return switch (key) {
      case ' ', 'f' -> Wish.SCREEN;
      case '\r', '\n', 'j' -> Wish.LINE;
      case 'a', 'G' -> Wish.ALL;
      case 'q', 'Q', 3, 4, NonBlockingReader.EOF -> Wish.NO_MORE;
      case ESCAPE -> sequence();
      default -> Wish.NOTHING;
    };
  }

  /** The arrow down, and the key that leads a page down. */
  private Wish sequence() throws IOException {
    StringBuilder keys = new StringBuilder();
    int key = next(SEQUENCE_MILLIS);
    while (key >= 0) {
      keys.append((char) key);
      boolean ends = keys.length() > 1 && key >= '@'; // as xterm's keys end
      key = ends ? NonBlockingReader.READ_EXPIRED : next(SEQUENCE_MILLIS);
    }
    return switch (keys.toString()) {
      case "[B", "OB" -> Wish.LINE;
      case "[6~" -> Wish.SCREEN;
      default -> Wish.NOTHING;
    };
  }

  /**
   * @param millis 0 for as long as it takes
   */
  private int next(long millis) throws IOException {
    int key;
    do {
      // without a time limit an interrupt would go unnoticed
      key = terminal.reader().read(millis == 0 ? 1000 : millis);
    } while (millis == 0 && key == NonBlockingReader.READ_EXPIRED);
    return key;
  }

  /** The rows of the screen that text goes through. */
  private int height() {
    return terminal.getRows() - Status.getExistingStatus(terminal).map(Status::size).orElse(0);
  }

  private long rows(List<String> lines) {
    return lines.stream().mapToLong(this::rows).sum();
  }

  /** How many rows of the screen a line takes. */
  private int rows(String line) {
    int columns = Math.max(1, terminal.getColumns());
    int width =
        line.length() <= columns ? 1 : AttributedString.fromAnsi(line).columnLength(terminal);
    return Math.max(1, (width + columns - 1) / columns);
  }
}
