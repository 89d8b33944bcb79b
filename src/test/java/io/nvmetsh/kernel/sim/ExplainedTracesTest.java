package io.nvmetsh.kernel.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.nvmetsh.device.DumpSysTree;
import io.nvmetsh.kernel.Target;
import io.nvmetsh.plan.Applier;
import io.nvmetsh.plan.Change;
import io.nvmetsh.schema.NodeKind;
import io.nvmetsh.schema.NvmetPath;
import io.nvmetsh.schema.Problem;
import io.nvmetsh.schema.Release;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever a real kernel refused in a trace, the shell names a cause for it: of each refusal at
 * least one that is known to have this errno, of nearly all of them the one.
 */
class ExplainedTracesTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  static List<Path> traces() throws Exception {
    return TraceReplayTest.traces();
  }

  @ParameterizedTest
  @MethodSource("traces")
  void everyRefusalHasACause(Path trace) throws IOException {
    int refused = 0;
    int certain = 0;
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(trace)), StandardCharsets.UTF_8))) {
      JsonNode header = JSON.readTree(lines.readLine());
      SimKernel kernel = TraceReplay.kernel(header);
      Target target = target(kernel, header);
      Applier applier = Applier.rehearsing(target, () -> false);
      int number = 1;
      for (String text = lines.readLine(); text != null; text = lines.readLine()) {
        number++;
        JsonNode line = JSON.readTree(text);
        Optional<Change> change = isOfHost(kernel, line) ? Optional.empty() : change(line);
        if (change.isEmpty()) {
          continue;
        }
        Optional<Problem> problem = applier.apply(List.of(change.get())).problem();
        String errno = line.get("errno").asText();
        String answered = problem.flatMap(each -> each.detail("errno")).orElse("");
        String where = trace.getFileName() + ":" + number + ": " + problem;
        assertEquals(errno, answered, where);
        if (!errno.isEmpty()) {
          refused++;
          certain += problem.get().detail("cause").isPresent() ? 1 : 0;
          assertTrue(isExplained(problem.get()), where);
        }
      }
    }
    assertTrue(certain >= refused * 0.9, certain + " of " + refused + " have one cause");
  }

  private static boolean isExplained(Problem problem) {
    return problem.hints().stream()
        .anyMatch(hint -> hint.startsWith("likely cause:  ") || hint.startsWith("it can be:  "));
  }

  private static Target target(SimKernel kernel, JsonNode header) {
    SimProfile profile = SimProfile.named(Release.parse(header.get("kernel").asText()).toString());
    return new Target(
        kernel,
        DumpSysTree.defaultMachine(),
        kernel.nvmet().modules(),
        kernel.log(),
        profile.flavor(),
        "",
        true);
  }

  private static boolean isOfHost(SimKernel kernel, JsonNode line) {
    String op = line.get("op").asText();
    NvmetPath link = NvmetPath.parse(line.path("path").asText());
    if (op.equals("connect")) {
      kernel.hosts().connect(line.get("host").asText(), link);
    } else if (op.equals("disconnect")) {
      kernel.hosts().disconnect(line.get("host").asText(), link);
    }
    return op.endsWith("connect");
  }

  /**
   * What the shell has no change for, it never sends: a read, a write of nothing or to a directory,
   * anything below an attribute.
   */
  private static Optional<Change> change(JsonNode line) {
    String op = line.get("op").asText();
    if (op.equals("state") || op.equals("read")) {
      return Optional.empty();
    }
    NvmetPath path = NvmetPath.parse(line.get("path").asText());
    Optional<NodeKind> parent = path.parent().kind();
    boolean directory = path.kind().isPresent() && (op.equals("write") || op.equals("unlink"));
    boolean link = op.equals("write") && parent.flatMap(NodeKind::linkTarget).isPresent();
    if (parent.isEmpty() || directory || link) {
      return Optional.empty();
    }
    return switch (op) {
      case "mkdir" -> Optional.of(new Change.Create(path));
      case "rmdir" -> Optional.of(new Change.Delete(path));
      case "unlink" -> Optional.of(new Change.Unlink(path));
      case "symlink" ->
          Optional.of(new Change.Link(path, NvmetPath.parse(line.get("target").asText())));
      case "write" -> {
        String value = line.has("value") ? line.get("value").asText() : "";
        yield value.isEmpty()
            ? Optional.empty()
            : Optional.of(new Change.SetAttribute(path, value));
      }
      default -> throw new IllegalStateException(op);
    };
  }
}
