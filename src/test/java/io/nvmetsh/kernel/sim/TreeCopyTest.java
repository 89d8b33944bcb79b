package io.nvmetsh.kernel.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.nvmetsh.kernel.Configfs;
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
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A law: a copy shows what the original shows, and answers from then on as the original answers.
 * The operations are those of the traces, whose trees nobody would think of.
 */
class TreeCopyTest {

  /** How many operations a copy goes along. */
  private static final int STRETCH = 60;

  static List<Path> traces() throws Exception {
    return TraceReplayTest.traces();
  }

  @ParameterizedTest
  @MethodSource("traces")
  void goesOnLikeTheOriginal(Path trace) throws IOException, Refusal {
    List<JsonNode> lines = read(trace);
    // which hosts are or were connected is in no tree, and a copy has none
    assumeTrue(lines.stream().noneMatch(line -> line.path("op").asText().equals("connect")));
    SimProfile profile =
        SimProfile.named(Release.parse(lines.get(0).get("kernel").asText()).toString());
    List<String> loaded = new ArrayList<>();
    lines.get(0).get("modules").forEach(module -> loaded.add(module.asText()));
    SimKernel original = Kernels.start(profile, FixedWorld.ofTraces(), loaded);
    SimKernel copy = original;
    int compared = 0;
    for (int i = 1; i < lines.size(); i++) {
      if (i % STRETCH == 1) {
        copy = copy(profile, original);
        assertEquals(Trees.of(original), Trees.of(copy), trace + ":" + i);
      }
      if (!lines.get(i).get("op").asText().equals("state")) {
        String ours = answer(original, lines.get(i));
        assertEquals(ours, answer(copy, lines.get(i)), trace + ":" + (i + 1) + ": " + lines.get(i));
        compared++;
      }
      if (i % STRETCH == 0) {
        assertEquals(settled(original), settled(copy), trace + ":" + i);
      }
    }
    assertTrue(compared > STRETCH, "too short to tell: " + trace);
  }

  private static SimKernel copy(SimProfile profile, SimKernel original) {
    SimKernel copy =
        Kernels.start(profile, FixedWorld.ofTraces(), original.nvmet().modules().loaded().keySet());
    List<String> notes = new ArrayList<>();
    new TreeCopy(original, copy.nvmet(), notes).make();
    assertEquals(List.of(), notes);
    return copy;
  }

  /** All but what a kernel makes up for new objects. */
  private static Map<String, String> settled(SimKernel kernel) throws Refusal {
    Map<String, String> tree = Trees.of(kernel);
    tree.keySet().removeIf(path -> path.endsWith("/attr_serial") || path.endsWith("/device_uuid"));
    return tree;
  }

  private static String answer(Configfs kernel, JsonNode line) {
    try {
      NvmetPath at = NvmetPath.parse(line.get("path").asText());
      switch (line.get("op").asText()) {
        case "mkdir" -> kernel.mkdir(at);
        case "rmdir" -> kernel.rmdir(at);
        case "write" -> kernel.write(at, line.get("value").asText());
        case "read" -> kernel.read(at);
        case "symlink" -> kernel.symlink(at, NvmetPath.parse(line.get("target").asText()));
        case "unlink" -> kernel.unlink(at);
        default -> throw new IllegalStateException(line.toString());
      }
      return "done";
    } catch (Refusal e) {
      return e.errno() + " " + e.log();
    }
  }

  private static List<JsonNode> read(Path trace) throws IOException {
    ObjectMapper json = new ObjectMapper();
    List<JsonNode> lines = new ArrayList<>();
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(trace)), StandardCharsets.UTF_8))) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        lines.add(json.readTree(line));
      }
    }
    return lines;
  }
}
