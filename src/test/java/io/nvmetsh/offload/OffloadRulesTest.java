package io.nvmetsh.offload;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nvmetsh.TestShell;
import io.nvmetsh.TestShell.Said;
import io.nvmetsh.device.DumpSysTree;
import io.nvmetsh.device.Inventory;
import io.nvmetsh.kernel.Refusal;
import io.nvmetsh.schema.ExitStatus;
import io.nvmetsh.schema.NvmetPath;
import io.nvmetsh.schema.Problem;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Each rule is broken by a line that a person types: it is warned about before the change, the
 * change goes to the kernel all the same, and the lines that the warning prints mend it. Where the
 * kernel refuses, it is the kernel that does.
 */
class OffloadRulesTest {

  private static final String S = "/subsystems/s";
  private static final String NS1 = S + "/namespaces/1";
  private static final String NS2 = S + "/namespaces/2";

  /** The seed's walk up to the link, with the modules it loads first. */
  private static TestShell ready() {
    return ready(TestShell.on("ofed-4.1"));
  }

  private static TestShell ready(TestShell shell) {
    return shell.has(
        "modules load nvmet_rdma",
        "create " + S + " attr_allow_any_host=1",
        "create " + NS1 + " device_path=/dev/nvme0n1 enable=1",
        "create /ports/1 addr_trtype=rdma addr_adrfam=ipv4 addr_traddr=10.9.1.1 addr_trsvcid=4420");
  }

  private static TestShell linked() {
    return ready().has("link s /ports/1");
  }

  /** The same with the switch of later releases. */
  private static TestShell switched(String profile) {
    return TestShell.on(profile)
        .has(
            "modules load nvmet_rdma",
            "create " + S + " attr_offload=1",
            "create " + NS1 + " device_path=/dev/nvme0n1 enable=1",
            "create /ports/1 addr_trtype=rdma addr_adrfam=ipv4 addr_traddr=10.9.1.1"
                + " addr_trsvcid=4420");
  }

  /** A line after which the rule is broken. */
  private static Finding warns(TestShell shell, String line, String rule) {
    Said said = shell.type(line);
    assertEquals(ExitStatus.DONE, said.status(), line + ": " + said.problems());
    return said.finding(rule);
  }

  /** A line that would break the rule, and that the kernel itself refuses. */
  private static Finding warnsBeforeRefusal(TestShell shell, String line, String rule) {
    Said said = shell.type(line);
    assertEquals(Problem.Kind.REFUSED, said.problem().kind(), said.problem().message());
    return said.finding(rule);
  }

  private static void isSilent(TestShell shell, String line, String rule) {
    Said said = shell.type(line);
    assertEquals(ExitStatus.DONE, said.status(), line + ": " + said.problems());
    assertFalse(said.rules().contains(rule), () -> line + ": " + said.finding(rule));
  }

  /** Types what the finding says, after which the rule is kept. */
  private static void mends(TestShell shell, Finding finding) {
    assertFalse(finding.mend().isEmpty(), "no mend: " + finding);
    shell.has(finding.mend().toArray(String[]::new));
    assertFalse(rules(shell).contains(finding.rule()), () -> finding + " is not mended");
  }

  private static List<String> rules(TestShell shell) {
    return findings(shell).stream().map(Finding::rule).toList();
  }

  private static List<Finding> findings(TestShell shell) {
    return OffloadRules.findings(shell.tree(), shell.inventory(), NvmetPath.ROOT);
  }

  /** Another tool writes what this shell would not. */
  private static void write(TestShell shell, String path, String value) throws Refusal {
    shell.target().configfs().write(NvmetPath.parse(path), value);
  }

  @Test
  void theSeedsWalkBreaksNothing() {
    TestShell shell = TestShell.on("ofed-4.1");
    for (String line :
        List.of(
            "modules load nvmet_rdma offload_mem_start=0xf00000000 offload_mem_size=2048"
                + " offload_buffer_size=256",
            "create " + S,
            "set " + S + " attr_allow_any_host=1",
            "create " + NS1,
            "set " + NS1 + " device_path=/dev/nvme0n1",
            "enable " + NS1,
            "create /ports/1",
            "set /ports/1 addr_trsvcid=4420 addr_traddr=10.9.1.1 addr_trtype=rdma addr_adrfam=ipv4",
            "link s /ports/1")) {
      Said said = shell.type(line);
      assertEquals(ExitStatus.DONE, said.status(), line);
      assertEquals(List.of(), said.findings(), line);
    }
    assertEquals(List.of(), findings(shell));
  }

  @Test
  void everyRuleTellsItsStory() {
    Set<String> ids = new HashSet<>();
    for (OffloadRule rule : OffloadRules.all()) {
      assertTrue(ids.add(rule.id()), rule.id());
      assertTrue(rule.id().matches("OFF(-[A-Z]+)+"), rule.id());
      assertFalse(rule.title().endsWith("."), rule.id());
      assertTrue(rule.explanation().endsWith("."), rule.id());
      assertEquals(rule.id(), OffloadRules.find(rule.id()).orElseThrow().id());
    }
    assertEquals(18, ids.size());
  }

  // OFF-NS-ALL

  @Test
  void aNamespaceWithoutAddressBesideOneWith() {
    TestShell shell = ready();
    Finding finding = warns(shell, "create " + NS2 + " device_path=/dev/loop0", "OFF-NS-ALL");
    assertEquals(NS2, finding.path());
    mends(shell, finding);
  }

  @Test
  void anAddressThatIsMissingIsFilledIn() throws Refusal {
    TestShell shell = ready().has("create " + NS2);
    write(shell, NS2 + "/device_path", "/dev/nvme1n1");
    Finding finding = findings(shell).stream().filter(f -> f.path().equals(NS2)).findFirst().get();
    assertEquals(List.of("set " + NS2 + " pci_device_path=0000:86:00.0"), finding.mend());
    mends(shell, finding);
  }

  @Test
  void anEnabledNamespaceIsDisabledToAsk() throws Refusal {
    TestShell shell = TestShell.on("ofed-4.1").has("create " + S, "create " + NS1, "create " + NS2);
    write(shell, NS1 + "/device_path", "/dev/nvme0n1");
    write(shell, NS1 + "/enable", "1");
    Finding finding = warns(shell, "set " + NS2 + " device_path=/dev/nvme1n1", "OFF-NS-ALL");
    assertEquals(NS1, finding.path());
    mends(shell, finding);
  }

  @Test
  void oneNamespaceIsAll() {
    isSilent(ready(), "link s /ports/1", "OFF-NS-ALL");
  }

  // OFF-NS-ONE

  @Test
  void aSecondNamespace() {
    TestShell shell = ready();
    Finding finding = warns(shell, "create " + NS2, "OFF-NS-ONE");
    assertEquals(List.of("delete " + NS2), finding.mend());
    mends(shell, finding);
  }

  @Test
  void aSecondNamespaceIsFineFrom49On() {
    isSilent(switched("ofed-5.0"), "create " + NS2, "OFF-NS-ONE");
  }

  @Test
  void aSecondNamespaceIsFineWithoutOffload() {
    TestShell shell = TestShell.on("ofed-4.1").has("create " + S, "create " + NS1);
    isSilent(shell, "create " + NS2, "OFF-NS-ONE");
  }

  // OFF-NS-DRIVE

  @Test
  void namespacesOnTwoDrives() {
    TestShell shell = ready();
    Finding finding = warns(shell, "create " + NS2 + " device_path=/dev/nvme1n1", "OFF-NS-DRIVE");
    assertEquals(
        "its namespaces sit on different drives: 1 on nvme0, 2 on nvme1", finding.summary());
    mends(shell, finding);
  }

  @Test
  void namespacesOnTwoDrivesInALaterRelease() {
    TestShell shell = switched("ofed-5.0");
    mends(shell, warns(shell, "create " + NS2 + " device_path=/dev/nvme1n1", "OFF-NS-DRIVE"));
  }

  @Test
  void oneDriveForEachSubsystem() {
    TestShell shell = ready().has("create /subsystems/t", "create /subsystems/t/namespaces/1");
    isSilent(shell, "set /subsystems/t/namespaces/1 device_path=/dev/nvme1n1", "OFF-NS-DRIVE");
  }

  // OFF-NS-PCI

  @Test
  void theAddressOfAnotherDrive() {
    TestShell shell = TestShell.on("ofed-4.1").has("create " + S, "create " + NS1);
    String line = "set " + NS1 + " device_path=/dev/nvme0n1 pci_device_path=0000:86:00.0";
    Finding finding = warns(shell, line, "OFF-NS-PCI");
    assertEquals(
        "pci_device_path 0000:86:00.0 is nvme1, and /dev/nvme0n1 is on nvme0 at 0000:85:00.0",
        finding.summary());
    mends(shell, finding);
    shell.has("enable " + NS1);
  }

  @Test
  void theAddressOfNoDrive() {
    TestShell shell =
        TestShell.on("ofed-4.1").has("create " + S, "create " + NS1 + " device_path=/dev/nvme0n1");
    Finding finding = warns(shell, "set " + NS1 + " pci_device_path=0000:82:00.0", "OFF-NS-PCI");
    assertTrue(finding.summary().contains("is no NVMe drive"), finding.summary());
    mends(shell, finding);
  }

  @Test
  void theAddressThatIsFilledIn() {
    TestShell shell = TestShell.on("ofed-4.1").has("create " + S, "create " + NS1);
    Said said = shell.type("set " + NS1 + " device_path=/dev/nvme0n1");
    assertFalse(said.rules().contains("OFF-NS-PCI"), said.toString());
    assertTrue(said.notes().get(0).startsWith("pci_device_path=0000:85:00.0"), said.toString());
  }

  // OFF-NS-PLAIN

  @ParameterizedTest
  @CsvSource({
    "/dev/mapper/vg0-lun0, is a logical volume",
    "/dev/vg0/lun0,        is a logical volume",
    "/dev/md0,             is an md device",
    "/dev/loop0,           is a loop device",
    "/dev/nvme3n1p2,       is a partition of nvme3n1",
  })
  void whatIsNoWholeDrive(String device, String clause) {
    TestShell shell = TestShell.on("ofed-4.1").has("create " + S, "create " + NS1);
    Finding finding = warns(shell, "set " + NS1 + " device_path=" + device, "OFF-NS-PLAIN");
    assertTrue(finding.summary().contains(clause), finding.summary());
    shell.has(finding.mend().toArray(String[]::new));
    shell.has("enable " + NS1);
    assertFalse(rules(shell).contains("OFF-NS-PLAIN"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/dev/vg0/lun0", "/dev/md0", "/var/lib/nvmet/disk0.img"})
  void whatIsNoWholeDriveInASwitchedSubsystem(String device) {
    TestShell shell =
        TestShell.on("ofed-5.0").has("create " + S + " attr_offload=1", "create " + NS1);
    Finding finding = warns(shell, "set " + NS1 + " device_path=" + device, "OFF-NS-PLAIN");
    mends(shell, finding);
    shell.has("enable " + NS1);
  }

  @Test
  void anythingGoesWithoutTheSwitch() {
    TestShell shell = TestShell.on("ofed-5.0").has("create " + S, "create " + NS1);
    isSilent(shell, "set " + NS1 + " device_path=/dev/vg0/lun0", "OFF-NS-PLAIN");
  }

  @Test
  void aWholeDrive() {
    TestShell shell = TestShell.on("ofed-4.1").has("create " + S, "create " + NS1);
    isSilent(shell, "set " + NS1 + " device_path=/dev/nvme0n1", "OFF-NS-PLAIN");
  }

  // OFF-ORDER

  private static TestShell notEnabled() {
    return TestShell.on("ofed-4.1")
        .has(
            "modules load nvmet_rdma",
            "create " + S,
            "create " + NS1 + " device_path=/dev/nvme0n1",
            "create /ports/1 addr_trtype=rdma addr_adrfam=ipv4 addr_traddr=10.9.1.1"
                + " addr_trsvcid=4420");
  }

  @Test
  void linkedBeforeTheNamespaceIsEnabled() {
    TestShell shell = notEnabled();
    Finding finding = warns(shell, "link s /ports/1", "OFF-ORDER");
    assertEquals(
        List.of("unlink /ports/1/subsystems/s", "enable " + NS1, "link /subsystems/s /ports/1"),
        finding.mend());
    mends(shell, finding);
    isOffloaded(shell);
  }

  @Test
  void enabledAfterTheLink() {
    TestShell shell = notEnabled().has("link s /ports/1");
    Finding finding = warns(shell, "enable " + NS1, "OFF-ORDER");
    assertEquals(
        List.of("unlink /ports/1/subsystems/s", "link /subsystems/s /ports/1"), finding.mend());
    assertFalse(isOffloadedPort(shell), "the port is what it was when it was linked");
    mends(shell, finding);
    isOffloaded(shell);
  }

  private static void isOffloaded(TestShell shell) {
    assertTrue(isOffloadedPort(shell));
  }

  /** Only an offloaded port refuses a second subsystem in these words. */
  private static boolean isOffloadedPort(TestShell shell) {
    shell.has("create /subsystems/probe");
    Said said = shell.type("link probe /ports/1");
    if (said.status() == ExitStatus.DONE) {
      shell.has("unlink /ports/1/subsystems/probe");
    }
    shell.has("delete /subsystems/probe");
    return said.problems().toString().contains("Offloaded port restricted");
  }

  @Test
  void linkedAfterTheNamespaceIsEnabled() {
    TestShell shell = ready();
    isSilent(shell, "link s /ports/1", "OFF-ORDER");
    isOffloaded(shell);
  }

  @Test
  void theSwitchAfterTheNamespaces() {
    TestShell shell =
        TestShell.on("ofed-5.0").has("create " + S, "create " + NS1 + " device_path=/dev/nvme0n1");
    Finding finding = warns(shell, "set " + S + " attr_offload=1", "OFF-ORDER");
    assertEquals(Finding.Severity.NOTE, finding.severity());
  }

  @Test
  void theSwitchAfterTheNamespacesThatAreEnabled() {
    TestShell shell =
        TestShell.on("ofed-5.0")
            .has("create " + S, "create " + NS1 + " device_path=/dev/nvme0n1 enable=1");
    isSilent(shell, "set " + S + " attr_offload=1", "OFF-ORDER");
  }

  @Test
  void theSwitchBeforeTheNamespaces() {
    TestShell shell = TestShell.on("ofed-5.0").has("create " + S);
    isSilent(shell, "set " + S + " attr_offload=1", "OFF-ORDER");
  }

  // OFF-PORT-ALL

  @Test
  void aPlainSubsystemOnAnOffloadedPort() {
    TestShell shell = linked().has("create /subsystems/plain");
    Finding finding = warnsBeforeRefusal(shell, "link plain /ports/1", "OFF-PORT-ALL");
    assertEquals("/ports/1", finding.path());
    mends(shell, finding);
  }

  @Test
  void anOffloadedSubsystemOnAPlainPort() {
    TestShell shell = ready().has("create /subsystems/plain", "link plain /ports/1");
    mends(shell, warnsBeforeRefusal(shell, "link s /ports/1", "OFF-PORT-ALL"));
  }

  @Test
  void aSubsystemThatTurnsWhileLinkedBesideAnother() {
    TestShell shell =
        ready()
            .has("create /subsystems/plain", "create /subsystems/t", "link plain /ports/1")
            .has("link t /ports/1", "create /subsystems/t/namespaces/1");
    String line = "set /subsystems/t/namespaces/1 device_path=/dev/nvme1n1";
    Finding finding = warns(shell, line, "OFF-PORT-ALL");
    assertEquals(List.of("unlink /ports/1/subsystems/plain"), finding.mend());
    mends(shell, finding);
  }

  @Test
  void plainSubsystemsKeepTogether() {
    TestShell shell =
        ready().has("create /subsystems/a", "create /subsystems/b", "link a /ports/1");
    isSilent(shell, "link b /ports/1", "OFF-PORT-ALL");
  }

  // OFF-PORT-ONE

  private static TestShell two() {
    return linked()
        .has(
            "create /subsystems/t",
            "create /subsystems/t/namespaces/1 device_path=/dev/nvme1n1 enable=1");
  }

  @Test
  void aSecondOffloadedSubsystem() {
    TestShell shell = two();
    Finding finding = warnsBeforeRefusal(shell, "link t /ports/1", "OFF-PORT-ONE");
    assertEquals(
        List.of(
            "create /ports/2 addr_trtype=rdma addr_adrfam=ipv4 addr_traddr=10.9.1.1"
                + " addr_trsvcid=4421",
            "link /subsystems/t /ports/2"),
        finding.mend());
    mends(shell, finding);
  }

  @Test
  void twoSubsystemsThatTurnWhileLinked() {
    TestShell shell =
        notEnabled()
            .has("create /subsystems/t", "link s /ports/1", "create /subsystems/t/namespaces/1");
    // not offloaded yet, neither of them
    shell.has("link t /ports/1");
    String line = "set /subsystems/t/namespaces/1 device_path=/dev/nvme1n1";
    mends(shell, warns(shell, line, "OFF-PORT-ONE"));
  }

  @Test
  void manySubsystemsFrom49On() {
    TestShell shell =
        switched("ofed-5.0")
            .has(
                "link s /ports/1",
                "create /subsystems/t attr_offload=1",
                "create /subsystems/t/namespaces/1 device_path=/dev/nvme1n1 enable=1");
    assertFalse(shell.type("link t /ports/1").rules().contains("OFF-PORT-ONE"));
  }

  // OFF-PORT-RDMA

  @Test
  void theAddressOfAConnectX4() {
    TestShell shell = ready().has("create /ports/3 addr_trtype=rdma addr_adrfam=ipv4");
    Finding note =
        warns(shell, "set /ports/3 addr_traddr=10.9.3.1 addr_trsvcid=4420", "OFF-PORT-RDMA");
    assertEquals(Finding.Severity.NOTE, note.severity());
    Finding finding = warnsBeforeRefusal(shell, "link s /ports/3", "OFF-PORT-RDMA");
    assertEquals(Finding.Severity.WARNING, finding.severity());
    assertEquals("10.9.3.1 is on mlx5_2, ConnectX-4, which cannot offload", finding.summary());
    mends(shell, finding);
    isLinked(shell, "/ports/3/subsystems/s");
  }

  private static void isLinked(TestShell shell, String link) {
    assertTrue(shell.tree().isLink(NvmetPath.parse(link)), link);
  }

  @Test
  void theAddressOfNoAdapter() {
    TestShell shell =
        ready().has("create /ports/3 addr_trtype=rdma addr_adrfam=ipv4 addr_trsvcid=4420");
    Finding note = warns(shell, "set /ports/3 addr_traddr=192.0.2.10", "OFF-PORT-RDMA");
    assertEquals("192.0.2.10 is on no RDMA adapter", note.summary());
    assertEquals(List.of("set /ports/3 addr_traddr=10.9.1.1 addr_trsvcid=4421"), note.mend());
    shell.has(note.mend().get(0));
    isSilent(shell, "link s /ports/3", "OFF-PORT-RDMA");
  }

  @Test
  void aTcpPort() {
    TestShell shell = switched("ofed-5.0");
    Finding note = warns(shell, "set /ports/1 addr_trtype=tcp", "OFF-PORT-RDMA");
    assertEquals("listens over tcp, and offload needs rdma", note.summary());
    Finding finding = warnsBeforeRefusal(shell, "link s /ports/1", "OFF-PORT-RDMA");
    assertEquals(
        List.of("set /ports/1 addr_trtype=rdma", "link /subsystems/s /ports/1"), finding.mend());
    mends(shell, finding);
    isLinked(shell, "/ports/1/subsystems/s");
  }

  @Test
  void aSubsystemThatTurnsOnAPortOfTheKernelItself() {
    TestShell shell =
        TestShell.on("ofed-4.1")
            .has(
                "create " + S,
                "create " + NS1,
                "create /ports/1 addr_trtype=loop",
                "link s /ports/1");
    Finding finding = warns(shell, "set " + NS1 + " device_path=/dev/nvme0n1", "OFF-PORT-RDMA");
    assertEquals("unlink /ports/1/subsystems/s", finding.mend().get(0));
    mends(shell, finding);
    isLinked(shell, "/ports/1/subsystems/s");
  }

  @Test
  void aPlainSubsystemGoesWhereItLikes() {
    TestShell shell =
        ready()
            .has(
                "create /subsystems/plain",
                "create /ports/3 addr_trtype=rdma addr_adrfam=ipv4 addr_traddr=10.9.3.1"
                    + " addr_trsvcid=4420");
    isSilent(shell, "link plain /ports/3", "OFF-PORT-RDMA");
  }

  // OFF-Q-NONE

  /** A machine on which nothing holds nvme, so that it can be loaded anew. */
  static String idle(String machine) {
    return replaced(
            replaced(machine, "nvme 53248 2", "nvme 53248 0"),
            "/srv/cache rw - xfs /dev/nvme3n1p1",
            "/srv/cache rw - nfs elsewhere")
        .replace("0 0 259:4", "0 0 0:40");
  }

  static String replaced(String text, String old, String by) {
    assertTrue(text.contains(old), "the default machine has no " + old);
    return text.replace(old, by);
  }

  private static String withoutQueues() {
    String machine = TestShell.defaultMachine();
    return replaced(
        replaced(machine, "num_p2p_queues: 1", "num_p2p_queues: 0"),
        "num_p2p_queues = 1",
        "num_p2p_queues = 0");
  }

  @Test
  void aDriveWithoutQueues() {
    TestShell shell = TestShell.on("ofed-4.1", withoutQueues()).has("create " + S, "create " + NS1);
    Finding finding = warns(shell, "set " + NS1 + " device_path=/dev/nvme0n1", "OFF-Q-NONE");
    assertEquals(
        "drive nvme0 was granted no P2P queue; nvme is in use: set it for the next boot",
        finding.summary());
    assertEquals(List.of("modules set nvme num_p2p_queues=1"), finding.mend());
    shell.has(finding.mend().get(0));
    Finding left = findings(shell).get(0);
    assertEquals(
        "drive nvme0 was granted no P2P queue; nvme is in use, and is set for the next boot",
        left.summary());
    assertEquals(List.of(), left.mend());
  }

  @Test
  void aDriveIsGrantedQueuesWhenNvmeIsLoadedAnew() {
    TestShell shell =
        TestShell.on("ofed-4.1", idle(withoutQueues())).has("create " + S, "create " + NS1);
    Finding finding = warns(shell, "set " + NS1 + " device_path=/dev/nvme0n1", "OFF-Q-NONE");
    assertEquals(
        List.of("modules unload nvme", "modules load nvme num_p2p_queues=1"), finding.mend());
    mends(shell, finding);
  }

  @Test
  void nvmeWithoutQueues() {
    TestShell shell = TestShell.on("ofed-4.1", idle(TestShell.defaultMachine()));
    shell.has("modules unload nvme");
    Finding finding = warns(shell, "modules load nvme", "OFF-Q-NONE");
    shell.has(finding.mend().toArray(String[]::new));
    assertEquals(1, shell.inventory().drive("nvme0").orElseThrow().p2pQueues().orElseThrow());
  }

  @Test
  void nvmeWithQueues() {
    TestShell shell = TestShell.on("ofed-4.1", idle(TestShell.defaultMachine()));
    shell.has("modules unload nvme");
    isSilent(shell, "modules load nvme num_p2p_queues=2", "OFF-Q-NONE");
  }

  // OFF-Q-HA

  private static final String PORT_2 =
      "create /ports/2 addr_trtype=rdma addr_adrfam=ipv4 addr_traddr=10.9.2.1 addr_trsvcid=4420";

  @Test
  void twoPortsWithOneQueue() {
    TestShell shell = linked().has(PORT_2);
    Finding finding = warns(shell, "link s /ports/2", "OFF-Q-HA");
    assertTrue(
        finding.summary().contains("granted 1 P2P queue, and 2 are needed"), finding.summary());
    mends(shell, finding);
    isLinked(shell, "/ports/1/subsystems/s");
  }

  @Test
  void twoPortsWithTwoQueues() {
    String machine = replaced(TestShell.defaultMachine(), "num_p2p_queues: 1", "num_p2p_queues: 2");
    TestShell shell = ready(TestShell.on("ofed-4.1", machine)).has(PORT_2, "link s /ports/1");
    isSilent(shell, "link s /ports/2", "OFF-Q-HA");
  }

  @Test
  void portsThatTakeSeveralQueuesEach() {
    TestShell shell = switched("ofed-5.0").has("set /ports/1 param_offload_queues=4");
    Finding finding = warns(shell, "link s /ports/1", "OFF-Q-HA");
    assertTrue(finding.summary().contains("4 are needed"), finding.summary());
  }

  // OFF-VER-*

  @Test
  void anOldKernel() {
    Inventory old =
        new Inventory(
            DumpSysTree.parse(
                "old",
                replaced(
                    TestShell.defaultMachine(), "osrelease = 4.11.12", "osrelease = 4.4.0-1")));
    List<Finding> findings =
        OffloadRules.findings(ready().tree(), old, NvmetPath.ROOT).stream()
            .filter(finding -> finding.rule().equals("OFF-VER-KERNEL"))
            .toList();
    assertEquals("this is Linux 4.4.0-1, offload needs 4.8", findings.get(0).summary());
    assertFalse(rules(ready()).contains("OFF-VER-KERNEL"));
  }

  @Test
  void noVendorDriver() {
    TestShell shell = TestShell.on("6.1").has("create " + S);
    Said said = shell.type("offload");
    assertEquals(ExitStatus.DONE, said.status());
    assertTrue(said.text().contains("not possible here"), said.text());
    assertTrue(said.text().contains("OFF-VER-OFED"), said.text());
    assertEquals(List.of(), findings(shell));
    assertFalse(linked().type("offload").text().contains("OFF-VER-OFED"));
  }

  @Test
  void oldFirmware() {
    String machine =
        replaced(TestShell.defaultMachine(), "fw_ver = 16.35.2000", "fw_ver = 16.18.1000");
    TestShell shell = ready(TestShell.on("ofed-4.1", machine));
    Finding finding = warns(shell, "link s /ports/1", "OFF-VER-FW");
    assertTrue(finding.summary().contains("16.18.1000"), finding.summary());
    assertFalse(rules(linked()).contains("OFF-VER-FW"));
  }

  @Test
  void aModuleThatIsNotLoaded() {
    TestShell shell = TestShell.on("ofed-4.1").has("create " + S, "create " + NS1);
    Finding finding = warns(shell, "set " + NS1 + " device_path=/dev/nvme0n1", "OFF-VER-MOD");
    assertEquals(List.of("modules load nvmet_rdma"), finding.mend());
    mends(shell, finding);
  }

  // OFF-MEM-*

  private static final String LOAD = "modules load nvmet_rdma ";

  @Test
  void stagingMemoryOfTheKernel() {
    TestShell shell = TestShell.on("ofed-4.1");
    String line =
        LOAD + "offload_mem_start=0x100000000 offload_mem_size=2048 offload_buffer_size=256";
    Finding finding = warnsBeforeRefusal(shell, line, "OFF-MEM-MAPPED");
    assertEquals("nvmet_rdma", finding.path());
    assertEquals(
        List.of(
            LOAD + "offload_mem_start=0xe80000000 offload_mem_size=2048 offload_buffer_size=256"),
        finding.mend());
    mends(shell, finding);
  }

  @Test
  void stagingMemoryInASectionOfTheKernels() {
    String machine = replaced(TestShell.defaultMachine(), "e7fffffff", "e7ffeffff");
    TestShell shell = TestShell.on("ofed-4.1", machine);
    String line =
        LOAD + "offload_mem_start=0xe7fff0000 offload_mem_size=256 offload_buffer_size=256";
    Finding finding = shell.type(line).finding("OFF-MEM-MAPPED");
    assertTrue(finding.summary().contains("shares a section"), finding.summary());
  }

  @Test
  void stagingMemorySetAside() {
    isSilent(
        TestShell.on("ofed-4.1"),
        LOAD + "offload_mem_start=0xf00000000 offload_mem_size=2048 offload_buffer_size=256",
        "OFF-MEM-MAPPED");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          offload_mem_start=0xf00000000 offload_mem_size=2000 offload_buffer_size=256 | 208 MiB are unused
          offload_mem_start=0xf00000000 offload_mem_size=2048 offload_buffer_size=200 | counts as 128 only
          offload_mem_start=0xf00000000 offload_mem_size=100                          | is less than offload_buffer_size=128
          offload_mem_size=2048                                                       | offload_mem_start is not given
          offload_mem_start=0xf00000000                                               | offload_mem_size is not given
          """)
  void stagingMemoryThatIsNotUsed(String parameters, String clause) {
    TestShell shell = ready0();
    Finding finding = warns(shell, LOAD + parameters, "OFF-MEM-SIZE");
    assertTrue(finding.summary().contains(clause), finding.summary());
    mends(shell, finding);
  }

  /** Something asks for offload, so that what is wrong is listed; nothing holds nvmet_rdma. */
  private static TestShell ready0() {
    return TestShell.on("ofed-4.1")
        .has("create " + S, "create " + NS1 + " device_path=/dev/nvme0n1 enable=1");
  }

  @Test
  void fewerBuffersThanContexts() {
    TestShell shell =
        TestShell.on("ofed-4.1")
            .has(
                LOAD + "offload_mem_start=0xf00000000 offload_mem_size=256 offload_buffer_size=256",
                "create " + S,
                "create " + NS1 + " device_path=/dev/nvme0n1 enable=1",
                "create /ports/1 addr_trtype=rdma addr_adrfam=ipv4 addr_traddr=10.9.1.1"
                    + " addr_trsvcid=4420",
                PORT_2);
    isSilent(shell, "link s /ports/1", "OFF-MEM-FEW");
    Finding finding = warns(shell, "link s /ports/2", "OFF-MEM-FEW");
    assertEquals("there are 1 staging buffers for 2 contexts of offload", finding.summary());
    assertEquals(Finding.Severity.NOTE, finding.severity());
  }

  // What is said, and when

  @Test
  void nothingIsSaidTwice() {
    TestShell shell = ready().has("create " + NS2);
    assertEquals(List.of(), shell.type("set " + S + " attr_allow_any_host=0").findings());
    assertEquals(
        List.of(),
        shell.type("link s /ports/1").rules().stream().filter("OFF-NS-ONE"::equals).toList());
  }

  @Test
  void aDryRunWarnsToo() {
    TestShell shell = ready();
    Said said = shell.type("create " + NS2 + " --dry-run");
    assertEquals(List.of("OFF-NS-ONE"), said.rules());
    assertEquals(List.of(), findings(shell));
  }

  @Test
  void mainlineHearsNothing() {
    TestShell shell =
        TestShell.on("6.12").has("create " + S, "create " + NS1 + " device_path=/dev/md0 enable=1");
    assertEquals(List.of(), shell.type("create " + NS2).findings());
  }

  @Test
  void checkEndsWithStatusOne() {
    TestShell shell = ready().has("create " + NS2);
    Said said = shell.type("check");
    assertEquals(ExitStatus.USAGE, said.status());
    assertEquals(
        """
        warning OFF-NS-ONE /subsystems/s: an offloaded subsystem takes one namespace, this one would have 2: 1, 2
          mend:  delete /subsystems/s/namespaces/2""",
        said.text());
    assertEquals(ExitStatus.DONE, linked().type("check").status());
    assertEquals("nothing found", linked().type("check").text());
  }

  @Test
  void checkLooksAtOnePlace() {
    TestShell shell = ready().has("create " + NS2, "create /subsystems/t");
    assertEquals("nothing found", shell.type("check /subsystems/t").text());
    assertEquals(ExitStatus.USAGE, shell.type("check " + NS1).status());
  }
}
