package io.nvmetsh.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ten administrators at one target, at the same moment. */
class TogetherIT {

  private static final int ALL = 10;

  private final Path folder;

  TogetherIT(@TempDir Path folder) {
    this.folder = folder;
  }

  /** Each takes the next free number: who had looked before another was done has to look again. */
  @Test
  void noneIsLostAndNoneIsInAnothersWay() throws Exception {
    Path root = folder.resolve("nvmet");
    for (String group : List.of("hosts", "subsystems", "ports")) {
      Files.createDirectories(root.resolve(group));
    }
    Path state = folder.resolve("state");
    List<Program> ended =
        atOnce("--root=" + root, "--state-dir=" + state, "--yes", "create", "/ports");
    for (Program each : ended) {
      assertEquals(0, each.status(), each.talk());
    }
    assertEquals(
        Set.of("1", "2", "3", "4", "5", "6", "7", "8", "9", "10"), names(root.resolve("ports")));
    Set<String> journal = names(state.resolve("journal"));
    assertEquals(ALL, journal.size(), journal.toString());
    for (String name : journal) {
      String text = Files.readString(state.resolve("journal").resolve(name));
      assertTrue(text.endsWith("{\"ended\":\"done\"}\n"), name + ": " + text);
    }
  }

  @Test
  void tenSavesLeaveOneWholeFile() throws Exception {
    Path file = folder.resolve("target.json");
    String kernel = folder.resolve("kernel").toString();
    Program.run("--sim=7.3", "--sim-state", kernel, "create", "/subsystems/s");
    String[] save = {"--sim=7.3", "--sim-state", kernel, "save", file.toString(), "--force"};
    assertEquals(0, Program.run(save).status());
    String alone = Files.readString(file);
    for (Program each : atOnce(save)) {
      assertEquals(0, each.status(), each.talk());
    }
    assertEquals(alone, Files.readString(file));
    assertEquals(
        Set.of(),
        names(folder).stream().filter(n -> n.contains(".new")).collect(Collectors.toSet()));
  }

  private static Set<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> file.getFileName().toString())
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }

  private static List<Program> atOnce(String... words)
      throws InterruptedException, ExecutionException {
    ExecutorService administrators = Executors.newFixedThreadPool(ALL);
    try {
      List<Future<Program>> running = new ArrayList<>();
      for (int i = 0; i < ALL; i++) {
        running.add(administrators.submit(() -> Program.process(Map.of(), "", words)));
      }
      List<Program> ended = new ArrayList<>();
      for (Future<Program> each : running) {
        ended.add(each.get());
      }
      return ended;
    } finally {
      administrators.shutdown();
    }
  }
}
