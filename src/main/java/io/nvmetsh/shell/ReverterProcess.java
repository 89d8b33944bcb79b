package io.nvmetsh.shell;

import io.nvmetsh.journal.Store;
import io.nvmetsh.schema.NvmetshException;
import io.nvmetsh.schema.Problem;
import io.nvmetsh.session.RevertTimer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The timer of a target that others can reach: a transient timer of systemd where that runs the
 * machine, else a process in a session of its own, which no lost terminal ends. Either runs this
 * program again when the time is over, on the same target.
 */
final class ReverterProcess implements RevertTimer {

  private static final Path SYSTEMD = Path.of("/run/systemd/system");

  private final LaunchOptions options;
  private final Path directory;

  private ReverterProcess(LaunchOptions options, Path directory) {
    this.options = options;
    this.directory = directory;
  }

  static RevertTimer of(Store store, LaunchOptions options) {
    boolean stays = options.sim().isEmpty() || options.simState().isPresent();
    return store
        .directory()
        .filter(directory -> stays)
        .<RevertTimer>map(directory -> new ReverterProcess(options, directory))
        .orElseGet(RevertTimer::none);
  }

  @Override
  public void arm(int transaction, Duration time) {
    List<String> command = new ArrayList<>(program());
    command.addAll(arguments(transaction));
    if (isSystemds()) {
      start(systemd(transaction, time, command));
    } else {
      start(detached(time, command));
    }
  }

  @Override
  public void disarm(int transaction) {
    if (isSystemds()) {
      try {
        start(List.of("systemctl", "--quiet", "stop", unit(transaction) + ".timer"));
      } catch (NvmetshException e) {
        // it has gone off, or will find nothing to take back
      }
    }
  }

  private boolean isSystemds() {
    return Files.isDirectory(SYSTEMD) && options.sim().isEmpty();
  }

  private static String unit(int transaction) {
    return "nvmetsh-revert-" + transaction;
  }

  /** This very program: the machine, its options, the class to run. */
  private static List<String> program() {
    List<String> words = new ArrayList<>();
    try {
      String line = Files.readString(Path.of("/proc/self/cmdline"), StandardCharsets.UTF_8);
      for (String word : line.split("\0", -1)) {
        words.add(word);
        if (word.equals(NvmetshApplication.class.getName())) {
          words.set(0, Path.of("/proc/self/exe").toRealPath().toString());
          return words;
        }
      }
    } catch (IOException e) {
      // said below
    }
    throw cannot("how this program was started cannot be read from /proc/self/cmdline");
  }

  private List<String> arguments(int transaction) {
    List<String> words = new ArrayList<>();
    options.sim().ifPresent(profile -> words.add("--sim=" + profile));
    options.simState().ifPresent(file -> words.add("--sim-state=" + absolute(file)));
    options.machine().ifPresent(file -> words.add("--machine=" + absolute(file)));
    options.root().ifPresent(tree -> words.add("--root=" + absolute(tree)));
    words.add("--state-dir=" + directory);
    words.addAll(List.of("recover", "--expired", Integer.toString(transaction)));
    return words;
  }

  private static Path absolute(String file) {
    return Path.of(file).toAbsolutePath();
  }

  private static List<String> systemd(int transaction, Duration time, List<String> command) {
    List<String> words =
        new ArrayList<>(
            List.of(
                "systemd-run",
                "--quiet",
                "--collect",
                "--unit=" + unit(transaction),
                "--on-active=" + time.toSeconds() + "s",
                "--timer-property=AccuracySec=1s",
                // as bin/nvmetsh sets them: for names of files, and for what the kernel says
                "--setenv=LC_CTYPE=C.UTF-8",
                "--setenv=LC_MESSAGES=C",
                // somebody is in the middle of a long line: again, until it has ended
                "--property=RestartForceExitStatus=5",
                "--property=RestartSec=1s",
                "--property=StartLimitIntervalSec=0",
                "--"));
    words.addAll(command);
    return words;
  }

  /**
   * Status 5 is somebody in the middle of a line, or a simulated kernel that a shell still has in
   * its memory: that is waited for.
   */
  private static List<String> detached(Duration time, List<String> command) {
    String wait = "sleep \"$1\"; shift; \"$@\"; while [ $? = 5 ]; do sleep 1; \"$@\"; done";
    List<String> words = new ArrayList<>(List.of("setsid", "--fork", "sh", "-c", wait, "sh"));
    words.add(Long.toString(time.toSeconds()));
    words.addAll(command);
    return words;
  }

  private static void start(List<String> command) {
    Process process;
    try {
      process =
          new ProcessBuilder(command)
              .redirectInput(Path.of("/dev/null").toFile())
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .directory(Path.of("/").toFile())
              .start();
      if (!process.waitFor(10, TimeUnit.SECONDS) || process.exitValue() != 0) {
        throw cannot(command.get(0) + " does not start it");
      }
    } catch (IOException e) {
      throw cannot(command.get(0) + " cannot be run");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw cannot("interrupted");
    }
  }

  private static RuntimeException cannot(String why) {
    return Problem.of(
            Problem.Kind.UNSUPPORTED,
            "--confirm: nothing here would take it back in time: " + why,
            "do it without --confirm, with a checkpoint to go back to:  checkpoint before")
        .asException();
  }
}
