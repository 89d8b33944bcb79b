package io.nvmetsh.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nvmetsh.command.Command;
import io.nvmetsh.command.CommandSpec;
import io.nvmetsh.command.Commands;
import io.nvmetsh.command.LineCompletion;
import io.nvmetsh.command.Words;
import io.nvmetsh.device.DumpSysTree;
import io.nvmetsh.kernel.Configfs;
import io.nvmetsh.kernel.Refusal;
import io.nvmetsh.kernel.Target;
import io.nvmetsh.kernel.sim.SimProfile;
import io.nvmetsh.kernel.sim.SimTarget;
import io.nvmetsh.schema.ExitStatus;
import io.nvmetsh.schema.NvmetPath;
import io.nvmetsh.schema.NvmetSchema;
import io.nvmetsh.schema.Printable;
import io.nvmetsh.session.Outcome;
import io.nvmetsh.session.Session;
import io.nvmetsh.session.Settings;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * No input ends the shell, whatever is typed and whatever stands in the tree: no line is a bug of
 * ours, nothing that a terminal would obey comes out, and the next line works.
 */
class HostileInputTest {

  private static final String NONCHARACTERS = "\ufdd0x\ufdd1";

  /** What other tools may have made: configfs takes every byte but a slash and NUL. */
  private static final List<String> NAMES =
      List.of(
          "a b",
          "it's",
          "\"quoted\"",
          "line\nbreak",
          "tab\there",
          "$(reboot)",
          "${x}",
          "`reboot`",
          "a;b|c&d",
          "-rf",
          "--json",
          "#",
          "\u001b[2J\u001b]0;owned\u0007",
          "\u009b31m",
          "\u202eabc",
          "\u00e9\u4e2d\ud83d\ude00",
          NONCHARACTERS,
          "x=y",
          "*",
          "\\",
          "...",
          " ",
          "01",
          "none",
          "-",
          "\u2019\u201d\u2014");

  @TempDir Path folder;

  private final StringWriter data = new StringWriter();
  private final StringWriter talk = new StringWriter();

  @SuppressWarnings("NullAway.Init") // start() makes it
  private Session session;

  @SuppressWarnings("NullAway.Init") // start() makes it
  private Configfs configfs;

  private void start(String profile, boolean json) throws Refusal {
    Target target =
        SimTarget.start(SimProfile.named(profile), DumpSysTree.defaultMachine(), OptionalLong.of(1))
            .target();
    configfs = target.configfs();
    for (String name : NAMES) {
      NvmetPath subsystem = NvmetPath.of("subsystems", name);
      NvmetPath host = NvmetPath.of("hosts", name);
      target.configfs().mkdir(subsystem);
      target.configfs().mkdir(host);
      target.configfs().symlink(subsystem.child("allowed_hosts").child(name), host);
    }
    target.configfs().mkdir(NvmetPath.of("ports", "1"));
    target.configfs().write(NvmetPath.parse("/ports/1/addr_traddr"), "\u001b[31mred\u001b[0m");
    Renderer renderer = new Renderer(new Theme(false), () -> 80, true);
    ShellOutput output =
        new ShellOutput(new PrintWriter(data), new PrintWriter(talk), renderer, renderer, json);
    output.ask(asker);
    session =
        new Session(
            target,
            Commands.roster(),
            new Settings(false, false, true, Optional.empty(), true, folder),
            output);
  }

  private final List<String> questions = new ArrayList<>();

  /** Somebody who declines. */
  private final ShellOutput.Asker asker =
      new ShellOutput.Asker() {
        @Override
        public Optional<String> ask(String question) {
          questions.add(question);
          return Optional.empty();
        }

        @Override
        public Optional<String> askSecret(String question) {
          return ask(question);
        }
      };

  /** Types a line, which may mean anything or nothing. */
  private Outcome type(String line) {
    Outcome outcome = session.run(line);
    assertNotEquals(ExitStatus.BUG, outcome.status(), () -> shown(line) + "\n" + talk);
    harmless(line, data);
    harmless(line, talk);
    return outcome;
  }

  private static void harmless(String line, StringWriter out) {
    for (String each : out.toString().split("\n", -1)) {
      assertTrue(Printable.isPrintable(each), () -> shown(line) + " shows " + shown(each));
    }
    out.getBuffer().setLength(0);
  }

  private static String shown(String text) {
    String printable = Printable.text(text);
    return printable.length() <= 400 ? printable : printable.substring(0, 400) + "...";
  }

  private void isAlive() {
    session.run("pwd");
    assertTrue(data.toString().startsWith(session.settings().dryRun() ? "" : "/"), data.toString());
    data.getBuffer().setLength(0);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ofed-4.1", "6.12"})
  void wordsInAnyOrder(String profile) throws Refusal {
    start(profile, false);
    Random random = new Random(1);
    List<String> words = words();
    for (int i = 0; i < 3000; i++) {
      String line = line(random, words);
      type(line);
      LineCompletion.candidates(session.context(), line)
          .forEach(c -> assertTrue(Printable.isPrintable(c.value()), () -> shown(line)));
      if (i % 100 == 0) {
        isAlive();
      }
    }
  }

  @Test
  void wordsInAnyOrderAsJson() throws Refusal {
    start("7.3", true);
    Random random = new Random(2);
    List<String> words = words();
    for (int i = 0; i < 1000; i++) {
      String line = line(random, words);
      session.run(line);
      for (String each : data.toString().split("\n", -1)) {
        assertTrue(each.isEmpty() || each.startsWith("{\"status\":"), () -> shown(line) + each);
        assertTrue(Printable.isPrintable(each), () -> shown(line) + " shows " + shown(each));
      }
      data.getBuffer().setLength(0);
      assertEquals("", talk.toString(), () -> shown(line));
    }
  }

  @Test
  void noFileHasANulInItsName() throws Refusal {
    start("6.12", false);
    for (String line : List.of("load a\0", "save a\0", "replay a\0", "machine dump a\0")) {
      assertEquals(ExitStatus.USAGE, type(line).status(), () -> shown(line));
    }
  }

  /** Commands, options, attributes, values, names that are there, and what is none of these. */
  private static List<String> words() {
    List<String> words = new ArrayList<>(NAMES);
    for (Command command : Commands.roster().all()) {
      CommandSpec spec = command.spec();
      if (!spec.name().equals("exit")) {
        words.add(spec.name());
        spec.aliases().stream().filter(each -> each.length() > 3).forEach(words::add);
        spec.options().forEach(option -> words.add("--" + option.name()));
      }
    }
    NvmetSchema.all().forEach(row -> words.add(row.name() + "="));
    words.addAll(
        List.of(
            "/",
            "..",
            ".",
            "-",
            "--",
            "=",
            "'",
            "\"",
            "\\",
            "$",
            "${",
            "$'\\x1b'",
            "#",
            "\u00a0",
            "\u201c",
            "0",
            "1",
            "-1",
            "65536",
            "4294967295",
            "99999999999999999999",
            "rdma",
            "tcp",
            "ipv4",
            "10.9.1.1",
            "::1",
            "/dev/nvme0n1",
            "/dev/nvme3n1p2",
            "0000:85:00.0",
            "/ports/1",
            "/subsystems",
            "/subsystems/s/namespaces/1",
            "\u0000",
            "\u001b[31m",
            "\n",
            "\r",
            "\ud800",
            "--help",
            "--json",
            "--dry-run",
            "-r",
            "nvme",
            "nvmet_rdma",
            "num_p2p_queues=1",
            "offload_mem_size=5000",
            "EINVAL",
            "OFF-Q-HA"));
    return words;
  }

  private static String line(Random random, List<String> words) {
    StringBuilder line = new StringBuilder();
    int count = random.nextInt(7);
    for (int i = 0; i <= count; i++) {
      String word = words.get(random.nextInt(words.size()));
      line.append(random.nextInt(4) == 0 ? word.substring(random.nextInt(word.length())) : word);
      line.append(random.nextInt(3) == 0 ? "" : random.nextInt(20) == 0 ? "/" : " ");
    }
    return line.toString();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a", "a ", "a/", "../", "1", "=", "'", "\"", "'\"", "\\", "$", "${", "$'", "#", "\u2014",
        "\u001b", "\ud83d", "\n"
      })
  void aLineOfAMegabyte(String unit) throws Refusal {
    start("6.12", false);
    String much = unit.repeat((1 << 20) / unit.length());
    assertTimeout(
        Duration.ofMinutes(1),
        () -> {
          for (String head : List.of("", "create -p /", "/ports/1 set addr_traddr=")) {
            type(head + much);
            LineCompletion.candidates(session.context(), head + much);
          }
          isAlive();
        });
  }

  @Test
  void everyCommandShowsHostileNamesHarmlessly() throws Refusal {
    start("6.12", false);
    for (String line :
        List.of(
            "ls /subsystems",
            "ls -l /hosts",
            "tree",
            "tree --json",
            "topology",
            "topology --dot",
            "topology --svg",
            "get --all /ports/1",
            "check",
            "offload",
            "devices --all",
            "connect-cmd",
            "ls /ports --json")) {
      type(line);
    }
    List<String> names = new ArrayList<>(NAMES);
    // Unicode's noncharacters stand for parameters; such a name can be looked at in its group only
    names.remove(NONCHARACTERS);
    for (String name : names) {
      String path = Words.quote("/subsystems/" + name);
      assertEquals(ExitStatus.DONE, type("ls " + path).status(), path);
      assertEquals(ExitStatus.DONE, type(path + " pwd").status(), path);
      assertEquals(ExitStatus.DONE, type("cd " + path).status(), path);
      assertEquals(ExitStatus.DONE, type("set attr_allow_any_host=0").status(), path);
    }
    type("cd /");
    type("set /ports/1 addr_trtype=loop");
    for (String name : names) {
      type("link " + Words.quote("/subsystems/" + name) + " /ports/1");
    }
    configfs.unlink(NvmetPath.of("subsystems", NONCHARACTERS, "allowed_hosts", NONCHARACTERS));
    configfs.rmdir(NvmetPath.of("subsystems", NONCHARACTERS));
    configfs.rmdir(NvmetPath.of("hosts", NONCHARACTERS));
    assertEquals(ExitStatus.USAGE, type("delete -r /").status());
    assertEquals(1, questions.size());
    assertTrue(questions.get(0).startsWith("This removes everything. "), questions.get(0));
    assertTrue(Printable.isPrintable(questions.get(0)), () -> shown(questions.get(0)));
    for (String name : names) {
      String path = Words.quote("/subsystems/" + name);
      assertEquals(ExitStatus.DONE, type("delete -r " + path).status(), path);
    }
  }
}
