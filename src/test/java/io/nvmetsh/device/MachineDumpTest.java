package io.nvmetsh.device;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

class MachineDumpTest {

  static final List<String> MACHINES = List.of(Machines.NAMES);

  /** The odd machine has what no dump would have. */
  static final List<String> DUMPED =
      MACHINES.stream().filter(machine -> !machine.equals("odd")).toList();

  @ParameterizedTest
  @FieldSource("DUMPED")
  void theDumpOfADumpIsThatDump(String machine) {
    assertEquals(withoutComments(Machines.text(machine)), MachineDump.of(Machines.tree(machine)));
  }

  private static String withoutComments(String text) {
    StringBuilder kept = new StringBuilder();
    text.lines().filter(line -> !line.startsWith("#")).forEach(line -> kept.append(line + "\n"));
    return kept.toString();
  }

  @ParameterizedTest
  @FieldSource("MACHINES")
  void aDumpShowsTheSameInventory(String machine) {
    DumpSysTree original = Machines.tree(machine);
    DumpSysTree dumped = DumpSysTree.parse("dump", MachineDump.of(original));
    assertEquals(InventoryText.of(original), InventoryText.of(dumped));
    assertEquals(MachineDump.of(original), MachineDump.of(dumped));
  }

  @Test
  void thisVeryMachineSurvivesBeingDumped() {
    SysTree here = new DirSysTree();
    DumpSysTree dumped = DumpSysTree.parse("dump", MachineDump.of(here));
    assertEquals(new Inventory(here).kernelRelease(), new Inventory(dumped).kernelRelease());
    assertEquals(InventoryText.ofDevices(here), InventoryText.ofDevices(dumped));
    assertEquals(new Inventory(here).addresses(), new Inventory(dumped).addresses());
  }

  @Test
  void whatNobodyAsksForStaysOnTheMachine() {
    DumpSysTree machine =
        Machines.tree("default")
            .with("/etc/nvme/hostnqn", "nqn.2014-08.org.nvmexpress:uuid:secret\n")
            .with("/sys/class/nvme/nvme0/dhchap_secret", "DHHC-1:00:secret:\n")
            .with("/sys/class/nvme/nvme0/hostnqn", "nqn.secret\n")
            .with("/sys/module/secret/parameters/key", "secret\n")
            .with("/proc/cmdline", "root=secret mem=59392M nfsroot=secret iommu=pt quiet\n")
            .with(
                "/proc/modules", "nvme 53248 2 - Live 0xffffffffc0secret\nsecret 1 0 - Live 0x0\n")
            .with(
                "/proc/1/mountinfo",
                """
                36 35 8:2 / / rw,secret shared:1 master:2 - ext4 /dev/sda2 rw,password=secret
                37 36 0:40 / /net rw - cifs //server/secret rw,username=secret
                """)
            .with(
                "/boot/config-4.11.12",
                "CONFIG_SECRET=y\nCONFIG_PCI_P2PDMA=y\n# CONFIG_NVME_TARGET_AUTH is not set\n")
            .with("/proc/iomem", "000a0000-000bffff : secret\n00001000-0009bfff : System RAM\n")
            .with("/proc/swaps", "Filename Type Size\n/secret file 1\n/dev/sda3 partition 2 3 4\n")
            .with(
                "/proc/net/route",
                """
                eno1 00000000 010200C0 0003 0 0 0 00000000 secret
                eno1 000200C0 00000000 0001 0 0 0 00FFFFFF 0 0 secret
                """)
            .with(
                "/proc/net/fib_trie",
                """
                Main:
                   |-- 198.51.100.1
                      /32 universe UNICAST
                   |-- 192.0.2.10
                      /32 host LOCAL
                """);
    String dump = MachineDump.of(machine);
    assertFalse(dump.contains("secret"), dump);
    assertFalse(dump.contains("198.51.100.1"), dump);
    assertTrue(dump.contains("  config-4.11.12 = CONFIG_PCI_P2PDMA=y\n"), dump);
    assertTrue(dump.contains(" | # CONFIG_NVME_TARGET_AUTH is not set\n"), dump);
    assertTrue(dump.contains("  cmdline = mem=59392M iommu=pt\n"), dump);
    assertTrue(dump.contains("  modules = nvme 53248 2 - Live 0x0\n"), dump);
    assertTrue(dump.contains("  mountinfo = 0 0 8:2 / / rw - ext4 /dev/sda2 rw\n"), dump);
    assertTrue(dump.contains("  iomem = 00001000-0009bfff : System RAM\n"), dump);
    assertTrue(dump.contains("  swaps = /dev/sda3 partition\n"), dump);
    assertTrue(dump.contains("  route = eno1 000200C0 00000000 0001 0 0 0 00FFFFFF\n"), dump);
    assertTrue(dump.contains("|-- 192.0.2.10"), dump);
  }
}
