package io.nvmetsh.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What only a process has: standard input, a terminal, signals, and a user who is not root. */
class ProcessTest {

  @TempDir Path folder;

  @Test
  void aPipeIsAScript() throws Exception {
    String script = "create /ports/1\nset /ports/1 addr_trsvcid=4420\nget /ports/1\n";
    for (List<String> words :
        List.of(List.of("--sim"), List.of("--sim", "-"), List.of("--sim", "-f", "-"))) {
      Program program = Program.process(Map.of(), script, words.toArray(String[]::new));
      assertEquals(0, program.status(), program.talk());
      assertEquals("addr_trsvcid  4420\n", program.data());
    }
    Program bad = Program.process(Map.of(), "create /ports/1\n\nlink none /ports/1", "--sim", "-");
    assertEquals(1, bad.status());
    assertTrue(bad.talk().contains("error: -:3: /subsystems has no none"), bad.talk());
  }

  @Test
  void manyCommandsAtOnceWorkOnOneState() throws Exception {
    String state = folder.resolve("state").toString();
    List<Process> processes = new ArrayList<>();
    for (int i = 1; i <= 5; i++) {
      List<String> command =
          Program.command(
              System.getProperty("java.class.path"),
              "--sim",
              "--sim-state",
              state,
              "create",
              "/ports/" + i);
      processes.add(new ProcessBuilder(command).inheritIO().start());
    }
    for (Process process : processes) {
      assertTrue(process.waitFor(1, TimeUnit.MINUTES));
      assertEquals(0, process.exitValue());
    }
    Program after = Program.run("--sim", "--sim-state", state, "ls", "/ports");
    assertEquals(5, after.data().lines().count(), after.data());
  }

  @Test
  void outputThatIsLostIsAFailure() throws Exception {
    File full = new File("/dev/full");
    assumeTrue(full.exists());
    for (String[] words :
        List.of(
            new String[] {"--sim", "machine", "dump"},
            new String[] {"--sim", "--json", "ls"},
            new String[] {"--version"})) {
      File talk = folder.resolve("talk").toFile();
      Process process =
          new ProcessBuilder(Program.command(System.getProperty("java.class.path"), words))
              .redirectOutput(full)
              .redirectError(talk)
              .start();
      assertTrue(process.waitFor(1, TimeUnit.MINUTES));
      assertEquals(1, process.exitValue());
      assertEquals(
          "error: standard output is cut off: No space left on device\n",
          Files.readString(talk.toPath()));
    }
  }

  @Test
  void aReaderThatHasSeenEnoughIsNoFailure() throws Exception {
    File talk = folder.resolve("talk").toFile();
    Process process =
        new ProcessBuilder(
                Program.command(System.getProperty("java.class.path"), "--sim", "machine", "dump"))
            .redirectError(talk)
            .start();
    process.getInputStream().close();
    assertTrue(process.waitFor(1, TimeUnit.MINUTES));
    assertEquals(0, process.exitValue());
    assertFalse(Files.readString(talk.toPath()).contains("error"));
  }

  @Test
  void nobodyIsAskedThroughAPipe() throws Exception {
    String script =
        """
        create /subsystems/s attr_allow_any_host=1
        create /subsystems/s/namespaces/1 device_path=/dev/nvme0n1 enable=1
        create /ports/1 addr_trtype=tcp addr_adrfam=ipv4 addr_traddr=10.9.1.1 addr_trsvcid=4420
        link s /ports/1
        delete -r /
        y
        stor1
        """;
    Program program = Program.process(Map.of(), script.replace("y\nstor1\n", ""), "--sim=6.1", "-");
    assertEquals(1, program.status(), program.talk());
    assertTrue(program.talk().contains("not done: This removes everything."), program.talk());
    assertTrue(program.talk().contains("--yes=stor1"), program.talk());
    Program agreed =
        Program.process(
            Map.of(), script.replace("y\nstor1\n", "tree"), "--sim=6.1", "--yes=stor1", "-");
    assertEquals(0, agreed.status(), agreed.talk());
    assertTrue(agreed.data().contains("subsystems  none"), agreed.data());
  }

  /**
   * Ctrl-C and kill go the same way; a test that runs in the background may not be reached by
   * Ctrl-C.
   */
  @Test
  void aKillStopsAScriptBetweenTwoLinesAndKeepsWhatWasDone() throws Exception {
    Path state = folder.resolve("state");
    Path script = folder.resolve("many.nvmetsh");
    StringBuilder lines = new StringBuilder();
    for (int i = 1; i <= 20_000; i++) {
      lines.append("create /hosts/h").append(i).append('\n');
    }
    Files.writeString(script, lines);
    ProcessBuilder builder =
        new ProcessBuilder(
            Program.command(
                System.getProperty("java.class.path"),
                "--sim",
                "--sim-state",
                state.toString(),
                "-f",
                script.toString()));
    builder.redirectOutput(ProcessBuilder.Redirect.DISCARD);
    Process process = builder.start();
    String last = "";
    try (BufferedReader talk =
        new BufferedReader(
            new InputStreamReader(process.getErrorStream(), StandardCharsets.UTF_8))) {
      for (int i = 1; i <= 9; i++) {
        assertTrue(talk.readLine().endsWith("many.nvmetsh:" + i + ": create /hosts/h" + i));
      }
      // the process itself would close our ends of its pipes
      process.toHandle().destroy();
      for (String line = talk.readLine(); line != null; line = talk.readLine()) {
        last = line;
      }
    }
    assertTrue(process.waitFor(1, TimeUnit.MINUTES));
    assertEquals(130, process.exitValue(), last);
    assertTrue(last.matches("  stopped here; [0-9]+ lines? of 20000 done"), last);
    String done = last.replaceAll("[^0-9]*([0-9]+) line.*", "$1");
    String kept = Program.run("--sim", "--sim-state", state.toString(), "ls").data();
    assertTrue(kept.matches("(?s)hosts/ +" + done + "\n.*"), kept + last);
  }

  /** Makes what is there readable for everybody, and says how nobody runs the program. */
  private List<String> asNobody(String... words) throws IOException, InterruptedException {
    List<String> classPath = new ArrayList<>();
    Path lib = Files.createDirectories(folder.resolve("lib"));
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
      Path from = Path.of(entry);
      Path to = lib.resolve(classPath.size() + "-" + from.getFileName());
      if (Files.isDirectory(from)) {
        copy(from, to);
      } else if (Files.exists(from) && !entry.contains("junit") && !entry.contains("archunit")) {
        Files.copy(from, to);
      }
      classPath.add(to.toString());
    }
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    List<String> command = new ArrayList<>();
    if (Integer.valueOf(0).equals(Files.getAttribute(Path.of("/proc/self"), "unix:uid"))) {
      command.addAll(List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"));
    }
    List<String> probe = new ArrayList<>(command);
    probe.addAll(
        List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-version"));
    assumeTrue(Files.exists(Path.of("/usr/bin/setpriv")), "there is no setpriv here");
    assumeTrue(Program.process(Map.of(), "", probe).status() == 0, "nobody may not run this Java");
    command.addAll(Program.command(String.join(File.pathSeparator, classPath), words));
    return command;
  }

  private static void copy(Path from, Path to) throws IOException {
    try (var files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(from.relativize(file).toString()));
      }
    }
  }

  @Test
  void whoIsNotRootLooksAndPlansAndChangesNothing() throws Exception {
    Path root = folder.resolve("nvmet");
    for (String directory :
        List.of("hosts", "ports", "subsystems/s/namespaces", "subsystems/s/allowed_hosts")) {
      Files.createDirectories(root.resolve(directory));
    }
    Path attribute = Files.writeString(root.resolve("subsystems/s/attr_allow_any_host"), "0\n");
    try (var files = Files.walk(root)) {
      for (Path file : files.toList()) {
        Files.setPosixFilePermissions(
            file,
            PosixFilePermissions.fromString(Files.isDirectory(file) ? "r-xr-xr-x" : "r--r--r--"));
      }
    }
    List<String> command = asNobody("--root", root.toString(), "-");

    Program looks = Program.process(Map.of(), "ls /subsystems\nget --all /subsystems/s\n", command);
    assertEquals(0, looks.status(), looks.talk());
    assertTrue(looks.data().contains("attr_allow_any_host  0"), looks.data());

    Program plans = Program.process(Map.of(), "create /ports/1 --dry-run\n", command);
    assertEquals(0, plans.status(), plans.talk());
    assertEquals("would: mkdir /ports/1\n", plans.data());

    for (String line :
        List.of(
            "create /ports/1",
            "set /subsystems/s attr_allow_any_host=1",
            "delete -r /subsystems/s")) {
      Program changes = Program.process(Map.of(), line, command);
      assertEquals(1, changes.status(), changes.talk());
      assertTrue(changes.talk().contains("error: -:1: this shell is read-only"), changes.talk());
      assertTrue(changes.talk().contains("start nvmetsh as root"), changes.talk());
    }
    assertEquals("0\n", Files.readString(attribute));

    // a directory that may not be read is not taken for an empty one
    Files.setPosixFilePermissions(
        root.resolve("subsystems"), PosixFilePermissions.fromString("---------"));
    Program blind = Program.process(Map.of(), "ls /subsystems", command);
    Files.setPosixFilePermissions(
        root.resolve("subsystems"), PosixFilePermissions.fromString("rwxr-xr-x"));
    assertEquals(3, blind.status(), blind.talk());
    assertTrue(
        blind.talk().contains("/subsystems cannot be listed: the kernel answers EACCES"),
        blind.talk());
    // nor a file
    Path secret = Files.writeString(folder.resolve("secret"), "create /ports/1\n");
    Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("---------"));
    Program unread = Program.process(Map.of(), "replay " + secret, command);
    assertEquals(1, unread.status());
    assertTrue(unread.talk().contains("cannot be read: permission denied"), unread.talk());
  }

  /** A terminal made by script(1); what it shows. */
  private String onTerminal(Map<String, String> environment, String command) throws Exception {
    assumeTrue(Files.exists(Path.of("/usr/bin/script")), "there is no script(1) here");
    Program program =
        Program.process(environment, "", List.of("script", "-qec", command, "/dev/null"));
    return program.data();
  }

  @Test
  void coloursAndWidthFollowTheTerminal() throws Exception {
    String program =
        String.join(" ", Program.command(System.getProperty("java.class.path"), "--sim"));
    Map<String, String> xterm = Map.of("TERM", "xterm-256color", "COLUMNS", "200");
    Path error = folder.resolve("error");
    // both streams on the terminal, and one of them elsewhere
    String both = onTerminal(xterm, program + " devices; " + program + " frob 2>" + error);
    assertTrue(both.contains("\u001b["), both);
    assertTrue(
        both.lines().anyMatch(line -> line.contains("/dev/nvme0n1") && line.contains("free")),
        both);
    assertEquals(
        "error: no command is called frob", Files.readString(error).lines().findFirst().orElse(""));
    for (Map<String, String> plain :
        List.of(
            Map.of("TERM", "xterm", "NO_COLOR", "1", "COLUMNS", "60"),
            Map.of("TERM", "dumb", "COLUMNS", "60"))) {
      String text = onTerminal(plain, program + " devices");
      assertFalse(text.contains("\u001b["), text);
      for (String line : text.lines().toList()) {
        assertTrue(line.length() <= 60, line);
      }
    }
    assertTrue(
        onTerminal(Map.of("TERM", "xterm", "NO_COLOR", ""), program + " ls").contains("\u001b["));
  }
}
