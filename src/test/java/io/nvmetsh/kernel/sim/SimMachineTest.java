package io.nvmetsh.kernel.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nvmetsh.device.DumpSysTree;
import io.nvmetsh.device.Inventory;
import io.nvmetsh.device.NvmeDrive;
import io.nvmetsh.device.SysTree;
import io.nvmetsh.device.SysTree.FileKind;
import io.nvmetsh.kernel.Errno;
import io.nvmetsh.kernel.KernelProbe;
import io.nvmetsh.kernel.Modules;
import io.nvmetsh.kernel.Refusal;
import io.nvmetsh.kernel.Target;
import io.nvmetsh.schema.NvmetPath;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SimMachineTest {

  /** The default machine, with nobody using its drives. */
  private static DumpSysTree idleMachine() {
    DumpSysTree machine = DumpSysTree.defaultMachine();
    String modules = machine.read("/proc/modules").orElseThrow();
    return machine.with(
        "/proc/modules",
        modules
            .replace("nvme 53248 2 -", "nvme 53248 0 -")
            .replace("69632 4 nvme", "69632 1 nvme"));
  }

  private static Target on(String profile, SysTree machine) {
    return SimTarget.start(SimProfile.named(profile), machine).target();
  }

  private static SortedMap<String, String> parameters(String... pairs) {
    SortedMap<String, String> parameters = new TreeMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      parameters.put(pairs[i], pairs[i + 1]);
    }
    return parameters;
  }

  static List<SimProfile> profiles() {
    return SimProfile.all();
  }

  /**
   * What a probe of the simulated machine finds is what is simulated, also from the dump of
   * another.
   */
  @ParameterizedTest
  @MethodSource("profiles")
  void looksLikeTheKernelItSimulates(SimProfile profile) {
    Target target = SimTarget.start(profile, DumpSysTree.defaultMachine()).target();
    assertEquals(profile.flavor(), KernelProbe.flavor(Path.of("/nowhere"), target.sys()));
    assertEquals(profile.flavor(), target.flavor());
    assertEquals("sim " + profile.name(), target.label());
    assertTrue(target.simulated());
  }

  @Test
  void hasTheDrivesOfTheDump() {
    Inventory inventory = new Inventory(on("ofed-4.1", DumpSysTree.defaultMachine()).sys());
    assertEquals(4, inventory.drives().size());
    assertEquals(Optional.of(1), inventory.drives().get(0).p2pQueues());
    assertEquals("0000:85:00.0", inventory.driveBehind("/dev/nvme0n1").orElseThrow().pciAddress());
  }

  @Test
  void aMainlineKernelShowsNothingOfTheVendors() {
    SysTree sys = on("6.1", DumpSysTree.defaultMachine()).sys();
    assertEquals(Optional.empty(), new Inventory(sys).drives().get(0).p2pQueues());
    assertEquals(Optional.empty(), sys.read("/sys/module/nvme/parameters/num_p2p_queues"));
    assertEquals(Optional.of("Y\n"), sys.read("/sys/module/nvme/parameters/use_cmb_sqes"));
    assertEquals(FileKind.ABSENT, sys.kind("/sys/module/mlx_compat"));
    assertFalse(sys.list("/sys/module/nvme/parameters").contains("num_p2p_queues"));
    assertEquals(Optional.of("6.1.0-56-amd64\n"), sys.read("/proc/sys/kernel/osrelease"));
  }

  @Test
  void drivesVanishWithTheirDriverAndComeBack() throws Refusal {
    Target target = on("ofed-4.1", idleMachine());
    target.modules().unload("nvme");
    SysTree sys = target.sys();
    assertEquals(List.of(), new Inventory(sys).drives());
    assertEquals(Optional.empty(), new Inventory(sys).blockDevice("/dev/nvme0n1"));
    assertEquals(FileKind.ABSENT, sys.kind("/dev/nvme0n1"));
    assertEquals(FileKind.ABSENT, sys.kind("/sys/module/nvme"));
    assertTrue(new Inventory(sys).blockDevice("/dev/sda").isPresent());
    assertEquals(
        Optional.empty(), new Inventory(sys).pciDevice("0000:85:00.0").orElseThrow().driver());
    target.modules().load("nvme", parameters("num_p2p_queues", "2"));
    assertEquals(4, new Inventory(sys).drives().size());
    assertEquals(Optional.of(2), new Inventory(sys).drives().get(3).p2pQueues());
    assertEquals(Optional.of("2"), new Inventory(sys).parameter("nvme", "num_p2p_queues"));
  }

  /** Facts: granted = min(requested, what the drive has less one), never an error. */
  @Test
  void aDriveGrantsNoMoreQueuesThanItHas() throws Refusal {
    Target target = on("ofed-5.0", idleMachine());
    target.modules().unload("nvme");
    target.modules().load("nvme", parameters("num_p2p_queues", "1000"));
    NvmeDrive drive = new Inventory(target.sys()).drives().get(0);
    assertEquals(Optional.of(127), drive.p2pQueues());
    assertEquals(Optional.of("127\n"), target.sys().read("/sys/class/nvme/nvme0/num_p2p_queues"));
  }

  @Test
  void upTo43TheDriveRepeatsTheNameOfItsFile() throws Refusal {
    Target target = on("ofed-4.1", idleMachine());
    target.modules().unload("nvme");
    target.modules().load("nvme", parameters("num_p2p_queues", "3"));
    assertEquals(
        Optional.of("num_p2p_queues: 3\n"),
        target.sys().read("/sys/class/nvme/nvme0/num_p2p_queues"));
  }

  @Test
  void loadingALoadedModuleChangesNothing() throws Refusal {
    Target target = on("ofed-4.1", idleMachine());
    target.modules().load("nvme", parameters("num_p2p_queues", "7"));
    assertEquals(Optional.of(1), new Inventory(target.sys()).drives().get(0).p2pQueues());
  }

  @Test
  void aMountedDriveKeepsItsDriver() {
    Modules modules = on("ofed-4.1", DumpSysTree.defaultMachine()).modules();
    Refusal refusal = assertThrows(Refusal.class, () -> modules.unload("nvme"));
    assertEquals(Errno.EBUSY, refusal.errno());
    assertEquals(List.of("modprobe: FATAL: Module nvme is in use."), refusal.log());
  }

  @Test
  void anEnabledNamespaceKeepsTheDriver() throws Refusal {
    Target target = on("6.1", idleMachine());
    NvmetPath namespace = NvmetPath.parse("/subsystems/s/namespaces/1");
    target.configfs().mkdir(NvmetPath.parse("/subsystems/s"));
    target.configfs().mkdir(namespace);
    target.configfs().write(namespace.child("device_path"), "/dev/nvme0n1");
    target.configfs().write(namespace.child("enable"), "1");
    assertEquals(
        Errno.EBUSY, assertThrows(Refusal.class, () -> target.modules().unload("nvme")).errno());
    target.configfs().write(namespace.child("enable"), "0");
    target.modules().unload("nvme");
  }

  @Test
  void anObjectKeepsNvmet() throws Refusal {
    Target target = on("6.1", idleMachine());
    NvmetPath host = NvmetPath.parse("/hosts/h");
    target.configfs().mkdir(host);
    assertEquals(
        Errno.EBUSY, assertThrows(Refusal.class, () -> target.modules().unload("nvmet")).errno());
    target.configfs().rmdir(host);
    target.modules().unload("nvmet");
    assertEquals(
        Errno.ENOENT,
        assertThrows(Refusal.class, () -> target.configfs().list(NvmetPath.ROOT)).errno());
    target.modules().load("nvmet", parameters());
    assertEquals(3, target.configfs().list(NvmetPath.ROOT).size());
  }

  @Test
  void aLinkLoadsTheTransportAndThePortKeepsIt() throws Refusal {
    Target target = on("ofed-4.1", DumpSysTree.defaultMachine());
    link(target, "10.9.1.1");
    assertTrue(target.sys().list("/sys/module").contains("nvmet_rdma"));
    assertEquals(1, new Inventory(target.sys()).module("nvmet_rdma").orElseThrow().references());
    assertEquals(
        Errno.EBUSY,
        assertThrows(Refusal.class, () -> target.modules().unload("nvmet-rdma")).errno());
    target.configfs().unlink(NvmetPath.parse("/ports/1/subsystems/s"));
    target.modules().unload("nvmet-rdma");
    assertFalse(target.sys().list("/sys/module").contains("nvmet_rdma"));
    assertTrue(target.sys().list("/sys/module").contains("nvmet"));
  }

  private static void link(Target target, String address) throws Refusal {
    target.configfs().mkdir(NvmetPath.parse("/subsystems/s"));
    NvmetPath port = NvmetPath.parse("/ports/1");
    target.configfs().mkdir(port);
    for (Map.Entry<String, String> value :
        Map.of(
                "addr_trtype", "rdma",
                "addr_adrfam", "ipv4",
                "addr_traddr", address,
                "addr_trsvcid", "4420")
            .entrySet()) {
      target.configfs().write(port.child(value.getKey()), value.getValue());
    }
    target
        .configfs()
        .symlink(NvmetPath.parse("/ports/1/subsystems/s"), NvmetPath.parse("/subsystems/s"));
  }

  @Test
  void unloadingTakesWhatNothingElseNeedsAlong() throws Refusal {
    Target target = on("6.1", idleMachine());
    target.modules().load("nvmet-rdma", parameters());
    target.modules().unload("nvmet-rdma");
    assertFalse(target.sys().list("/sys/module").contains("nvmet"));
  }

  @Test
  void aModuleThatIsNotThereIsNamed() {
    Modules modules = on("6.1", idleMachine()).modules();
    Refusal refusal = assertThrows(Refusal.class, () -> modules.load("nvme-loop", parameters()));
    assertEquals(Errno.ENOENT, refusal.errno());
    assertEquals(
        List.of(
            "modprobe: FATAL: Module nvme-loop not found in directory /lib/modules/6.1.0-56-amd64"),
        refusal.log());
  }

  /** The dump's kernel has 58 GiB; the vendor's example uses the 2 GiB from 60 GiB on. */
  @Test
  void stagingMemoryOutsideTheKernelsIsTaken() throws Refusal {
    Target target = on("ofed-4.1", DumpSysTree.defaultMachine());
    target
        .modules()
        .load(
            "nvmet-rdma",
            parameters(
                "offload_mem_start", "0xf00000000",
                "offload_mem_size", "2048",
                "offload_buffer_size", "256"));
    assertEquals(
        Map.of(
            "offload_mem_start", "64424509440",
            "offload_mem_size", "2048",
            "offload_buffer_size", "256"),
        new Inventory(target.sys()).parameters("nvmet_rdma"));
    assertEquals(
        List.of("nvmet_rdma: offload_mem_start=0xf00000000 pool_size=8, buf_size=256"),
        target.log().lines());
  }

  static List<SortedMap<String, String>> badStaging() {
    return List.of(
        parameters("offload_mem_start", "0x100000000", "offload_mem_size", "2048"),
        parameters("offload_mem_start", "0xf00000800", "offload_mem_size", "2048"),
        parameters("offload_mem_start", "0xe7ff00000", "offload_mem_size", "1024"),
        parameters("offload_mem_start", "x", "offload_mem_size", "1024"),
        parameters("offload_mem_size", "4294967296"));
  }

  @ParameterizedTest
  @MethodSource("badStaging")
  void stagingMemoryThatTheKernelMapsIsRefused(SortedMap<String, String> parameters) {
    Target target = on("ofed-4.6", DumpSysTree.defaultMachine());
    Refusal refusal =
        assertThrows(Refusal.class, () -> target.modules().load("nvmet_rdma", parameters));
    assertTrue(List.of(Errno.EINVAL, Errno.ERANGE).contains(refusal.errno()));
    assertFalse(target.sys().list("/sys/module").contains("nvmet_rdma"));
  }

  /** Facts: without a start or a size the parameters are ignored without a word. */
  @Test
  void stagingMemoryThatIsIncompleteIsIgnored() throws Refusal {
    Target target = on("ofed-4.1", DumpSysTree.defaultMachine());
    target.modules().load("nvmet_rdma", parameters("offload_mem_start", "0x100000001"));
    assertEquals(List.of(), target.log().lines());
  }

  @Test
  void bufferSizesHaveALeastThatDependsOnTheRelease() throws Refusal {
    SortedMap<String, String> twelve = parameters("offload_buffer_size", "12");
    on("ofed-4.1", DumpSysTree.defaultMachine()).modules().load("nvmet_rdma", twelve);
    on("ofed-25.10", DumpSysTree.defaultMachine()).modules().load("nvmet_rdma", twelve);
    Modules strict = on("ofed-4.6", DumpSysTree.defaultMachine()).modules();
    assertEquals(
        Errno.EINVAL, assertThrows(Refusal.class, () -> strict.load("nvmet_rdma", twelve)).errno());
  }

  /** Facts: from 4.4 on, 0 to 65534. */
  @Test
  void theNumberOfQueuesIsCheckedInLaterReleases() throws Refusal {
    Modules early = on("ofed-4.1", idleMachine()).modules();
    early.unload("nvme");
    early.load("nvme", parameters("num_p2p_queues", "70000"));
    Modules late = on("ofed-4.6", idleMachine()).modules();
    late.unload("nvme");
    assertEquals(
        Errno.EINVAL,
        assertThrows(Refusal.class, () -> late.load("nvme", parameters("num_p2p_queues", "65535")))
            .errno());
  }

  @Test
  void theDefaultMachinesAdaptersCanOrCannotOffload() {
    SimWorld world = new InventoryWorld(DumpSysTree.defaultMachine());
    Map<String, Boolean> offload = new TreeMap<>();
    for (SimWorld.LocalAddress address : world.addresses()) {
      address
          .adapter()
          .ifPresent(adapter -> offload.put(address.ip(), adapter.targetOffload().isPresent()));
    }
    assertEquals(true, offload.get("10.9.1.1"));
    assertEquals(true, offload.get("10.9.2.1"));
    assertEquals(false, offload.get("10.9.3.1"));
    assertFalse(offload.containsKey("192.0.2.10"));
  }

  @Test
  void theDefaultMachinesPathsAreToldApart() {
    SimWorld world = new InventoryWorld(DumpSysTree.defaultMachine());
    assertEquals(
        Optional.of("0000:85:00.0"), world.at("/dev/nvme0n1").nvme().orElseThrow().pciAddress());
    assertEquals("nvme3", world.at("/dev/nvme3n1p1").nvme().orElseThrow().controller());
    assertEquals("nvme0", world.at("/dev/nvme0").nvme().orElseThrow().controller());
    assertEquals(FileKind.CHARACTER_DEVICE, world.at("/dev/nvme0").kind());
    assertTrue(world.at("/dev/vg0/lun0").nvme().isEmpty());
    assertEquals(FileKind.BLOCK_DEVICE, world.at("/dev/vg0/lun0").kind());
    assertEquals(FileKind.REGULAR, world.at("/var/lib/nvmet/disk0.img").kind());
    assertEquals(FileKind.ABSENT, world.at("/dev/nvme9n1").kind());
    assertEquals("nvme", world.pci("0000:85:00.0").orElseThrow().driver());
    assertTrue(world.pci("85:00.0").isEmpty());
    assertTrue(world.peers("0000:85:00.0", "0000:85:00.0"));
    // each behind a root port of its own, as the drives of the emulated machine that refused it
    assertFalse(world.peers("0000:85:00.0", "0000:86:00.0"));
    assertFalse(world.peers("0000:85:00.0", "0000:05:00.0"));
  }
}
