package io.nvmetsh.shell;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.nvmetsh.command.Document;
import io.nvmetsh.doctor.Observation;
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
        finding(json, finding);
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
      document(json, documents.get(0));
    } else {
      json.writeStartArray();
      for (Document document : documents) {
        document(json, document);
      }
      json.writeEndArray();
    }
  }

  private static void document(JsonGenerator json, Document document) throws IOException {
    if (document instanceof Document.Lines lines) {
      json.writeStartArray();
      for (Document.Cell cell : lines.lines()) {
        value(json, cell);
      }
      json.writeEndArray();
    } else if (document instanceof Document.Table table) {
      json.writeStartArray();
      for (List<Document.Cell> row : table.rows()) {
        json.writeStartObject();
        for (int i = 0; i < row.size(); i++) {
          json.writeFieldName(table.columns().get(i).key());
          value(json, row.get(i));
        }
        json.writeEndObject();
      }
      json.writeEndArray();
    } else if (document instanceof Document.Pairs pairs) {
      json.writeStartObject();
      for (Map.Entry<String, Document.Cell> pair : pairs.pairs().entrySet()) {
        json.writeFieldName(pair.getKey());
        value(json, pair.getValue());
      }
      json.writeEndObject();
    } else if (document instanceof Document.TreeView tree) {
      json.writeStartObject();
      json.writeFieldName("name");
      value(json, tree.name());
      json.writeFieldName("summary");
      value(json, tree.summary());
      json.writeArrayFieldStart("children");
      for (Document.TreeView child : tree.children()) {
        document(json, child);
      }
      json.writeEndArray();
      json.writeEndObject();
    } else if (document instanceof Document.Findings findings) {
      json.writeStartArray();
      for (Finding finding : findings.findings()) {
        finding(json, finding);
      }
      json.writeEndArray();
    } else if (document instanceof Document.Observations observations) {
      json.writeStartArray();
      for (Observation observation : observations.observations()) {
        observation(json, observation);
      }
      json.writeEndArray();
    } else if (document instanceof Document.Sections sections) {
      json.writeStartObject();
      for (Document.Section section : sections.sections()) {
        json.writeFieldName(section.key());
        document(json, section.body());
      }
      json.writeEndObject();
    }
  }

  private static void value(JsonGenerator json, Document.Cell cell) throws IOException {
    Object value = cell.value();
    if (value == null) {
      json.writeNull();
    } else if (value instanceof Integer || value instanceof Long) {
      json.writeNumber(((Number) value).longValue());
    } else if (value instanceof Double number) {
      json.writeNumber(number);
    } else if (value instanceof Boolean truth) {
      json.writeBoolean(truth);
    } else {
      json.writeString(value.toString());
    }
  }

  private static void finding(JsonGenerator json, Finding finding) throws IOException {
    json.writeStartObject();
    json.writeStringField("rule", finding.rule());
    json.writeStringField(
        "severity", finding.severity() == Finding.Severity.WARNING ? "warning" : "note");
    json.writeStringField("path", finding.path());
    json.writeStringField("summary", finding.summary());
    strings(json, "mend", finding.mend());
    json.writeEndObject();
  }

  private static void observation(JsonGenerator json, Observation seen) throws IOException {
    json.writeStartObject();
    json.writeStringField("level", seen.level().name().toLowerCase(Locale.ROOT));
    json.writeStringField("rule", seen.rule());
    strings(json, "about", seen.about());
    json.writeStringField("found", seen.found());
    json.writeStringField("needed", seen.needed());
    strings(json, "mend", seen.mend());
    json.writeStringField("elsewhere", seen.elsewhere());
    json.writeEndObject();
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
