package io.nvmetsh.kernel.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.nvmetsh.kernel.Refusal;
import io.nvmetsh.schema.NvmetPath;
import io.nvmetsh.schema.Release;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What real kernels answered to random operations, asked of the simulated ones: same errno, same
 * value read, same lines in the log, same tree every 25 operations. {@code -Dnvmetsh.traces=DIR}
 * replays the traces of another directory.
 */
class TraceReplayTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  static List<Path> traces() throws IOException, URISyntaxException {
    String named = System.getProperty("nvmetsh.traces");
    Path directory =
        named != null
            ? Path.of(named)
            : Path.of(Objects.requireNonNull(TraceReplayTest.class.getResource("/traces")).toURI());
    try (Stream<Path> files = Files.list(directory)) {
      return files.filter(file -> file.toString().endsWith(".jsonl.gz")).sorted().toList();
    }
  }

  @Test
  void thereAreTraces() throws IOException, URISyntaxException {
    assertTrue(!traces().isEmpty());
  }

  @ParameterizedTest
  @MethodSource("traces")
  void answersLikeTheKernel(Path trace) throws IOException, Refusal {
    List<JsonNode> lines = read(trace);
    Replay replay = new Replay(lines.get(0));
    for (int i = 1; i < lines.size(); i++) {
      String difference = replay.step(lines.get(i));
      if (!difference.isEmpty()) {
        fail(
            trace.getFileName()
                + ":"
                + (i + 1)
                + ": "
                + lines
                    .get(i)
                    .toString()
                    .substring(0, Math.min(400, lines.get(i).toString().length()))
                + "\n"
                + difference
                + "\nwith\n"
                + replay.around(lines.get(i)));
      }
    }
  }

  private static List<JsonNode> read(Path trace) throws IOException {
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(trace)), StandardCharsets.UTF_8))) {
      List<JsonNode> lines = new ArrayList<>();
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        lines.add(JSON.readTree(line));
      }
      return lines;
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  /** One simulated kernel on its way through a trace. */
  private static final class Replay {

    private final SimKernel kernel;
    private final Set<String> written = new HashSet<>();
    private long logMark;
    private boolean logSeen;

    Replay(JsonNode header) {
      SimProfile profile = profile(header.get("kernel").asText());
      Set<String> loaded = new TreeSet<>();
      header.get("modules").forEach(module -> loaded.add(module.asText()));
      kernel = Kernels.start(profile, FixedWorld.ofTraces(), loaded);
    }

    private static SimProfile profile(String kernel) {
      return SimProfile.named(Release.parse(kernel).toString());
    }

    /** What is different after a line of the trace; empty when nothing is. */
    String step(JsonNode line) throws Refusal {
      String op = line.get("op").asText();
      String difference = op.equals("state") ? state(line.get("tree")) : operation(op, line);
      List<String> expected = new ArrayList<>();
      if (line.has("log")) {
        line.get("log").forEach(text -> expected.add(text.asText()));
      }
      List<String> logged = kernel.log().since(logMark);
      logMark = kernel.log().mark();
      return difference.isEmpty() && !sameLog(expected, logged)
          ? "log: the kernel says " + expected + ", we say " + logged
          : difference;
    }

    /**
     * A line that was still open when the trace began, left by the one before in the same boot, is
     * the first that the log shows.
     */
    private boolean sameLog(List<String> expected, List<String> logged) {
      boolean first = !logSeen && !expected.isEmpty();
      logSeen |= first;
      return expected.equals(logged)
          || (first && expected.subList(1, expected.size()).equals(logged));
    }

    private String operation(String op, JsonNode line) {
      String path = line.get("path").asText();
      String value = line.has("value") ? line.get("value").asText() : "";
      String answer = "";
      String read = value;
      try {
        NvmetPath at = NvmetPath.parse(path);
        switch (op) {
          case "mkdir" -> kernel.mkdir(at);
          case "rmdir" -> kernel.rmdir(at);
          case "write" -> kernel.write(at, value);
          case "read" -> read = kernel.read(at);
          case "symlink" -> kernel.symlink(at, NvmetPath.parse(line.get("target").asText()));
          case "unlink" -> kernel.unlink(at);
          default -> throw new IllegalStateException(op);
        }
        note(op, path, value);
      } catch (Refusal e) {
        answer = e.errno().name();
      }
      String expected = line.get("errno").asText();
      if (!answer.equals(expected)) {
        return "errno: the kernel says " + name(expected) + ", we say " + name(answer);
      }
      if (op.equals("read") && answer.isEmpty() && !isGenerated(path) && !read.equals(value)) {
        return "value: the kernel says \"" + value + "\", we say \"" + read + "\"";
      }
      return "";
    }

    private static String name(String errno) {
      return errno.isEmpty() ? "success" : errno;
    }

    /** Generated values count only once they were written; old kernels take nothing for success. */
    private void note(String op, String path, String value) {
      if (op.equals("write") && !value.isEmpty()) {
        written.add(path);
      } else if (op.equals("mkdir")) {
        written.removeIf(other -> other.startsWith(path + "/"));
      }
    }

    private boolean isGenerated(String path) {
      return (path.endsWith("/attr_serial") || path.endsWith("/device_uuid"))
          && !written.contains(path);
    }

    private String state(JsonNode tree) throws Refusal {
      Map<String, String> expected = new TreeMap<>();
      tree.properties().forEach(entry -> expected.put(entry.getKey(), text(entry.getValue())));
      Map<String, String> ours = Trees.of(kernel);
      Set<String> paths = new TreeSet<>(expected.keySet());
      paths.addAll(ours.keySet());
      StringBuilder difference = new StringBuilder();
      for (String path : paths) {
        String theirs = expected.getOrDefault(path, "nothing");
        String our = ours.getOrDefault(path, "nothing");
        boolean masked = isGenerated(path) && expected.containsKey(path) && ours.containsKey(path);
        if (!masked && !theirs.equals(our)) {
          difference.append(path).append(": the kernel says ").append(theirs);
          difference.append(", we say ").append(our).append('\n');
        }
      }
      return difference.toString();
    }

    private static String text(JsonNode entry) {
      if (entry.isTextual()) {
        return "\"" + entry.asText() + "\"";
      } else if (entry.has("link")) {
        return "-> " + entry.get("link").asText();
      }
      return entry.has("errno") ? entry.get("errno").asText() : "directory";
    }

    /** The tree around what an operation touched. */
    String around(JsonNode line) throws Refusal {
      String path = line.has("path") ? line.get("path").asText() : "";
      int slash = path.indexOf('/', path.indexOf('/') + 1);
      String object = slash < 0 ? path : path.substring(0, slash);
      StringBuilder text = new StringBuilder();
      for (Map.Entry<String, String> entry : Trees.of(kernel).entrySet()) {
        if (!path.isEmpty() && entry.getKey().startsWith(object)) {
          text.append("  ").append(entry.getKey()).append(" = ").append(entry.getValue());
          text.append('\n');
        }
      }
      return text.toString();
    }
  }

  @Test
  void everyKernelOfTheTracesIsSimulated() throws IOException, URISyntaxException {
    Set<String> names = new TreeSet<>();
    for (Path trace : traces()) {
      names.add(Release.parse(read(trace).get(0).get("kernel").asText()).toString());
    }
    for (String name : names) {
      assertEquals(name, SimProfile.named(name).name());
    }
  }
}
