package io.nvmetsh.journal;

import com.fasterxml.jackson.databind.JsonNode;
import io.nvmetsh.schema.KernelFlavor;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/** Puts a transaction together again from the lines of its file. */
final class PastReader {

  private final KernelFlavor flavor;
  private final List<Past.Progress> steps = new ArrayList<>();
  private SortedSet<Integer> done = new TreeSet<>();
  private SortedSet<Integer> refused = new TreeSet<>();
  private Optional<Head> head = Optional.empty();
  private boolean back;
  private Optional<Instant> confirm = Optional.empty();
  private Optional<String> ended = Optional.empty();

  private PastReader(KernelFlavor flavor) {
    this.flavor = flavor;
  }

  /** Reads it; empty when the lines are no transaction's. */
  static Optional<Past> read(List<String> lines, KernelFlavor flavor) {
    PastReader reader = new PastReader(flavor);
    for (String line : lines) {
      Optional<JsonNode> json = Records.parse(line);
      // one that was cut short tells of nothing: what it would have announced was not begun
      json.ifPresent(reader::add);
    }
    return reader.head.map(
        head -> new Past(head, reader.steps, reader.back, reader.confirm, reader.ended));
  }

  private void add(JsonNode json) {
    if (json.has("transaction")) {
      head = Optional.of(Records.head(json));
    } else if (json.has("step")) {
      done = new TreeSet<>();
      refused = new TreeSet<>();
      steps.add(new Past.Progress(Records.step(json, flavor), done, refused));
    } else if (json.has("done")) {
      done.add(json.path("done").asInt());
    } else if (json.has("refused")) {
      refused.add(json.path("refused").asInt());
    } else if (json.has("back")) {
      back = true;
    } else if (json.has("confirm")) {
      confirm = Optional.of(Instant.parse(json.path("confirm").asText()));
    } else if (json.has("ended")) {
      ended = Optional.of(json.path("ended").asText());
    }
  }
}
