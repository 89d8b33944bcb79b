package io.nvmetsh.command;

import io.nvmetsh.command.Document.Cell;
import io.nvmetsh.command.Document.Column;
import io.nvmetsh.command.Document.Section;
import io.nvmetsh.command.Document.Tone;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a question mark tells of the place in which it is typed: how the command is called, what can
 * stand here and what that is, and, between words, the options.
 */
public final class LineHelp {

  /** More than a person reads; those who want all press Tab or ask for the list. */
  private static final int MOST = 40;

  private static final List<Column> COLUMNS =
      List.of(new Column("word", ""), new Column("meaning", ""));

  private LineHelp() {}

  /**
   * Whether a question mark would be a character of the line: in quotes, in a comment, behind a
   * backslash, or where a word that can stand here has one.
   */
  public static boolean isCharacter(Context context, String line) {
    Tokenizer.Unfinished typed = Tokenizer.unfinished(line);
    return typed.quote() != 0
        || typed.comment()
        || line.endsWith("\\")
        || !LineCompletion.candidates(context, line + "?").isEmpty();
  }

  /** The help for the end of a line that is still being typed. */
  public static Document of(Context context, String line) {
    List<Section> sections = new ArrayList<>();
    Tokenizer.Unfinished typed = Tokenizer.unfinished(line);
    Optional<CommandSpec> spec = command(context.commands(), typed);
    if (spec.isPresent()) {
      sections.add(
          new Section("usage", "", Document.Lines.of(spec.get().usage(), spec.get().summary())));
    }
    List<Candidate> candidates = LineCompletion.candidates(context, line);
    if (!candidates.isEmpty()) {
      sections.add(new Section("words", "", table(candidates)));
    }
    if (candidates.size() > MOST) {
      String more = (candidates.size() - MOST) + " more: type on, or press Tab for all";
      sections.add(new Section("more", "", Document.Lines.of(more)));
    }
    if (spec.isPresent() && typed.word().text().isEmpty() && !spec.get().options().isEmpty()) {
      sections.add(new Section("options", "options", HelpCommand.options(spec.get())));
    }
    if (sections.isEmpty()) {
      sections.add(
          new Section("none", "", Document.Lines.of("nothing is known that could stand here")));
    }
    return new Document.Sections(sections);
  }

  private static Optional<CommandSpec> command(Commands commands, Tokenizer.Unfinished typed) {
    List<Tokenizer.Word> words = typed.before().subList(typed.behindPipe(), typed.before().size());
    if (typed.behindPipe() > 0) {
      return words.isEmpty()
          ? Optional.empty()
          : Filters.find(words.get(0).text()).map(Filter::spec);
    }
    int at = !words.isEmpty() && CommandLine.isPath(words.get(0).text()) ? 1 : 0;
    return words.size() > at
        ? commands.meant(words.get(at).text()).map(Command::spec)
        : Optional.empty();
  }

  private static Document table(List<Candidate> candidates) {
    List<List<Cell>> rows = new ArrayList<>();
    for (Candidate each : candidates.subList(0, Math.min(MOST, candidates.size()))) {
      rows.add(List.of(Cell.of(each.value(), Tone.STRONG), Cell.of(each.description())));
    }
    return new Document.Table(COLUMNS, rows);
  }
}
