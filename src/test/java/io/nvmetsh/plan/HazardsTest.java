package io.nvmetsh.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nvmetsh.TestShell;
import io.nvmetsh.TestShell.Said;
import io.nvmetsh.kernel.Refusal;
import io.nvmetsh.kernel.sim.SimCrash;
import io.nvmetsh.schema.ExitStatus;
import io.nvmetsh.schema.NvmetPath;
import io.nvmetsh.schema.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Nothing that crashes or corrupts a kernel is sent, in whichever order the steps come, by whatever
 * road, forced or not. Where the simulated kernel knows the crash, it is shown to be one.
 */
class HazardsTest {

  private static final String S = "/subsystems/s";
  private static final String NS1 = S + "/namespaces/1";

  private static TestShell namespace(String profile, String... more) {
    return namespace(TestShell.on(profile), more);
  }

  private static TestShell namespace(TestShell shell, String... more) {
    return shell.has("create " + S, "create " + NS1).has(more);
  }

  /** The line is refused, forced or not, and nothing has changed. */
  private static Problem refuses(TestShell shell, String id, String line) {
    for (String each : List.of(line + " --force", line)) {
      Said said = shell.type(each);
      assertEquals(ExitStatus.USAGE, said.status(), each);
      Problem problem = said.problem();
      assertEquals(Problem.Kind.HAZARD, problem.kind(), problem.message());
      assertTrue(problem.message().endsWith("(" + id + ")"), problem.message());
      assertTrue(problem.hints().toString().contains("explain " + id), problem.hints().toString());
      assertTrue(problem.about().contains(new Problem.Detail("rule", id)), problem.toString());
    }
    return shell.refuses(line);
  }

  /** What the kernel makes of it when another tool sends it. */
  private static void crashes(TestShell shell, String id, String path, String value) {
    SimCrash crash =
        assertThrows(
            SimCrash.class,
            () -> shell.target().configfs().write(NvmetPath.parse(path), value),
            "the kernel survives " + value + " in " + path);
    assertEquals(id, crash.hazard());
  }

  private static void write(TestShell shell, String path, String value) throws Refusal {
    shell.target().configfs().write(NvmetPath.parse(path), value);
  }

  private static Optional<Problem> problem(TestShell shell, Change change) {
    return new ChangeCheck(shell.inventory()).problem(change, shell.tree(), true);
  }

  private static Change.SetAttribute set(String path, String value) {
    return new Change.SetAttribute(NvmetPath.parse(path), value);
  }

  @Test
  void theRosterIsWhole() {
    assertEquals(
        List.of(
            "HAZ-NULL-PATH",
            "HAZ-NSID-TWICE",
            "HAZ-NSID-HUGE",
            "HAZ-PCI-SYNTAX",
            "HAZ-PCI-REENABLE",
            "HAZ-OFFLOAD-WILDCARD",
            "HAZ-OFFLOAD-FILE",
            "HAZ-OFFLOAD-PARTITION",
            "HAZ-OFFLOAD-IDLE-NS",
            "HAZ-OFFLOAD-NSID",
            "HAZ-OFFLOAD-4K",
            "HAZ-STAGING-4G",
            "HAZ-TRADDR-256",
            "HAZ-PAGE-END",
            "HAZ-DISCOVERY-NEWLINE"),
        Hazards.all().stream().map(Hazard::id).toList());
    for (Hazard hazard : Hazards.all()) {
      assertEquals(hazard, Hazards.find(hazard.id()).orElseThrow());
      for (String text : List.of(hazard.title(), hazard.effect(), hazard.where())) {
        assertFalse(text.isEmpty() || text.endsWith("."), hazard.id() + ": " + text);
      }
    }
  }

  // HAZ-NULL-PATH

  @ParameterizedTest
  @ValueSource(strings = {"6.1", "6.12"})
  void aBufferedNamespaceWithoutDevice(String profile) {
    TestShell shell = namespace(profile, "set " + NS1 + " buffered_io=1");
    Problem problem = refuses(shell, "HAZ-NULL-PATH", "set " + NS1 + " enable=1");
    assertTrue(problem.hints().get(0).contains("device_path="), problem.toString());
    crashes(shell, "HAZ-NULL-PATH", NS1 + "/enable", "1");
  }

  @Test
  void aBufferedNamespaceWithoutDeviceInOneLine() {
    TestShell shell = namespace("6.1");
    refuses(shell, "HAZ-NULL-PATH", "set " + NS1 + " buffered_io=1 enable=1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"5.10", "7.3"})
  void whereTheKernelAnswersItIsAnOrdinaryRefusal(String profile) {
    TestShell shell = namespace(profile, "set " + NS1 + " buffered_io=1");
    assertEquals(Problem.Kind.CONFLICT, shell.refuses("enable " + NS1).kind());
  }

  // HAZ-NSID-HUGE

  @ParameterizedTest
  @ValueSource(strings = {"268435456", "4294967294"})
  void aNumberThatHostsCountUpTo(String nsid) {
    TestShell shell = TestShell.on("7.3").has("create " + S, "create " + S + "/namespaces/" + nsid);
    String namespace = S + "/namespaces/" + nsid;
    shell.has("set " + namespace + " device_path=/dev/nvme0n1");
    refuses(shell, "HAZ-NSID-HUGE", "set " + namespace + " enable=1");
  }

  @Test
  void aNumberThatHostsCountUpToInASecond() {
    TestShell shell = TestShell.on("7.3").has("create " + S);
    shell.has("create " + S + "/namespaces/268435455 device_path=/dev/nvme0n1 enable=1");
  }

  // HAZ-NSID-TWICE

  @ParameterizedTest
  @ValueSource(strings = {"01", "0x1", "+1", "0X01"})
  void oneNumberInTwoSpellings(String name) {
    TestShell shell = namespace("ofed-4.1");
    refuses(shell, "HAZ-NSID-TWICE", "create " + S + "/namespaces/" + name);
  }

  @Test
  void aTwinThatAnotherToolMade() throws Refusal {
    TestShell shell = namespace("ofed-4.1", "set " + NS1 + " device_path=/dev/nvme0n1");
    shell.target().configfs().mkdir(NvmetPath.parse(S + "/namespaces/01"));
    write(shell, S + "/namespaces/01/device_path", "/dev/nvme0n1");
    shell.has("enable " + NS1);
    refuses(
        shell,
        "HAZ-NSID-TWICE",
        "set " + S + "/namespaces/01 pci_device_path=0000:85:00.0 enable=1");
    write(shell, S + "/namespaces/01/pci_device_path", "0000:85:00.0");
    crashes(shell, "HAZ-NSID-TWICE", S + "/namespaces/01/enable", "1");
  }

  @Test
  void laterKernelsAnswerAndSoDoWe() {
    assertEquals(
        Problem.Kind.INVALID, namespace("6.1").refuses("create " + S + "/namespaces/01").kind());
  }

  // HAZ-PCI-SYNTAX

  @ParameterizedTest
  @ValueSource(
      strings = {
        "85",
        "0000:85:00",
        "0000:85",
        "85:00.0",
        "0000:85:00.8",
        "0000:85:00.",
        "0000:85:00.0\\n",
        "10000:85:00.0",
        "0000:185:00.0",
        "0000:85:+0.0",
        "0x0:0x85:0.0",
        "\\u201c0000:85:00.0\\u201d",
        "clear\\n",
        "",
        "...",
        ":::.0",
      })
  void anAddressOfAnotherForm(String escaped) {
    String text =
        escaped.replace("\\n", "\n").replace("\\u201c", "\u201c").replace("\\u201d", "\u201d");
    TestShell shell = namespace("ofed-4.1");
    Problem problem = problem(shell, set(NS1 + "/pci_device_path", text)).orElseThrow();
    assertEquals(Problem.Kind.HAZARD, problem.kind());
    assertTrue(problem.message().endsWith("(HAZ-PCI-SYNTAX)"), problem.message());
  }

  @ParameterizedTest
  @ValueSource(strings = {"0000:85:00.0", "0:85:0.0", "clear"})
  void anAddressOfTheForm(String text) {
    assertEquals(
        Optional.empty(), problem(namespace("ofed-4.1"), set(NS1 + "/pci_device_path", text)));
  }

  @Test
  void aTypedAddressIsRepairedOrRefused() {
    TestShell shell = namespace("ofed-4.1", "set " + NS1 + " pci_device_path=85:00.0");
    assertEquals(
        "0000:85:00.0",
        shell.tree().value(NvmetPath.parse(NS1 + "/pci_device_path")).orElseThrow());
    refuses(shell, "HAZ-PCI-SYNTAX", "set " + NS1 + " pci_device_path=85");
    refuses(shell, "HAZ-PCI-SYNTAX", "set " + NS1 + " pci_device_path=85" + " --force");
    crashes(shell, "HAZ-PCI-SYNTAX", NS1 + "/pci_device_path", "0000:85:00");
  }

  // HAZ-PCI-REENABLE

  @Test
  void aNamespaceWithAnAddressIsNotDisabled() throws Refusal {
    TestShell shell = namespace("ofed-4.1", "set " + NS1 + " device_path=/dev/nvme0n1 enable=1");
    Problem problem = refuses(shell, "HAZ-PCI-REENABLE", "set " + NS1 + " enable=0");
    assertEquals(Problem.Kind.HAZARD, shell.refuses("disable " + NS1).kind());
    // what it says instead works
    shell.has(typed(problem.hints().get(0)), typed(problem.hints().get(1)));
    write(shell, NS1 + "/enable", "0");
    crashes(shell, "HAZ-PCI-REENABLE", NS1 + "/enable", "1");
  }

  private static String typed(String hint) {
    return hint.substring(hint.indexOf(":  ") + 3);
  }

  @Test
  void aNamespaceWithoutAddressIs() {
    namespace(
        "ofed-4.1",
        "set " + NS1 + " device_path=/dev/loop0 enable=1",
        "disable " + NS1,
        "enable " + NS1);
  }

  // HAZ-OFFLOAD-WILDCARD

  private static final String PORT = "create /ports/1 addr_trtype=rdma addr_trsvcid=4420 ";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "addr_adrfam=ipv4 addr_traddr=0.0.0.0",
        "addr_adrfam=ipv4 addr_traddr=127.0.0.1",
        "addr_adrfam=ipv4 addr_traddr=127.1.2.3",
        "addr_adrfam=ipv6 addr_traddr=::",
        "addr_adrfam=ipv6 addr_traddr=0:0:0:0:0:0:0:0",
        "addr_adrfam=ipv6 addr_traddr=::1",
        "addr_adrfam=ipv6 addr_traddr=::ffff:0.0.0.0",
        "addr_adrfam=ipv6 addr_traddr=::ffff:127.0.0.1",
      })
  void anOffloadedSubsystemOnNoParticularAddress(String address) {
    TestShell pci = namespace("ofed-4.1", "set " + NS1 + " device_path=/dev/nvme0n1 enable=1");
    refuses(pci.has(PORT + address), "HAZ-OFFLOAD-WILDCARD", "link s /ports/1");
    TestShell attr = TestShell.on("ofed-5.0").has("create " + S + " attr_offload=1");
    refuses(attr.has(PORT + address), "HAZ-OFFLOAD-WILDCARD", "link s /ports/1");
  }

  @Test
  void theKernelGoesDownOnIt() {
    TestShell shell = namespace("ofed-4.1", "set " + NS1 + " device_path=/dev/nvme0n1 enable=1");
    shell.has(PORT + "addr_adrfam=ipv4 addr_traddr=0.0.0.0");
    assertThrows(
        SimCrash.class,
        () ->
            shell
                .target()
                .configfs()
                .symlink(NvmetPath.parse("/ports/1/subsystems/s"), NvmetPath.parse(S)));
  }

  @Test
  void askingForOffloadWhileLinkedThere() {
    TestShell shell = namespace("ofed-4.1", PORT + "addr_adrfam=ipv4 addr_traddr=0.0.0.0");
    shell.has("link s /ports/1");
    String asking = "set " + NS1 + " device_path=/dev/nvme0n1 pci_device_path=0000:85:00.0";
    refuses(shell, "HAZ-OFFLOAD-WILDCARD", asking);
    notFilledIn(shell, "set " + NS1 + " device_path=/dev/nvme0n1");
  }

  @Test
  void aPlainSubsystemMayListenEverywhere() {
    namespace("ofed-4.1", PORT + "addr_adrfam=ipv4 addr_traddr=0.0.0.0", "link s /ports/1");
  }

  // HAZ-OFFLOAD-FILE

  private static final String FILE = "/var/lib/nvmet/disk0.img";

  @Test
  void aFileUnderOffload() {
    TestShell shell =
        namespace(
            "ofed-5.0", "set " + S + " attr_offload=1", "set " + NS1 + " device_path=" + FILE);
    refuses(shell, "HAZ-OFFLOAD-FILE", "set " + NS1 + " enable=1");
    crashes(shell, "HAZ-OFFLOAD-FILE", NS1 + "/enable", "1");
  }

  @Test
  void offloadOverAFile() {
    TestShell shell = namespace("ofed-5.0", "set " + NS1 + " device_path=" + FILE + " enable=1");
    refuses(shell, "HAZ-OFFLOAD-FILE", "set " + S + " attr_offload=1");
    crashes(shell, "HAZ-OFFLOAD-FILE", S + "/attr_offload", "1");
  }

  @Test
  void aFileWithoutOffload() {
    namespace("ofed-5.0", "set " + NS1 + " device_path=" + FILE + " enable=1");
  }

  // HAZ-OFFLOAD-PARTITION

  private static final String PARTITION = "/dev/nvme3n1p2";

  @Test
  void aPartitionAndAnAddress() {
    String id = "HAZ-OFFLOAD-PARTITION";
    String device = "device_path=" + PARTITION;
    String address = "pci_device_path=0000:06:00.0";
    refuses(namespace("ofed-4.1"), id, "set " + NS1 + " " + device + " " + address);
    refuses(namespace("ofed-4.1"), id, "set " + NS1 + " " + address + " " + device);
    refuses(namespace("ofed-4.1", "set " + NS1 + " " + device), id, "set " + NS1 + " " + address);
    refuses(namespace("ofed-4.1", "set " + NS1 + " " + address), id, "set " + NS1 + " " + device);
    refuses(
        TestShell.on("ofed-4.1").has("create " + S),
        id,
        "create " + NS1 + " " + device + " " + address);
  }

  @Test
  void aPartitionUnderItsStableName() {
    String name = "/dev/disk/by-id/nvme-INTEL_SSDPEDMD800G4_CVFT5123004G800CGN-part2";
    refuses(
        namespace("ofed-5.0", "set " + S + " attr_offload=1"),
        "HAZ-OFFLOAD-PARTITION",
        "set " + NS1 + " device_path=" + name);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ofed-4.6", "ofed-5.0", "ofed-25.10"})
  void aPartitionAndTheSwitch(String profile) {
    String id = "HAZ-OFFLOAD-PARTITION";
    TestShell first = TestShell.on(profile).has("create " + S + " attr_offload=1", "create " + NS1);
    refuses(first, id, "set " + NS1 + " device_path=" + PARTITION);
    TestShell last = namespace(profile, "set " + NS1 + " device_path=" + PARTITION + " enable=1");
    refuses(last, id, "set " + S + " attr_offload=1");
  }

  @Test
  void aPartitionThatAnotherToolOffloaded() throws Refusal {
    TestShell shell =
        namespace(
            "ofed-5.0",
            PORT + "addr_adrfam=ipv4 addr_traddr=10.9.1.1",
            "set " + NS1 + " device_path=" + PARTITION);
    write(shell, S + "/attr_offload", "1");
    refuses(shell, "HAZ-OFFLOAD-PARTITION", "set " + NS1 + " enable=1");
    write(shell, NS1 + "/enable", "1");
    refuses(shell, "HAZ-OFFLOAD-PARTITION", "link s /ports/1");
    assertTrue(shell.type("check").text().contains("OFF-NS-PLAIN"));
  }

  @Test
  void aPartitionWithoutOffload() {
    TestShell shell =
        namespace("ofed-4.1", "set " + NS1 + " device_path=" + PARTITION + " enable=1");
    assertEquals("N/A", shell.tree().value(NvmetPath.parse(NS1), "pci_device_path", ""));
  }

  @Test
  void aPartitionInAScript(@TempDir Path folder) throws IOException {
    Path script = folder.resolve("partition.nvmetsh");
    Files.writeString(
        script,
        "create "
            + S
            + "\ncreate "
            + NS1
            + "\n"
            + "set "
            + NS1
            + " device_path="
            + PARTITION
            + " pci_device_path=0000:06:00.0 --force\n");
    TestShell shell = TestShell.on("ofed-4.1");
    Said said = shell.type("replay " + script);
    assertEquals(ExitStatus.USAGE, said.status());
    assertTrue(said.problems().toString().contains("HAZ-OFFLOAD-PARTITION"), said.toString());
    assertEquals("(null)", shell.tree().value(NvmetPath.parse(NS1), "device_path", ""));
  }

  // HAZ-OFFLOAD-IDLE-NS

  @Test
  void theSwitchOverAnIdleNamespace() {
    TestShell shell = namespace("ofed-25.10");
    refuses(shell, "HAZ-OFFLOAD-IDLE-NS", "set " + S + " attr_offload=1");
    crashes(shell, "HAZ-OFFLOAD-IDLE-NS", S + "/attr_offload", "1");
  }

  @Test
  void anIdleNamespaceWhereHostsCanConnect() {
    String id = "HAZ-OFFLOAD-IDLE-NS";
    TestShell shell =
        TestShell.on("ofed-25.10")
            .has(
                "create " + S + " attr_offload=1",
                "create " + NS1 + " device_path=/dev/nvme0n1",
                PORT + "addr_adrfam=ipv4 addr_traddr=10.9.1.1");
    refuses(shell, id, "link s /ports/1");
    shell.has("enable " + NS1, "link s /ports/1");
    refuses(shell, id, "set " + NS1 + " enable=0");
    refuses(shell, id, "create " + S + "/namespaces/2");
    refuses(shell, id, "create " + S + "/namespaces/2 device_path=/dev/nvme1n1 enable=1");
    shell.has("unlink /ports/1/subsystems/s");
    shell.has("disable " + NS1);
    refuses(shell, id, "set " + S + " attr_offload=0");
  }

  @Test
  void earlierReleasesLookAtEnabledNamespacesOnly() {
    namespace("ofed-5.0", "set " + S + " attr_offload=1");
  }

  // HAZ-OFFLOAD-NSID

  private static final String NVME1 = "/dev/nvme1n1";
  private static final String PCI1 = " pci_device_path=0000:86:00.0";

  private static String machine(String at, String old, String by) {
    String machine = TestShell.defaultMachine();
    int start = machine.lastIndexOf("/nvme/nvme1/" + at + "\n");
    int from = machine.indexOf(old, start);
    assertTrue(start >= 0 && from >= 0, "the default machine is another");
    return machine.substring(0, from) + by + machine.substring(from + old.length());
  }

  /** Without being asked for, offload is not begun where it does harm. */
  private static void notFilledIn(TestShell shell, String line) {
    shell.has(line);
    NvmetPath address = NvmetPath.parse(NS1 + "/pci_device_path");
    assertEquals(Optional.of("N/A"), shell.tree().value(address));
  }

  @Test
  void aNamespaceThatIsNotTheDrivesFirst() {
    String machine = machine("nvme1n1", "nsid = 1", "nsid = 2");
    String id = "HAZ-OFFLOAD-NSID";
    TestShell pci = namespace(TestShell.on("ofed-4.1", machine));
    Problem problem = refuses(pci, id, "set " + NS1 + " device_path=" + NVME1 + PCI1);
    assertTrue(problem.message().contains("is namespace 2 of its drive"), problem.message());
    notFilledIn(pci, "set " + NS1 + " device_path=" + NVME1);
    // from 4.4 on the hardware is told the number
    TestShell attr = TestShell.on("ofed-4.6", machine).has("create " + S + " attr_offload=1");
    attr.has("create " + NS1 + " device_path=" + NVME1 + " enable=1");
  }

  // HAZ-OFFLOAD-4K

  @Test
  void aDriveWithLargeBlocks() {
    String machine =
        machine("nvme1n1/queue", "logical_block_size = 512", "logical_block_size = 4096");
    String id = "HAZ-OFFLOAD-4K";
    TestShell pci = namespace(TestShell.on("ofed-4.1", machine));
    refuses(pci, id, "set " + NS1 + " device_path=" + NVME1 + PCI1);
    notFilledIn(pci, "set " + NS1 + " device_path=" + NVME1);
    TestShell attr = namespace(TestShell.on("ofed-5.0", machine), "set " + S + " attr_offload=1");
    refuses(attr, id, "set " + NS1 + " device_path=" + NVME1);
    TestShell late = TestShell.on("ofed-25.10", machine).has("create " + S + " attr_offload=1");
    late.has("create " + NS1 + " device_path=" + NVME1 + " enable=1");
  }

  // HAZ-STAGING-4G

  @ParameterizedTest
  @ValueSource(strings = {"4096", "0x1000", "010000", "65536"})
  void stagingMemoryOf4GiB(String size) {
    TestShell shell = TestShell.on("ofed-4.1");
    String line = "modules load nvmet_rdma offload_mem_start=0xf00000000 offload_mem_size=" + size;
    refuses(shell, "HAZ-STAGING-4G", line);
    assertTrue(shell.inventory().module("nvmet_rdma").isEmpty());
  }

  @Test
  void stagingMemoryBelow4GiB() {
    SortedMap<String, String> parameters = new TreeMap<>();
    parameters.put("offload_mem_start", "0xf00000000");
    parameters.put("offload_mem_size", "4095");
    Change load = new Change.LoadModule("nvmet_rdma", parameters);
    assertEquals(Optional.empty(), problem(TestShell.on("ofed-4.1"), load));
  }

  // HAZ-TRADDR-256

  @ParameterizedTest
  @ValueSource(strings = {"/ports/1", "/ports/1/referrals/r"})
  void anAddressOf256Bytes(String path) {
    TestShell shell = TestShell.on("6.1").has("create /ports/1", "create /ports/1/referrals/r");
    refuses(shell, "HAZ-TRADDR-256", "set " + path + " addr_traddr=" + "\u00e9".repeat(128));
    refuses(shell, "HAZ-TRADDR-256", "set " + path + " addr_traddr=" + "a".repeat(256));
    refuses(
        shell, "HAZ-TRADDR-256", "set " + path + " addr_traddr=" + "a".repeat(256) + " --force");
  }

  // HAZ-PAGE-END

  @ParameterizedTest
  @ValueSource(strings = {NS1 + "/device_path", "/hosts/h/dhchap_key", "/hosts/h/dhchap_ctrl_key"})
  void aValueThatFillsThePage(String attribute) {
    TestShell shell = namespace("6.12", "create /hosts/h");
    for (int bytes : new int[] {4095, 5000}) {
      Problem problem = problem(shell, set(attribute, "x".repeat(bytes))).orElseThrow();
      assertTrue(problem.message().endsWith("(HAZ-PAGE-END)"), problem.message());
    }
    Optional<Problem> shorter = problem(shell, set(attribute, "x".repeat(4094)));
    assertFalse(shorter.isPresent() && shorter.get().kind() == Problem.Kind.HAZARD);
  }

  // HAZ-DISCOVERY-NEWLINE

  @Test
  void aDiscoveryNqnWithANewline() {
    TestShell shell = TestShell.on("6.12");
    for (String value : List.of("nqn.2024-01.io.example:d\n", "a\nb", "\n")) {
      Problem problem = problem(shell, set("/discovery_nqn", value)).orElseThrow();
      assertTrue(problem.message().endsWith("(HAZ-DISCOVERY-NEWLINE)"), problem.message());
    }
  }

  @Test
  void aDiscoveryNqnIsTypedOnOneLine(@TempDir Path folder) throws IOException {
    TestShell shell = TestShell.on("6.12");
    String name = "nqn.2024-01.io.example:d";
    refuses(shell, "HAZ-DISCOVERY-NEWLINE", "set / 'discovery_nqn=" + name + "\n'");
    refuses(shell, "HAZ-DISCOVERY-NEWLINE", "set / 'discovery_nqn=" + name + "\n'" + " --force");
    Path script = folder.resolve("newline.nvmetsh");
    Files.writeString(script, "set / 'discovery_nqn=" + name + "\n'\n");
    assertEquals(ExitStatus.USAGE, shell.type("replay " + script).status());
    // a value of its own is written without a newline: the kernel would report EINVAL for one
    shell.has("set / discovery_nqn=" + name);
    assertEquals(name, shell.tree().value(NvmetPath.parse("/discovery_nqn")).orElseThrow());
  }

  @Test
  void noValueHoldsALineBreak() {
    TestShell shell = namespace("6.1");
    for (String value : List.of("/dev/nvme0n1\n", "/dev/\0nvme0n1")) {
      Problem problem = problem(shell, set(NS1 + "/device_path", value)).orElseThrow();
      assertEquals(Problem.Kind.INVALID, problem.kind());
    }
  }
}
