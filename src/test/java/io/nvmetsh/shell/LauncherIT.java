package io.nvmetsh.shell;

import static org.junit.jupiter.api.Assertions.assertAll;
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
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The program as it is shipped: with exactly its jars, its launcher and its start-up caches. */
class LauncherIT {

  private static final Path SHIPPED = Path.of("target/nvmetsh").toAbsolutePath();
  private static final String THIS_JAVA = System.getProperty("java.home");

  private Path elsewhere;

  @BeforeEach
  void goElsewhere(@TempDir Path directory) {
    elsewhere = directory;
  }

  /** Every Java on this machine that the build has made caches for. */
  static Set<Path> javas() throws IOException {
    Set<Path> javas = new TreeSet<>();
    javas.add(Path.of(THIS_JAVA).toRealPath());
    Path homes = Path.of("/usr/lib/jvm");
    if (Files.isDirectory(homes)) {
      try (Stream<Path> found = Files.list(homes)) {
        for (Path home : found.toList()) {
          Path release = home.resolve("release");
          if (Files.isReadable(release) && isRecent(Files.readString(release))) {
            javas.add(home.toRealPath());
          }
        }
      }
    }
    return javas;
  }

  private static boolean isRecent(String release) {
    String feature = release.replaceFirst("(?s).*\\bJAVA_VERSION=\"(\\d+).*", "$1");
    return Integer.parseInt(feature) >= 17;
  }

  @ParameterizedTest
  @MethodSource("javas")
  void oneCommandRunsOnEveryJava(Path java) throws Exception {
    Run run = run(SHIPPED, java, "--sim", "pwd");
    assertAll(
        () -> assertEquals(0, run.status()),
        () -> assertEquals("/\n", run.data()),
        () -> assertEquals("", run.talk()));
  }

  @ParameterizedTest
  @MethodSource("javas")
  void oneCommandComesFromTheCache(Path java) throws Exception {
    assertFromCache(SHIPPED, java, List.of("--sim", "pwd"));
  }

  @ParameterizedTest
  @MethodSource("javas")
  void theShellComesFromTheCache(Path java) throws Exception {
    Path loaded = elsewhere.resolve("loaded");
    ProcessBuilder shell =
        new ProcessBuilder("script", "-qec", "exec \"$PROGRAM\" --sim", "/dev/null");
    shell.environment().put("PROGRAM", SHIPPED.resolve("bin/nvmetsh").toString());
    shell.environment().putAll(Map.of("SHELL", "/bin/sh", "TERM", "xterm-256color"));
    shell.environment().put("_JAVA_OPTIONS", "-Xlog:class+load:file=" + loaded);
    Run run = run(shell, java, "pwd\nexit\n");
    assertEquals(0, run.status(), run::toString);
    assertFromCache(loaded);
  }

  /** Else each start of the shell takes them out of the library's jar. */
  @Test
  void whatATerminalCanDoLiesBesideTheProgram() {
    Path folder = SHIPPED.resolve("lib/native/org/jline/utils");
    for (String name : List.of("capabilities.txt", "xterm-256color.caps", "screen.caps")) {
      assertTrue(Files.isReadable(folder.resolve(name)), name);
    }
  }

  @Test
  void theVersionIsTold() throws Exception {
    Run run = run(SHIPPED, Path.of(THIS_JAVA), "--version");
    assertEquals(0, run.status());
    assertTrue(run.data().matches("nvmetsh \\d+\\.\\d+\\.\\d+(-SNAPSHOT)?\n"), run::toString);
  }

  @Test
  void aLinkOnPathStartsIt() throws Exception {
    Path link = elsewhere.resolve("nvmetsh");
    Files.createSymbolicLink(link, SHIPPED.resolve("bin/nvmetsh"));
    ProcessBuilder shell = new ProcessBuilder("sh", "-c", "nvmetsh --sim pwd");
    shell.environment().put("PATH", elsewhere + ":" + System.getenv("PATH"));
    Run run = run(shell, Path.of(THIS_JAVA), "");
    Files.delete(link);
    assertEquals("/\n", run.data(), run::toString);
  }

  @Test
  void aWrongOptionIsSaid() throws Exception {
    Run run = run(SHIPPED, Path.of(THIS_JAVA), "--bogus");
    assertEquals(1, run.status());
    assertEquals("", run.data());
    assertTrue(run.talk().contains("--bogus"), run::toString);
  }

  @Test
  void aWrongJavaHomeIsSaid() throws Exception {
    Run run = run(SHIPPED, Path.of("/nowhere"), "--sim", "pwd");
    assertEquals(1, run.status());
    assertTrue(run.talk().contains("JAVA_HOME is /nowhere"), run::toString);
  }

  @Test
  void linesOnStandardInputAreAScript() throws Exception {
    Run run = run(program(SHIPPED, "--sim"), Path.of(THIS_JAVA), "cd /subsystems\npwd\n");
    assertEquals(0, run.status(), run::toString);
    assertTrue(run.data().endsWith("/subsystems\n"), run::toString);
  }

  @Test
  void aWrongLineOnStandardInputIsNamed() throws Exception {
    Run run = run(program(SHIPPED, "--sim"), Path.of(THIS_JAVA), "pwd\nno-such-command\n");
    assertEquals(1, run.status(), run::toString);
    assertTrue(run.talk().contains(":2"), run::toString);
  }

  @Test
  void withoutNvmetTheSimulatorIsNamed() throws Exception {
    Run run = run(SHIPPED, Path.of(THIS_JAVA), "--root", elsewhere + "/none", "pwd");
    assertEquals(6, run.status());
    assertTrue(run.talk().contains("--sim"), run::toString);
  }

  /** The caches of a copy do not fit, and neither does what is no cache at all. */
  @ParameterizedTest
  @MethodSource("javas")
  void aCacheThatDoesNotFitIsNoNews(Path java) throws Exception {
    Path copy = copy(elsewhere.resolve("copy"));
    try (Stream<Path> caches = Files.list(SHIPPED.resolve("cache"))) {
      for (Path cache : caches.toList()) {
        Files.writeString(copy.resolve("cache").resolve(cache.getFileName()), "no cache");
      }
    }
    Run run = run(copy, java, "--sim", "pwd");
    assertEquals("/\n", run.data());
    assertEquals("", run.talk());
  }

  @Test
  void aCopyMakesCachesOfItsOwn() throws Exception {
    Path copy = copy(elsewhere.resolve("copy"));
    assertTrue(train(copy).contains("made the start-up cache for commands"));
    assertFromCache(copy, Path.of(THIS_JAVA), List.of("--sim", "pwd"));
  }

  /**
   * Java 17 makes a cache here that has none of our classes, so all there is to see is that it
   * runs.
   */
  @Test
  void anyDirectoryWillDo() throws Exception {
    Path copy = copy(elsewhere.resolve("it's a \"copy\" of $HOME"));
    assertEquals("/\n", run(copy, Path.of(THIS_JAVA), "--sim", "pwd").data());
    assertTrue(train(copy).contains("made the start-up cache for shell"));
    assertEquals("/\n", run(copy, Path.of(THIS_JAVA), "--sim", "pwd").data());
  }

  private String train(Path program) throws Exception {
    String trainer = program.resolve("lib/train-caches").toString();
    Run run = run(new ProcessBuilder(trainer, THIS_JAVA), Path.of(THIS_JAVA), "");
    assertEquals(0, run.status(), run::toString);
    return run.data();
  }

  private static Path copy(Path target) throws IOException {
    Path caches = SHIPPED.resolve("cache");
    try (Stream<Path> files = Files.walk(SHIPPED)) {
      for (Path file :
          files.filter(path -> path.equals(caches) || !path.startsWith(caches)).toList()) {
        Files.copy(file, target.resolve(SHIPPED.relativize(file).toString()));
      }
    }
    return target;
  }

  private void assertFromCache(Path program, Path java, List<String> words) throws Exception {
    Path loaded = elsewhere.resolve("loaded");
    ProcessBuilder start = program(program, words.toArray(new String[0]));
    start.environment().put("_JAVA_OPTIONS", "-Xlog:class+load:file=" + loaded);
    Run run = run(start, java, "");
    assertEquals(0, run.status(), run::toString);
    assertFromCache(loaded);
  }

  /**
   * What is read from a jar, or made while running, costs the time that a cache is there to save.
   */
  private static void assertFromCache(Path loaded) throws IOException {
    List<String> ours = new ArrayList<>();
    List<String> slow = new ArrayList<>();
    for (String line : Files.readAllLines(loaded)) {
      if (line.contains("] io.nvmetsh.")) {
        (line.contains("shared objects file") ? ours : slow).add(line);
      }
    }
    assertEquals(List.of(), slow);
    assertTrue(ours.size() > 20, ours::toString);
  }

  private record Run(int status, String data, String talk) {}

  private static ProcessBuilder program(Path directory, String... words) {
    String program = directory.resolve("bin/nvmetsh").toString();
    return new ProcessBuilder(Stream.concat(Stream.of(program), Stream.of(words)).toList());
  }

  private Run run(Path directory, Path java, String... words) throws Exception {
    return run(program(directory, words), java, "");
  }

  private Run run(ProcessBuilder builder, Path java, String input) throws Exception {
    Path typed = Files.writeString(elsewhere.resolve("typed"), input);
    Path data = elsewhere.resolve("data");
    Path talk = elsewhere.resolve("talk");
    builder.directory(elsewhere.toFile());
    builder.environment().put("JAVA_HOME", java.toString());
    builder.environment().put("HOME", elsewhere.toString());
    builder.redirectInput(typed.toFile());
    builder.redirectOutput(data.toFile()).redirectError(talk.toFile());
    Process process = builder.start();
    try {
      assertTrue(process.waitFor(300, TimeUnit.SECONDS), builder.command()::toString);
    } finally {
      process.destroyForcibly();
    }
    return new Run(process.exitValue(), Files.readString(data), Files.readString(talk));
  }
}
