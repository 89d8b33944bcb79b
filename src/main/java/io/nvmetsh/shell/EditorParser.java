package io.nvmetsh.shell;

import java.util.ArrayList;
import java.util.List;
import org.jline.reader.EOFError;
import org.jline.reader.ParsedLine;
import org.jline.reader.Parser;

/**
 * The line editor's view of our language. A line that ends in a backslash goes on; an open quote is
 * an error of the line, said by the session, and not a reason to wait for more.
 */
final class EditorParser implements Parser {

  @Override
  public ParsedLine parse(String line, int cursor, ParseContext context) {
    if (context == ParseContext.ACCEPT_LINE && goesOn(line)) {
      throw new EOFError(-1, -1, "the line goes on");
    }
    return EditedLine.at(line, Math.min(cursor, line.length()));
  }

  /** What was accepted at once, line by line: a pasted block has several. Empty ones are none. */
  static List<String> lines(String accepted) {
    List<String> lines = new ArrayList<>();
    String begun = "";
    for (String line : accepted.lines().toList()) {
      String whole = begun + line;
      begun = goesOn(whole) ? whole + "\n" : "";
      if (begun.isEmpty() && !whole.isBlank()) {
        lines.add(whole);
      }
    }
    if (!begun.isEmpty()) {
      lines.add(begun.stripTrailing());
    }
    return lines;
  }

  /** Whether the last of it is half a line: it ends in a backslash that is not itself escaped. */
  private static boolean goesOn(String line) {
    int backslashes = 0;
    for (int i = line.length() - 1; i >= 0 && line.charAt(i) == '\\'; i--) {
      backslashes++;
    }
    return backslashes % 2 == 1;
  }
}
