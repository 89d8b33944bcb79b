package io.nvmetsh.shell;

import io.nvmetsh.command.Document;
import io.nvmetsh.command.Document.Tone;
import io.nvmetsh.command.Layout;
import io.nvmetsh.schema.Printable;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.IntSupplier;

/** Lays results out for one screen, in its width and colours. */
final class Renderer {

  private final Theme theme;
  private final IntSupplier width;
  private final boolean unicode;

  /**
   * @param width asked for each document, since terminals are resized; 0 for no limit
   */
  Renderer(Theme theme, IntSupplier width, boolean unicode) {
    this.theme = theme;
    this.width = width;
    this.unicode = unicode;
  }

  /** Without colour, width or line characters. */
  static Renderer plain() {
    return new Renderer(new Theme(false), () -> 0, false);
  }

  /** The lines of a document, all at once. */
  List<String> lines(Document document) {
    List<String> lines = new ArrayList<>();
    each(document, lines::add);
    return lines;
  }

  /** The lines of a document, one after the other. */
  void each(Document document, Consumer<String> sink) {
    Layout.of(width.getAsInt(), unicode).each(document, line -> sink.accept(painted(line)));
  }

  private String painted(Layout.Line line) {
    StringBuilder painted = new StringBuilder();
    for (Layout.Span span : line.spans()) {
      painted.append(theme.paint(span.text(), span.tone()));
    }
    return painted.toString();
  }

  /** A text of one's own or of the machine's, made printable. */
  String paint(String text, Tone tone) {
    return theme.paint(Printable.text(text), tone);
  }
}
