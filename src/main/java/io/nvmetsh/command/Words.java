package io.nvmetsh.command;

import io.nvmetsh.schema.Quoting;
import java.util.List;

/** Writes words so that {@link Tokenizer} reads them back as they were. */
public final class Words {

  private Words() {}

  /** The word as it must stand in a line. */
  public static String quote(String word) {
    return Quoting.word(word);
  }

  /**
   * The words of a program's own command line as a line. Quotes there were for another shell, so
   * {@code '|'} is what {@code |} is here.
   */
  public static String launched(List<String> words) {
    StringBuilder line = new StringBuilder();
    for (String word : words) {
      line.append(line.length() == 0 ? "" : " ").append(word.equals("|") ? word : quote(word));
    }
    return line.toString();
  }

  /** Words as a line. */
  public static String line(List<String> words) {
    StringBuilder line = new StringBuilder();
    for (String word : words) {
      line.append(line.length() == 0 ? "" : " ").append(quote(word));
    }
    return line.toString();
  }
}
