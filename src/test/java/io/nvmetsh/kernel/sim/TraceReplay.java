package io.nvmetsh.kernel.sim;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.nvmetsh.kernel.Refusal;
import io.nvmetsh.schema.NvmetPath;
import io.nvmetsh.schema.Release;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.zip.GZIPInputStream;

/**
 * One trace of a real kernel, asked of the simulated one: same errno, same value read, same lines
 * in the log, same tree and the same hosts connected at each state. {@code
 * src/test/resources/traces/README.md} describes the lines.
 */
public final class TraceReplay {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int MOST_SHOWN = 400;

  private final List<String> lines;
  private final SimKernel kernel;
  private final Set<String> written = new HashSet<>();
  private long logMark;
  private boolean logSeen;

  private TraceReplay(List<String> lines) throws IOException {
    this.lines = lines;
    this.kernel = kernel(JSON.readTree(lines.get(0)));
  }

  /** The kernel that a trace is of, as it was at the trace's beginning. */
  static SimKernel kernel(JsonNode header) {
    Set<String> loaded = new TreeSet<>();
    header.get("modules").forEach(module -> loaded.add(module.asText()));
    return Kernels.start(SimProfile.named(profile(header)), TracedWorld.of(header), loaded);
  }

  /** The first difference between a trace and the simulator, in words; empty when there is none. */
  public static Optional<String> firstDifference(Path trace) throws IOException, Refusal {
    TraceReplay replay = new TraceReplay(read(trace));
    for (int i = 1; i < replay.lines.size(); i++) {
      String difference = replay.step(JSON.readTree(replay.lines.get(i)));
      if (!difference.isEmpty()) {
        return Optional.of(
            trace.getFileName() + ":" + (i + 1) + ": " + replay.report(i, difference));
      }
    }
    return Optional.empty();
  }

  /** The name of the kernel that a trace is of, such as {@code 6.1}. */
  static String profile(Path trace) throws IOException {
    return profile(JSON.readTree(read(trace).get(0)));
  }

  private static String profile(JsonNode header) {
    return Release.parse(header.get("kernel").asText()).toString();
  }

  private static List<String> read(Path trace) throws IOException {
    List<String> lines = new ArrayList<>();
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(trace)), StandardCharsets.UTF_8))) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        lines.add(line);
      }
    }
    return lines;
  }

  /** What is different after a line of the trace; empty when nothing is. */
  private String step(JsonNode line) throws Refusal {
    String op = line.get("op").asText();
    String difference = op.equals("state") ? state(line) : operation(op, line);
    if (line.has("flushed")) {
      kernel.log().close();
    }
    List<String> expected = new ArrayList<>();
    line.path("log").forEach(text -> expected.add(text.asText()));
    List<String> logged = new ArrayList<>(kernel.log().since(logMark));
    if (isGenerated(line.path("path").asText())) {
      expected.replaceAll(TraceReplay::withoutSerial);
      logged.replaceAll(TraceReplay::withoutSerial);
    }
    logMark = kernel.log().mark();
    return difference.isEmpty() && !sameLog(expected, logged)
        ? "log: the kernel says " + expected + ", we say " + logged + "\n"
        : difference;
  }

  private static String withoutSerial(String text) {
    return text.replaceFirst("serial number\\. .* is already", "serial number is already");
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
    String value = line.path("value").asText();
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
        case "disconnect" -> kernel.hosts().disconnect(line.get("host").asText(), at);
        case "connect" -> {
          return connect(line.get("host").asText(), at, line.get("errno").asText());
        }
        default -> throw new IllegalStateException(op);
      }
      note(op, path, value);
    } catch (Refusal e) {
      answer = e.errno().name();
    }
    String expected = line.get("errno").asText();
    if (!answer.equals(expected)) {
      return "errno: the kernel says " + name(expected) + ", we say " + name(answer) + "\n";
    }
    if (op.equals("read") && answer.isEmpty() && !isGenerated(path) && !read.equals(value)) {
      return "value: the kernel says \"" + value + "\", we say \"" + read + "\"\n";
    }
    return "";
  }

  /** What a refused host sees is its own kernel's business. */
  private String connect(String host, NvmetPath link, String errno) {
    boolean refused = !kernel.hosts().connect(host, link);
    return refused == errno.isEmpty()
        ? "host: the kernel says " + name(errno) + ", we " + (refused ? "refuse" : "accept") + "\n"
        : "";
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

  private String state(JsonNode line) throws Refusal {
    Map<String, String> expected = new TreeMap<>();
    line.get("tree")
        .properties()
        .forEach(entry -> expected.put(entry.getKey(), text(entry.getValue())));
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
    if (line.has("hosts")) {
      Set<String> hosts = new TreeSet<>();
      line.get("hosts").forEach(host -> hosts.add(host.asText()));
      Set<String> connected = kernel.hosts().connected();
      if (!hosts.equals(connected)) {
        difference.append("hosts: the kernel says ").append(hosts);
        difference.append(", we say ").append(connected).append('\n');
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

  /** The operation, the difference, the tree around, and what was done there before. */
  private String report(int at, String difference) throws IOException, Refusal {
    JsonNode line = JSON.readTree(lines.get(at));
    String path = line.has("path") ? line.get("path").asText() : difference;
    int slash = path.indexOf('/', path.indexOf('/') + 1);
    String object = slash < 0 ? path : path.substring(0, slash);
    StringBuilder text = new StringBuilder(shortened(lines.get(at)));
    text.append('\n').append(difference).append("with\n");
    for (Map.Entry<String, String> entry : Trees.of(kernel).entrySet()) {
      if (!path.isEmpty() && entry.getKey().startsWith(object)) {
        text.append("  ").append(oneLine(entry.getKey() + " = " + entry.getValue())).append('\n');
      }
    }
    text.append("after\n");
    for (int i = 1; i < at; i++) {
      JsonNode before = JSON.readTree(lines.get(i));
      if (before.path("path").asText().startsWith(object)) {
        text.append("  ").append(i + 1).append(": ").append(shortened(lines.get(i))).append('\n');
      }
    }
    return text.toString();
  }

  private static String oneLine(String text) {
    return shortened(text.replace("\n", "\\n"));
  }

  private static String shortened(String line) {
    return line.length() <= MOST_SHOWN ? line : line.substring(0, MOST_SHOWN) + "...";
  }
}
