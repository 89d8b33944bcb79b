package io.nvmetsh.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.nvmetsh.kernel.KernelProbe;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** From the words behind {@code nvmetsh} to the exit status, with everything said on the way. */
class LaunchTest {

  @TempDir Path folder;

  private String file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text).toString();
  }

  private Program words(String words) {
    return Program.run(
        Arrays.stream(words.split(" "))
            .map(word -> word.replace("@", folder + "/"))
            .toArray(String[]::new));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          --nonsense                  | 1 | no option is called --nonsense            | nvmetsh --help
          --sim-state                 | 1 | --sim-state needs a value                 | nvmetsh --help
          --sim-state x ls            | 1 | --sim-state goes with --sim               | nvmetsh --help
          --sim=machine ls            | 1 | it goes with --machine                    | nvmetsh --help
          --machine x ls              | 1 | --machine goes with --sim                 | nvmetsh --help
          --sim --root /tmp ls        | 1 | --root and --sim exclude each other       | nvmetsh --help
          --sim --color=pink ls       | 1 | --color is auto, always or never, not pink | nvmetsh --help
          --sim --json=yes ls         | 1 | --json takes no value                     | nvmetsh --help
          --sim --param a -f x        | 1 | --param is NAME=VALUE, not a              | nvmetsh --help
          --sim --param a=1 ls        | 1 | --param goes with a script; a command takes its own: ls | nvmetsh --help
          --sim -f x ls               | 1 | a script and a command at once: ls        | nvmetsh --help
          --sim=8.0 ls                | 1 | there is no kernel 8.0 to simulate        | --sim=ofed-4.1
          --sim --machine @none ls    | 1 | @none cannot be read: there is no such file | nvmetsh machine dump
          --sim --machine @ ls        | 1 | cannot be read: Is a directory            | nvmetsh machine dump
          --sim --machine @text ls    | 1 | @text:1: is no machine dump               | nvmetsh machine dump
          --sim --machine @cut ls     | 1 | @cut:3:                                   | nvmetsh machine dump
          --sim --sim-state @text ls  | 1 | @text is damaged                          | --sim-state FILE
          --sim --sim-state @other ls | 1 | @other is not the state of a simulated kernel | --sim-state FILE
          --sim --sim-state @ ls      | 1 |  is no regular file                       | --sim-state FILE
          --sim --sim-state @no/x ls  | 1 | @no/x cannot be written: there is no such directory | --sim-state FILE
          --root @none ls             | 6 | @none is no directory                     | nvmetsh --sim
          --root @ ls                 | 6 | it has no subsystems                      | nvmetsh --sim
          --sim -f @none              | 1 | @none cannot be read: there is no such file | ls -ld
          --sim -f @                  | 1 | cannot be read: it is a directory         | ls -ld
          --sim -f @binary            | 1 | @binary cannot be read: it is not UTF-8 text | ls -ld
          --sim frobnicate            | 1 | no command is called frobnicate           | help
          --sim creat /ports/1        | 1 | no command is called creat                | create
          """)
  void whatCannotBeMeant(String words, int status, String message, String mend) throws IOException {
    file("text", "root:x:0:0:root:/root:/bin/bash\n");
    file("cut", "nvmetsh machine 1\n/sys\n   \u0007");
    file("other", "{\"format\": \"something else\"}");
    Files.write(folder.resolve("binary"), new byte[] {(byte) 0xff, (byte) 0xfe, 0});
    String text = message.replace("@", folder + "/");

    Program program = words(words);
    assertEquals(status, program.status(), program.talk());
    assertEquals("", program.data());
    assertTrue(program.talk().startsWith("error: "), program.talk());
    assertTrue(program.talk().lines().findFirst().orElse("").contains(text), program.talk());
    assertTrue(
        program.talk().lines().skip(1).anyMatch(line -> line.contains(mend)), program.talk());

    JsonNode json = document(words("--json " + words));
    assertEquals(status, json.get("status").asInt());
    assertTrue(json.get("problem").get("message").asText().contains(text), json.toString());
    assertTrue(json.get("problem").get("hints").toString().contains(mend), json.toString());
  }

  /** The one document that a run wrote, and nothing else. */
  private static JsonNode document(Program program) throws IOException {
    assertEquals("", program.talk());
    assertEquals(1, program.data().lines().count(), program.data());
    return new ObjectMapper().readTree(program.data());
  }

  @Test
  void withoutNvmetItSaysWhatToLoadAndNamesTheSimulator() {
    assumeFalse(Files.isDirectory(KernelProbe.ROOT));
    Program program = Program.run("ls");
    assertEquals(6, program.status());
    assertTrue(program.talk().contains("modprobe nvmet"), program.talk());
    assertTrue(
        program.talk().contains("or try it on a simulated machine:  nvmetsh --sim"),
        program.talk());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          0 | --sim                  | ls
          1 | --sim                  | ls /none
          1 | --sim --read-only      | create /ports/1
          0 | --sim --read-only      | create /ports/1 --dry-run
          1 | --sim                  | replay @unready
          2 | --sim                  | replay --verify @different
          3 | --sim                  | replay @refused
          4 | --sim                  | replay @half
          6 | --sim=6.1              | modules load nvme num_p2p_queues=1
          0 | --sim --read-only      | exit
          """)
  void theStatusSaysHowItEnded(int status, String options, String command) throws IOException {
    file("unready", "create /ports/1\nlink none /ports/1\n");
    file(
        "different",
        "create /ports/1\nset /ports/1 addr_trsvcid=4420\n#= /ports/1/addr_trsvcid 4421\n");
    file("refused", SUBSYSTEM + PORT_ON_CONNECTX4 + "link s /ports/4\n");
    file(
        "half",
        SUBSYSTEM
            + "set /subsystems/s/namespaces/2 device_path=/dev/nvme1n1 pci_device_path=0000:99:00.0"
            + " --force\n");
    Program program = words(options + " " + command);
    assertEquals(status, program.status(), program.talk());
    assertEquals(status == 0, !program.talk().contains("error: "), program.talk());
    assertEquals(status, document(words(options + " --json " + command)).get("status").asInt());
  }

  private static final String SUBSYSTEM =
      """
      create /subsystems/s
      create /subsystems/s/namespaces/1 device_path=/dev/nvme0n1 enable=1
      create /subsystems/s/namespaces/2
      """;
  private static final String PORT_ON_CONNECTX4 =
      "create /ports/4 addr_trtype=rdma addr_adrfam=ipv4 addr_traddr=10.9.3.1 addr_trsvcid=4420\n";

  @Test
  void aScriptNamesTheFileAndTheLine() throws IOException {
    String script =
        file(
            "change.nvmetsh",
            "# one\n\ncreate /ports/1\n\n# five\ncd /ports\nset 1 addr_trtype=pigeon\npwd\n");
    Program program = Program.run("--sim", "-f", script);
    assertEquals(1, program.status());
    assertTrue(
        program.talk().contains("error: " + script + ":7: /ports/1: addr_trtype takes"),
        program.talk());
    assertTrue(program.talk().contains("stopped here; 2 lines of 4 done"), program.talk());
  }

  @Test
  void aRecordingIsNotOverwritten() throws IOException {
    String file = file("old.nvmetsh", "precious");
    Program program = Program.run("--sim", "record", file);
    assertEquals(1, program.status());
    assertTrue(program.talk().startsWith("error: " + file + " exists already\n"), program.talk());
    assertTrue(program.talk().contains("--force"), program.talk());
    assertEquals("precious", Files.readString(Path.of(file)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "create /ports/1",
        "set /subsystems/s attr_allow_any_host=1",
        "delete /ports/1",
        "enable /subsystems/s/namespaces/1",
        "link s /ports/1",
        "modules load nvmet-rdma",
        "delete -r / --yes",
      })
  void readOnlyRefusesEveryChange(String line) throws IOException {
    String state = folder.resolve("state").toString();
    String setup =
        "create /subsystems/s\n"
            + "create /subsystems/s/namespaces/1 device_path=/dev/nvme0n1\n"
            + "create /ports/1 addr_trtype=rdma addr_adrfam=ipv4 addr_traddr=10.9.1.1"
            + " addr_trsvcid=4420\n";
    String more = line.startsWith("create") ? "delete /ports/1\n" : "";
    assertEquals(
        0, Program.run("--sim", "--sim-state", state, "-f", file("s", setup + more)).status());
    String before = Files.readString(Path.of(state));
    Program refused = words("--sim --sim-state " + state + " --read-only " + line);
    assertEquals(1, refused.status(), refused.talk());
    assertTrue(refused.talk().contains("error: this shell is read-only"), refused.talk());
    assertTrue(refused.talk().contains("--dry-run"), refused.talk());
    Program planned = words("--sim --sim-state " + state + " --read-only --dry-run " + line);
    assertEquals(0, planned.status(), planned.talk());
    assertTrue(planned.data().startsWith("would: "), planned.data());
    assertEquals(before, Files.readString(Path.of(state)));
  }

  @Test
  void aDryRunOfAScriptPlansEachLineOnTheOnesBefore() throws IOException {
    String state = folder.resolve("state").toString();
    String script = file("s", SUBSYSTEM);
    Program planned = Program.run("--sim", "--sim-state", state, "--dry-run", "-f", script);
    assertEquals(0, planned.status(), planned.talk());
    assertEquals(
        """
        would: mkdir /subsystems/s
        would: mkdir /subsystems/s/namespaces/1
        would: write "/dev/nvme0n1" to /subsystems/s/namespaces/1/device_path
        would: write "0000:85:00.0" to /subsystems/s/namespaces/1/pci_device_path
        would: write "1" to /subsystems/s/namespaces/1/enable
        would: mkdir /subsystems/s/namespaces/2
        """,
        planned.data());
    assertEquals(
        "subsystems/  none\n", last(Program.run("--sim", "--sim-state", state, "ls").data()));
  }

  private static String last(String text) {
    return text.lines().reduce("", (a, b) -> b) + "\n";
  }

  @Test
  void aSimulatedKernelIsKeptFromRunToRun() throws IOException {
    Path state = folder.resolve("state");
    for (String line :
        List.of(
            "create /subsystems/s",
            "set /subsystems/s attr_allow_any_host=1",
            "create /ports/7 addr_trtype=rdma",
            "create /hosts/h",
            "modules load nvmet-rdma")) {
      Program program = words("--sim --sim-state " + state + " " + line);
      assertEquals(0, program.status(), program.talk());
    }
    assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(state)));
    assertEquals(
        "attr_allow_any_host  1\n",
        words("--sim --sim-state " + state + " get /subsystems/s attr_allow_any_host").data());
    assertEquals(
        "addr_trtype  rdma\n",
        words("--sim --sim-state " + state + " get /ports/7 addr_trtype").data());
    assertEquals("h/\n", words("--sim --sim-state " + state + " ls /hosts").data());
    assertTrue(
        words("--sim --sim-state " + state + " modules").data().contains("nvmet_rdma  loaded"));
    // of another kernel nothing is read and nothing is lost
    Program other = words("--sim=6.1 --sim-state " + state + " ls");
    assertEquals(1, other.status());
    assertTrue(other.talk().contains("is the state of kernel ofed-4.1, not of 6.1"), other.talk());
    // what is damaged is named and left as it is
    String whole = Files.readString(state);
    for (int length : new int[] {0, 1, whole.length() / 2, whole.length() - 2}) {
      Files.writeString(state, whole.substring(0, length));
      Program damaged = words("--sim --sim-state " + state + " ls");
      assertEquals(1, damaged.status(), damaged.data());
      assertTrue(damaged.talk().contains("begin anew with another file"), damaged.talk());
      assertEquals(whole.substring(0, length), Files.readString(state));
    }
  }

  @Test
  void aMachineOfAnotherKindIsTakenAtItsWord() throws IOException {
    String dump = Program.run("--sim", "machine", "dump").data();
    assertTrue(dump.startsWith("nvmetsh machine 1\n"), dump);
    String file = file("this.machine", dump.replace("stor1", "stor9"));
    assertEquals(
        "host  stor9",
        words("--sim --machine " + file + " machine")
            .data()
            .lines()
            .findFirst()
            .orElse("")
            .replaceAll(" +", "  "));
    assertFalse(Program.run("--sim", "machine").data().contains("stor9"));
    String own =
        file("own.machine", dump.replace("4.11.12", "5.4.0").replace("4.1-1.0.2", "5.0-2.1.8"));
    String kernel = words("--sim=machine --machine " + own + " machine").data();
    assertTrue(kernel.contains("5.4.0") && kernel.contains("yes, sim ofed-5.0"), kernel);
    assertTrue(words("--sim --machine " + own + " machine").data().contains("4.11.12"));
  }

  @ParameterizedTest
  @CsvSource({
    "always, ls, true",
    "never, ls, false",
    "auto, ls, false",
    "always, frobnicate, true",
    "never, frobnicate, false"
  })
  void coloursComeWhenAskedFor(String when, String command, boolean coloured) {
    Program program = Program.run("--sim", "--color=" + when, command);
    assertEquals(coloured, (program.data() + program.talk()).contains("\u001b["));
    Program json = Program.run("--sim", "--color=" + when, "--json", command);
    assertFalse((json.data() + json.talk()).contains("\u001b"));
  }

  @Test
  void everyProfileStarts() {
    for (String profile :
        Stream.of("5.10 6.1 6.12 7.3 ofed-4.1 ofed-4.6 ofed-5.0 ofed-25.10".split(" ")).toList()) {
      Program program = Program.run("--sim=" + profile, "create", "/subsystems/s");
      assertEquals(0, program.status(), profile + program.talk());
      assertTrue(Program.run("--sim=" + profile, "machine").data().contains("yes, sim " + profile));
    }
  }

  @Test
  void helpAndVersionNeedNoTarget() {
    Program help = Program.run("--root", "/nowhere", "--help");
    assertEquals(0, help.status());
    for (LaunchOptions.Option option : LaunchOptions.OPTIONS) {
      assertTrue(help.data().contains("--" + option.name()), option.name());
    }
    assertTrue(Program.run("-v").data().startsWith("nvmetsh "));
  }

  @Test
  void hazardsAreForSimulatedKernelsAlone() throws IOException {
    for (String words : new String[] {"--sim-hazards pwd", "--root / --sim-hazards pwd"}) {
      Program refused = words(words);
      assertEquals(1, refused.status(), refused.talk());
      assertTrue(refused.talk().contains("never sent to a real one"), refused.talk());
    }
    String state = folder.resolve("state").toString();
    words("--sim=6.1 --sim-state " + state + " create /subsystems/s");
    words("--sim=6.1 --sim-state " + state + " create /subsystems/s/namespaces/1 buffered_io=1");
    String before = Files.readString(Path.of(state));
    String line = " --sim-state " + state + " enable /subsystems/s/namespaces/1";
    assertEquals(1, words("--sim=6.1" + line).status());
    Program crashed = words("--sim=6.1 --sim-hazards" + line);
    assertEquals(3, crashed.status(), crashed.talk());
    assertTrue(crashed.talk().contains("has gone down (HAZ-NULL-PATH)"), crashed.talk());
    // of a kernel that is down nothing is kept
    assertEquals(before, Files.readString(Path.of(state)));
  }

  @Test
  void aRehearsalEndsWithTheStatusOfTheRun() throws IOException {
    String script = file("s", SUBSYSTEM + "create /subsystems/s\n");
    Program foretold = Program.run("--sim", "--dry-run", "-f", script);
    assertEquals(1, foretold.status());
    assertTrue(foretold.talk().contains("error: would fail at " + script + ":"), foretold.talk());
    Program json = Program.run("--sim", "--dry-run", "--json", "-f", script);
    assertEquals(1, json.status());
    assertTrue(json.data().contains("\"line\":"), json.data());
  }
}
