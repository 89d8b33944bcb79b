package io.nvmetsh.shell;

import io.nvmetsh.command.Document.Tone;
import io.nvmetsh.command.LineMarks.Mark;
import org.jline.utils.AttributedStyle;

/** Every colour there is. Colour repeats what a word or sign says, and never replaces it. */
final class Theme {

  private static final String RESET = "\u001b[0m";

  private final boolean colored;

  Theme(boolean colored) {
    this.colored = colored;
  }

  boolean isColored() {
    return colored;
  }

  /** How a part of a line is shown while the line is typed. */
  AttributedStyle style(Mark mark) {
    return switch (mark) {
      case COMMAND -> AttributedStyle.BOLD;
      case OPTION -> AttributedStyle.DEFAULT.foreground(AttributedStyle.CYAN);
      case THERE -> AttributedStyle.DEFAULT.underline();
      case COMMENT -> AttributedStyle.DEFAULT.faint();
      case WRONG -> AttributedStyle.DEFAULT.foreground(AttributedStyle.RED);
    };
  }

  /** A text, printable already, in the colour of its tone. */
  String paint(String text, Tone tone) {
    String color = colored ? color(tone) : "";
    return color.isEmpty() || text.isEmpty() ? text : color + text + RESET;
  }

  String faint(String text) {
    return paint(text, Tone.FAINT);
  }

  private static String color(Tone tone) {
    return switch (tone) {
      case PLAIN, VARYING -> "";
      case STRONG -> "\u001b[1m";
      case FAINT -> "\u001b[2m";
      case GOOD -> "\u001b[32m";
      case WARN -> "\u001b[33m";
      case BAD -> "\u001b[31m";
      case PATH -> "\u001b[34;1m";
    };
  }
}
