package io.nvmetsh.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nvmetsh.TestShell;
import io.nvmetsh.TestShell.Said;
import io.nvmetsh.schema.ExitStatus;
import io.nvmetsh.schema.NvmetPath;
import io.nvmetsh.schema.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever costs offload is warned of before the change, and whatever crashes a kernel is refused,
 * on every road to it: typed, from a script, and from a shell script that was imported.
 */
class RoadsTest {

  private static final String S = "/subsystems/s";
  private static final String NS1 = S + "/namespaces/1";
  private static final String NS2 = S + "/namespaces/2";
  private static final String NVMET = "/sys/kernel/config/nvmet";

  @TempDir Path folder;

  /**
   * Lines of which the last one does it.
   *
   * @param id the rule or hazard
   * @param machine the text of a dump
   * @param before what was done earlier, by whatever road
   */
  private record Case(
      String title,
      String id,
      String profile,
      String machine,
      List<String> before,
      List<String> lines) {

    TestShell shell() {
      return TestShell.on(profile, machine).has(before.toArray(String[]::new));
    }
  }

  private static Case on(String title, String id, String profile, String... lines) {
    return new Case(title, id, profile, TestShell.defaultMachine(), List.of(), List.of(lines));
  }

  private static Case after(Case first, String... lines) {
    return new Case(
        first.title, first.id, first.profile, first.machine, first.lines, List.of(lines));
  }

  /** The seed's walk up to the link. */
  private static final String[] READY = {
    "modules load nvmet_rdma",
    "create " + S,
    "set " + S + " attr_allow_any_host=1",
    "create " + NS1,
    "set " + NS1 + " device_path=/dev/nvme0n1 pci_device_path=0000:85:00.0",
    "enable " + NS1,
    "create /ports/1",
    "set /ports/1 addr_trtype=rdma addr_adrfam=ipv4 addr_traddr=10.9.1.1 addr_trsvcid=4420",
  };

  private static Case ready(String title, String rule, String... lines) {
    return after(on(title, rule, "ofed-4.1", READY), lines);
  }

  private static Case machine(Case other, String... replacements) {
    String machine = other.machine;
    for (int i = 0; i < replacements.length; i += 2) {
      assertTrue(
          machine.contains(replacements[i]), "the default machine is another: " + replacements[i]);
      machine = machine.replace(replacements[i], replacements[i + 1]);
    }
    return new Case(other.title, other.id, other.profile, machine, other.before, other.lines);
  }

  static List<Arguments> warnings() {
    List<Case> cases =
        List.of(
            ready("second namespace", "OFF-NS-ONE", "create " + NS2),
            ready(
                "namespaces on two drives",
                "OFF-NS-DRIVE",
                "create " + NS2,
                "set " + NS2 + " device_path=/dev/nvme1n1 pci_device_path=0000:86:00.0"),
            ready(
                "PCI address of another drive",
                "OFF-NS-PCI",
                "create /subsystems/t",
                "create /subsystems/t/namespaces/1",
                "set /subsystems/t/namespaces/1 device_path=/dev/nvme1n1"
                    + " pci_device_path=0000:85:00.0"),
            ready(
                "logical volume",
                "OFF-NS-PLAIN",
                "create /subsystems/t",
                "create /subsystems/t/namespaces/1",
                "set /subsystems/t/namespaces/1 device_path=/dev/mapper/vg0-lun0"),
            ready(
                "md device",
                "OFF-NS-PLAIN",
                "create /subsystems/t",
                "create /subsystems/t/namespaces/1",
                "set /subsystems/t/namespaces/1 device_path=/dev/md0"),
            ready(
                "second subsystem on the port",
                "OFF-PORT-ONE",
                "link s /ports/1",
                "create /subsystems/t",
                "create /subsystems/t/namespaces/1",
                "set /subsystems/t/namespaces/1 device_path=/dev/nvme1n1"
                    + " pci_device_path=0000:86:00.0",
                "enable /subsystems/t/namespaces/1",
                "link t /ports/1"),
            ready(
                "a subsystem that is not offloaded on an offloaded port",
                "OFF-PORT-ALL",
                "link s /ports/1",
                "create /subsystems/plain",
                "link plain /ports/1"),
            on(
                "TCP port",
                "OFF-PORT-RDMA",
                "ofed-5.0",
                "create " + S,
                "set " + S + " attr_offload=1",
                "create " + NS1,
                "set " + NS1 + " device_path=/dev/nvme0n1",
                "enable " + NS1,
                "create /ports/1",
                "set /ports/1 addr_trtype=tcp addr_adrfam=ipv4 addr_traddr=10.9.1.1"
                    + " addr_trsvcid=4420",
                "link s /ports/1"),
            ready(
                "ConnectX-4 address",
                "OFF-PORT-RDMA",
                "create /ports/3",
                "set /ports/3 addr_trtype=rdma addr_adrfam=ipv4 addr_traddr=10.9.3.1"
                    + " addr_trsvcid=4420",
                "link s /ports/3"),
            machine(
                on(
                    "no P2P queues",
                    "OFF-Q-NONE",
                    "ofed-4.1",
                    "create " + S,
                    "create " + NS1,
                    "set " + NS1 + " device_path=/dev/nvme0n1 pci_device_path=0000:85:00.0"),
                "num_p2p_queues: 1",
                "num_p2p_queues: 0",
                "num_p2p_queues = 1",
                "num_p2p_queues = 0"),
            ready(
                "two ports with one queue",
                "OFF-Q-HA",
                "link s /ports/1",
                "create /ports/2",
                "set /ports/2 addr_trtype=rdma addr_adrfam=ipv4 addr_traddr=10.9.2.1"
                    + " addr_trsvcid=4420",
                "link s /ports/2"),
            machine(
                after(
                    on(
                        "nvme without num_p2p_queues",
                        "OFF-Q-NONE",
                        "ofed-4.1",
                        "modules unload nvme"),
                    "modules load nvme"),
                // nothing holds the module
                "nvme 53248 2",
                "nvme 53248 0",
                "/srv/cache rw - xfs /dev/nvme3n1p1",
                "/srv/cache rw - nfs elsewhere",
                "0 0 259:4",
                "0 0 0:40"),
            on(
                "staging memory that the kernel maps",
                "OFF-MEM-MAPPED",
                "ofed-4.1",
                "modules load nvmet_rdma offload_mem_start=0x100000000 offload_mem_size=2048"
                    + " offload_buffer_size=256"));
    return cases.stream().map(each -> Arguments.of(each.title, each)).toList();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("warnings")
  void isWarnedOfAndNotBlocked(String title, Case warned) throws IOException {
    TestShell typed = warned.shell();
    int last = warned.lines.size() - 1;
    typed.has(warned.lines.subList(0, last).toArray(String[]::new));
    // before the change: it is said although nothing is done
    Said planned = typed.type(warned.lines.get(last) + " --dry-run");
    assertTrue(planned.rules().contains(warned.id), planned.toString());
    isNotBlocked(warned, typed.type(warned.lines.get(last)));
    isNotBlocked(warned, warned.shell().type("replay " + script(warned.lines)));
    TestShell importing = warned.shell();
    Path imported = imported(importing, warned.lines);
    isNotBlocked(warned, importing.type("replay " + imported));
  }

  /** Warned of, and then up to the kernel: some of it a kernel refuses by itself. */
  private static void isNotBlocked(Case warned, Said said) {
    assertTrue(said.rules().contains(warned.id), said.toString());
    for (Problem problem : said.problems()) {
      assertEquals(Problem.Kind.REFUSED, problem.kind(), problem.message());
    }
    assertNotEquals(ExitStatus.USAGE, said.status(), said.toString());
  }

  static List<Arguments> hazards() {
    List<Case> cases =
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
                "an address of 256 bytes",
                "HAZ-TRADDR-256",
                "6.1",
                "create /ports/1",
                "set /ports/1 addr_traddr=" + "\u00e9".repeat(128)));
    return cases.stream().map(each -> Arguments.of(each.title, each)).toList();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("hazards")
  void isRefused(String title, Case hazard) throws IOException {
    TestShell typed = hazard.shell();
    int last = hazard.lines.size() - 1;
    typed.has(hazard.lines.subList(0, last).toArray(String[]::new));
    isRefused(hazard, typed.type(hazard.lines.get(last) + " --yes"));
    isRefused(hazard, hazard.shell().type("replay --yes " + script(hazard.lines)));
    TestShell importing = hazard.shell();
    Path imported = imported(importing, hazard.lines);
    isRefused(hazard, importing.type("replay --yes " + imported));
  }

  private static void isRefused(Case hazard, Said said) {
    assertEquals(ExitStatus.USAGE, said.status(), said.toString());
    Problem problem = said.problem();
    // an address that cannot be one is no address before it is a hazard
    boolean named =
        problem.message().contains(hazard.id) || problem.message().contains("takes DDDD:BB:SS.F");
    assertTrue(named, problem.message());
    assertTrue(problem.hints().size() > 0, problem.toString());
  }

  /** A transport that this nvmet does not have, and that no offload would have either. */
  @Test
  void whatForceWouldCostIsSaidWhereForceIsNamed() {
    TestShell shell = TestShell.on("ofed-4.1").has("create /ports/1");
    Said refused = shell.type("set /ports/1 addr_trtype=tcp");
    assertEquals(Problem.Kind.UNSUPPORTED, refused.problem().kind(), refused.toString());
    assertTrue(refused.rules().contains("OFF-PORT-RDMA"), refused.toString());
    Said forced = shell.type("set /ports/1 addr_trtype=tcp --force");
    assertEquals(Problem.Kind.REFUSED, forced.problem().kind(), forced.toString());
    assertTrue(forced.rules().contains("OFF-PORT-RDMA"), forced.toString());
  }

  /** HAZ-DISCOVERY-NEWLINE: every echo of a shell ends in one, so it must not get this far. */
  @Test
  void theNewlineOfAnEchoIsNotWritten() throws IOException {
    TestShell shell = TestShell.on("6.12");
    Path source = folder.resolve("s.sh");
    Files.writeString(source, "echo nqn.2024-01.io.example:d > " + NVMET + "/discovery_nqn\n");
    Path script = folder.resolve("imported.nvmetsh");
    shell.has("script import " + source + " -o " + script, "replay " + script);
    assertEquals(
        "nqn.2024-01.io.example:d",
        shell.tree().value(NvmetPath.parse("/discovery_nqn")).orElseThrow());
    Files.writeString(source, "echo 'a\nb' > " + NVMET + "/discovery_nqn\n");
    Said said = shell.type("script import " + source + " --force -o " + script);
    assertEquals(ExitStatus.PARTIAL, said.status(), said.toString());
    assertTrue(Files.readAllLines(script).stream().allMatch(line -> line.startsWith("#")));
  }

  private Path script(List<String> lines) throws IOException {
    return Files.writeString(folder.resolve("s.nvmetsh"), String.join("\n", lines) + "\n");
  }

  private Path imported(TestShell shell, List<String> lines) throws IOException {
    List<String> commands = new ArrayList<>();
    lines.forEach(line -> add(line, commands));
    Path source = folder.resolve("s.sh");
    Files.writeString(source, "#!/bin/sh\n" + String.join("\n", commands) + "\n");
    Path script = folder.resolve("imported.nvmetsh");
    shell.has("script import " + source + " --force -o " + script);
    return script;
  }

  /** A line as vendor pages have it. */
  private static void add(String line, List<String> commands) {
    String[] words = line.split(" ");
    switch (words[0]) {
      case "create" -> commands.add("mkdir " + NVMET + words[1]);
      case "enable", "disable" ->
          commands.add(
              "echo " + (words[0].equals("enable") ? 1 : 0) + " > " + NVMET + words[1] + "/enable");
      case "link" -> {
        String name = "/subsystems/" + words[1];
        commands.add("ln -s " + NVMET + name + " " + NVMET + words[2] + name);
      }
      case "modules" ->
          commands.add("modprobe " + String.join(" ", List.of(words).subList(2, words.length)));
      case "set" -> {
        for (String assignment : List.of(words).subList(2, words.length)) {
          int equals = assignment.indexOf('=');
          commands.add(
              "echo -n \""
                  + assignment.substring(equals + 1)
                  + "\" > "
                  + NVMET
                  + words[1]
                  + "/"
                  + assignment.substring(0, equals));
        }
      }
      default -> throw new AssertionError("no shell for " + line);
    }
  }
}
