package io.nvmetsh.shell;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What the launcher makes of its surroundings, told by a stand-in for Java that shows its words.
 */
class LauncherTest {

  private static final Path DIST = Path.of("src/main/dist");
  private static final String JAVA_25 = "25.0.3+9-LTS";
  private static final String JAVA_17 = "17.0.15+6-Debian-1deb12u1";

  private Path directory;
  private Path app;
  private Path homes;

  @BeforeEach
  void install(@TempDir Path empty) throws IOException {
    directory = empty;
    app = Files.createDirectories(directory.resolve("it's a \"new\" $HOME"));
    homes = Files.createDirectory(directory.resolve("jvm"));
    Files.createDirectories(app.resolve("bin"));
    Files.createDirectories(app.resolve("lib"));
    Files.createDirectories(app.resolve("cache"));
    Files.copy(DIST.resolve("bin/nvmetsh"), app.resolve("bin/nvmetsh"));
    String java = Files.readString(DIST.resolve("lib/java.sh"));
    String here = "java_homes='" + homes + "/*'";
    Files.writeString(app.resolve("lib/java.sh"), java.replaceFirst("(?m)^java_homes='.*'$", here));
    assertTrue(Files.readString(app.resolve("lib/java.sh")).contains(here));
    Files.writeString(app.resolve("lib/build-id"), "b1\n");
    Files.createFile(app.resolve("lib/nvmetsh.jar"));
  }

  @Test
  void java25StartsWithItsOptions() throws Exception {
    java(JAVA_25);
    List<String> words = launch("--sim", "pwd").lines();
    assertTrue(words.contains("-XX:+UseSerialGC"), words::toString);
    assertTrue(words.contains("--enable-native-access=ALL-UNNAMED"), words::toString);
    assertTrue(words.contains("-Xshare:auto"), words::toString);
  }

  @Test
  void java17StartsWithItsOptions() throws Exception {
    java(JAVA_17);
    List<String> words = launch("--sim", "pwd").lines();
    assertTrue(words.contains("-XX:+UseG1GC"), words::toString);
    assertFalse(words.contains("--enable-native-access=ALL-UNNAMED"), words::toString);
  }

  /** What may have much to do takes the collector that makes do with less memory. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "--sim",
        "- x",
        "-f x",
        "--file=x",
        "--sim replay x",
        "load x",
        "--root d diff"
      })
  void java17SparesMemoryWhereThereMayBeMuchToDo(String line) throws Exception {
    java(JAVA_17);
    String[] words = line.isEmpty() ? new String[0] : line.split(" ");
    List<String> options = launch(words).lines();
    assertTrue(
        options.indexOf("-XX:-UseG1GC") > options.indexOf("-XX:+UseG1GC"), options::toString);
    assertTrue(options.contains("-XX:+UseSerialGC"), options::toString);
  }

  @ParameterizedTest
  @ValueSource(strings = {"--sim pwd", "save x", "-h", "--root replay ls"})
  void java17StartsFastWhereThereIsLittleToDo(String line) throws Exception {
    java(JAVA_17);
    List<String> options = launch(line.split(" ")).lines();
    assertTrue(options.contains("-XX:+UseG1GC"), options::toString);
    assertFalse(options.contains("-XX:+UseSerialGC"), options::toString);
  }

  @Test
  void wordsArriveAsTheyWereTyped() throws Exception {
    java(JAVA_25);
    List<String> words = launch("create", "a b", "", "*", "it's", "$HOME", "-x").lines();
    int main = words.indexOf("io.nvmetsh.shell.NvmetshApplication");
    List<String> typed = words.subList(main + 1, main + 8);
    assertEquals(List.of("create", "a b", "", "*", "it's", "$HOME", "-x"), typed);
  }

  @Test
  void theNewestJavaIsTaken() throws Exception {
    java("9.0.4");
    java(JAVA_25);
    java(JAVA_17);
    assertEquals(homes.resolve(JAVA_25).toString(), launch("pwd").value("home"));
  }

  @Test
  void aJavaWithCachesIsTakenBeforeANewerOne() throws Exception {
    java(JAVA_25);
    java(JAVA_17);
    cache("b1-" + JAVA_17 + "-commands.jsa");
    assertEquals(homes.resolve(JAVA_17).toString(), launch("pwd").value("home"));
  }

  @Test
  void javaHomeIsTakenBeforeAll() throws Exception {
    java(JAVA_25);
    Path home = java(JAVA_17);
    Run run = launch(Map.of("JAVA_HOME", home.toString()), "pwd");
    assertEquals(home.toString(), run.value("home"));
  }

  @Test
  void aCacheIsUsedThatIsOfThisBuildAndThisJava() throws Exception {
    java(JAVA_25);
    Path cache = cache("b1-" + JAVA_25 + "-commands.aot");
    cache("b0-" + JAVA_25 + "-commands.aot");
    assertTrue(
        launch("pwd").lines().contains("-XX:AOTCache=" + throughBin(cache)), launch("pwd")::output);
  }

  @Test
  void noCacheOfAnotherBuildOrAnotherJavaIsUsed() throws Exception {
    java(JAVA_25);
    cache("b0-" + JAVA_25 + "-commands.aot");
    cache("b1-25.0.2+10-LTS-commands.aot");
    assertFalse(launch("pwd").output().contains("AOTCache"), launch("pwd")::output);
  }

  @Test
  void noCacheOlderThanTheProgramIsUsed() throws Exception {
    java(JAVA_25);
    Path cache = cache("b1-" + JAVA_25 + "-commands.aot");
    Files.setLastModifiedTime(cache, FileTime.fromMillis(0));
    assertFalse(launch("pwd").output().contains("AOTCache"), launch("pwd")::output);
  }

  @Test
  void theShellMakesDoWithTheCacheForCommands() throws Exception {
    java(JAVA_25);
    cache("b1-" + JAVA_25 + "-commands.aot");
    assertTrue(launchInTerminal("--sim").contains("-commands.aot"), launchInTerminal("--sim"));
  }

  /** An option's value is no command: the launcher has to know which options have one. */
  static Stream<List<String>> shells() {
    Stream<List<String>> values =
        LaunchOptions.OPTIONS.stream()
            .filter(option -> !option.value().isEmpty() && !option.value().startsWith("["))
            .filter(option -> !option.name().equals("file"))
            .map(option -> List.of("--" + option.name(), "value"));
    return Stream.concat(values, Stream.of(List.of(), List.of("--sim", "--read-only")));
  }

  @ParameterizedTest
  @MethodSource("shells")
  void aShellStartsFromItsOwnCache(List<String> options) throws Exception {
    java(JAVA_25);
    cache("b1-" + JAVA_25 + "-commands.aot");
    cache("b1-" + JAVA_25 + "-shell.aot");
    String words = launchInTerminal(options.toArray(new String[0]));
    assertTrue(words.contains("-shell.aot"), words);
  }

  static Stream<List<String>> commands() {
    return Stream.of(
        List.of("pwd"),
        List.of("--root", "/x", "ls"),
        List.of("--sim", "-f", "script"),
        List.of("--file=script"),
        List.of("-"));
  }

  @ParameterizedTest
  @MethodSource("commands")
  void aCommandStartsFromItsOwnCache(List<String> words) throws Exception {
    java(JAVA_25);
    cache("b1-" + JAVA_25 + "-commands.aot");
    cache("b1-" + JAVA_25 + "-shell.aot");
    String shown = launchInTerminal(words.toArray(new String[0]));
    assertTrue(shown.contains("-commands.aot"), shown);
  }

  @Test
  void theKernelIsReadInEnglishAndNamesInUtf8() throws Exception {
    java(JAVA_25);
    Run run = launch(Map.of("LC_ALL", "de_DE.ISO-8859-1", "LANG", "de_DE.UTF-8"), "pwd");
    assertEquals("", run.value("LC_ALL"));
    assertEquals("C", run.value("LC_MESSAGES"));
    assertEquals("C.UTF-8", run.value("LC_CTYPE"));
    assertEquals("de_DE.ISO-8859-1", run.value("NVMETSH_LC_CTYPE"));
  }

  @Test
  void whatTheTerminalShowsIsNamedByTheFirstVariableSet() throws Exception {
    java(JAVA_25);
    Run some = launch(Map.of("LC_CTYPE", "", "LANG", "de_DE.UTF-8"), "pwd");
    assertEquals("de_DE.UTF-8", some.value("NVMETSH_LC_CTYPE"));
    assertEquals("C", launch("pwd").value("NVMETSH_LC_CTYPE"));
  }

  @Test
  void aChainOfLinksLeadsHome() throws Exception {
    java(JAVA_25);
    Path links = Files.createDirectories(directory.resolve("usr/bin"));
    Path first = links.resolve("nvmetsh");
    Files.createSymbolicLink(first, Path.of("../second"));
    Files.createSymbolicLink(
        directory.resolve("usr/second"),
        Path.of("..").resolve(app.getFileName()).resolve("bin/nvmetsh"));
    Run run = run(Map.of(), List.of(first.toString(), "pwd"));
    assertEquals(0, run.status(), run::output);
  }

  @Test
  void aJavaHomeWithoutJavaIsSaid() throws Exception {
    java(JAVA_25);
    Run run = launch(Map.of("JAVA_HOME", "/nowhere"), "pwd");
    assertEquals(1, run.status());
    assertEquals(
        List.of(
            "nvmetsh: JAVA_HOME is /nowhere, where no Java 17 or later is",
            "  name another, or let nvmetsh look for one:  unset JAVA_HOME"),
        run.lines());
  }

  @Test
  void aJavaHomeThatIsTooOldIsSaid() throws Exception {
    Path home = java("1.8.0_402");
    Run run = launch(Map.of("JAVA_HOME", home.toString()), "pwd");
    assertEquals(1, run.status());
    assertTrue(run.output().contains("no Java 17 or later"), run::output);
  }

  @Test
  void noJavaAtAllIsSaid() throws Exception {
    java("11.0.2");
    Run run = launch(Map.of("PATH", directory + "/nothing"), "pwd");
    assertEquals(1, run.status());
    assertEquals(2, run.lines().size(), run::output);
    assertTrue(run.lines().get(0).startsWith("nvmetsh: no Java 17 or later"), run::output);
    assertTrue(run.lines().get(1).contains("JAVA_HOME"), run::output);
  }

  @Test
  void aColonInTheDirectoryIsSaid() throws Exception {
    java(JAVA_25);
    app = Files.move(app, directory.resolve("a:b"));
    Run run = launch("pwd");
    assertEquals(1, run.status());
    assertTrue(run.output().contains("colon"), run::output);
  }

  private record Run(int status, String output) {
    List<String> lines() {
      return output.lines().toList();
    }

    /** What the stand-in said of one variable. */
    String value(String variable) {
      String start = variable + "=";
      return lines().stream()
          .filter(line -> line.startsWith(start))
          .findFirst()
          .orElseThrow(() -> new AssertionError(output))
          .substring(start.length());
    }
  }

  /** Installs a stand-in for a Java: it shows its words, a line each, and what it was given. */
  private Path java(String version) throws IOException {
    Path home = homes.resolve(version);
    Files.createDirectories(home.resolve("bin"));
    Files.writeString(
        home.resolve("release"),
        "IMPLEMENTOR=\"N/A\"\nJAVA_RUNTIME_VERSION=\"%s\"\nJAVA_VERSION=\"%s\"\nOS_NAME=\"Linux\"\n"
            .formatted(version, version.replaceFirst("[+].*", "")));
    Path java = home.resolve("bin/java");
    Files.writeString(
        java,
        """
        #!/bin/sh
        printf '%s\\n' "$@"
        for name in LC_ALL LC_MESSAGES LC_CTYPE NVMETSH_LC_CTYPE; do
          eval "echo \\"$name=\\${$name-}\\""
        done
        echo "home=${0%/bin/java}"
        """);
    Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwxr-xr-x"));
    return home;
  }

  private Path cache(String name) throws IOException {
    return Files.createFile(app.resolve("cache").resolve(name));
  }

  private String throughBin(Path path) {
    return app.resolve("bin/..") + "/" + app.relativize(path);
  }

  private Run launch(String... words) throws Exception {
    return launch(Map.of(), words);
  }

  private Run launch(Map<String, String> environment, String... words) throws Exception {
    Stream<String> program = Stream.of(app.resolve("bin/nvmetsh").toString());
    return run(environment, Stream.concat(program, Stream.of(words)).toList());
  }

  /** What the stand-in shows when standard input is a terminal. */
  private String launchInTerminal(String... words) throws Exception {
    String command = "exec \"$PROGRAM\" " + String.join(" ", words);
    Map<String, String> environment =
        Map.of("PROGRAM", app.resolve("bin/nvmetsh").toString(), "SHELL", "/bin/sh");
    return run(environment, List.of("script", "-qec", command, "/dev/null")).output();
  }

  private Run run(Map<String, String> environment, List<String> command) throws Exception {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.directory(directory.toFile()).redirectInput(Path.of("/dev/null").toFile());
    builder.environment().keySet().removeIf(name -> name.startsWith("LC_"));
    builder.environment().remove("LANG");
    builder.environment().remove("JAVA_HOME");
    builder.environment().putAll(environment);
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    return new Run(process.waitFor(), output);
  }
}
