package io.nvmetsh.vm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/**
 * The Debian package: installed by dpkg in a throw-away copy of this machine's root, used,
 * upgraded, removed and purged by {@code src/test/deb/package-job.sh}, one test for each check that
 * it prints.
 *
 * <p>That takes root, dpkg and the right to make namespaces; without, it is skipped and says what
 * is lacking.
 */
class DebIT {

  private static final Path SCRIPTS = Path.of("src/test/deb").toAbsolutePath();
  private static final Path TARGET = Path.of("target").toAbsolutePath();
  private static final String OTHER = "NVMETSH_OTHER_TARGET";
  private static final int CANNOT = 77;

  @TestFactory
  Stream<DynamicTest> life() throws IOException, InterruptedException {
    ProcessBuilder program =
        new ProcessBuilder(
            SCRIPTS.resolve("clean-root").toString(),
            SCRIPTS.resolve("package-job.sh").toString(),
            TARGET.resolve("deb-job").toString(),
            "DEB=" + packageIn(TARGET),
            "JVM=" + System.getProperty("java.home"));
    JobRun run = JobRun.of(program, TARGET.resolve("deb-job"), 300);
    assumeTrue(run.status() != CANNOT, () -> String.join("\n", run.output()));
    return run.tests();
  }

  /** Built before, from the same sources, in another directory. */
  @Test
  @EnabledIfEnvironmentVariable(named = OTHER, matches = ".+")
  void twoBuildsGiveTheSameBytes() throws IOException {
    Path other = packageIn(Path.of(System.getenv(OTHER)));
    Path ours = packageIn(TARGET);
    assertEquals(-1, Files.mismatch(other, ours), () -> other + " differs from " + ours);
  }

  private static Path packageIn(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      List<Path> found = files.filter(file -> file.toString().endsWith("_all.deb")).toList();
      assertEquals(1, found.size(), () -> directory + " holds the packages " + found);
      return found.get(0);
    }
  }
}
