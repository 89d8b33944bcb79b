package io.nvmetsh.terminal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nvmetsh.schema.DhchapKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A hunt for keys through everything that the built program leaves behind. Keys are set in every
 * way, made up, recorded, replayed, refused, saved, and the program crashed upon; then their text
 * is looked for in every file below the home directory, in what was printed, and in what all
 * processes of the machine were started with meanwhile.
 *
 * <p>They may be in two places: the directory {@code allowed}, with the files that hold a key
 * because somebody asked for that, and the file of the simulated kernel, which plays the kernel and
 * has to know them.
 */
class SecretHuntIT {

  private static final Path PROGRAM = Path.of("target/nvmetsh/bin/nvmetsh").toAbsolutePath();

  /** Whatever status it ends with. */
  private static final int ANY = -1;

  private final String filed = newKey();
  private final String scripted = newKey();
  private final String typed = newKey();
  private final String asked = newKey();

  private final StringBuilder printed = new StringBuilder();
  private final Set<String> seen = new ConcurrentSkipListSet<>();
  private final List<String> keys =
      new CopyOnWriteArrayList<>(List.of(filed, scripted, typed, asked));
  private Path home;
  private Thread watch;

  /** Of this run alone: others may be testing on the same machine. */
  private static String newKey() {
    return DhchapKey.generate(DhchapKey.Form.PLAIN_32, new SecureRandom());
  }

  @BeforeEach
  void begin(@TempDir Path directory) throws IOException {
    home = directory;
    Files.createDirectory(home.resolve("allowed"));
    Files.createDirectory(home.resolve("tmp"));
    allowed("filed.key", filed + "\n");
    allowed("set.nvmetsh", "create /hosts/s\nset /hosts/s dhchap_key=" + scripted + "\n");
    watch = new Thread(this::watch, "watch");
    watch.setDaemon(true);
    watch.start();
  }

  @AfterEach
  void end() throws InterruptedException {
    watch.interrupt();
    watch.join();
  }

  @Test
  void aKeyIsNowhereButWhereItHasToBe() throws Exception {
    ways();
    recordings();
    files();
    refusals();
    past();
    shell();
    crashes();
    assertNothingFound();
  }

  /** Every way of setting one, and of looking at it. */
  private void ways() throws Exception {
    run(0, "", "create", "/hosts/h", "dhchap_key=@allowed/filed.key");
    run(0, "", "--json", "create", "/hosts/g", "dhchap_key=@allowed/filed.key");
    run(0, "", "set", "/hosts/h", "dhchap_ctrl_key=generate:sha256@allowed/made.key");
    run(0, "", "--json", "set", "/hosts/g", "dhchap_key=generate@allowed/json.key");
    keys.add(Files.readString(home.resolve("allowed/made.key")).strip());
    keys.add(Files.readString(home.resolve("allowed/json.key")).strip());
    run(0, "", "-f", "allowed/set.nvmetsh");
    run(0, "set /hosts/s dhchap_ctrl_key=" + scripted + "\n");
    run(0, "set /hosts/s dhchap_ctrl_key=" + filed + "\n", "--json", "-");
    run(0, "", "--dry-run", "set", "/hosts/s", "dhchap_key=@allowed/filed.key");
    for (String look : List.of("get --all /hosts/h", "ls -l /hosts", "tree", "why /hosts/h")) {
      run(0, "", look.split(" "));
      run(0, "", ("--json " + look).split(" "));
    }
  }

  private void recordings() throws Exception {
    run(
        0,
        "record one.nvmetsh --output\ncreate /hosts/r\nset /hosts/r dhchap_key="
            + scripted
            + "\n-set /hosts/r dhchap_kye="
            + scripted
            + "\nget --all /hosts/r\nrecord off\n"
            + "record two.nvmetsh --last 100 --output\nrecord off\n");
    String recorded = Files.readString(home.resolve("one.nvmetsh"));
    assertTrue(recorded.contains("dhchap_key=${dhchap_key}"), recorded);
    run(0, "", "delete", "/hosts/r");
    run(1, "", "replay", "one.nvmetsh");
    run(0, "", "replay", "one.nvmetsh", "--param", "dhchap_key=@allowed/filed.key");
    run(0, "", "script", "info", "two.nvmetsh");
    for (String script : List.of("one.nvmetsh", "two.nvmetsh", "allowed/set.nvmetsh")) {
      run(0, "", "script", "export", "--bash", script);
      run(0, "", "script", "export", "--bash", script, "-o", script.replace('/', '.') + ".sh");
      run(0, "", "script", "info", script);
    }
  }

  private void files() throws Exception {
    run(0, "", "save", "saved.json");
    run(0, "", "save", "again.json", "--secrets", "allowed/keys");
    for (String line : List.of("plan", "diff", "load")) {
      int pending = line.equals("diff") ? 2 : 0;
      run(0, "", line, "again.json", "--secrets", "allowed/keys");
      run(0, "", "set", "/hosts/h", "dhchap_key=generate@allowed/" + line);
      keys.add(Files.readString(home.resolve("allowed/" + line)).strip());
      run(pending, "", line, "again.json", "--secrets", "allowed/keys");
      run(0, "", "--json", "load", "again.json", "--secrets", "allowed/keys");
    }
    run(1, "", "load", "allowed/keys");
    run(1, "", "load", "saved.json", "--secrets", "allowed/filed.key");
    run(1, "", "replay", "allowed/keys");
  }

  private void refusals() throws Exception {
    StringBuilder script = new StringBuilder("record refused.txt --output\n");
    for (String line :
        List.of(
            "set /hosts/none dhchap_key=%s",
            "set /hosts/h dhchap_kye=%s",
            "set /hosts/h dhchap_hash=%s",
            "set /hosts/h dhchap_key = %s",
            "set /hosts/h dhchap_key='%s",
            "create /hosts/h dhchap_key=%s",
            "param %s",
            "%s",
            "get %s",
            "modules load %s")) {
      String typed = line.replace("%s", scripted);
      script.append('-').append(typed).append('\n');
      allowed("refused.nvmetsh", typed + "\n");
      run(line.startsWith("get") || line.startsWith("set /hosts/h ") ? ANY : 1, typed + "\n");
    }
    allowed("refused.nvmetsh", script.toString());
    for (String json : new String[] {"--color=never", "--json"}) {
      run(0, "", json, "-f", "allowed/refused.nvmetsh");
      Files.delete(home.resolve("refused.txt"));
      run(ANY, "", json, "--dry-run", "-f", "allowed/refused.nvmetsh");
    }
    run(ANY, "", "script", "info", "allowed/refused.nvmetsh");
    allowed("default.nvmetsh", "param k " + scripted + "\n#> " + scripted + "\n");
    run(0, "", "script", "info", "allowed/default.nvmetsh");
    run(0, "", "script", "export", "--bash", "allowed/default.nvmetsh");
    allowed(
        "verified.nvmetsh",
        "set /hosts/h dhchap_key=@allowed/filed.key\n#= /hosts/h/dhchap_key x\n");
    run(2, "", "replay", "--verify", "allowed/verified.nvmetsh");
    run(0, "", "-f", "allowed/refused.nvmetsh");
    String recorded = Files.readString(home.resolve("refused.txt"));
    assertTrue(recorded.lines().filter(each -> each.startsWith("# FAILED")).count() > 8, recorded);
    Files.copy(home.resolve("allowed/filed.key"), home.resolve("allowed/open.key"));
    Files.setPosixFilePermissions(
        home.resolve("allowed/open.key"), PosixFilePermissions.fromString("rw-r--r--"));
    run(1, "", "set", "/hosts/h", "dhchap_key=@allowed/open.key");
    run(1, "", "set", "/hosts/h", "dhchap_hash=@allowed/filed.key");
  }

  /** Checkpoints, saved plans, what failed and what was killed in the middle. */
  private void past() throws Exception {
    run(0, "", "create", "/hosts/p", "dhchap_key=@allowed/filed.key");
    run(0, "", "save", "past.json", "--secrets", "allowed/past");
    for (String json : new String[] {"--color=never", "--json"}) {
      run(0, "", json, "set", "/hosts/p", "dhchap_key=generate@allowed/past" + json);
      keys.add(Files.readString(home.resolve("allowed/past" + json)).strip());
      run(0, "", json, "checkpoint", "keyed", "--force");
      run(1, "", json, "plan", "past.json", "--secrets", "allowed/past", "-o", "keyed.plan");
      run(0, "", json, "plan", "past.json", "-o", "past.plan", "--force");
      run(0, "", json, "delete", "/hosts/p");
      run(1, "", json, "plan", "past.json", "--merge", "-o", "merged.plan");
      run(1, "", json, "rollback", "keyed");
      run(0, "", json, "rollback");
      for (String way : List.of("stop", "undo", "continue")) {
        // the host is made, its key is refused
        String[] load = "load past.json --secrets allowed/past --on-error".split(" ");
        List<String> words = new ArrayList<>(List.of(json, "--sim-fault", "2=EIO", "--yes"));
        words.addAll(List.of(load));
        words.add(way);
        run(way.equals("undo") ? 3 : 4, "", words.toArray(String[]::new));
        String rest = run(0, "", json, "failed", "-o", "rest.nvmetsh", "--force");
        assertTrue(rest.contains("rest.nvmetsh"), rest);
        assertTrue(Files.readString(home.resolve("rest.nvmetsh")).contains("{dhchap_key}"));
        run(0, "", json, "failed");
        run(ANY, "", json, "delete", "/hosts/p");
      }
      allowed("rest.nvmetsh", "create /hosts/p\nset /hosts/p dhchap_key=" + scripted + "\n");
      run(
          3,
          "",
          json,
          "--sim-fault",
          "2=EIO",
          "replay",
          "allowed/rest.nvmetsh",
          "--on-error",
          "undo");
      run(0, "", json, "failed", "-o", "rest.nvmetsh", "--force");
      killed(json);
      run(2, "", json, "recover");
      run(1, "", json, "recover", "--finish");
      run(0, "", json, "recover", "--undo", "--dry-run");
      run(0, "", json, "recover", "--undo");
      run(0, "", json, "create", "/hosts/p", "dhchap_key=@allowed/filed.key");
    }
    assertTrue(Files.readString(home.resolve("rest.nvmetsh")).contains("dhchap_key=***"));
    String checkpoint = Files.readString(home.resolve("state.sim.d/checkpoints/keyed.json"));
    assertTrue(checkpoint.contains("/hosts/p"), checkpoint);
  }

  /** Sets a key, and is killed while the kernel is at it. */
  private void killed(String json) throws Exception {
    List<String> words =
        List.of("--sim=6.12", "--sim-state", "state.sim", json, "--sim-fault", "2=hang");
    List<String> all = new ArrayList<>(words);
    all.addAll(List.of("-f", "allowed/rest.nvmetsh"));
    // what it said is hunted through as a file
    Path said = home.resolve("killed" + json);
    Process process = builder(all, Map.of()).redirectOutput(said.toFile()).start();
    Path log = home.resolve("state.sim.d/journal");
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (!isUnderWay(log)) {
      assertTrue(System.nanoTime() < end && process.isAlive(), "it sets no key");
      Thread.sleep(10);
    }
    process.destroyForcibly();
    assertTrue(process.waitFor(90, TimeUnit.SECONDS));
  }

  private static boolean isUnderWay(Path journal) throws IOException {
    try (Stream<Path> files = Files.list(journal)) {
      for (Path file : files.filter(each -> each.toString().endsWith(".open")).toList()) {
        if (Files.readString(file).contains("/hosts/p/dhchap_key")) {
          return true;
        }
      }
    }
    return false;
  }

  private void shell() throws Exception {
    String prompt = "stor1:/>";
    try (Pty pty =
        Pty.Setup.usual(home).withSize(200, 40).start("--sim=6.12", "--sim-state", "state.sim")) {
      pty.awaitPrompt(prompt);
      pty.line("record typed.nvmetsh --output", prompt);
      pty.type("set /hosts/h dhchap_key=?\r");
      pty.await("dhchap_key of /hosts/h:");
      pty.type(asked + "\r");
      pty.awaitPrompt(prompt);
      pty.line("get --all /hosts/h", prompt);
      assertFalse(holdsKey(pty.screen()), pty::screen);
      pty.clear();
      // what is typed in clear is on the screen, and has to be nowhere else
      pty.line("set /hosts/h dhchap_key=" + typed, prompt);
      pty.line("set /hosts/h dhchap_kye=" + typed, prompt);
      pty.clear();
      pty.type("history\r");
      pty.await("dhchap_kye=***");
      pty.awaitPrompt(prompt);
      assertFalse(holdsKey(pty.screen()), pty::screen);
      pty.type("exit\r");
      pty.status();
    }
    String history = Files.readString(home.resolve("state/nvmetsh/history-stor1"));
    assertTrue(history.contains("dhchap_key=?"), history);
    assertTrue(history.contains("dhchap_key=***"), history);
    assertTrue(Files.readString(home.resolve("typed.nvmetsh")).contains("${dhchap_key}"));
  }

  private void crashes() throws Exception {
    Path agent = CrashAgent.jar(home.resolve("tmp/agent.jar"));
    String option = "-javaagent:" + agent;
    for (String json : new String[] {"--color=never", "--json"}) {
      String said =
          start(
              70,
              "record crashed.nvmetsh --output --force\nset /hosts/h dhchap_key=" + filed + "\n",
              Map.of("_JAVA_OPTIONS", option),
              List.of(json, "-"));
      assertTrue(said.contains("IllegalStateException: ***"), said);
    }
    // and killed at once, by a signal that makes a JVM write down all it knows
    Process process =
        builder(List.of("--sim=6.12", "--sim-state", "state.sim", "-"), Map.of()).start();
    process
        .getOutputStream()
        .write(("set /hosts/h dhchap_key=" + filed + "\n").getBytes(StandardCharsets.UTF_8));
    process.getOutputStream().flush();
    Thread.sleep(10);
    new ProcessBuilder("kill", "-SEGV", Long.toString(process.pid())).start().waitFor();
    printed.append(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
    assertTrue(process.waitFor(90, TimeUnit.SECONDS));
  }

  private void assertNothingFound() throws Exception {
    watch.interrupt();
    watch.join();
    assertEquals(Set.of(), seen, "processes were started with a key");
    List<String> found = new ArrayList<>();
    int files = 0;
    try (Stream<Path> all = Files.walk(home)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        boolean may =
            file.startsWith(home.resolve("allowed")) || file.equals(home.resolve("state.sim"));
        files++;
        if (!may && holdsKey(Files.readString(file, StandardCharsets.ISO_8859_1))) {
          found.add(home.relativize(file).toString());
        }
      }
    }
    assertEquals(List.of(), found, "files with a key in them");
    assertTrue(files > 20, "only " + files + " files");
    for (String line : printed.toString().lines().toList()) {
      assertFalse(holdsKey(line), line);
    }
    // the hunter knows what he is after
    assertTrue(holdsKey(Files.readString(home.resolve("state.sim"))));
    assertTrue(holdsKey(Files.readString(home.resolve("allowed/keys"))));
    for (String name : List.of("allowed/made.key", "allowed/keys", "state.sim")) {
      assertEquals(
          "rw-------",
          PosixFilePermissions.toString(Files.getPosixFilePermissions(home.resolve(name))),
          name);
    }
  }

  /** Half a key is as bad: messages are cut where a line or a word ends. */
  private boolean holdsKey(String text) {
    for (String key : keys) {
      String secret = key.substring(key.indexOf(':', 8) + 1);
      if (text.contains(secret.substring(0, 12)) || text.contains(secret.substring(12, 24))) {
        return true;
      }
    }
    return false;
  }

  @Test
  void aKeyOnTheCommandLineIsRefused() throws Exception {
    watch.interrupt();
    run(0, "", "create", "/hosts/h");
    String before = Files.readString(home.resolve("state.sim"));
    for (String json : new String[] {"--color=never", "--json"}) {
      String said = run(1, "", json, "set", "/hosts/h", "dhchap_key=" + filed);
      assertTrue(said.contains("a key is on the command line"), said);
      assertTrue(said.contains("@FILE"), said);
      assertFalse(holdsKey(said), said);
      said = run(1, "", json, "--param", "k=" + filed, "-f", "allowed/set.nvmetsh");
      assertTrue(said.contains("a key is on the command line"), said);
    }
    assertEquals(before, Files.readString(home.resolve("state.sim")));
  }

  private void allowed(String name, String text) throws IOException {
    Path file = home.resolve("allowed").resolve(name);
    Files.writeString(file, text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
  }

  private String run(int status, String input, String... words) throws Exception {
    return start(status, input, Map.of(), List.of(words));
  }

  private String start(
      int status, String input, Map<String, String> environment, List<String> words)
      throws Exception {
    List<String> all = new ArrayList<>(List.of("--sim=6.12", "--sim-state", "state.sim"));
    all.addAll(words);
    Process process = builder(all, environment).start();
    process.getOutputStream().write(input.getBytes(StandardCharsets.UTF_8));
    process.getOutputStream().close();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertTrue(process.waitFor(90, TimeUnit.SECONDS), words::toString);
    printed.append(words).append('\n').append(said);
    assertEquals(
        status == ANY ? process.exitValue() : status,
        process.exitValue(),
        () -> words + "\n" + input + "\n" + said);
    return said;
  }

  private ProcessBuilder builder(List<String> words, Map<String, String> environment) {
    List<String> command = new ArrayList<>(List.of(PROGRAM.toString()));
    command.addAll(words);
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.directory(home.toFile()).redirectErrorStream(true);
    builder
        .environment()
        .putAll(
            Map.of(
                "HOME",
                home.toString(),
                "XDG_STATE_HOME",
                home.resolve("state").toString(),
                "_JAVA_OPTIONS",
                "-Djava.io.tmpdir=" + home.resolve("tmp")));
    builder.environment().putAll(environment);
    return builder;
  }

  /** Looks at what every process was started with, over and over. */
  private void watch() {
    while (!Thread.currentThread().isInterrupted()) {
      try (DirectoryStream<Path> processes = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
        for (Path process : processes) {
          look(process.resolve("cmdline"));
        }
        Thread.sleep(20);
      } catch (IOException e) {
        // what has ended meanwhile
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  private void look(Path file) {
    try {
      String text = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
      if (holdsKey(text)) {
        seen.add(file + ": " + text.replace('\0', ' '));
      }
    } catch (IOException e) {
      // it has ended, or is another's
    }
  }
}
