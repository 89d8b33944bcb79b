package io.nvmetsh.terminal;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Tab in bash, zsh and fish, on a copied target and a machine with two drives. */
class CompletionIT {

  private static final Path COMPLETIONS = Path.of("target/nvmetsh/completions").toAbsolutePath();
  private static final String NQN = "nqn.2024-01.io.example:disk1";
  private static final String NAMESPACE = "/subsystems/" + NQN + "/namespaces/1";

  private Path home;

  /** How each shell is started without anybody's settings, and told of the completion. */
  enum Shell {
    BASH("bash --norc --noprofile -i", "unset HISTFILE; PS1='> '; . COMPLETIONS/nvmetsh.bash"),
    ZSH("zsh -f -i", "PS1='> '; fpath=(COMPLETIONS $fpath); autoload -U compinit; compinit -u -D"),
    FISH(
        "fish --no-config --private",
        "function fish_prompt; echo '> '; end; source COMPLETIONS/nvmetsh.fish");

    private final String program;
    private final String first;

    Shell(String program, String first) {
      this.program = program;
      this.first = first.replace("COMPLETIONS", COMPLETIONS.toString());
    }
  }

  @BeforeEach
  void makeTarget(@TempDir Path directory) throws IOException {
    home = directory;
    for (String path :
        List.of(
            NAMESPACE,
            "/subsystems/" + NQN + "/allowed_hosts",
            "/hosts/nqn.2014-08.org.example:h1",
            "/ports/1/subsystems",
            "/ports/1/referrals")) {
      Files.createDirectories(home.resolve("t" + path));
    }
    for (String attribute : List.of("addr_trtype", "addr_traddr", "addr_adrfam", "addr_trsvcid")) {
      Files.createFile(home.resolve("t/ports/1/" + attribute));
    }
    for (String attribute : List.of("device_path", "pci_device_path", "enable")) {
      Files.createFile(home.resolve("t" + NAMESPACE + "/" + attribute));
    }
    Files.createFile(home.resolve("session.nvmetsh"));
    drive("nvme0", "0000:85:00.0", "ACME ONE");
    drive("nvme1", "0000:86:00.0", "ACME TWO");
  }

  /** What sysfs has of a drive and its one namespace. */
  private void drive(String name, String address, String model) throws IOException {
    Path controller = Files.createDirectories(home.resolve("sys/class/nvme/" + name));
    Files.writeString(controller.resolve("address"), address + "\n");
    Files.writeString(controller.resolve("model"), model + "            \n");
    Path disk = Files.createDirectories(home.resolve("sys/class/block/" + name + "n1"));
    Files.writeString(disk.resolve("size"), "2097152\n");
    Files.createDirectories(disk.resolve("device"));
    Files.writeString(disk.resolve("device/model"), model + "            \n");
  }

  /** A shell that sees the drives of the test in the machine's place. */
  private Pty start(Shell shell) throws Exception {
    assumeTrue(isInstalled(shell.program), () -> shell.program + " is not on this machine");
    assumeTrue(canHideSys(), "no namespace can be made here to stand for another machine");
    String inside =
        "mount --bind sys /sys && PATH=%s:$PATH exec %s"
            .formatted(COMPLETIONS.resolveSibling("bin"), shell.program);
    Pty pty =
        Pty.Setup.usual(home)
            .run("unshare " + (isRoot() ? "-m" : "-rm") + " sh -c '" + inside + "'");
    pty.awaitQuiet();
    pty.type(" " + shell.first + "\r");
    pty.type("clear\r");
    pty.awaitPrompt(">");
    return pty;
  }

  private static boolean isInstalled(String command) {
    String program = command.substring(0, command.indexOf(' '));
    return Stream.of(System.getenv("PATH").split(":", -1))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
  }

  private static boolean isRoot() throws IOException {
    return Integer.valueOf(0).equals(Files.getAttribute(Path.of("/proc/self"), "unix:uid"));
  }

  /** Containers differ in whether they let one be made within. */
  private static boolean canHideSys() throws Exception {
    Process process =
        new ProcessBuilder("unshare", isRoot() ? "-m" : "-rm", "mount", "--bind", "/tmp", "/sys")
            .start();
    return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
  }

  static Stream<Arguments> lines() {
    Map<String, String> lines =
        Map.ofEntries(
            Map.entry("cre", "create "),
            Map.entry("mkd", "mkd"),
            Map.entry("mkdir /po", "mkdir /ports/"),
            Map.entry("ls /subsystems/nqn", "ls /subsystems/" + NQN + "/"),
            Map.entry("link nqn.2024", "link " + NQN + " "),
            Map.entry("link x /p", "link x /ports/1 "),
            Map.entry("delete --rec", "delete --recursive "),
            Map.entry("connect-cmd --host n", "connect-cmd --host nqn.2014-08.org.example:h1 "),
            Map.entry("replay ses", "replay session.nvmetsh "),
            Map.entry("set /ports/1 addr_trt", "set /ports/1 addr_trtype="),
            Map.entry("set /ports/1 addr_trtype=rd", "set /ports/1 addr_trtype=rdma "),
            Map.entry("/ports/1 set addr_trs", "/ports/1 set addr_trsvcid="),
            Map.entry(
                "set " + NAMESPACE + " device_path=/dev/nvme1",
                "set " + NAMESPACE + " device_path=/dev/nvme1n1 "),
            Map.entry(
                "set " + NAMESPACE + " pci_device_path=0000:85",
                "set " + NAMESPACE + " pci_device_path=0000:85:00.0 "));
    return Stream.of(Shell.values())
        .flatMap(
            shell ->
                lines.entrySet().stream()
                    .map(line -> Arguments.of(shell, line.getKey(), line.getValue())));
  }

  @ParameterizedTest
  @MethodSource("lines")
  void tabCompletes(Shell shell, String typed, String completed) throws Exception {
    try (Pty pty = start(shell)) {
      String begin = "nvmetsh --root t ";
      pty.tab(begin + typed, begin + completed);
    }
  }

  @ParameterizedTest
  @EnumSource(Shell.class)
  void drivesAreListed(Shell shell) throws Exception {
    try (Pty pty = start(shell)) {
      pty.type("nvmetsh --root t set " + NAMESPACE + " pci_device_path=0000:8\t\t");
      pty.await("85:00.0"); // bash lists what is behind its last colon or equals sign
      pty.await("86:00.0");
      if (shell != Shell.BASH) {
        pty.await("nvme1, ACME TWO"); // bash shows no meanings
      }
    }
  }
}
