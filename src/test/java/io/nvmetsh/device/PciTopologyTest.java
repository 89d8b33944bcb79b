package io.nvmetsh.device;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How PCI devices hang together, as sysfs shows it. */
class PciTopologyTest {

  private static final String DRIVE = "/sys/devices/pci0000:80/0000:80:03.0/0000:85:00.0";

  private static PciTopology topology(SysTree tree) {
    return new Inventory(tree).topology();
  }

  @Test
  void theWayUpEndsAtTheRootPort() {
    PciTopology topology = topology(Machines.tree("cx5-ofed46"));
    PciPath path = topology.path("0000:3f:00.0").orElseThrow();
    assertEquals("pci0000:3a", path.hostBridge());
    assertEquals(
        List.of("0000:3f:00.0", "0000:3c:0c.0", "0000:3b:00.0", "0000:3a:00.0"), path.devices());
    assertEquals("0000:3a:00.0", path.rootPort());
    assertEquals(Optional.empty(), topology.path("0000:99:00.0"));
  }

  /** VMD makes a bus of its own below itself: what is above is not on the way. */
  @Test
  void aDomainBelowAnotherDeviceBeginsAnew() {
    PciPath path = topology(Machines.tree("doca")).path("10000:01:00.0").orElseThrow();
    assertEquals("pci10000:00", path.hostBridge());
    assertEquals(List.of("10000:01:00.0", "10000:00:02.0"), path.devices());
  }

  @ParameterizedTest
  @CsvSource({
    // header of the only capability and the word behind it, whether it redirects
    "0001000d, 001d001f, true",
    "0001000d, 0004001f, true",
    "0001000d, 0008001f, true",
    "0001000d, 0020003f, true",
    "0001000d, 0011001f, false",
    "0001000d, 0000001f, false",
    "00010001, 00ff00ff, false",
    "00000000, 00ff00ff, false",
    "ffffffff, 00ff00ff, false"
  })
  void redirectionIsThreeBitsOfOneCapability(String header, String word, boolean redirects) {
    String config = "40: 00000000\n100: " + header + "\n104: " + word + "\n";
    DumpSysTree machine = Machines.tree("default").with(DRIVE + "/config", config);
    assertEquals(Optional.of(redirects), topology(machine).redirects("0000:85:00.0"));
  }

  @Test
  void theCapabilityIsFoundBehindOthersAndABrokenListEnds() {
    assertEquals(
        Optional.of(true), topology(Machines.tree("half-broken")).redirects("0000:16:00.0"));
    assertEquals(
        Optional.of(false), topology(Machines.tree("cx5-ofed46")).redirects("0000:3c:0c.0"));
    String circle = "40: 00000000\n100: 10010001\n";
    DumpSysTree machine = Machines.tree("default").with(DRIVE + "/config", circle);
    assertEquals(Optional.of(false), topology(machine).redirects("0000:85:00.0"));
  }

  /** pci_read_config gives others than root the first 64 bytes alone. */
  @Test
  void whatOnlyRootIsToldIsNotKnown() {
    DumpSysTree machine = Machines.tree("default").with(DRIVE + "/config", "3c: 00000100\n");
    assertEquals(Optional.empty(), topology(machine).redirects("0000:85:00.0"));
    assertEquals(
        Optional.empty(), topology(machine.without(DRIVE + "/config")).redirects("0000:85:00.0"));
  }

  @Test
  void anIommuThatIsOffIsNotOneThatNobodyTellsOf() {
    assertEquals(Optional.empty(), topology(Machines.tree("default")).iommus());
    assertEquals(Optional.of(List.of()), topology(Machines.tree("cx5-ofed46")).iommus());
    PciTopology on = topology(Machines.tree("half-broken"));
    assertEquals(Optional.of(List.of("dmar0", "dmar1")), on.iommus());
    assertEquals(
        Optional.of(new IommuGroup("24", Optional.of("DMA-FQ"))), on.iommuGroup("0000:18:00.0"));
    assertEquals(Optional.empty(), on.iommuGroup("0000:99:00.0"));
  }

  @Test
  void aControllerMemoryBufferIsMeasuredInUnitsOfItsOwn() {
    Inventory inventory = new Inventory(Machines.tree("cx6dx-p2pmem"));
    assertEquals(
        Optional.of(64L << 20), inventory.memoryBuffer(inventory.drive("nvme0").orElseThrow()));
    assertEquals(Optional.empty(), inventory.memoryBuffer(inventory.drive("nvme1").orElseThrow()));
    assertEquals(
        Optional.of(new PeerMemory(64L << 20, Optional.of(64L << 20), Optional.of(true))),
        inventory.peerMemory("0000:23:00.0"));
  }
}
