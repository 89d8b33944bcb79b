package io.nvmetsh.shell;

import io.nvmetsh.schema.Printable;
import java.io.PrintStream;
import java.text.MessageFormat;
import java.util.ResourceBundle;
import org.jspecify.annotations.Nullable;

/**
 * What libraries log: their warnings, each in a line on standard error, and nothing below a
 * warning. The terminal library asks for a logger before it opens a terminal, and Java's own way to
 * log takes longer to set itself up than the terminal to open.
 *
 * <p>Java finds this by {@code META-INF/services}, and makes it by its public constructor.
 */
public final class LibraryLog extends System.LoggerFinder {

  private final PrintStream to;

  public LibraryLog() {
    this(System.err);
  }

  LibraryLog(PrintStream to) {
    this.to = to;
  }

  @Override
  public System.Logger getLogger(String name, Module module) {
    return new Warnings(name, to);
  }

  private record Warnings(String name, PrintStream to) implements System.Logger {

    @Override
    public String getName() {
      return name;
    }

    @Override
    public boolean isLoggable(Level level) {
      return level.getSeverity() >= Level.WARNING.getSeverity() && level != Level.OFF;
    }

    @Override
    public void log(
        Level level,
        @Nullable ResourceBundle texts,
        @Nullable String text,
        @Nullable Throwable thrown) {
      if (isLoggable(level)) {
        String cause = thrown == null ? "" : ": " + thrown;
        to.println("nvmetsh: " + Printable.text(name + ": " + text + cause));
      }
    }

    @Override
    public void log(
        Level level,
        @Nullable ResourceBundle texts,
        @Nullable String format,
        Object @Nullable ... values) {
      boolean isWhole = format == null || values == null || values.length == 0;
      log(level, texts, isWhole ? format : MessageFormat.format(format, values), (Throwable) null);
    }
  }
}
