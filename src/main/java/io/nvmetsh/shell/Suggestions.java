package io.nvmetsh.shell;

import io.nvmetsh.command.Candidate;
import io.nvmetsh.command.CommandLine;
import io.nvmetsh.command.LineCompletion;
import io.nvmetsh.command.LineHint;
import io.nvmetsh.command.LineMarks;
import io.nvmetsh.command.LineMarks.Mark;
import io.nvmetsh.command.Tokenizer;
import io.nvmetsh.command.Words;
import io.nvmetsh.schema.NvmetshException;
import io.nvmetsh.session.Session;
import java.util.List;
import java.util.ListIterator;
import java.util.Set;
import org.jline.reader.History;

/**
 * How a half-typed line may go on: as a line typed before that would still run here, else with the
 * one word that can stand at the cursor, else with what the command takes.
 */
final class Suggestions {

  /** What nobody should run because a shell proposed it. */
  private static final Set<String> NEVER = Set.of("delete", "clear", "rollback", "load");

  /** How many lines of the past are looked at closely for one key. */
  private static final int CLOSELY = 4;

  private final Session session;

  Suggestions(Session session) {
    this.session = session;
  }

  /**
   * What is shown behind the cursor.
   *
   * @param accepted whether it can be taken into the line; a hint cannot
   */
  record Suggestion(String text, boolean accepted) {
    static final Suggestion NONE = new Suggestion("", false);
  }

  Suggestion of(History history, String line) {
    if (line.isBlank() || line.indexOf('\n') >= 0) {
      return Suggestion.NONE;
    }
    try {
      String past = fromPast(history, line);
      if (!past.isEmpty()) {
        return new Suggestion(past, true);
      }
      return line.endsWith(" ")
          ? new Suggestion(LineHint.of(session.context().commands(), line), false)
          : fromGrammar(line);
    } catch (NvmetshException e) {
      return Suggestion.NONE;
    }
  }

  /** The rest of the newest line that begins so and in which nothing is wrong now. */
  private String fromPast(History history, String line) {
    int looked = 0;
    ListIterator<History.Entry> entries = history.iterator(history.last() + 1);
    while (entries.hasPrevious() && looked < CLOSELY) {
      String past = entries.previous().line();
      if (past.length() > line.length() && past.startsWith(line)) {
        looked++;
        if (isGood(past)) {
          return past.substring(line.length());
        }
      }
    }
    return "";
  }

  private boolean isGood(String past) {
    if (past.contains("***")) {
      return false; // a key was masked
    }
    CommandLine line =
        CommandLine.of(
            Tokenizer.unfinished(past + " ").before().stream().map(Tokenizer.Word::text).toList());
    boolean harmless =
        session
            .context()
            .commands()
            .find(line.command())
            .filter(command -> !NEVER.contains(command.spec().name()))
            .isPresent();
    return harmless
        && LineMarks.of(session.context(), past, -1).stream()
            .noneMatch(span -> span.mark() == Mark.WRONG);
  }

  private Suggestion fromGrammar(String line) {
    String word = Tokenizer.unfinished(line).word().text();
    List<Candidate> candidates =
        word.isEmpty() ? List.of() : LineCompletion.candidates(session.context(), line);
    if (candidates.size() != 1 || !line.endsWith(word)) {
      return Suggestion.NONE;
    }
    String value = candidates.get(0).value();
    return Words.quote(value).equals(value)
        ? new Suggestion(value.substring(word.length()), true)
        : Suggestion.NONE;
  }
}
