package io.nvmetsh.session;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.nvmetsh.device.NvmeDrive;
import io.nvmetsh.kernel.Refusal;
import io.nvmetsh.kernel.Target;
import io.nvmetsh.schema.Attribute;
import io.nvmetsh.schema.KernelFlavor;
import io.nvmetsh.schema.NodeKind;
import io.nvmetsh.schema.NvmetPath;
import io.nvmetsh.schema.NvmetSchema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A machine for exported scripts: bash upon a plain directory tree laid out like configfs. Four
 * small programs on its PATH do what configfs does besides: directories come and go with their
 * attributes and default groups. Functions before them note each operation, in order, so that what
 * bash did can be done to a simulated kernel, which knows what it takes in which order.
 */
final class BashMachine {

  /**
   * What bash reads before the script. Of each operation the number of its words is noted, and each
   * of them, all ended by a NUL.
   */
  private static final String LOGGED =
      """
      done_() { builtin printf '%s\\0' $# "$@" >> "$HOME"/operations; }
      mkdir() { command mkdir "$@" && done_ mkdir "${!#}"; }
      rmdir() { command rmdir "$@" && done_ rmdir "${!#}"; }
      ln() { command ln "$@" && done_ ln "${@: -2}"; }
      rm() { command rm "$@" && done_ rm "${!#}"; }
      modprobe() { command modprobe "$@" && done_ modprobe "$@"; }
      printf() {
        local shell_=$BASHPID file_ value_
        file_=$(readlink /proc/$shell_/fd/1)
        builtin printf "$@" || return
        case $file_ in
        "$NVMET"/*)
          builtin printf -v value_ "$@"
          done_ write "$file_" "$value_" ;;
        esac
      }
      """;

  private final Path folder;
  private int status;

  BashMachine(Path folder) {
    this.folder = folder;
  }

  Path nvmet() {
    return folder.resolve("nvmet");
  }

  /** Another target, as empty as the first one was. */
  void startAnew() throws IOException {
    Files.move(nvmet(), Files.createTempDirectory(folder, "old").resolve("nvmet"));
  }

  /** What the script says; nothing, exactly when it succeeds. */
  String bash(SimShell shell, String script, String... variables) throws Exception {
    if (!Files.exists(nvmet())) {
      prepare(shell);
    }
    return run(script, variables);
  }

  String run(String script, String... variables) throws Exception {
    Files.deleteIfExists(folder.resolve("operations"));
    ProcessBuilder bash = new ProcessBuilder("/bin/bash", script);
    bash.directory(folder.toFile());
    bash.environment().clear();
    bash.environment().put("PATH", folder.resolve("bin") + ":/usr/bin:/bin");
    bash.environment().put("BASH_ENV", folder.resolve("log.bash").toString());
    bash.environment().put("NVMET", nvmet().toString());
    bash.environment().put("SYSFS", sys().toString());
    bash.environment().put("HOME", folder.toString());
    for (String variable : variables) {
      int equals = variable.indexOf('=');
      bash.environment().put(variable.substring(0, equals), variable.substring(equals + 1));
    }
    Path said = folder.resolve("said");
    bash.redirectErrorStream(true).redirectOutput(said.toFile());
    status = bash.start().waitFor();
    String text = Files.readString(said);
    assertEquals(text.isEmpty(), status == 0, text);
    return text;
  }

  /** How the last script ended. */
  int status() {
    return status;
  }

  /** What the last script did, in the order it did it, a list of words each. */
  List<List<String>> operations() throws IOException {
    List<List<String>> operations = new ArrayList<>();
    String[] noted = Files.readString(folder.resolve("operations")).split("\0", -1);
    for (int at = 0; at < noted.length - 1; ) {
      int words = Integer.parseInt(noted[at]);
      operations.add(List.of(noted).subList(at + 1, at + 1 + words));
      at += 1 + words;
    }
    return operations;
  }

  /**
   * Has a kernel do the same.
   *
   * @throws Refusal when it answers an operation with an error
   */
  void repeatOn(Target target) throws IOException, Refusal {
    for (List<String> operation : operations()) {
      List<String> words = operation.subList(1, operation.size());
      switch (operation.get(0)) {
        case "mkdir" -> target.configfs().mkdir(path(words.get(0)));
        case "rmdir" -> target.configfs().rmdir(path(words.get(0)));
        case "rm" -> target.configfs().unlink(path(words.get(0)));
        case "ln" -> target.configfs().symlink(path(words.get(1)), path(words.get(0)));
        case "write" -> target.configfs().write(path(words.get(0)), words.get(1));
        case "modprobe" -> load(target, words);
        default -> throw new AssertionError(operation);
      }
    }
  }

  private static void load(Target target, List<String> words) throws Refusal {
    assertEquals("--", words.get(0));
    TreeMap<String, String> parameters = new TreeMap<>();
    for (String parameter : words.subList(2, words.size())) {
      int equals = parameter.indexOf('=');
      parameters.put(parameter.substring(0, equals), parameter.substring(equals + 1));
    }
    target.modules().load(words.get(1), parameters);
  }

  private NvmetPath path(String file) {
    return NvmetPath.parse(file.substring(nvmet().toString().length()));
  }

  /** Lays out an empty target of the shell's kernel. */
  void prepare(SimShell shell) throws IOException {
    Files.createDirectories(folder.resolve("bin"));
    Files.writeString(folder.resolve("log.bash"), LOGGED);
    KernelFlavor flavor = shell.tree().flavor();
    StringBuilder made = new StringBuilder("#!/bin/bash\n/bin/mkdir \"$@\" || exit\n");
    made.append("cd \"${!#}\"\ncase ${PWD#\"$NVMET\"} in\n");
    List<NodeKind> kinds =
        new ArrayList<>(Stream.of(NodeKind.values()).filter(NodeKind::isMade).toList());
    kinds.sort((a, b) -> pattern(b).length() - pattern(a).length());
    for (NodeKind kind : kinds) {
      made.append(pattern(kind)).append(") ");
      fill(kind, "", flavor, made);
      made.append(";;\n");
    }
    program("mkdir", made.append("esac\n").toString());
    program("rmdir", "#!/bin/bash\n/bin/rm -r \"$@\"\n");
    program("modprobe", "#!/bin/bash\necho \"$@\" >> \"$HOME\"/modprobe.log\n");
    for (String group : NodeKind.ROOT.defaultGroups(flavor)) {
      Files.createDirectories(nvmet().resolve(group));
    }
    facts(shell);
  }

  /** What recordings rely on: the first drive, an address, a kernel. */
  private void facts(SimShell shell) throws IOException {
    program("ip", "#!/bin/bash\n[ \"${!#}\" != 10.9.1.1 ] || echo an address\n");
    program("uname", "#!/bin/bash\necho 6.12.107+deb13-amd64\n");
    NvmeDrive drive =
        shell.session().context().inventory().driveBehind("/dev/nvme0n1").orElseThrow();
    if (!Files.exists(sys().resolve("class/block/nvme0n1"))) {
      drive("nvme0n1", drive.pciAddress());
    }
    Path controller = sys().resolve("class/block/nvme0n1/device");
    Files.writeString(controller.resolve("serial"), drive.serial().strip() + "     \n");
    Files.writeString(controller.resolve("model"), drive.model().strip() + "  \n");
  }

  private static String pattern(NodeKind kind) {
    String name = kind.isMade() ? "*" : kind.term();
    for (NodeKind parent : NodeKind.values()) {
      for (String group :
          List.of("subsystems", "ports", "hosts", "namespaces", "referrals", "ana_groups")) {
        if (kind.parent().filter(parent::equals).isPresent()
            && parent
                .parent()
                .flatMap(above -> above.entry(group))
                .filter(parent::equals)
                .isPresent()) {
          NodeKind owner = parent.parent().orElseThrow();
          return (owner == NodeKind.ROOT ? "" : pattern(owner)) + "/" + group + "/" + name;
        }
      }
    }
    throw new IllegalStateException(kind.toString());
  }

  private static void fill(NodeKind kind, String at, KernelFlavor flavor, StringBuilder made) {
    for (Attribute row : NvmetSchema.of(kind, flavor)) {
      made.append("touch ").append(at).append(row.name()).append("; ");
    }
    for (String group : kind.defaultGroups(flavor)) {
      made.append("/bin/mkdir ").append(at).append(group).append("; ");
      fill(kind.entry(group).orElseThrow(), at + group + "/", flavor, made);
    }
  }

  /** A drive as its links in {@code /sys} tell of it. */
  void drive(String name, String address) throws IOException {
    Path drive = Files.createDirectories(sys().resolve("devices/" + address + "/nvme/c/" + name));
    Files.createSymbolicLink(drive.resolve("device"), Path.of("../../c"));
    Files.createSymbolicLink(drive.resolve("../device"), Path.of("../../../" + address));
    Path block = Files.createDirectories(sys().resolve("class/block"));
    Files.createSymbolicLink(block.resolve(name), drive);
    Files.createDirectories(block.resolve(name + "p1"));
  }

  private Path sys() {
    return folder.resolve("sys");
  }

  private void program(String name, String text) throws IOException {
    Path file = folder.resolve("bin").resolve(name);
    Files.writeString(file, text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }
}
