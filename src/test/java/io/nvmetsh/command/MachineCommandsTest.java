package io.nvmetsh.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nvmetsh.TestShell;
import io.nvmetsh.device.DumpSysTree;
import io.nvmetsh.device.Inventory;
import io.nvmetsh.device.InventoryText;
import io.nvmetsh.device.SysTree;
import io.nvmetsh.schema.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the shell tells of the machine, and what it changes in it: modules. */
class MachineCommandsTest {

  private final TestShell shell = TestShell.on("ofed-4.1");

  private void shows(String line, String expected) {
    TestShell.Said said = shell.type(line);
    assertEquals(List.of(), said.problems());
    assertEquals(expected.strip(), said.text());
  }

  @Test
  void drivesAreListedWithTheirUse() {
    shell.has(
        "create -p /subsystems/a/namespaces/1",
        "set /subsystems/a/namespaces/1 device_path=/dev/nvme0n1");
    shows(
        "devices",
        """
        device        PCI address   model                       serial                size  block  NUMA  P2P  use
        /dev/nvme0n1  0000:85:00.0  SAMSUNG MZQLB1T9HAJR-00007  S439NA0M200417      1.9 TB    512     1    1  exported by /subsystems/a/namespaces/1
        /dev/nvme1n1  0000:86:00.0  SAMSUNG MZQLB1T9HAJR-00007  S439NA0M200482      1.9 TB    512     1    1  free
        /dev/nvme2n1  0000:05:00.0  INTEL SSDPE2KX020T8         PHLJ912300K42P0BGN    2 TB    512     0    1  held by dm-0
        /dev/nvme3n1  0000:06:00.0  INTEL SSDPEDMD800G4         CVFT5123004G800CGN  800 GB    512     0    1  nvme3n1p1 mounted at /srv/cache
        """);
  }

  @Test
  void otherDevicesAreListedWhenAsked() {
    String text = shell.type("devices -a").text();
    assertTrue(text.contains("/dev/mapper/vg0-lun0  logical volume  536 GB  nvme2n1"), text);
    assertTrue(text.contains("/dev/nvme3n1p1        partition       400 GB  nvme3n1"), text);
    assertTrue(text.contains("sda1 mounted at /boot/efi, sda2 mounted at /, sda3 swap"), text);
  }

  /** A device that is exported by another of its names is exported all the same. */
  @Test
  void aDeviceIsKnownByAnyOfItsNames() {
    shell.has(
        "create -p /subsystems/a/namespaces/1",
        "set /subsystems/a/namespaces/1"
            + " device_path=/dev/disk/by-id/nvme-SAMSUNG_MZQLB1T9HAJR-00007_S439NA0M200482");
    String text = shell.type("devices").text();
    assertTrue(
        text.lines()
            .anyMatch(
                line ->
                    line.startsWith("/dev/nvme1n1 ")
                        && line.endsWith("exported by /subsystems/a/namespaces/1")),
        text);
  }

  @Test
  void networkCardsAreListedWithWhatTheyCan() {
    shows(
        "nics",
        """
        device  PCI address   adapter     firmware    NUMA  link                 offload                addresses
        mlx5_0  0000:82:00.0  ConnectX-5  16.35.2000     1  Ethernet 100 Gb/sec  capable                10.9.1.1 fd00:10:9:1::1
        mlx5_1  0000:82:00.1  ConnectX-5  16.35.2000     1  Ethernet 100 Gb/sec  capable                10.9.2.1
        mlx5_2  0000:03:00.0  ConnectX-4  12.28.2006     0  Ethernet 100 Gb/sec  no: before ConnectX-5  10.9.3.1
        """);
    assertTrue(TestShell.on("6.12").type("nics").text().contains("no: not MLNX_OFED"));
    String all = shell.type("nics --all").text();
    assertTrue(all.contains("192.0.2.10"), all);
    assertTrue(all.contains("fe80::e42:a1ff:fe10:1a40%enp130s0f0"), all);
  }

  @Test
  void modulesAreLoadedAndUnloaded() {
    assertTrue(line("modules", "nvmet_rdma").startsWith("nvmet_rdma  not loaded"));
    shell.has(
        "modules load nvmet-rdma offload_mem_start=0xf00000000 offload_mem_size=2048"
            + " offload_buffer_size=256");
    assertTrue(
        line("modules", "nvmet_rdma")
            .contains(
                "offload_buffer_size=256 offload_mem_size=2048 offload_mem_start=64424509440"));
    shell.has("modules unload nvmet_rdma");
    assertTrue(line("modules", "nvmet_rdma").startsWith("nvmet_rdma  not loaded"));
  }

  private String line(String command, String beginning) {
    Optional<String> line =
        shell.type(command).text().lines().filter(each -> each.startsWith(beginning)).findFirst();
    return line.orElseThrow();
  }

  @Test
  void onlyModulesWithNamesAndValuesAreLoaded() {
    for (String line :
        List.of(
            "modules load",
            "modules load -- -r",
            "modules load ../x",
            "modules load 'nvmet rdma'",
            "modules load nvmet-rdma offload_mem_size",
            "modules load nvmet-rdma =1",
            "modules load nvmet-rdma 'a b=1'",
            "modules load nvmet-rdma offload_mem_size=",
            "modules load nvmet-rdma 'offload_mem_size=1 x=2'",
            "modules unload nvmet-rdma x=1",
            "modules reload nvmet-rdma")) {
      assertEquals(Problem.Kind.USAGE, shell.refuses(line).kind(), line);
    }
  }

  @Test
  void theMachineIsSummedUp() {
    shows(
        "machine",
        """
        host           stor1
        simulated      yes, sim ofed-4.1
        kernel         4.11.12
        nvmet          MLNX_OFED 4.1 (nvmet of Linux 4.11)
        vendor_driver  MLNX_OFED 4.1-1.0.2
        build_options  none that matter to nvmet
        command_line   mem=59392M memmap=59392M iommu=pt
        memory         59 GB used by the kernel, up to 0xe7fffffff
        drives         4
        rdma_devices   3
        """);
  }

  @Test
  void theMachineCanBeTakenElsewhere(@TempDir Path directory) throws IOException {
    TestShell here = TestShell.in(directory, "ofed-4.1");
    TestShell.Said said = here.type("machine dump stor1.machine");
    assertEquals(List.of(), said.problems());
    Path file = directory.resolve("stor1.machine");
    assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
    SysTree copy = DumpSysTree.load(file);
    Inventory there = new Inventory(copy);
    assertEquals(InventoryText.ofDevices(here.target().sys()), InventoryText.ofDevices(copy));
    assertEquals(here.inventory().addresses(), there.addresses());
    assertEquals(here.inventory().driveAddresses(), there.driveAddresses());
    assertEquals(Files.readString(file).strip(), here.type("machine dump").text().strip());

    assertEquals(Problem.Kind.FILE, here.refuses("machine dump stor1.machine").kind());
    here.has("machine dump stor1.machine --force");
  }
}
