package io.nvmetsh.device;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What calc_map_type_and_dist in drivers/pci/p2pdma.c lets through. */
class PeerReachTest {

  private static final String PROVIDER = "0000:23:00.0";
  private static final String BELOW_THE_SAME_SWITCH = "0000:24:00.0";
  private static final Optional<String> TOO_FAR =
      Optional.of(
          "they do not share an upstream bridge, and no host bridge is known to pass it on");

  private static Optional<String> barrier(SysTree machine, String provider, String client) {
    return new Inventory(machine).peerBarrier(provider, client);
  }

  /** The port of the switch above the second drive, with ACS as given. */
  private static DumpSysTree redirecting(String acs) {
    return Machines.tree("cx6dx-p2pmem")
        .with(
            "/sys/bus/pci/devices/0000:22:04.0/config",
            "40: c8034801\n100: f2410003\nf24: 0001000d\nf28: " + acs + "\n");
  }

  private static DumpSysTree behindHostBridge(String id) {
    String text =
        MachineDump.of(DumpSysTree.defaultMachine())
            + """

            /sys/bus/pci/devices
              0000:80:00.0 -> /sys/devices/pci0000:80/0000:80:00.0

            /sys/devices/pci0000:80/0000:80:00.0
              vendor = 0x8086
            """
            + "  device = "
            + id
            + "\n";
    return DumpSysTree.parse("test", text);
  }

  @Test
  void aDeviceReachesItselfAndWhatIsBelowTheSameSwitch() {
    SysTree machine = Machines.tree("cx6dx-p2pmem");
    assertEquals(Optional.empty(), barrier(machine, PROVIDER, PROVIDER));
    assertEquals(Optional.empty(), barrier(machine, PROVIDER, BELOW_THE_SAME_SWITCH));
  }

  @Test
  void aSwitchThatRedirectsIsInTheWay() {
    assertEquals(
        Optional.empty(), barrier(redirecting("0000005f"), PROVIDER, BELOW_THE_SAME_SWITCH));
    DumpSysTree machine = redirecting("0004005f");
    assertEquals(
        Optional.of("ACS redirects what they would send each other: 0000:22:04.0"),
        barrier(machine, PROVIDER, BELOW_THE_SAME_SWITCH));
  }

  @Test
  void zenPassesEverythingOn() {
    String cpu = "/sys/devices/system/cpu/modalias";
    DumpSysTree machine = redirecting("0004005f");
    String zen = "cpu:type:x86,ven0002fam0017mod0031:feature:,0000,0001\n";
    assertEquals(
        Optional.empty(), barrier(machine.with(cpu, zen), PROVIDER, BELOW_THE_SAME_SWITCH));
    for (String other :
        new String[] {zen.replace("fam0017", "fam0015"), zen.replace("ven0002", "ven0000")}) {
      assertEquals(
          Optional.of("ACS redirects what they would send each other: 0000:22:04.0"),
          barrier(machine.with(cpu, other), PROVIDER, BELOW_THE_SAME_SWITCH));
    }
  }

  @Test
  void betweenRootPortsOnlyKnownHostBridgesPassItOn() {
    assertEquals(TOO_FAR, barrier(DumpSysTree.defaultMachine(), "0000:85:00.0", "0000:86:00.0"));
    assertEquals(TOO_FAR, barrier(behindHostBridge("0x1237"), "0000:85:00.0", "0000:86:00.0"));
    for (String known : new String[] {"0x2030", "0x2f00"}) {
      assertEquals(
          Optional.empty(), barrier(behindHostBridge(known), "0000:85:00.0", "0000:86:00.0"));
    }
    // the other one is not known, and 0x2f00 passes on nothing to another at all
    assertEquals(TOO_FAR, barrier(behindHostBridge("0x2f00"), "0000:85:00.0", "0000:05:00.0"));
  }

  @Test
  void whatIsNowhereIsOutOfReach() {
    assertEquals(
        Optional.of("where 0000:99:00.0 is, is not known"),
        barrier(DumpSysTree.defaultMachine(), "0000:99:00.0", "0000:86:00.0"));
  }
}
