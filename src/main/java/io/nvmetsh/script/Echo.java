package io.nvmetsh.script;

import io.nvmetsh.script.ShellWords.NotUnderstood;
import java.util.List;

/** What a shell's echo and printf print, without the newline at the end, which nvmet ignores. */
final class Echo {

  private Echo() {}

  static String echo(List<String> words) throws NotUnderstood {
    boolean escapes = false;
    while (!words.isEmpty() && isOptions(words.get(0))) {
      for (char option : words.remove(0).toCharArray()) {
        escapes = option == 'e' || (escapes && option != 'E');
      }
    }
    String text = String.join(" ", words);
    if (escapes && text.indexOf('\\') >= 0) {
      throw new NotUnderstood("it has escapes");
    }
    return text;
  }

  /** bash takes {@code -n}, {@code -e} and {@code -E} in one word, too; any other word is text. */
  private static boolean isOptions(String word) {
    return word.length() > 1
        && word.charAt(0) == '-'
        && word.chars().skip(1).allMatch(letter -> "neE".indexOf(letter) >= 0);
  }

  static String printf(List<String> words) throws NotUnderstood {
    words.remove("--");
    if (words.isEmpty()) {
      throw new NotUnderstood("printf has nothing to print");
    }
    String format = words.remove(0);
    String text = format.endsWith("\\n") ? format.substring(0, format.length() - 2) : format;
    if (text.equals("%s") && words.size() <= 1) {
      return words.isEmpty() ? "" : words.get(0);
    }
    if (text.indexOf('%') >= 0 || text.indexOf('\\') >= 0 || !words.isEmpty()) {
      throw new NotUnderstood("what printf makes of " + format + " is not known");
    }
    return text;
  }
}
