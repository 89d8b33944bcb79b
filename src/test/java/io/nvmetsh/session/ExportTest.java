package io.nvmetsh.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nvmetsh.schema.ExitStatus;
import io.nvmetsh.schema.NvmetPath;
import io.nvmetsh.schema.Quoting;
import io.nvmetsh.tree.TargetTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is exported is run by bash, and what it leaves is compared byte by byte. */
class ExportTest {

  /** What no shell may take for code, in 40 printable characters or fewer. */
  private static final List<String> VALUES =
      List.of(
          "a b",
          "it's",
          "\"q\"",
          "$(touch code)",
          "`touch code`",
          "a;touch code",
          "-n",
          "-e\\n",
          "$HOME",
          "a\\tb",
          "%s%d",
          "!x",
          "* ?",
          "> code",
          "a&b|c",
          "#d",
          "~",
          "{a,b}",
          "''");

  /** What a directory may be called besides; line breaks only where names are free. */
  private static final List<String> NAMES =
      List.of(
          "a b",
          "it's",
          "\"q\"",
          "$(touch code)",
          "`touch code`",
          "a;touch code",
          "-rf",
          "--",
          "$HOME",
          "a\\b",
          "%s",
          "*",
          ">code",
          "&",
          "|",
          "#",
          "~",
          "x=y",
          "é",
          "字",
          "\u201cx\u201d");

  private static final List<String> FREE_NAMES =
      List.of("a\nb", "\n", "\t", "\u001b[31m", "a\\\nb", "'\n'", "\u0001", "\u00a0", "\u202e");

  private final Path folder;
  private final BashMachine machine;

  ExportTest(@TempDir Path folder) {
    this.folder = folder;
    this.machine = new BashMachine(folder);
  }

  private Path nvmet() {
    return machine.nvmet();
  }

  private String bash(SimShell shell, String script, String... variables) throws Exception {
    return machine.bash(shell, script, variables);
  }

  @Test
  void bashWritesWhatNvmetshWrites() throws Exception {
    SimShell shell = SimShell.of("ofed-4.1", folder);
    shell.must(
        "record r",
        "modules load nvme num_p2p_queues=1",
        "modules load nvmet",
        "modules load nvmet-rdma",
        "create /subsystems/testsubsystem attr_allow_any_host=1",
        "create /subsystems/testsubsystem/namespaces/1 device_path=/dev/nvme0n1",
        "enable /subsystems/testsubsystem/namespaces/1",
        "create /ports/1",
        "set /ports/1 addr_trtype=rdma addr_adrfam=ipv4 addr_traddr=10.9.1.1 addr_trsvcid=4420",
        "link testsubsystem /ports/1",
        "create /subsystems/other",
        "create /hosts/h",
        "link /hosts/h /subsystems/other",
        "unlink /subsystems/other/allowed_hosts/h",
        "delete /hosts/h",
        "record off",
        "script export --bash r -o r.sh");
    assertEquals("", bash(shell, "r.sh"));
    assertSame(shell);
    assertEquals(
        """
        -- nvme num_p2p_queues=1
        -- nvmet
        -- nvmet_rdma
        """,
        shell.text("modprobe.log"));
    assertEquals(
        "rw-------",
        PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("r.sh"))));
  }

  @Test
  void noNameAndNoValueBecomesCode() throws Exception {
    SimShell shell = SimShell.of("7.3", folder);
    shell.must("record r", "create /ports/1", "create /subsystems/values");
    for (String value : VALUES) {
      shell.must("set /subsystems/values " + Quoting.assignment("attr_model", value));
      String name = "/subsystems/" + VALUES.indexOf(value);
      shell.must("create " + name, "set " + name + " " + Quoting.assignment("attr_model", value));
    }
    for (String name : NAMES) {
      shell.must("create " + Quoting.word("/subsystems/" + name));
      shell.must("create " + Quoting.word("/hosts/" + name));
      shell.must(
          "link " + Quoting.word("/hosts/" + name) + " " + Quoting.word("/subsystems/" + name));
    }
    for (String name : FREE_NAMES) {
      String path = Quoting.word("/ports/1/referrals/" + name);
      shell.must("create " + path, "set " + path + " addr_portid=7");
    }
    shell.must("record off", "script export --bash r -o r.sh");
    assertEquals("", bash(shell, "r.sh"));
    assertSame(shell);
    assertFalse(Files.exists(folder.resolve("code")), "a name became code");

    // and the same names are taken down again
    shell.must("record --force r");
    for (String name : NAMES) {
      shell.must("delete -r " + Quoting.word("/subsystems/" + name));
      shell.must("delete " + Quoting.word("/hosts/" + name));
    }
    for (String name : FREE_NAMES) {
      shell.must("delete " + Quoting.word("/ports/1/referrals/" + name));
    }
    shell.must("record off", "script export --bash r -o down.sh");
    assertEquals("", bash(shell, "down.sh"));
    assertSame(shell);
    assertFalse(Files.exists(folder.resolve("code")), "a name became code");
  }

  @Test
  void parametersAreVariablesThatMustBeGiven() throws Exception {
    SimShell shell = SimShell.of("6.12", folder);
    shell.with(
        "s",
        """
        param nqn
        param model 'it is $5'
        create /subsystems/$nqn
        set /subsystems/$nqn attr_model=$model attr_serial="s-${nqn}"
        """);
    shell.must("script export --bash s -o s.sh");
    assertTrue(bash(shell, "s.sh").contains("nqn: give it in the environment"));
    assertEquals("", bash(shell, "s.sh", "nqn=a $(touch code)"));
    shell.must("replay s --param 'nqn=a $(touch code)'");
    assertSame(shell);
    assertFalse(Files.exists(folder.resolve("code")));
    // an empty variable is none
    assertEquals("", bash(shell, "s.sh", "nqn=x", "model="));
    assertEquals("it is $5", Files.readString(nvmet().resolve("subsystems/x/attr_model")));
  }

  @Test
  void bashStopsAtTheFirstFailureAndSaysWhere() throws Exception {
    SimShell shell = SimShell.of("6.12", folder);
    shell.with("s", "create /ports/1\ncreate /ports/2\n-delete /ports/9\ncreate /ports/3\n");
    shell.must("script export --bash s -o s.sh");
    machine.prepare(shell);
    Files.createDirectory(nvmet().resolve("ports/2"));
    String said = machine.run("s.sh");
    assertTrue(said.contains("s.sh: stopped at line "), said);
    assertTrue(Files.exists(nvmet().resolve("ports/1")));
    assertFalse(Files.exists(nvmet().resolve("ports/3")));
  }

  @Test
  void whatTheScriptDidNotMakeMustBeThere() throws Exception {
    SimShell shell = SimShell.of("6.12", folder);
    shell.with("s", "set /ports/1 addr_trsvcid=4420\nunlink old /ports/1\n");
    shell.must("script export --bash s -o s.sh");
    String said = bash(shell, "s.sh");
    assertTrue(said.contains("/ports/1 is not there"), said);
    shell.with("t", "delete -r /ports/1\n");
    assertEquals(ExitStatus.UNSUPPORTED, shell.run("script export --bash t"));
    assertTrue(shell.said().contains("t:1: /ports/1 is not made by the script"));
  }

  @Test
  void withoutATargetItSaysSo() throws Exception {
    SimShell shell = SimShell.of("6.12", folder);
    shell.with("s", "create /ports/1\n").must("script export --bash s -o s.sh");
    machine.prepare(shell);
    Files.move(nvmet(), folder.resolve("elsewhere"));
    assertTrue(machine.run("s.sh").contains("no nvmet at " + nvmet()));
  }

  @Test
  void nothingOfTheTargetIsNeededOrTouched() {
    SimShell shell = SimShell.of("ofed-4.1", folder);
    shell.with("s", "create /subsystems/x\nset /subsystems/y attr_allow_any_host=1\nls /\n");
    String before = shell.state();
    shell.run("script export --bash s");
    String said = shell.said();
    assertTrue(said.contains("mkdir \"$NVMET\"/subsystems/x\n"), said);
    assertTrue(said.contains("# nothing to do in bash:  ls /"), said);
    assertEquals(before, shell.state());
  }

  @Test
  void hazardsAreNotExported() {
    SimShell shell = SimShell.of("ofed-4.1", folder);
    shell.with(
        "s",
        """
        create /subsystems/x
        create /subsystems/x/namespaces/1
        set /subsystems/x/namespaces/1 device_path=/dev/nvme0n1 pci_device_path=0000:85:00.0
        enable /subsystems/x/namespaces/1
        disable /subsystems/x/namespaces/1
        """);
    assertEquals(ExitStatus.USAGE, shell.run("script export --bash s"));
    assertTrue(shell.said().contains("s:5: "), shell::said);
  }

  @Test
  void aScriptIsDescribed() {
    SimShell shell = SimShell.of("ofed-4.1", folder);
    shell.with(
        "s",
        """
        # nvmetsh script 1
        # reason: new drives
        param device /dev/nvme0n1
        param nqn
        modules load nvme num_p2p_queues=1
        create /subsystems/$nqn
        create /subsystems/$nqn/namespaces/1 device_path=$device
        unlink old /ports/1
        ls /
        """);
    assertEquals(ExitStatus.DONE, shell.run("script info s"), shell::said);
    assertEquals(
        """
        reason  new drives

        parameters
          name    line  default              value of
          device     3  /dev/nvme0n1         device_path: absolute path of a block device or file
          nqn        4  none, must be given

        lines
          create   2
          ls       1
          modules  1
          param    2
          unlink   1

        touches
          /ports/1
          /subsystems/${nqn}
          device ${device}
          module nvme

        must be there before
          /ports/1
          /ports/1/subsystems/old""",
        shell.said());
    shell.with("t", "param nqn\ncreate /subsystems/$nqn\nset /subsystems/$nqn attr_modle=x\n");
    assertEquals(ExitStatus.USAGE, shell.run("script info t"));
    assertTrue(
        shell.said().startsWith("error: t:3: /subsystems/${nqn} has no attribute attr_modle"));
  }

  @Test
  void modulesTakeParametersToo() throws Exception {
    SimShell shell = SimShell.of("ofed-4.1", folder);
    shell.with("s", "param n 2\nmodules load nvme num_p2p_queues=$n\n");
    shell.must("script export --bash s -o s.sh");
    assertEquals("", bash(shell, "s.sh", "n=3 x"));
    assertEquals("-- nvme num_p2p_queues=3 x\n", shell.text("modprobe.log"));
  }

  @Test
  void anotherScriptIsNotExported() {
    SimShell shell = SimShell.of("6.12", folder);
    shell.with("s", "create /ports/1\nreplay t\n");
    assertEquals(ExitStatus.UNSUPPORTED, shell.run("script export --bash s"));
    assertTrue(shell.said().contains("s:2: what another script does"));
    assertEquals(ExitStatus.USAGE, shell.run("script export s"));
    shell.with("old", "").must("script export --bash old");
    assertEquals(ExitStatus.USAGE, shell.run("script export --bash old -o old"));
  }

  // What is there afterwards.

  /** Directories, links and every value, byte by byte. */
  private void assertSame(SimShell shell) throws IOException {
    Map<String, String> expected = new TreeMap<>();
    shell.written().forEach((path, value) -> expected.put(path.toString(), "=" + value));
    collect(shell.tree(), NvmetPath.ROOT, expected);
    Map<String, String> found = new TreeMap<>();
    collect(nvmet(), "", found);
    assertEquals(expected, found);
  }

  private static void collect(TargetTree tree, NvmetPath path, Map<String, String> to) {
    for (TargetTree.Link link : tree.links(path)) {
      to.put(path.child(link.name()).toString(), "-> " + link.target());
    }
    for (String name : tree.directories(path)) {
      NvmetPath below = path.child(name);
      if (below.kind().orElseThrow().isMade() && !below.parent().name().equals("ana_groups")) {
        to.put(below.toString(), "directory");
      }
      collect(tree, below, to);
    }
  }

  private void collect(Path directory, String at, Map<String, String> to) throws IOException {
    try (Stream<Path> entries = Files.list(directory)) {
      for (Path entry : entries.toList()) {
        String path = at + "/" + entry.getFileName();
        if (Files.isSymbolicLink(entry)) {
          String target = Files.readSymbolicLink(entry).toString();
          to.put(path, "-> " + target.substring(nvmet().toString().length()));
        } else if (Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS)) {
          if (NvmetPath.parse(path).kind().orElseThrow().isMade()) {
            to.put(path, "directory");
          }
          collect(entry, path, to);
        } else if (!Files.readString(entry).isEmpty()) {
          to.put(path, "=" + Files.readString(entry));
        }
      }
    }
  }
}
