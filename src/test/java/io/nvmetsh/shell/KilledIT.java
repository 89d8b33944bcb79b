package io.nvmetsh.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A replay that is killed, by SIGKILL, at every single one of its changes in turn: before the
 * kernel has made it, and after it has made it and before anybody could write that down.
 */
class KilledIT {

  private final SixtyChanges target;

  KilledIT(@TempDir Path folder) throws IOException {
    this.target = new SixtyChanges(folder);
  }

  @Test
  void isTakenBackOrFinishedWhereverItWas() throws Exception {
    String start = target.tree("start");
    target.copy("start", "end");
    SixtyChanges.done(process("end", "--yes", "-f", "script.nvmetsh").run());
    String end = target.tree("end");
    assertEquals(SixtyChanges.COUNT, changes("end"));
    for (int change = 1; change <= SixtyChanges.COUNT; change++) {
      for (String how : ways(change)) {
        String title = how + " at change " + change;
        target.copy("start", "killed");
        kill(change, how);
        Program next = target.run("killed", "pwd");
        assertTrue(next.talk().contains("ended in the middle"), title + ": " + next.talk());
        Program other = target.run("killed", "create", "/hosts/other");
        assertEquals(1, other.status(), title + ": " + other.talk());
        target.copy("killed", "finished");
        SixtyChanges.done(target.run("killed", "recover", "--undo"));
        assertEquals(start, target.tree("killed"), title);
        SixtyChanges.done(target.run("finished", "recover", "--finish"));
        assertEquals(end, target.tree("finished"), title);
        SixtyChanges.done(target.run("finished", "create", "/hosts/other"));
      }
    }
  }

  /** One way each in turn; -Dnvmetsh.kills=all takes both every time. */
  private static List<String> ways(int change) {
    return System.getProperty("nvmetsh.kills", "").equals("all")
        ? List.of("hang", "hang-after")
        : List.of(change % 2 == 0 ? "hang" : "hang-after");
  }

  private record Run(Path folder, List<String> command) {
    Program run() throws IOException, InterruptedException {
      Process process = start();
      assertTrue(process.waitFor(1, TimeUnit.MINUTES), command::toString);
      return new Program(process.exitValue(), "", Files.readString(folder.resolve("talk")));
    }

    Process start() throws IOException {
      ProcessBuilder builder = new ProcessBuilder(command);
      builder.directory(folder.toFile());
      builder.redirectOutput(ProcessBuilder.Redirect.DISCARD);
      builder.redirectError(folder.resolve("talk").toFile());
      return builder.start();
    }
  }

  private void kill(int change, String how) throws IOException, InterruptedException {
    Process process =
        process("killed", "--sim-fault", change + "=" + how, "--yes", "-f", "script.nvmetsh")
            .start();
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (!isWaiting(change, how)) {
      assertTrue(System.nanoTime() < end && process.isAlive(), how + " " + change);
      Thread.sleep(2);
    }
    process.destroyForcibly();
    process.waitFor();
    assertEquals(137, process.exitValue());
  }

  /** Whether the change is under way, made or not, and everything before it is done. */
  private boolean isWaiting(int change, String how) throws IOException {
    boolean after = how.equals("hang-after");
    Path log = target.file(".killed.log");
    if (after) {
      return Files.exists(log) && Files.readAllLines(log).size() == change;
    }
    int announced = 0;
    int marked = 0;
    for (String line : target.journal("killed")) {
      announced += line.startsWith("{\"step\"") ? line.split("\\[\"", -1).length - 1 : 0;
      marked += line.startsWith("{\"done\"") ? 1 : 0;
    }
    return marked == change - 1 && announced >= change;
  }

  private long changes(String name) throws IOException {
    return target.journal(name).stream().filter(line -> line.startsWith("{\"done\"")).count();
  }

  private Run process(String name, String... words) {
    String[] all = target.words(name, words).toArray(String[]::new);
    return new Run(target.folder(), Program.command(System.getProperty("java.class.path"), all));
  }
}
