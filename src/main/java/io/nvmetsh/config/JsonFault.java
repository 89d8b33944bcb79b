package io.nvmetsh.config;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonStreamContext;
import com.fasterxml.jackson.core.io.ContentReference;
import com.fasterxml.jackson.core.io.JsonEOFException;
import io.nvmetsh.schema.Printable;
import java.util.Optional;

/**
 * Where a text stops being JSON, and why, in words for somebody who edits the file: a parser speaks
 * to programmers.
 */
final class JsonFault {

  private static final int SHOWN = 20;

  private JsonFault() {}

  /** One clause, with line and column in front. */
  static String describe(JsonProcessingException e, String text) {
    JsonLocation at = e.getLocation();
    if (at == null) {
      return "it is no JSON";
    }
    String where = where(at);
    if (e instanceof JsonEOFException || rest(text, at).isEmpty()) {
      return where + "the file ends here" + open(e.getProcessor());
    } else if (e.getOriginalMessage().startsWith("Duplicate field")) {
      return where + "the name before this place is there twice";
    }
    return where + "this is no JSON: " + rest(text, at);
  }

  /** The same of text behind a document that is complete. */
  static String following(JsonLocation at) {
    return where(at) + "something follows the end of what is one JSON document";
  }

  private static String where(JsonLocation at) {
    return "line " + at.getLineNr() + ", column " + at.getColumnNr() + ": ";
  }

  /** What is begun and has no end. */
  private static String open(Object processor) {
    if (!(processor instanceof JsonParser parser)) {
      return ", and is not complete";
    }
    JsonStreamContext context = parser.getParsingContext();
    if (context.inRoot()) {
      return ", and is not complete";
    }
    return ", and the "
        + (context.inObject() ? "{" : "[")
        + " of line "
        + context.startLocation(ContentReference.unknown()).getLineNr()
        + " is not closed: it is cut short";
  }

  /** What stands at a place, to the end of its line; empty behind the last character. */
  private static String rest(String text, JsonLocation at) {
    Optional<String> line = text.lines().skip(Math.max(0, at.getLineNr() - 1)).findFirst();
    int from = Math.max(0, at.getColumnNr() - 1);
    if (line.isEmpty() || from >= line.get().length()) {
      boolean last = text.lines().count() <= at.getLineNr();
      return last ? "" : "the end of the line";
    }
    String rest = line.get().substring(from).strip();
    return Printable.text(rest.length() <= SHOWN ? rest : rest.substring(0, SHOWN) + "...");
  }
}
