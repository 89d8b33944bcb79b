package io.nvmetsh.shell;

import io.nvmetsh.command.Abbreviation;
import io.nvmetsh.command.LineHelp;
import io.nvmetsh.schema.NvmetshException;
import io.nvmetsh.session.Session;
import io.nvmetsh.shell.Suggestions.Suggestion;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jline.keymap.KeyMap;
import org.jline.reader.Binding;
import org.jline.reader.LineReader;
import org.jline.reader.Reference;
import org.jline.terminal.Terminal;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStringBuilder;
import org.jline.utils.AttributedStyle;

/**
 * The line editor for commands: what the library's does, with the rest of the line suggested behind
 * the cursor, help at a question mark, and short commands written out.
 */
final class CommandReader extends AnswerReader {

  private static final String HELP_HERE = "help-here";
  private static final String ALT_RIGHT = "\033[1;3C";

  private final Session session;
  private final Renderer renderer;
  private final Optional<Suggestions> suggestions;
  private Suggestion suggestion = Suggestion.NONE;
  private String begun = "";

  /**
   * @param theme without colours nothing is suggested: it could not be told from what was typed
   */
  CommandReader(Terminal terminal, Session session, Theme theme, Renderer renderer)
      throws IOException {
    super(terminal);
    this.session = session;
    this.renderer = renderer;
    this.suggestions = theme.isColored() ? Optional.of(new Suggestions(session)) : Optional.empty();
    if (theme.isColored()) {
      setHighlighter(new LineHighlighter(session, theme));
    }
    getWidgets().put(HELP_HERE, this::helpHere);
    KeyMap<Binding> keys = Objects.requireNonNull(getKeyMaps().get(LineReader.MAIN));
    keys.bind(new Reference(HELP_HERE), "?");
    keys.bind(new Reference(LineReader.FORWARD_WORD), ALT_RIGHT);
  }

  @Override
  public AttributedString getDisplayedBufferWithPrompts(List<AttributedString> secondaryPrompts) {
    // the library lowers the flag where nothing may stand behind the line, and raises it here
    boolean free = doAutosuggestion && post == null && !isAsking() && buf.cursor() == buf.length();
    AttributedString shown = super.getDisplayedBufferWithPrompts(secondaryPrompts);
    suggestion =
        free && suggestions.isPresent()
            ? suggestions.get().of(history, buf.toString())
            : Suggestion.NONE;
    return suggestion.text().isEmpty()
        ? shown
        : new AttributedStringBuilder()
            .append(shown)
            .styled(AttributedStyle::faint, suggestion.text())
            .toAttributedString();
  }

  @Override
  protected boolean forwardChar() {
    return accept(suggestion.text()) || super.forwardChar();
  }

  @Override
  protected boolean endOfLine() {
    return accept(suggestion.text()) || super.endOfLine();
  }

  @Override
  protected boolean forwardWord() {
    return accept(firstWord(suggestion.text())) || super.forwardWord();
  }

  /** Takes a part of what is suggested into the line. */
  private boolean accept(String text) {
    boolean there = suggestion.accepted() && !text.isEmpty() && buf.cursor() == buf.length();
    if (there) {
      buf.write(text);
    }
    return there;
  }

  private static String firstWord(String text) {
    int blank = text.indexOf(' ', 1);
    return blank < 0 ? text : text.substring(0, blank);
  }

  /** Recalls what was typed before, and once a line is begun, what began so. */
  @Override
  protected boolean upLineOrSearch() {
    if (upLine()) {
      return true;
    }
    begun = isRecalled() ? begun : buf.toString();
    return recall(searchBackwards(begun, history.index(), true));
  }

  @Override
  protected boolean downLineOrSearch() {
    if (downLine()) {
      return true;
    }
    if (!isRecalled()) {
      return false;
    }
    int next = history.index() + 1;
    if (next > history.last() || !recall(searchForwards(begun, next, true))) {
      history.moveToEnd();
      setBuffer(begun);
    }
    return true;
  }

  private boolean recall(int index) {
    boolean found = index >= 0 && history.moveTo(index);
    if (found) {
      setBuffer(history.current());
    }
    return found;
  }

  /** Whether the line is one that was recalled, and nothing was typed since. */
  private boolean isRecalled() {
    return history.index() < history.size() && buf.toString().equals(history.current());
  }

  @Override
  protected boolean selfInsert() {
    if (getLastBinding().equals(" ") && buf.cursor() == buf.length()) {
      writeOut();
    }
    return super.selfInsert();
  }

  @Override
  protected boolean acceptLine() {
    writeOut();
    return super.acceptLine();
  }

  /** Replaces a command typed short by its whole word, so that the screen shows what is run. */
  private void writeOut() {
    String line = buf.toString();
    if (isAsking() || line.indexOf('\n') >= 0) {
      return;
    }
    Optional<Abbreviation> found = Abbreviation.in(session.context().commands(), line);
    if (found.isPresent()) {
      Abbreviation each = found.get();
      buf.clear();
      buf.write(line.substring(0, each.start()) + each.word() + line.substring(each.end()));
    }
  }

  private boolean helpHere() {
    String line = buf.upToCursor();
    if (isAsking() || isCharacter(line)) {
      return super.selfInsert();
    }
    StringBuilder text = new StringBuilder();
    try {
      for (String each : renderer.lines(LineHelp.of(session.context(), line))) {
        text.append(each).append('\n');
      }
    } catch (NvmetshException e) {
      return beep();
    }
    printAbove(text.toString());
    return true;
  }

  private boolean isCharacter(String line) {
    try {
      return LineHelp.isCharacter(session.context(), line);
    } catch (NvmetshException e) {
      return false;
    }
  }
}
