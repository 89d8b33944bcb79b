package io.nvmetsh.shell;

import io.nvmetsh.command.Tokenizer;
import io.nvmetsh.command.Words;
import java.util.List;
import org.jline.reader.CompletingParsedLine;

/**
 * The line as the editor sees it while it is typed: which word the cursor is in, and how a
 * candidate must be written there. Lenient where the language is not: an open quote is a word that
 * is still being typed.
 */
final class EditedLine implements CompletingParsedLine {

  private final String line;
  private final int cursor;
  private final int start;
  private final String word;

  private EditedLine(String line, int cursor, int start, String word) {
    this.line = line;
    this.cursor = cursor;
    this.start = start;
    this.word = word;
  }

  static EditedLine at(String line, int cursor) {
    Tokenizer.Word word = Tokenizer.unfinished(line.substring(0, cursor)).word();
    return new EditedLine(line, cursor, word.start(), word.text());
  }

  /** The line up to the cursor. */
  String typed() {
    return line.substring(0, cursor);
  }

  @Override
  public CharSequence escape(CharSequence candidate, boolean complete) {
    // Quotes are closed, so that Enter works. A word may go on behind them: 'a b'/c.
    return Words.quote(candidate.toString());
  }

  @Override
  public int rawWordCursor() {
    return cursor - start;
  }

  @Override
  public int rawWordLength() {
    return cursor - start;
  }

  @Override
  public String word() {
    return word;
  }

  @Override
  public int wordCursor() {
    return word.length();
  }

  @Override
  public int wordIndex() {
    return 0;
  }

  @Override
  public List<String> words() {
    return List.of(word);
  }

  @Override
  public String line() {
    return line;
  }

  @Override
  public int cursor() {
    return cursor;
  }
}
