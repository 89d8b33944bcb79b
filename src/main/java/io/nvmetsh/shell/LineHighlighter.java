package io.nvmetsh.shell;

import io.nvmetsh.command.LineMarks;
import io.nvmetsh.command.LineMarks.Span;
import io.nvmetsh.schema.NvmetshException;
import io.nvmetsh.session.Session;
import java.util.List;
import org.jline.reader.Highlighter;
import org.jline.reader.LineReader;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStringBuilder;

/**
 * Shows while a line is typed what is wrong with it: a command, path, drive or address that is not
 * there is red before Enter. It says nothing that the line would not say in words when it is run.
 */
final class LineHighlighter implements Highlighter {

  private final Session session;
  private final Theme theme;

  LineHighlighter(Session session, Theme theme) {
    this.session = session;
    this.theme = theme;
  }

  @Override
  public AttributedString highlight(LineReader reader, String line) {
    AttributedStringBuilder shown = new AttributedStringBuilder();
    int end = 0;
    for (Span span : marks(line, reader.getBuffer().cursor())) {
      shown.append(line, end, span.start());
      shown.styled(theme.style(span.mark()), line.substring(span.start(), span.end()));
      end = span.end();
    }
    return shown.append(line, end, line.length()).toAttributedString();
  }

  private List<Span> marks(String line, int cursor) {
    if (line.indexOf('\n') >= 0) {
      return List.of(); // of a pasted block each line depends on what those above it will have done
    }
    try {
      return LineMarks.of(session.context(), line, cursor);
    } catch (NvmetshException e) {
      return List.of(); // what cannot be read is not judged; the line says why when it is run
    }
  }
}
