package io.nvmetsh.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.nvmetsh.TestShell;
import io.nvmetsh.device.DumpSysTree;
import io.nvmetsh.device.MachineDump;
import io.nvmetsh.doctor.Observation.Level;
import io.nvmetsh.offload.OffloadView;
import io.nvmetsh.schema.ExitStatus;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * What is seen of a machine when one thing on it is another. The whole of what is said of each
 * machine is in the transcripts {@code machine-*}.
 */
class DoctorTest {

  private static final String DRIVE = "/sys/devices/pci0000:80/0000:80:03.0/0000:85:00.0";

  private static DumpSysTree machine(String name) {
    return DumpSysTree.load(Path.of("src/test/resources/machines", name + ".machine"));
  }

  private static TestShell shell(DumpSysTree machine) {
    return TestShell.ofMachine(MachineDump.of(machine));
  }

  private static List<Observation> seen(TestShell shell) {
    List<Observation> all = new ArrayList<>();
    Doctor.examine(new OffloadView(shell.tree(), shell.inventory())).values().forEach(all::addAll);
    return all;
  }

  /** Of the default machine, changed. */
  private static List<Observation> seen(UnaryOperator<DumpSysTree> change) {
    return seen(shell(change.apply(DumpSysTree.defaultMachine())));
  }

  /** What is said of a thing, and contains that text. */
  private static Observation of(List<Observation> seen, String about, String text) {
    return seen.stream()
        .filter(each -> each.about().contains(about))
        .filter(each -> each.found().contains(text))
        .findFirst()
        .orElseThrow(() -> new AssertionError(about + ": " + text + " in " + seen));
  }

  private static Level level(List<Observation> seen, String about, String text) {
    return of(seen, about, text).level();
  }

  @Test
  void everyCheckIsOnTheRoster() {
    Set<String> all =
        new ClassFileImporter()
            .importPackages("io.nvmetsh.doctor.checks").stream()
                .filter(each -> each.isAssignableTo(Check.class))
                .map(JavaClass::getSimpleName)
                .collect(Collectors.toSet());
    assertEquals(
        all,
        Doctor.checks().stream()
            .map(check -> check.getClass().getSimpleName())
            .collect(Collectors.toSet()));
  }

  @Test
  void whatStandsInTheWayHasAMendOrSomebodyWhoCan() {
    for (String name :
        List.of("cx4-ofed41", "cx6-ofed50-ha", "cx7-doca", "cx5-debian", "half-broken", "doca")) {
      for (Observation each : seen(shell(machine(name)))) {
        boolean mendable =
            !each.needed().isEmpty() || !each.mend().isEmpty() || !each.elsewhere().isEmpty();
        assertTrue(!each.isInTheWay() || mendable, each.toString());
      }
    }
  }

  @Test
  void theExitStatusIsThatOfCheck() {
    assertEquals(ExitStatus.DONE, TestShell.on("ofed-4.1").type("doctor").status());
    assertEquals(ExitStatus.USAGE, TestShell.on("6.1").type("doctor").status());
    assertEquals(ExitStatus.USAGE, shell(machine("half-broken")).type("doctor").status());
    assertEquals(ExitStatus.DONE, shell(machine("cx5-ofed46")).type("doctor").status());
  }

  /** Not root: no configuration space beyond 64 bytes, zeros in /proc/iomem. */
  @Test
  void whatOnlyRootIsToldIsUnknownAndNoWarning() {
    DumpSysTree machine = machine("bf2-ofed58").with("/proc/iomem", "0-0 : System RAM\n");
    for (String bridge : List.of("50/0000:50:02.0", "64/0000:64:02.0", "64/0000:64:03.0")) {
      machine = machine.without("/sys/devices/pci0000:" + bridge + "/config");
    }
    List<Observation> seen = seen(shell(machine));
    assertEquals(Level.UNKNOWN, level(seen, "ACS", "only root is told"));
    assertEquals(Level.UNKNOWN, level(seen, "nvmet_rdma", "only root is told"));
    assertFalse(seen.stream().anyMatch(each -> each.rule().startsWith("OFF-MEM")), seen::toString);
  }

  @Test
  void theIommuIsAskedGroupByGroupAndElseTheCommandLine() {
    List<Observation> passed = seen(shell(machine("cx7-doca")));
    assertEquals(Level.OK, level(passed, "IOMMU", "passes through"));
    List<Observation> broken = seen(shell(machine("half-broken")));
    assertEquals(Level.WARNING, level(broken, "IOMMU", "translates the addresses of 0000:18:00.0"));
    DumpSysTree untold = machine("half-broken");
    for (int number : new int[] {22, 23, 24, 61}) {
      untold = untold.without("/sys/kernel/iommu_groups/" + number + "/type");
    }
    assertEquals(Level.UNKNOWN, level(seen(shell(untold)), "IOMMU", "does not tell"));
    DumpSysTree passing = untold.with("/proc/cmdline", "intel_iommu=on iommu=pt\n");
    assertEquals(Level.OK, level(seen(shell(passing)), "IOMMU", "iommu=pt"));
  }

  @Test
  void aBridgeThatRedirectsIsNamedWithTheKernelsOwnParameter() {
    DumpSysTree machine =
        machine("cx5-ofed46")
            .with(
                "/sys/devices/pci0000:3a/0000:3a:00.0/0000:3b:00.0/0000:3c:04.0/config",
                "40: c8034801\n100: 0001000d\n104: 001d005f\n");
    Observation old = of(seen(shell(machine)), "ACS", "0000:3c:04.0 redirect upwards");
    assertEquals(Level.WARNING, old.level());
    assertEquals("switch ACS off in the BIOS set-up", old.elsewhere(), "4.15 has no parameter");
    DumpSysTree later = machine.with("/proc/sys/kernel/osrelease", "4.19.0-1-generic\n");
    assertTrue(
        of(seen(shell(later)), "ACS", "redirect")
            .elsewhere()
            .startsWith("boot the kernel with pci=disable_acs_redir=0000:3c:04.0,"));
  }

  @Test
  void queuesAreCountedAsTheRuleCountsThem() {
    TestShell shell =
        shell(machine("cx6-ofed50-ha"))
            .has(
                "create /subsystems/a attr_allow_any_host=1 attr_offload=1",
                "create /subsystems/a/namespaces/1 device_path=/dev/nvme0n1 enable=1",
                "create /ports/1 addr_trtype=rdma addr_adrfam=ipv4 addr_traddr=10.9.1.23"
                    + " addr_trsvcid=4420",
                "create /ports/2 addr_trtype=rdma addr_adrfam=ipv4 addr_traddr=10.9.2.23"
                    + " addr_trsvcid=4420 param_offload_queues=2",
                "link a /ports/1");
    assertEquals(Level.OK, level(seen(shell), "nvme0", "2 queues granted, 1 needed"));
    shell.type("link a /ports/2");
    Observation more = of(seen(shell), "nvme0", "2 queues granted");
    assertEquals("OFF-Q-HA", more.rule());
    assertEquals("3: one for each namespace on each port", more.needed());
  }

  @Test
  void theMendForQueuesWorksWhenTyped() {
    TestShell shell = shell(machine("half-broken"));
    Observation none = of(seen(shell), "nvme0", "0 queues granted");
    assertEquals("OFF-Q-NONE", none.rule());
    shell.has(none.mend().toArray(String[]::new));
    assertEquals(Level.OK, level(seen(shell), "nvme0", "1 queue granted"));
  }

  @Test
  void aStubIsToldFromAStockModule() {
    assertEquals(Level.WARNING, level(seen(shell(machine("half-broken"))), "nvmet_rdma", "a stub"));
    DumpSysTree stock =
        machine("bf2-ofed58").without("/sys/module/nvmet_rdma/parameters/offload_mem_start");
    assertEquals(Level.WARNING, level(seen(shell(stock)), "nvmet_rdma", "it is not MLNX_OFED's"));
  }

  @Test
  void firmwareIsComparedWhereALeastReleaseIsKnown() {
    String firmware = "/sys/class/infiniband/mlx5_0/fw_ver";
    assertEquals(
        Level.OK,
        level(seen(each -> each.with(firmware, "16.20.1010\n")), "mlx5_0", "firmware 16.20.1010"));
    assertEquals(
        Level.WARNING,
        level(seen(each -> each.with(firmware, "16.20.1009\n")), "mlx5_0", "firmware 16.20.1009"));
    assertEquals(
        Level.UNKNOWN,
        level(seen(each -> each.with(firmware, "28.43.2026\n")), "mlx5_0", "firmware 28.43.2026"));
    assertEquals(
        Level.UNKNOWN, level(seen(each -> each.without(firmware)), "mlx5_0", "does not tell"));
  }

  /** A port without a cable is nobody's concern while another is ready. */
  @Test
  void aLinkIsMissedWhereNoneIsLeft() {
    String first = "/sys/class/infiniband/mlx5_0/ports/1/state";
    String second = "/sys/class/infiniband/mlx5_1/ports/1/state";
    UnaryOperator<DumpSysTree> one = each -> each.with(first, "1: DOWN\n");
    assertEquals(Level.NOTE, level(seen(one), "mlx5_0", "its link is DOWN"));
    UnaryOperator<DumpSysTree> both = each -> one.apply(each).with(second, "1: DOWN\n");
    assertEquals(Level.WARNING, level(seen(both), "mlx5_0", "its link is DOWN"));
  }

  @Test
  void aGenerationThatNobodyHasSeenOffloadIsUnknown() {
    DumpSysTree machine = DumpSysTree.defaultMachine();
    for (String function : List.of("0000:82:00.0", "0000:82:00.1")) {
      machine = machine.with("/sys/bus/pci/devices/" + function + "/device", "0x1023\n");
    }
    assertEquals(Level.UNKNOWN, level(seen(shell(machine)), "mlx5_0", "ConnectX-8"));
  }

  @Test
  void drivesAreJudgedByTheReleaseThatWouldOffloadThem() {
    String blocks = DRIVE + "/nvme/nvme0/nvme0n1/queue/logical_block_size";
    UnaryOperator<DumpSysTree> large = each -> each.with(blocks, "4096\n");
    Observation warned = of(seen(large), "nvme0n1", "has blocks of 4096 bytes");
    assertEquals("HAZ-OFFLOAD-4K", warned.rule());
    TestShell newer =
        TestShell.on("ofed-25.10", MachineDump.of(large.apply(DumpSysTree.defaultMachine())));
    assertEquals(Level.OK, level(seen(newer), "nvme0n1", "blocks of 4096 bytes"));
  }

  /** Before 4.5 a head of native multipath leads to no drive. */
  @Test
  void headsAreWarnedOfWhereTheDriverDoesNotKnowThem() {
    String machine = MachineDump.of(machine("cx7-doca"));
    UnaryOperator<String> release = version -> machine.replace("25.10-1.7.1", version);
    List<Observation> old = seen(TestShell.ofMachine(release.apply("4.4-1.0.0")));
    assertEquals(Level.WARNING, level(old, "nvme0n1", "native multipath"));
    List<Observation> later = seen(TestShell.ofMachine(release.apply("4.5-1.0.1")));
    assertEquals(Level.OK, level(later, "nvme0n1", "free"));
  }

  @Test
  void whatIsSetForTheNextBootIsComparedWithWhatIs() {
    String file = "/etc/modprobe.d/x.conf";
    assertEquals(Level.NOTE, level(seen(each -> each), "nvme", "no file has for the next boot"));
    assertEquals(
        Level.OK,
        level(
            seen(each -> each.with(file, "options nvme num_p2p_queues=0x1\n")),
            "nvme",
            "num_p2p_queues=0x1 now and at the next boot (/etc/modprobe.d/x.conf:1)"));
    assertEquals(
        Level.NOTE,
        level(
            seen(each -> each.with(file, "options nvme num_p2p_queues=2\n")),
            "nvme",
            "num_p2p_queues=2 at the next boot (/etc/modprobe.d/x.conf:1)"));
    assertEquals(
        Level.NOTE,
        level(seen(each -> each.with(file, "blacklist nvme\n")), "nvme", "not loaded by itself"));
  }

  @Test
  void stagingMemoryIsLookedAtBeforeItIsTooLate() {
    String file = "/etc/modprobe.d/x.conf";
    String about = "nvmet_rdma at the next boot";
    String options = "options nvmet_rdma offload_mem_start=0xf00000000 offload_mem_size=";
    assertEquals(
        Level.OK, level(seen(each -> each.with(file, options + "2048\n")), about, "16 buffers"));
    Observation large = of(seen(each -> each.with(file, options + "4096\n")), about, "4096 MiB");
    assertEquals("HAZ-STAGING-4G", large.rule());
    Observation small = of(seen(each -> each.with(file, options + "64\n")), about, "ignored");
    assertEquals("OFF-MEM-SIZE", small.rule());
    Observation mapped =
        of(
            seen(each -> each.with(file, options.replace("0xf", "0x1") + "2048\n")),
            about,
            "is memory of the kernel");
    assertEquals("OFF-MEM-MAPPED", mapped.rule());
  }

  @Test
  void memoryThatIsNotPublishedIsRefused() {
    String at = "/sys/bus/pci/devices/0000:23:00.0/p2pmem/published";
    DumpSysTree machine = machine("cx6dx-p2pmem").with(at, "0\n");
    TestShell shell = shell(machine);
    assertEquals(Level.NOTE, level(seen(shell), "0000:23:00.0", "is refused (ENODEV)"));
    DumpSysTree untold = machine.without(at);
    assertEquals(Level.UNKNOWN, level(seen(shell(untold)), "0000:23:00.0", "is not told"));
  }
}
