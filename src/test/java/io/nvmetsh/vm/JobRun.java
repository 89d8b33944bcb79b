package io.nvmetsh.vm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/**
 * What a job script printed where it ran, and the status it ended with: each check in it is a test.
 *
 * @param folder what is kept of it
 */
record JobRun(Path folder, int status, List<String> output) {

  private static final String LOG = "boot.log";

  /** What boot itself answers when a guest takes too long. */
  private static final int HUNG = 124;

  /** How many lines tell where a job has come to: those of a check that hung are many. */
  private static final int TAIL = 200;

  /** One "ok" or "not ok" line of the script, with the indented lines that explain a failure. */
  private record Check(String line, List<String> detail) {
    boolean passed() {
      return line.startsWith("ok ");
    }

    String name() {
      return line.substring(line.indexOf("ok ") + 3);
    }
  }

  /** Runs the program that runs a job, with a new folder for what is kept. */
  static JobRun of(ProcessBuilder program, Path folder, int seconds)
      throws IOException, InterruptedException {
    deleteRecursively(folder);
    Files.createDirectories(folder);
    Path log = folder.resolve(LOG);
    Process process = program.redirectErrorStream(true).redirectOutput(log.toFile()).start();
    process.getOutputStream().close();
    int status;
    if (process.waitFor(seconds, TimeUnit.SECONDS)) {
      status = process.exitValue();
    } else {
      process.descendants().forEach(ProcessHandle::destroy);
      process.destroy();
      status = HUNG;
    }
    return new JobRun(folder, status, Files.readAllLines(log));
  }

  /** Whether the job, or one of its checks, was ended because it did not end by itself. */
  boolean hung() {
    return status == HUNG || output.stream().anyMatch(line -> line.contains("no end in sight"));
  }

  Stream<DynamicTest> tests() {
    List<Check> checks = checks();
    DynamicTest whole =
        dynamicTest(
            "the script as a whole",
            () -> {
              assertEquals(0, status, () -> "exit status; " + tail());
              assertFalse(checks.isEmpty(), () -> "it checked nothing; " + tail());
            });
    return Stream.concat(Stream.of(whole), checks.stream().map(JobRun::testOf));
  }

  private static DynamicTest testOf(Check check) {
    return dynamicTest(
        check.name(),
        () -> {
          if (!check.passed()) {
            fail(check.name() + "\n" + String.join("\n", check.detail()));
          }
        });
  }

  private List<Check> checks() {
    List<Check> checks = new ArrayList<>();
    for (String line : output) {
      if (line.startsWith("ok ") || line.startsWith("not ok ")) {
        checks.add(new Check(line, new ArrayList<>()));
      } else if (line.startsWith("    ") && !checks.isEmpty()) {
        checks.get(checks.size() - 1).detail().add(line);
      }
    }
    return checks;
  }

  /** The last of what it printed. */
  String tail() {
    return "the last lines of %s:%n%s"
        .formatted(
            folder.resolve(LOG),
            String.join("\n", output.subList(Math.max(0, output.size() - TAIL), output.size())));
  }

  private static void deleteRecursively(Path directory) throws IOException {
    if (!Files.exists(directory)) {
      return;
    }
    try (Stream<Path> paths = Files.walk(directory)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
