package io.nvmetsh.shell;

import java.io.IOException;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiFunction;
import org.jline.keymap.KeyMap;
import org.jline.reader.Binding;
import org.jline.reader.Candidate;
import org.jline.reader.LineReader;
import org.jline.reader.Reference;
import org.jline.reader.Widget;
import org.jline.reader.impl.LineReaderImpl;
import org.jline.terminal.Terminal;

/** The library's line editor, with lists as they are given and no key that is lost. */
class AnswerReader extends LineReaderImpl {

  private boolean asking;
  private boolean listing;

  AnswerReader(Terminal terminal) throws IOException {
    super(terminal, "nvmetsh");
    KeyMap<Binding> keys = Objects.requireNonNull(getKeyMaps().get(LineReader.MAIN));
    keys.bind(new Reference(LineReader.EXPAND_OR_COMPLETE_PREFIX), "\t");
  }

  /** None while the editor is made; they come before the first key is read. */
  @Override
  protected Map<String, Widget> builtinWidgets() {
    return new HashMap<>();
  }

  /**
   * {@inheritDoc}
   *
   * <p>By now the prompt stands there. To link the library's 150 widgets takes Java 17 some 25 ms,
   * and to read a prompt takes people longer.
   */
  @Override
  public Binding readBinding(KeyMap<Binding> keys, KeyMap<Binding> local) {
    if (builtinWidgets.isEmpty()) {
      builtinWidgets = super.builtinWidgets();
      builtinWidgets.forEach(widgets::putIfAbsent);
    }
    return super.readBinding(keys, local);
  }

  /** Whether what is read is the answer to a question, and no command. */
  final boolean isAsking() {
    return asking;
  }

  final void asks(boolean question) {
    asking = question;
    option(Option.DISABLE_HIGHLIGHTER, question);
  }

  /** Lists candidates in the order they were given, not by their distance to what was typed. */
  @Override
  protected Comparator<Candidate> getCandidateComparator(boolean caseInsensitive, String word) {
    return Comparator.comparingInt(Candidate::sort);
  }

  @Override
  protected boolean doList(
      List<Candidate> possible,
      String completed,
      boolean runLoop,
      BiFunction<CharSequence, Boolean, CharSequence> escaper) {
    listing = true;
    try {
      return super.doList(possible, completed, runLoop, escaper);
    } finally {
      listing = false;
    }
  }

  /** A key that does not agree to a long list is the next of the line, and not lost. */
  @Override
  public int readCharacter() {
    int key = super.readCharacter();
    if (listing && key > 0 && "yY\t".indexOf(key) < 0) {
      runMacro(Character.toString(key));
    }
    return key;
  }
}
