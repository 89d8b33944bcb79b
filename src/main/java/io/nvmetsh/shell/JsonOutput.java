package io.nvmetsh.shell;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.nvmetsh.command.Document;
import io.nvmetsh.command.DocumentData;
import io.nvmetsh.offload.Finding;
import io.nvmetsh.schema.ExitStatus;
import io.nvmetsh.schema.Problem;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What one line had to say, as one JSON document: {@code status}, {@code result}, {@code notes},
 * {@code warnings}, {@code operations}, {@code problem}. Every key is there in every document;
 * {@code null} is unknown or not applicable.
 */
final class JsonOutput {

  private static final JsonFactory FACTORY = new JsonFactory();

  private final List<Document> documents = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();
  private final List<Finding> findings = new ArrayList<>();
  private final List<Operation> operations = new ArrayList<>();
  private @Nullable Problem problem;

  private record Operation(String text, Optional<String> cuts, boolean done) {}

  void show(Document document) {
    documents.add(document);
  }

  void note(String text) {
    notes.add(text);
  }

  void finding(Finding finding) {
    findings.add(finding);
  }

  void operation(String text, Optional<String> cuts, boolean done) {
    operations.add(new Operation(text, cuts, done));
  }

  void problem(Problem why) {
    problem = why;
  }

  /** The document, on one line. */
  String write(ExitStatus status) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = FACTORY.createGenerator(text)) {
      // names are data: no terminal that this is shown on may obey U+009B or U+202E
      json.setHighestNonEscapedChar('~');
      json.writeStartObject();
      json.writeNumberField("status", status.code());
      json.writeFieldName("result");
      result(json);
      strings(json, "notes", notes);
      json.writeArrayFieldStart("warnings");
      for (Finding finding : findings) {
        data(json, DocumentData.finding(finding));
      }
      json.writeEndArray();
      json.writeArrayFieldStart("operations");
      for (Operation operation : operations) {
        json.writeStartObject();
        json.writeStringField("operation", operation.text());
        json.writeFieldName("disconnects");
        if (operation.cuts().isPresent()) {
          json.writeString(operation.cuts().get());
        } else {
          json.writeNull();
        }
        json.writeBooleanField("done", operation.done());
        json.writeEndObject();
      }
      json.writeEndArray();
      json.writeFieldName("problem");
      problem(json);
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }

  private void result(JsonGenerator json) throws IOException {
    if (documents.isEmpty()) {
      json.writeNull();
    } else if (documents.size() == 1) {
      data(json, DocumentData.of(documents.get(0)));
    } else {
      json.writeStartArray();
      for (Document document : documents) {
        data(json, DocumentData.of(document));
      }
      json.writeEndArray();
    }
  }

  private static void data(JsonGenerator json, @Nullable Object data) throws IOException {
    if (data == null) {
      json.writeNull();
    } else if (data instanceof Map<?, ?> map) {
      json.writeStartObject();
      for (Map.Entry<?, ?> entry : map.entrySet()) {
        json.writeFieldName(String.valueOf(entry.getKey()));
        data(json, entry.getValue());
      }
      json.writeEndObject();
    } else if (data instanceof List<?> list) {
      json.writeStartArray();
      for (Object each : list) {
        data(json, each);
      }
      json.writeEndArray();
    } else if (data instanceof Integer || data instanceof Long) {
      json.writeNumber(((Number) data).longValue());
    } else if (data instanceof Double number) {
      json.writeNumber(number);
    } else if (data instanceof Boolean truth) {
      json.writeBoolean(truth);
    } else {
      json.writeString(data.toString());
    }
  }

  private void problem(JsonGenerator json) throws IOException {
    Problem why = problem;
    if (why == null) {
      json.writeNull();
      return;
    }
    json.writeStartObject();
    json.writeStringField("kind", why.kind().name().toLowerCase(Locale.ROOT));
    json.writeStringField("message", why.message());
    strings(json, "hints", why.hints());
    for (Problem.Detail detail : why.about()) {
      json.writeStringField(detail.key(), detail.value());
    }
    json.writeEndObject();
  }

  private static void strings(JsonGenerator json, String key, List<String> values)
      throws IOException {
    json.writeArrayFieldStart(key);
    for (String value : values) {
      json.writeString(value);
    }
    json.writeEndArray();
  }
}
