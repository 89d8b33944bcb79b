package io.nvmetsh.kernel.sim;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.nvmetsh.kernel.Refusal;
import io.nvmetsh.schema.FileFailure;
import io.nvmetsh.schema.NvmetPath;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What happened to a simulated kernel since its state was written whole: one line for each
 * operation, there when the operation returns. A kernel keeps what was done to it when the program
 * that did it is killed; so does this one.
 */
final class StateLog extends Passage {

  private final Path state;
  private final Path file;
  private final ObjectMapper json = new ObjectMapper();
  private @Nullable OutputStream stream;
  private long operations;
  private long written;

  /**
   * @param operations how many had happened when the state was written
   */
  StateLog(Path state, long operations) {
    this.state = state;
    this.file = state.resolveSibling("." + state.getFileName() + ".log");
    this.operations = operations;
    this.written = operations;
  }

  /** How many operations there have been since the kernel started. */
  long operations() {
    return operations;
  }

  /** Does again what happened after the state was written. */
  void repeat(SimKernel kernel) {
    if (!Files.exists(file)) {
      return;
    }
    try {
      for (String line : Files.readAllLines(file, StandardCharsets.UTF_8)) {
        JsonNode entry = json.readTree(line);
        if (entry.path("n").asLong() == operations + 1) {
          List<String> words = new ArrayList<>();
          entry.path("op").forEach(word -> words.add(word.asText()));
          again(kernel, words);
          operations++;
        }
      }
    } catch (JsonProcessingException e) {
      // the last line was cut short: its operation did not return
    } catch (IOException e) {
      throw SimState.problem(file, "cannot be read: " + FileFailure.reading(e));
    }
  }

  private void again(SimKernel kernel, List<String> words) {
    NvmetPath path = NvmetPath.parse(words.get(1));
    try {
      switch (words.get(0)) {
        case "mkdir" -> kernel.mkdir(path);
        case "rmdir" -> kernel.rmdir(path);
        case "write" -> kernel.write(path, words.get(2));
        case "symlink" -> kernel.symlink(path, NvmetPath.parse(words.get(2)));
        case "unlink" -> kernel.unlink(path);
        case "rmmod" -> kernel.nvmet().modules().unload(words.get(1));
        case "options" -> kernel.nvmet().modules().setOptions(words.get(1), parameters(words));
        case "nooptions" ->
            kernel
                .nvmet()
                .modules()
                .unsetOptions(words.get(1), new TreeSet<>(words.subList(2, words.size())));
        default -> kernel.nvmet().modules().load(words.get(1), parameters(words));
      }
    } catch (Refusal e) {
      throw SimState.problem(file, "does not fit the state: " + e.getMessage());
    }
  }

  private static SortedMap<String, String> parameters(List<String> words) {
    SortedMap<String, String> parameters = new TreeMap<>();
    for (int i = 2; i + 1 < words.size(); i += 2) {
      parameters.put(words.get(i), words.get(i + 1));
    }
    return parameters;
  }

  @Override
  void pass(Refusal.Operation operation, List<String> words, Step step) throws Refusal {
    step.run();
    operations++;
    String line =
        json.createObjectNode().put("n", operations).set("op", json.valueToTree(words)).toString();
    try {
      stream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw SimState.problem(file, "cannot be written: " + FileFailure.writing(e));
    }
  }

  private OutputStream stream() throws IOException {
    if (stream == null) {
      if (!Files.exists(file)) {
        Files.createFile(
            file,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      }
      stream = new FileOutputStream(file.toFile(), true);
    }
    return stream;
  }

  /** Whether the state is what was last written whole. */
  boolean isEmpty() {
    return operations == written;
  }

  /** The state has been written whole, or is to stay what it was: what is here is forgotten. */
  void clear() {
    try {
      if (stream != null) {
        stream.close();
        stream = null;
      }
      Files.deleteIfExists(file);
      written = operations;
    } catch (IOException e) {
      throw SimState.problem(state, "cannot be written: " + FileFailure.writing(e));
    }
  }
}
