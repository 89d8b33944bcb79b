package io.nvmetsh.session;

import static io.nvmetsh.session.Road.NS1;
import static io.nvmetsh.session.Road.S;
import static io.nvmetsh.session.Road.machine;
import static io.nvmetsh.session.Road.on;
import static io.nvmetsh.session.Road.ready;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nvmetsh.TestShell;
import io.nvmetsh.TestShell.Said;
import io.nvmetsh.plan.Hazard;
import io.nvmetsh.plan.Hazards;
import io.nvmetsh.schema.ExitStatus;
import io.nvmetsh.schema.NvmetPath;
import io.nvmetsh.schema.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What crashes a kernel is refused on every road to it; a simulated kernel that may be sent it
 * shows what it would have come to.
 */
class HazardRoadsTest {

  @TempDir Path folder;

  static List<Arguments> hazards() {
    List<Road> cases =
        List.of(
            on(
                "a namespace without a device",
                "HAZ-NULL-PATH",
                "6.1",
                "create " + S,
                "create " + NS1,
                "set " + NS1 + " buffered_io=1",
                "enable " + NS1),
            on(
                "one nsid twice",
                "HAZ-NSID-TWICE",
                "ofed-4.1",
                "create " + S,
                "create " + NS1,
                "create " + S + "/namespaces/01"),
            on(
                "a number that hosts count up to",
                "HAZ-NSID-HUGE",
                "7.3",
                "create " + S,
                "create " + S + "/namespaces/4294967294 device_path=/dev/nvme0n1",
                "enable " + S + "/namespaces/4294967294"),
            on(
                "half a PCI address",
                "HAZ-PCI-SYNTAX",
                "ofed-4.1",
                "create " + S,
                "create " + NS1,
                "set " + NS1 + " pci_device_path=85:00"),
            ready("enabled again", "HAZ-PCI-REENABLE", "disable " + NS1),
            ready("stored again", "HAZ-PCI-REENABLE", "set " + NS1 + " enable=0"),
            ready(
                "offload on every address",
                "HAZ-OFFLOAD-WILDCARD",
                "create /ports/2",
                "set /ports/2 addr_trtype=rdma addr_adrfam=ipv4 addr_traddr=0.0.0.0"
                    + " addr_trsvcid=4420",
                "link s /ports/2"),
            on(
                "a file under offload",
                "HAZ-OFFLOAD-FILE",
                "ofed-4.6",
                "create " + S,
                "set " + S + " attr_offload=1",
                "create " + NS1,
                "set " + NS1 + " device_path=/var/lib/nvmet/disk0.img",
                "enable " + NS1),
            on(
                "a partition under offload",
                "HAZ-OFFLOAD-PARTITION",
                "ofed-4.1",
                "create " + S,
                "create " + NS1,
                "set " + NS1 + " device_path=/dev/nvme3n1p2 pci_device_path=0000:06:00.0"),
            on(
                "a namespace that is not enabled",
                "HAZ-OFFLOAD-IDLE-NS",
                "ofed-25.10",
                "create " + S,
                "create " + NS1,
                "set " + S + " attr_offload=1"),
            machine(
                on(
                    "not the drive's first namespace",
                    "HAZ-OFFLOAD-NSID",
                    "ofed-4.1",
                    "create " + S,
                    "create " + NS1,
                    "set " + NS1 + " device_path=/dev/nvme1n1 pci_device_path=0000:86:00.0"),
                "nsid = 1",
                "nsid = 2"),
            machine(
                on(
                    "blocks of 4 KiB",
                    "HAZ-OFFLOAD-4K",
                    "ofed-5.0",
                    "create " + S,
                    "set " + S + " attr_offload=1",
                    "create " + NS1,
                    "set " + NS1 + " device_path=/dev/nvme1n1"),
                "logical_block_size = 512",
                "logical_block_size = 4096"),
            on(
                "4 GiB of staging memory",
                "HAZ-STAGING-4G",
                "ofed-4.1",
                "modules load nvmet_rdma offload_mem_start=0xf00000000 offload_mem_size=4096"),
            on(
                "4 GiB of staging memory, for the next boot",
                "HAZ-STAGING-4G",
                "ofed-4.1",
                "modules set nvmet_rdma offload_mem_size=4096"),
            on(
                "an address of 256 bytes",
                "HAZ-TRADDR-256",
                "6.1",
                "create /ports/1",
                "set /ports/1 addr_traddr=" + "\u00e9".repeat(128)),
            on(
                "a path that fills a page",
                "HAZ-PAGE-END",
                "6.1",
                "create " + S,
                "create " + NS1,
                "set " + NS1 + " device_path=/" + "\u00e9".repeat(2047)));
    return cases.stream().map(each -> Arguments.of(each.title(), each)).toList();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("hazards")
  void isRefused(String title, Road hazard) throws IOException {
    TestShell typed = hazard.shell().has(hazard.first());
    isRefused(hazard, typed.type(hazard.last() + " --yes"));
    isRefused(hazard, typed.type(hazard.last() + " --dry-run"));
    isRefused(hazard, hazard.shell().type("replay --yes " + hazard.script(folder)));
    isRefused(hazard, hazard.shell().type("replay --dry-run --yes " + hazard.script(folder)));
    isRefused(hazard, hazard.piped(hazard.shell()));
    isRefused(hazard, hazard.shell().type("replay --yes " + hazard.recorded(folder)));
    TestShell importing = hazard.shell();
    Path imported = hazard.imported(importing, folder);
    isRefused(hazard, importing.type("replay --yes " + imported));
  }

  private static void isRefused(Road hazard, Said said) {
    assertEquals(ExitStatus.USAGE, said.status(), said.toString());
    Problem problem = said.problem();
    assertTrue(problem.message().contains(hazard.id()), problem.message());
    assertTrue(problem.hints().size() > 0, problem.toString());
  }

  /** What it takes after the line that is refused, where that one is only the first half. */
  private static List<String> second(Road hazard) {
    return switch (hazard.id()) {
      case "HAZ-NSID-TWICE" ->
          List.of(
              "set " + NS1 + " device_path=/dev/nvme0n1 enable=1",
              "set " + S + "/namespaces/01 device_path=/dev/nvme0n1 -f",
              "enable " + S + "/namespaces/01");
      case "HAZ-PCI-REENABLE" -> List.of("enable " + NS1);
      default -> List.of();
    };
  }

  /** The hazards that bring a kernel down; the others look like success, which is the harm. */
  private static final Set<String> DEADLY =
      Set.of(
          "HAZ-NULL-PATH",
          "HAZ-NSID-TWICE",
          "HAZ-PCI-SYNTAX",
          "HAZ-PCI-REENABLE",
          "HAZ-OFFLOAD-WILDCARD",
          "HAZ-OFFLOAD-FILE",
          "HAZ-OFFLOAD-IDLE-NS");

  @ParameterizedTest(name = "{0}")
  @MethodSource("hazards")
  void showsWhatItWouldHaveComeTo(String title, Road hazard) {
    TestShell shell = hazard.daring().has(hazard.first());
    Said said = shell.type(hazard.last());
    assertTrue(said.notes().toString().contains(hazard.id()), said.toString());
    for (String line : second(hazard)) {
      assertEquals(ExitStatus.DONE, said.status(), said.toString());
      said = shell.type(line);
    }
    if (DEADLY.contains(hazard.id())) {
      isDown(hazard, shell, said);
    } else {
      Hazard known = Hazards.find(hazard.id()).orElseThrow();
      assertTrue(said.notes().toString().contains(known.effect()), said.toString());
      assertTrue(said.problems().stream().allMatch(HazardRoadsTest::isOfTheKernel));
      shell.has("ls /");
    }
  }

  private static boolean isOfTheKernel(Problem problem) {
    return problem.kind() == Problem.Kind.REFUSED;
  }

  private static void isDown(Road hazard, TestShell shell, Said said) {
    assertEquals(Problem.Kind.DOWN, said.problem().kind(), said.toString());
    assertTrue(said.problem().message().contains(hazard.id()), said.toString());
    assertTrue(said.problem().hints().toString().contains("kernel log:  BUG: "), said.toString());
    assertNotEquals(ExitStatus.DONE, said.status());
    List<String> logged = shell.target().log().lines();
    assertTrue(logged.toString().contains("BUG: "), logged.toString());
    assertTrue(logged.containsAll(Hazards.find(hazard.id()).orElseThrow().log()));
    for (String line : List.of("ls /", "mkdir /hosts/h", "modules load nvmet_fc", "tree")) {
      Said after = shell.type(line);
      assertEquals(ExitStatus.KERNEL_REFUSED, after.status(), line);
      assertEquals(Problem.Kind.DOWN, after.problem().kind(), line + ": " + after);
    }
    // the shell itself lives
    shell.has("pwd", "help", "explain " + hazard.id());
  }

  @Test
  void everyHazardIsShown() {
    Set<String> shown = new TreeSet<>();
    for (Arguments each : hazards()) {
      shown.add(((Road) each.get()[1]).id());
    }
    shown.add("HAZ-DISCOVERY-NEWLINE");
    Set<String> known = new TreeSet<>();
    for (Hazard hazard : Hazards.all()) {
      known.add(hazard.id());
    }
    assertEquals(known, shown);
  }

  @Test
  void aNewlineIsCutOff() {
    String line = "set / discovery_nqn='nqn.2024-01.io.example:d\nx'";
    TestShell careful = TestShell.on("6.12");
    assertEquals(ExitStatus.USAGE, careful.type(line).status());
    TestShell daring = TestShell.daring("6.12", TestShell.defaultMachine());
    Said said = daring.type(line);
    assertTrue(said.notes().toString().contains("HAZ-DISCOVERY-NEWLINE"), said.toString());
    assertEquals(ExitStatus.KERNEL_REFUSED, said.status(), said.toString());
    assertEquals(
        "nqn.2024-01.io.example:d",
        daring.tree().value(NvmetPath.parse("/discovery_nqn")).orElseThrow());
  }

  /** A copy goes down alone. */
  @Test
  void aRehearsalShowsItToo() throws IOException {
    TestShell shell = TestShell.daring("6.1", TestShell.defaultMachine());
    Path script = folder.resolve("s.nvmetsh");
    Files.writeString(
        script,
        "create /subsystems/s\ncreate " + NS1 + " buffered_io=1\n-enable " + NS1 + "\nls /\n");
    Said said = shell.type("replay --dry-run " + script);
    assertEquals(ExitStatus.KERNEL_REFUSED, said.status());
    Problem problem = said.problems().get(1);
    assertTrue(problem.message().contains("s.nvmetsh:4: the simulated machine is down"));
    shell.has("ls /", "create /subsystems/s");
  }

  /** HAZ-DISCOVERY-NEWLINE: every echo of a shell ends in one, so it must not get this far. */
  @Test
  void theNewlineOfAnEchoIsNotWritten() throws IOException {
    TestShell shell = TestShell.on("6.12");
    Path source = folder.resolve("s.sh");
    Files.writeString(source, "echo nqn.2024-01.io.example:d > " + Road.NVMET + "/discovery_nqn\n");
    Path script = folder.resolve("imported.nvmetsh");
    shell.has("script import " + source + " -o " + script, "replay " + script);
    assertEquals(
        "nqn.2024-01.io.example:d",
        shell.tree().value(NvmetPath.parse("/discovery_nqn")).orElseThrow());
    Files.writeString(source, "echo 'a\nb' > " + Road.NVMET + "/discovery_nqn\n");
    Said said = shell.type("script import " + source + " --force -o " + script);
    assertEquals(ExitStatus.PARTIAL, said.status(), said.toString());
    assertTrue(Files.readAllLines(script).stream().allMatch(line -> line.startsWith("#")));
  }
}
