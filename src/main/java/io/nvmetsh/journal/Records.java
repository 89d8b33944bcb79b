package io.nvmetsh.journal;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.nvmetsh.plan.Change;
import io.nvmetsh.schema.KernelFlavor;
import io.nvmetsh.schema.NvmetPath;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The lines of a journal: one JSON object each. Written with the streaming half of Jackson, which a
 * command that changes something can afford to load; read with the other.
 */
final class Records {

  private static final JsonFactory FACTORY = new JsonFactory();

  /** Loaded with its many classes by whoever reads, and by nobody else. */
  private static final class Reader {
    static final ObjectMapper MAPPER = new ObjectMapper();
  }

  private Records() {}

  /** Fills an object. */
  private interface Body {
    void write(JsonGenerator json) throws IOException;
  }

  private static String line(Body body) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = FACTORY.createGenerator(text)) {
      // names are data: whoever shows the file is not to obey what is in them
      json.setHighestNonEscapedChar('~');
      json.writeStartObject();
      body.write(json);
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }

  static String of(Owner owner) {
    return line(json -> write(json, owner));
  }

  private static void write(JsonGenerator json, Owner owner) throws IOException {
    json.writeStringField("user", owner.user());
    if (owner.terminal().isPresent()) {
      json.writeStringField("terminal", owner.terminal().get());
    }
    json.writeNumberField("process", owner.process());
    json.writeStringField("since", owner.since().toString());
    json.writeStringField("line", owner.line());
  }

  static String of(Head head) {
    return line(
        json -> {
          json.writeNumberField("transaction", head.number());
          write(json, head.owner());
          json.writeStringField("kernel", head.kernel());
          json.writeStringField("boot", head.boot());
          if (head.script().isPresent()) {
            Head.Script script = head.script().get();
            json.writeObjectFieldStart("script");
            json.writeStringField("name", script.name());
            json.writeStringField("folder", script.folder());
            json.writeStringField("text", script.text());
            json.writeBooleanField("masked", script.masked());
            json.writeBooleanField("yes", script.yes());
            json.writeObjectFieldStart("parameters");
            for (Map.Entry<String, String> each : script.parameters().entrySet()) {
              json.writeStringField(each.getKey(), each.getValue());
            }
            json.writeEndObject();
            json.writeEndObject();
          }
          if (!head.undoes().isEmpty()) {
            json.writeArrayFieldStart("undoes");
            for (int number : head.undoes()) {
              json.writeNumber(number);
            }
            json.writeEndArray();
          }
        });
  }

  static String of(Step step) {
    return line(
        json -> {
          json.writeArrayFieldStart("step");
          for (int place : step.position()) {
            json.writeNumber(place);
          }
          json.writeEndArray();
          json.writeStringField("line", step.line());
          json.writeArrayFieldStart("changes");
          for (Change change : step.changes()) {
            json.writeStartArray();
            for (String word : change.match(ChangeWords.INSTANCE)) {
              json.writeString(word);
            }
            json.writeEndArray();
          }
          json.writeEndArray();
          json.writeObjectFieldStart("ground");
          GroundRecord.write(json, step.ground());
          json.writeEndObject();
          json.writeArrayFieldStart("keys");
          for (NvmetPath key : step.keys()) {
            json.writeString(key.toString());
          }
          json.writeEndArray();
        });
  }

  /** A file: the port, and a line for each of its addresses and links. */
  static List<String> of(DeactivatedPort port) {
    List<String> lines = new ArrayList<>();
    lines.add(
        line(
            json -> {
              json.writeStringField("port", port.port().toString());
              json.writeBooleanField("activated", port.over());
            }));
    for (SortedMap<String, String> address : port.addresses()) {
      lines.add(
          line(
              json -> {
                for (Map.Entry<String, String> each : address.entrySet()) {
                  json.writeStringField(each.getKey(), each.getValue());
                }
              }));
    }
    for (Change.Link link : port.links()) {
      lines.add(
          line(
              json -> {
                json.writeStringField("link", link.path().toString());
                json.writeStringField("to", link.target().toString());
              }));
    }
    return lines;
  }

  /** Reads such a file; empty when somebody has made something else of it. */
  static Optional<DeactivatedPort> deactivated(List<String> lines) {
    Optional<JsonNode> head = lines.isEmpty() ? Optional.empty() : parse(lines.get(0));
    if (head.filter(json -> json.has("port")).isEmpty()) {
      return Optional.empty();
    }
    List<SortedMap<String, String>> addresses = new ArrayList<>();
    List<Change.Link> links = new ArrayList<>();
    for (String line : lines.subList(1, lines.size())) {
      Optional<JsonNode> json = parse(line);
      if (json.isEmpty()) {
        return Optional.empty();
      } else if (json.get().has("link")) {
        links.add(
            new Change.Link(
                NvmetPath.parse(json.get().path("link").asText()),
                NvmetPath.parse(json.get().path("to").asText())));
      } else {
        SortedMap<String, String> address = new TreeMap<>();
        json.get()
            .properties()
            .forEach(each -> address.put(each.getKey(), each.getValue().asText()));
        addresses.add(address);
      }
    }
    return Optional.of(
        new DeactivatedPort(
            NvmetPath.parse(head.get().path("port").asText()),
            addresses,
            head.get().path("activated").asBoolean(),
            links));
  }

  static String drives(SortedMap<NvmetPath, String> drives) {
    return line(
        json -> {
          json.writeObjectFieldStart("drives");
          for (Map.Entry<NvmetPath, String> each : drives.entrySet()) {
            json.writeStringField(each.getKey().toString(), each.getValue());
          }
          json.writeEndObject();
        });
  }

  static SortedMap<NvmetPath, String> drives(JsonNode json) {
    SortedMap<NvmetPath, String> drives = new TreeMap<>();
    json.path("drives")
        .properties()
        .forEach(each -> drives.put(NvmetPath.parse(each.getKey()), each.getValue().asText()));
    return drives;
  }

  static String done(int index) {
    return line(json -> json.writeNumberField("done", index));
  }

  static String refused(int index) {
    return line(json -> json.writeNumberField("refused", index));
  }

  static String back() {
    return line(json -> json.writeBooleanField("back", true));
  }

  static String confirm(Instant deadline) {
    return line(json -> json.writeStringField("confirm", deadline.toString()));
  }

  static String ended(String how) {
    return line(json -> json.writeStringField("ended", how));
  }

  /** Reads an owner; empty when the text holds none, as while it is being written. */
  static Optional<Owner> owner(String text) {
    return parse(text).map(Records::owner);
  }

  /** A line as JSON; empty when it was cut short. */
  static Optional<JsonNode> parse(String text) {
    try {
      return Optional.ofNullable(Reader.MAPPER.readTree(text)).filter(JsonNode::isObject);
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static Owner owner(JsonNode json) {
    return new Owner(
        json.path("user").asText(),
        Optional.ofNullable(json.get("terminal")).map(JsonNode::asText),
        json.path("process").asLong(),
        Instant.parse(json.path("since").asText()),
        json.path("line").asText());
  }

  static Head head(JsonNode json) {
    Optional<Head.Script> script = Optional.empty();
    if (json.has("script")) {
      Map<String, String> parameters = new LinkedHashMap<>();
      json.path("script")
          .path("parameters")
          .properties()
          .forEach(each -> parameters.put(each.getKey(), each.getValue().asText()));
      script =
          Optional.of(
              new Head.Script(
                  json.path("script").path("name").asText(),
                  json.path("script").path("folder").asText(),
                  json.path("script").path("text").asText(),
                  parameters,
                  json.path("script").path("masked").asBoolean(),
                  json.path("script").path("yes").asBoolean()));
    }
    List<Integer> undoes = new ArrayList<>();
    json.path("undoes").forEach(number -> undoes.add(number.asInt()));
    return new Head(
        json.path("transaction").asInt(),
        owner(json),
        json.path("kernel").asText(),
        json.path("boot").asText(),
        script,
        undoes);
  }

  static Step step(JsonNode json, KernelFlavor flavor) {
    List<Change> changes = new ArrayList<>();
    for (JsonNode each : json.path("changes")) {
      List<String> words = new ArrayList<>();
      each.forEach(word -> words.add(word.asText()));
      changes.add(ChangeWords.change(words));
    }
    List<Integer> position = new ArrayList<>();
    List<NvmetPath> keys = new ArrayList<>();
    json.path("keys").forEach(key -> keys.add(NvmetPath.parse(key.asText())));
    json.path("step").forEach(place -> position.add(place.asInt()));
    return new Step(
        position,
        json.path("line").asText(),
        changes,
        GroundRecord.read(json.path("ground"), changes, flavor),
        keys);
  }
}
