package io.nvmetsh.kernel.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nvmetsh.kernel.Refusal;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What real kernels answered to random operations, asked of the simulated ones: same errno, same
 * value read, same lines in the log, same tree every 25 operations. {@code -Dnvmetsh.traces=DIR}
 * replays the traces of another directory.
 */
class TraceReplayTest {

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
    Optional<String> difference = TraceReplay.firstDifference(trace);
    assertTrue(difference.isEmpty(), () -> difference.orElse(""));
  }

  @Test
  void everyKernelOfTheTracesIsSimulated() throws IOException, URISyntaxException {
    Set<String> names = new TreeSet<>();
    for (Path trace : traces()) {
      names.add(TraceReplay.profile(trace));
    }
    for (String name : names) {
      assertEquals(name, SimProfile.named(name).name());
    }
  }
}
