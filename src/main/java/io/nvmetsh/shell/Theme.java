package io.nvmetsh.shell;

import io.nvmetsh.command.Document.Tone;

/** Every colour there is. Colour repeats what a word or sign says, and never replaces it. */
final class Theme {

  private static final String RESET = "\u001b[0m";

  private final boolean colored;

  Theme(boolean colored) {
    this.colored = colored;
  }

  /** A text, printable already, in the colour of its tone. */
  String paint(String text, Tone tone) {
    String color = colored ? color(tone) : "";
    return color.isEmpty() || text.isEmpty() ? text : color + text + RESET;
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
