package io.nvmetsh.vm;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.nvmetsh.kernel.sim.TraceReplay;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/**
 * The built distribution at work on real kernels: each {@code src/test/vm/NAME-job.sh} in an
 * emulated machine of its own for each kernel that NVMETSH_VM_KERNELS names ("6.1", "6.1 7.3"), one
 * test for each check the script prints, and one for each trace it leaves behind.
 *
 * <p>A machine takes minutes, and packages that not every developer has: without the variable the
 * test is skipped. With it, whatever is missing is a failure, never a skip. What the guest saw is
 * kept in {@code target/vm/KERNEL/NAME}.
 */
class KernelVmIT {

  private static final String KERNELS = "NVMETSH_VM_KERNELS";
  private static final String NVMETCLI = "NVMETSH_NVMETCLI";
  private static final String JOB = "-job.sh";
  private static final Path SCRIPTS = Path.of("src/test/vm").toAbsolutePath();
  private static final Path TARGET = Path.of("target").toAbsolutePath();
  private static final int GUEST_SECONDS = 600;

  private static final int START_SECONDS = 60;

  @TestFactory
  @EnabledIfEnvironmentVariable(named = KERNELS, matches = ".*\\S.*")
  List<DynamicContainer> kernels() throws IOException, InterruptedException {
    boolean withNvmetcli = !System.getenv().getOrDefault(NVMETCLI, "").isEmpty();
    String nvmetcli = withNvmetcli ? fetched("get-nvmetcli") : "";
    List<DynamicContainer> kernels = new ArrayList<>();
    for (String kernel : System.getenv(KERNELS).strip().split("[\\s,]+", -1)) {
      fetched("get-kernel", kernel);
      List<DynamicContainer> jobs = new ArrayList<>();
      // One after another: two at once take as long on two processors, and neither keeps time.
      for (Path job : jobs()) {
        if (name(job).equals("nvmetcli") && !withNvmetcli) {
          continue; // it is of Debian unstable, and changes when that does
        }
        JobRun run = run(kernel, job, nvmetcli);
        jobs.add(dynamicContainer(name(job), Stream.concat(run.tests(), replays(run.folder()))));
      }
      kernels.add(dynamicContainer(kernel, jobs));
    }
    return kernels;
  }

  private static List<Path> jobs() throws IOException {
    try (Stream<Path> files = Files.list(SCRIPTS)) {
      return files.filter(file -> file.toString().endsWith(JOB)).sorted().toList();
    }
  }

  private static String name(Path job) {
    String file = job.getFileName().toString();
    return file.substring(0, file.length() - JOB.length());
  }

  /** Where something is that guests need, fetched before they start: they have no network. */
  private static String fetched(String... program) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(program));
    command.set(0, SCRIPTS.resolve(program[0]).toString());
    Process fetch =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    fetch.getOutputStream().close();
    String directory = new String(fetch.getInputStream().readAllBytes(), UTF_8).strip();
    assertEquals(0, fetch.waitFor(), () -> String.join(" ", program));
    return directory;
  }

  private static JobRun run(String kernel, Path job, String nvmetcli)
      throws IOException, InterruptedException {
    JobRun run = once(kernel, job, nvmetcli);
    if (run.hung()) {
      // An emulated machine stands still now and then. What hangs of itself does so again.
      System.err.printf("%s hung on %s, and is run once more:%n%s%n", job, kernel, run.tail());
      run = once(kernel, job, nvmetcli);
    }
    return run;
  }

  private static JobRun once(String kernel, Path job, String nvmetcli)
      throws IOException, InterruptedException {
    Path out = TARGET.resolve("vm").resolve(kernel).resolve(name(job));
    ProcessBuilder boot =
        new ProcessBuilder(
            SCRIPTS.resolve("boot").toString(),
            kernel,
            job.toString(),
            out.toString(),
            "NVMETSH_HOME=" + TARGET.resolve("nvmetsh"),
            "JAVA_HOME=" + System.getProperty("java.home"),
            "NVMETCLI=" + nvmetcli,
            "TRACE_SEED=" + System.getenv().getOrDefault("TRACE_SEED", ""));
    boot.environment().put("VM_TIMEOUT", Integer.toString(GUEST_SECONDS));
    return JobRun.of(boot, out, GUEST_SECONDS + START_SECONDS);
  }

  /** Each trace that a job left behind, on the simulated kernel. */
  private static Stream<DynamicTest> replays(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".jsonl.gz")).sorted().toList().stream()
          .map(KernelVmIT::replayOf);
    }
  }

  private static DynamicTest replayOf(Path trace) {
    return dynamicTest(
        "the simulator answers like " + trace.getFileName(),
        () -> TraceReplay.firstDifference(trace).ifPresent(difference -> fail(difference)));
  }
}
