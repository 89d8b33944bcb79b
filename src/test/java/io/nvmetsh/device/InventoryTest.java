package io.nvmetsh.device;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nvmetsh.device.AdapterGeneration.Offload;
import io.nvmetsh.device.SysTree.FileKind;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

class InventoryTest {

  static final List<String> MACHINES = List.of(Machines.NAMES);

  @ParameterizedTest
  @FieldSource("MACHINES")
  void showsEveryMachineAsItIs(String machine) {
    assertEquals(
        Machines.resource(machine + ".inventory"), InventoryText.of(Machines.tree(machine)));
  }

  @Test
  void theDefaultMachineFitsTheSeedsWalk() {
    Inventory inventory = inventory("default");
    NvmeDrive drive = inventory.driveBehind("/dev/nvme0n1").orElseThrow();
    assertEquals("0000:85:00.0", drive.pciAddress());
    assertEquals(Optional.of(1), drive.p2pQueues());
    assertEquals(Optional.of(1L), drive.namespace("nvme0n1").orElseThrow().nsid());
    assertFalse(inventory.blockDevice("/dev/nvme0n1").orElseThrow().isInUse());

    List<NvmeDrive> drives = inventory.drives();
    Set<String> addresses = new HashSet<>();
    drives.forEach(each -> addresses.add(each.pciAddress()));
    assertEquals(4, addresses.size());

    assertEquals(Offload.CAPABLE, rdma(inventory, "10.9.1.1").offload());
    assertEquals(Offload.CAPABLE, rdma(inventory, "10.9.2.1").offload());
    assertEquals("16.35.2000", rdma(inventory, "10.9.2.1").firmware());
    assertEquals(Offload.INCAPABLE, rdma(inventory, "10.9.3.1").offload());
    assertFalse(inventory.address("192.0.2.10").orElseThrow().isRdmaCapable());

    assertEquals(Optional.of("4.1-1.0.2"), inventory.ofedRelease());
    assertEquals(Optional.of("1"), inventory.parameter("nvme", "num_p2p_queues"));
    assertTrue(inventory.module("nvmet").isPresent());
    assertTrue(inventory.module("nvmet-rdma").isEmpty());

    // modprobe nvmet_rdma offload_mem_start=0xf00000000 offload_mem_size=2048
    MemoryRange staging = new MemoryRange(0xf00000000L, 0xf00000000L + (2048L << 20) - 1);
    for (MemoryRange used : inventory.kernelMemory().orElseThrow()) {
      assertFalse(used.overlaps(staging), used.toString());
    }
  }

  private static Inventory inventory(String machine) {
    return new Inventory(Machines.tree(machine));
  }

  private static RdmaDevice rdma(Inventory inventory, String address) {
    return inventory.address(address).orElseThrow().rdma().orElseThrow();
  }

  @Test
  void findsBlockDevicesThroughLinks() {
    Inventory inventory = inventory("default");
    String byId = "/dev/disk/by-id/nvme-SAMSUNG_MZQLB1T9HAJR-00007_S439NA0M200482";
    assertEquals("nvme1n1", inventory.blockDevice(byId).orElseThrow().name());
    assertEquals("nvme1", inventory.driveBehind(byId).orElseThrow().name());
    assertEquals("dm-0", inventory.blockDevice("/dev/vg0/lun0").orElseThrow().name());
    assertEquals("dm-0", inventory.blockDevice("/dev/../dev//vg0/./lun0").orElseThrow().name());
    assertEquals(Optional.empty(), inventory.driveBehind("/dev/vg0/lun0"));
    assertEquals("nvme3", inventory.driveBehind("/dev/nvme3n1p2").orElseThrow().name());
  }

  @Test
  void whatIsNoBlockDeviceIsAbsent() {
    Inventory inventory = inventory("default");
    for (String path :
        new String[] {
          "",
          "/",
          "nvme0n1",
          "/dev",
          "/dev/nvme0",
          "/dev/nvme9n1",
          "/sys/class/block/nvme0n1",
          "/var/lib/nvmet/disk0.img",
          "/dev/nvme0n1/x",
          "/dev/nvme0n1\0"
        }) {
      assertEquals(Optional.empty(), inventory.blockDevice(path), path);
      assertEquals(Optional.empty(), inventory.driveBehind(path), path);
    }
    assertEquals(FileKind.REGULAR, inventory.fileKind("/var/lib/nvmet/disk0.img"));
    assertEquals(FileKind.CHARACTER_DEVICE, inventory.fileKind("/dev/nvme0"));
    assertEquals(FileKind.DIRECTORY, inventory.fileKind("/dev"));
    assertEquals(FileKind.ABSENT, inventory.fileKind("/dev/nvme9"));
  }

  @Test
  void takesPciAddressesInAnySpelling() {
    Inventory inventory = inventory("default");
    for (String address : new String[] {"0000:85:00.0", "85:00.0", "0:85:0.0", "0000:85:00.0"}) {
      assertEquals("0000:85:00.0", inventory.pciDevice(address).orElseThrow().address());
      assertEquals("nvme0", inventory.driveAt(address).orElseThrow().name());
    }
    assertEquals(0x1017, inventory.pciDevice("82:00.0").orElseThrow().deviceId());
    assertEquals(Optional.empty(), inventory.driveAt("82:00.0"));
    assertEquals(Optional.empty(), inventory.driveAt("99:00.0"));
    assertEquals(Optional.empty(), inventory.pciDevice("../../../class/net"));
  }

  @Test
  void aHeadLeadsToItsControllersWhateverTheNumbersSay() {
    // Disk nvme3n1 is of subsystem 3, whose controllers are nvme2 and nvme3.
    Inventory inventory = inventory("multipath");
    assertEquals(List.of("nvme0n1", "nvme1n1", "nvme3n1"), inventory.blockDeviceNames());
    assertEquals("0000:00:14.0", inventory.driveBehind("/dev/nvme3n1").orElseThrow().pciAddress());
    assertEquals("nvme3n1", inventory.driveAt("00:15.0").orElseThrow().namespaces().get(0).name());
    assertEquals(Optional.empty(), inventory.blockDevice("/dev/nvme3c2n1"));
  }

  @Test
  void aFabricsControllerIsNoDrive() {
    Inventory inventory = inventory("fabrics");
    assertEquals(Optional.empty(), inventory.drive("nvme4"));
    assertTrue(inventory.blockDevice("/dev/nvme4n1").isPresent());
    assertEquals(Optional.empty(), inventory.driveBehind("/dev/nvme4n1"));
    assertEquals("tcp", inventory.fabricsControllers().get(0).transport());
    assertEquals(4, inventory.drives().size());
  }

  @Test
  void anAddressOnAVlanOrBondIsServedByTheDeviceBelow() {
    Inventory softroce = inventory("softroce");
    assertTrue(rdma(softroce, "10.9.5.1").isSoftware());
    // d0 and d1 are in one network; only d0 has soft-RoCE.
    assertEquals(Optional.of("d0"), softroce.address("10.9.9.1").orElseThrow().netDevice());
    assertEquals(Optional.of("d1"), softroce.address("10.9.9.2").orElseThrow().netDevice());
    assertFalse(softroce.address("10.9.9.2").orElseThrow().isRdmaCapable());

    Inventory doca = inventory("doca");
    assertEquals("mlx5_bond_0", rdma(doca, "10.9.1.1").name());
    assertEquals("mlx5_bond_0", rdma(doca, "FD00:9:64:0::0:1").name());
    assertFalse(doca.address("10.10.0.1").orElseThrow().isRdmaCapable(), "a bridge is not served");
  }

  @Test
  void knowsVirtualFunctionsAndAdmitsWhatItDoesNotKnow() {
    Inventory doca = inventory("doca");
    RdmaDevice ofBluefield = named(doca, "mlx5_4");
    assertEquals(AdapterGeneration.BLUEFIELD_3, ofBluefield.generation());
    assertTrue(ofBluefield.virtualFunction());
    assertFalse(ofBluefield.isActive());
    assertEquals(AdapterGeneration.NEWER_VIRTUAL_FUNCTION, named(doca, "mlx5_5").generation());
    assertEquals(Offload.UNKNOWN, named(doca, "mlx5_6").offload());
    assertEquals(Offload.INCAPABLE, named(doca, "bnxt_re0").offload());
  }

  private static RdmaDevice named(Inventory inventory, String name) {
    return inventory.rdmaDevices().stream()
        .filter(device -> device.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void zerosInIomemAreNotAMachineWithoutMemory() {
    assertEquals(Optional.empty(), inventory("laptop").kernelMemory());
  }

  @Test
  void builtInModulesAreFound() {
    Inventory laptop = inventory("laptop");
    assertTrue(laptop.module("nvme").orElseThrow().builtIn());
    assertTrue(laptop.module("nvme-fabrics").orElseThrow().builtIn(), "by modules.builtin alone");
    assertFalse(laptop.module("configfs").orElseThrow().builtIn());
    assertEquals(Optional.of("N"), laptop.parameter("nvme-core", "multipath"));
    assertEquals(Optional.empty(), laptop.ofedRelease());
  }

  @Test
  void anOldMainlineMlx5VersionIsNotOfed() {
    DumpSysTree mainline = Machines.tree("default").without("/sys/module/mlx_compat");
    assertEquals(Optional.empty(), new Inventory(mainline).ofedRelease());
    assertEquals(Optional.of("4.1-1.0.2"), new Inventory(mainline).moduleVersion("mlx5_core"));
  }

  @Test
  void textFromDevicesCannotWorkATerminal() {
    Inventory odd = inventory("odd");
    assertEquals("[31mEVIL 2J drive", odd.drives().get(0).model());
    assertEquals("]0;ownedodd", odd.hostName());
  }

  @Test
  void readsNothingBeforeItIsAskedAndNothingTwice() {
    List<String> reads = new ArrayList<>();
    SysTree watched = new Watched(Machines.tree("default"), reads);
    Inventory inventory = new Inventory(watched);
    assertEquals(List.of(), reads);
    inventory.driveBehind("/dev/nvme0n1");
    for (String read : reads) {
      assertFalse(read.contains("nvme1") || read.contains("mlx5"), read);
    }
    inventory.drives();
    inventory.blockDevices();
    inventory.addresses();
    reads.clear();
    inventory.drives();
    inventory.blockDevices();
    inventory.rdmaDevices();
    inventory.addresses();
    inventory.driveBehind("/dev/nvme0n1");
    assertEquals(List.of(), reads);
  }

  /** Notes which files are read. */
  private record Watched(SysTree machine, List<String> reads) implements SeenThrough {

    @Override
    public Optional<String> read(String file) {
      reads.add(file);
      return machine.read(file);
    }

    @Override
    public OptionalInt word(String file, int offset) {
      reads.add(file);
      return machine.word(file, offset);
    }
  }

  @Test
  void tellsWhoListens() {
    Inventory inventory =
        new Inventory(
            DumpSysTree.parse(
                "test",
                """
                nvmetsh machine 1
                /proc/net
                  tcp =   sl  local_address rem_address   st tx_queue rx_queue
                      |    0: 0109090A:1144 00000000:0000 0A 00000000:00000000
                      |    1: 0109090A:1144 0209090A:9C40 01 00000000:00000000
                      |    2: broken 00000000:0000 0A
                  tcp6 =    0: 00000000000000000000000000000000:0016 0:0 0A 0
                       |    1: 000080FE00000000FF005450B6AD1DFE:0050 0:0 0A 0
                """));
    assertEquals(
        List.of(
            new TcpListener("10.9.9.1", 4420),
            new TcpListener("::", 22),
            new TcpListener("fe80::5054:ff:fe1d:adb6", 80)),
        inventory.tcpListeners());
  }

  @Test
  void tellsWhichFileSystemAFileIsOn() {
    Inventory inventory =
        new Inventory(
            DumpSysTree.parse(
                "test",
                """
                nvmetsh machine 1
                /proc/1
                  mountinfo = 1 0 8:2 / / rw - ext4 /dev/sda2 rw
                            | 2 1 0:40 / /run rw - tmpfs none rw
                            | 3 1 0:41 / /run/one\\\\040more rw - ramfs none rw
                """));
    assertEquals("ext4", inventory.fileSystem("/running/disk.img"));
    assertEquals("tmpfs", inventory.fileSystem("/run/disk.img"));
    assertEquals("ramfs", inventory.fileSystem("/run/one more/disk.img"));
  }
}
