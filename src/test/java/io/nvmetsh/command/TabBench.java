package io.nvmetsh.command;

import io.nvmetsh.TestShell;
import io.nvmetsh.device.SysTree;
import io.nvmetsh.kernel.Configfs;
import io.nvmetsh.kernel.SysfsConfigfs;
import io.nvmetsh.kernel.Target;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.IntSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * How long Tab takes among 10,000 subsystems and 1,000 drives, and {@code ls} of 5,000: the
 * candidates of a line, as the terminal asks for them, or the lines that are shown, without
 * drawing. No test and in no test run: {@code mvn test -Dtest=TabBench}.
 */
class TabBench {

  private static final int SUBSYSTEMS = 10_000;
  private static final int PRESSES = 500;
  private static final String NQN = "nqn.2024-01.io.example:d";

  private static final List<String> NAMES =
      List.of(
          "l",
          "cd /",
          "cd /subsystems/",
          "cd /subsystems/" + NQN + "12",
          "link " + NQN + "9",
          "set /subsystems/" + NQN + "5 attr_",
          "create /subsystems/" + NQN + "5/namespaces/1 device_path=");

  private static final List<String> DRIVES =
      List.of(
          "create /subsystems/" + NQN + "0/namespaces/1 device_path=",
          "create /subsystems/" + NQN + "0/namespaces/1 device_path=/dev/nvme77",
          "create /subsystems/" + NQN + "0/namespaces/1 pci_device_path=",
          "create /subsystems/" + NQN + "0/namespaces/1 pci_device_path=0003:2",
          "offload setup drive=",
          "offload setup drive=/dev/nvme77");

  @Test
  void names() {
    TestShell shell = TestShell.on("6.1");
    for (int number = 0; number < SUBSYSTEMS; number++) {
      shell.has("create /subsystems/" + NQN + number);
    }
    tab("simulated", shell, NAMES);
  }

  @Test
  void namesInFiles() throws IOException {
    Path root = directory();
    for (int number = 0; number < SUBSYSTEMS; number++) {
      Path subsystem = root.resolve("subsystems/" + NQN + number);
      Files.createDirectories(subsystem.resolve("namespaces/1"));
      Files.createDirectory(subsystem.resolve("allowed_hosts"));
      Files.writeString(subsystem.resolve("attr_allow_any_host"), "1\n");
      Files.writeString(subsystem.resolve("namespaces/1/device_path"), "/dev/nvme0n1\n");
    }
    for (String group : List.of("ports", "hosts")) {
      Files.createDirectory(root.resolve(group));
    }
    Target simulated = TestShell.on("6.1").target();
    tab("files", over(new SysfsConfigfs(root), simulated.sys(), simulated), NAMES);
    remove(root);
  }

  @Test
  void drives() {
    TestShell shell = TestShell.on("ofed-4.1", ManyDrives.dump());
    exportTwenty(shell);
    tab("simulated", shell, DRIVES);
  }

  @Test
  void drivesInFiles() throws IOException {
    Path root = directory();
    Target simulated = TestShell.on("ofed-4.1", ManyDrives.dump()).target();
    TestShell shell = over(simulated.configfs(), ManyDrives.below(root), simulated);
    exportTwenty(shell);
    tab("files", shell, DRIVES);
    remove(root);
  }

  private static void exportTwenty(TestShell shell) {
    for (int number = 0; number < 20; number++) {
      String namespace = "/subsystems/" + NQN + number + "/namespaces/1";
      shell.has("create /subsystems/" + NQN + number, "create " + namespace);
      if (number > 0) {
        shell.has("set " + namespace + " device_path=/dev/nvme" + (10 + number) + "n1");
      }
    }
  }

  @Test
  void list() {
    TestShell shell = TestShell.on("6.1");
    for (int number = 0; number < 5000; number++) {
      shell.has("create /subsystems/" + NQN + number);
    }
    measure("`ls /subsystems`", 50, () -> shell.type("ls /subsystems").text().split("\n").length);
  }

  private static TestShell over(Configfs configfs, SysTree sys, Target rest) {
    Target target =
        new Target(configfs, sys, rest.modules(), rest.log(), rest.flavor(), rest.label(), true);
    return TestShell.of(Path.of("").toAbsolutePath(), target);
  }

  private static void tab(String kernel, TestShell shell, List<String> lines) {
    Tab tab = new Tab(shell);
    for (String line : lines) {
      measure(
          kernel + " | `" + line.replace(NQN, "NQN") + "`",
          PRESSES,
          () -> tab.candidates(line).size());
    }
  }

  private static void measure(String what, int times, IntSupplier press) {
    long[] nanos = new long[times];
    int offered = 0;
    for (int i = 0; i < times; i++) {
      long start = System.nanoTime();
      offered = press.getAsInt();
      nanos[i] = System.nanoTime() - start;
    }
    Arrays.sort(nanos);
    System.out.printf(
        "| %s | %d | %.1f | %.1f |%n",
        what, offered, nanos[times / 2] / 1e6, nanos[times * 99 / 100] / 1e6);
  }

  /** In memory, where the machine has such a place, as configfs and sysfs are. */
  private static Path directory() throws IOException {
    Path memory = Path.of("/dev/shm");
    return Files.isWritable(memory)
        ? Files.createTempDirectory(memory, "nvmetsh")
        : Files.createTempDirectory("nvmetsh");
  }

  private static void remove(Path root) throws IOException {
    List<Path> all = new ArrayList<>();
    try (Stream<Path> below = Files.walk(root)) {
      below.sorted(Comparator.reverseOrder()).forEach(all::add);
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    for (Path path : all) {
      Files.delete(path);
    }
  }
}
