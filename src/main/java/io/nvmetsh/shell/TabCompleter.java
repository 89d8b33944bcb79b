package io.nvmetsh.shell;

import io.nvmetsh.command.Candidate;
import io.nvmetsh.command.LineCompletion;
import io.nvmetsh.command.Question;
import io.nvmetsh.schema.NvmetshException;
import io.nvmetsh.schema.Printable;
import io.nvmetsh.session.Session;
import java.util.List;
import java.util.function.Supplier;
import org.jline.reader.Completer;
import org.jline.reader.LineReader;
import org.jline.reader.ParsedLine;

/** Tab: candidates read live at the moment of the key press, with what they are beside them. */
final class TabCompleter implements Completer {

  private final Session session;

  TabCompleter(Session session) {
    this.session = session;
  }

  @Override
  public void complete(
      LineReader reader, ParsedLine line, List<org.jline.reader.Candidate> candidates) {
    offer(
        () -> LineCompletion.candidates(session.context(), ((EditedLine) line).typed()),
        reader,
        candidates);
  }

  /** Tab in an answer: what fits, likewise. */
  static Completer of(Question question) {
    return (reader, line, candidates) ->
        offer(() -> question.candidates().apply(line.word()), reader, candidates);
  }

  private static void offer(
      Supplier<List<Candidate>> source,
      LineReader reader,
      List<org.jline.reader.Candidate> candidates) {
    List<Candidate> found;
    try {
      found = source.get();
    } catch (NvmetshException e) {
      // what cannot be read offers nothing; the line says why when it is run
      return;
    }
    int column = 0;
    for (Candidate candidate : found) {
      column = Math.max(column, Printable.width(shown(candidate)));
    }
    int width = reader.getTerminal().getColumns();
    for (Candidate candidate : found) {
      candidates.add(
          new org.jline.reader.Candidate(
              candidate.value(),
              row(candidate, column, width),
              candidate.group().isEmpty() ? null : candidate.group(),
              null,
              null,
              null,
              !candidate.more(),
              candidates.size()));
    }
  }

  /**
   * The candidate with its description in a column behind it. The row fills the screen, so that
   * there is one to a line; it is what is listed, and never what is put into the line.
   */
  private static String row(Candidate candidate, int column, int width) {
    String shown = shown(candidate);
    if (candidate.description().isEmpty()) {
      return shown;
    }
    String row =
        shown
            + " ".repeat(column - Printable.width(shown) + 2)
            + Printable.text(candidate.description());
    int free = width - 1 - Printable.width(row);
    return free >= 0 ? row + " ".repeat(free) : cut(row, width - 2) + "+";
  }

  private static String cut(String row, int width) {
    int end = row.length();
    while (end > 0 && Printable.width(row.substring(0, end)) > width) {
      end--;
    }
    return row.substring(0, end);
  }

  /** Of {@code attribute=value} only the value is listed, of a path only its last name. */
  private static String shown(Candidate candidate) {
    String value = candidate.value();
    int equals = value.indexOf('=');
    if (equals > 0 && equals < value.length() - 1) {
      return Printable.text(value.substring(equals + 1));
    }
    int slash = value.lastIndexOf('/', value.length() - 2);
    return Printable.text(value.substring(slash + 1));
  }
}
