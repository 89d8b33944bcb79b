package io.nvmetsh.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nvmetsh.TestShell;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The values that are offered for attributes: from their types, the machine and the tree. */
class ValueCompletionTest {

  private static final String NAMESPACE = "set /subsystems/nqn.2024-01.io.example:b/namespaces/1 ";

  /** For tests that only look. */
  private static final Tab TAB = Tab.onTarget();

  /** What is offered behind the equals sign, without the attribute. */
  private static List<String> values(Tab tab, String line) {
    List<String> values = new ArrayList<>();
    for (String word : tab.words(line)) {
      values.add(word.substring(word.indexOf('=') + 1));
    }
    return values;
  }

  @Test
  void theWholeWordIsOffered() {
    assertEquals(
        List.of("addr_trtype=rdma", "addr_trtype=loop", "addr_trtype=fc"),
        TAB.words("set /ports/2 addr_trtype="));
    assertEquals(List.of("trtype=rdma"), TAB.words("set /ports/2 addr trtype=r"));
    assertEquals(List.of("addr_trtype=rdma"), TAB.words("set /ports/2 'addr_trtype=r"));
    assertEquals(List.of("addr_trtype=rdma"), TAB.words("create /ports/9 addr_trtype=r"));
    assertEquals(List.of(), TAB.words("set /ports/2 nosuch="));
    assertEquals(List.of(), TAB.words("set /ports/9 addr_trtype="));
  }

  @Test
  void theWordsAreThoseOfThisKernel() {
    Tab newer = new Tab(TestShell.on("6.12")).has("create /ports/1");
    assertEquals(List.of("rdma", "tcp", "loop", "fc"), values(newer, "set /ports/1 addr_trtype="));
    assertEquals(List.of("none", "tls1.3", "connected"), values(newer, "set /ports/1 addr_tsas="));
    assertEquals("TCP", newer.beside("set /ports/1 addr_trtype=", "addr_trtype=tcp"));
  }

  @Test
  void whatIsSetNowIsMarked() {
    assertEquals(
        "off",
        TAB.beside("set /subsystems/testsubsystem attr_allow_any_host=", "attr_allow_any_host=0"));
    assertEquals(
        "on (as it is now)",
        TAB.beside("set /subsystems/testsubsystem attr_allow_any_host=", "attr_allow_any_host=1"));
    assertEquals(
        "says nothing about a secure channel (as it is now)",
        TAB.beside("set /ports/2 addr_treq=", "addr_treq=not specified"));
  }

  @Test
  void aFreeValueIsOfferedAsItIsAndAsItWas() {
    Tab tab = new Tab(TestShell.on("6.12")).has("create /subsystems/a attr_model=Mine");
    assertEquals(List.of("Mine", "Linux"), values(tab, "set /subsystems/a attr_model="));
    assertEquals("as it is now", tab.beside("set /subsystems/a attr_model=", "attr_model=Mine"));
    assertEquals(
        "as in a new object", tab.beside("set /subsystems/a attr_model=", "attr_model=Linux"));
  }

  @Test
  void aKeyIsNeverOffered() {
    Tab tab =
        new Tab(TestShell.on("6.12"))
            .has("create /hosts/h", "set /hosts/h dhchap_key=DHHC-1:00:c2VjcmV0c2VjcmV0:");
    assertEquals(
        List.of("?", "@...", "generate@..."),
        values(tab, "set /hosts/h dhchap_key=").subList(0, 3));
    assertFalse(tab.words("set /hosts/h dhchap_key=").toString().contains("DHHC"));
    assertTrue(tab.words("set /hosts/h dhchap_key=@/et").contains("dhchap_key=@/etc/..."));
    assertEquals(List.of("dhchap_key=..."), tab.words("set /hosts/h dhchap_k"));
  }

  @Test
  void drivesThatAreFreeComeFirstAndOthersAfterAllDrives() {
    List<String> values = values(TAB, NAMESPACE + "device_path=");
    assertEquals(
        List.of(
            "/dev/nvme1n1", "/dev/nvme0n1", "/dev/nvme2n1", "/dev/nvme3n1", "/dev/mapper/vg0-lun0"),
        values.subList(0, 5));
    assertTrue(values.containsAll(List.of("/dev/md0", "/dev/nvme3n1p1", "/dev/sda1")));
    assertEquals("/dev/disk/by-id/...", values.get(values.size() - 1));
  }

  @Test
  void aDeviceIsDescribed() {
    String line = NAMESPACE + "device_path=";
    assertEquals(
        "free, 1.9 TB, 0000:86:00.0, SAMSUNG MZQLB1T9HAJR-00007, serial ..200482, NUMA 1",
        TAB.beside(line, "device_path=/dev/nvme1n1"));
    assertEquals(
        "in use, 1.9 TB, 0000:85:00.0, SAMSUNG MZQLB1T9HAJR-00007, serial ..200417, NUMA 1:"
            + " exported by /subsystems/testsubsystem/namespaces/1",
        TAB.beside(line, "device_path=/dev/nvme0n1"));
    assertEquals(
        "in use, 800 GB, 0000:06:00.0, INTEL SSDPEDMD800G4, serial ..800CGN, NUMA 0:"
            + " nvme3n1p1 mounted at /srv/cache",
        TAB.beside(line, "device_path=/dev/nvme3n1"));
    assertEquals(
        "free, 536 GB, logical volume vg0-lun0, on nvme2n1",
        TAB.beside(line, "device_path=/dev/mapper/vg0-lun0"));
    assertEquals(
        "free, 400 GB, partition, of nvme3n1", TAB.beside(line, "device_path=/dev/nvme3n1p2"));
  }

  @Test
  void theDeviceOfTheNamespaceItselfIsNotInUseByAnother() {
    assertEquals(
        "free, 1.9 TB, 0000:85:00.0, SAMSUNG MZQLB1T9HAJR-00007, serial ..200417, NUMA 1 (as it is now)",
        TAB.beside(
            "set /subsystems/testsubsystem/namespaces/1 device_path=", "device_path=/dev/nvme0n1"));
  }

  @Test
  void devicesAreFoundByOtherNamesToo() {
    assertEquals(List.of("/dev/nvme1n1"), values(TAB, NAMESPACE + "device_path=/dev/nvme1"));
    assertEquals(
        List.of("/dev/mapper/vg0-lun0"), values(TAB, NAMESPACE + "device_path=/dev/mapper/"));
    String byId = "/dev/disk/by-id/nvme-SAMSUNG_MZQLB1T9HAJR-00007_S439NA0M200482";
    assertEquals(
        List.of(byId),
        values(TAB, NAMESPACE + "device_path=" + byId.substring(0, byId.length() - 1)));
    assertEquals(
        "free, nvme1n1, 1.9 TB, 0000:86:00.0, SAMSUNG MZQLB1T9HAJR-00007, serial ..200482, NUMA 1",
        TAB.beside(NAMESPACE + "device_path=/dev/disk/by-id/nvme-S", "device_path=" + byId));
    assertEquals(
        List.of("/var/lib/nvmet/disk0.img"),
        values(TAB, NAMESPACE + "device_path=/var/lib/nvmet/"));
    assertEquals(List.of(), values(TAB, NAMESPACE + "device_path=nvme"));
  }

  @Test
  void theDriveBehindTheDeviceComesFirst() {
    String line = NAMESPACE + "device_path=/dev/nvme2n1 pci_device_path=";
    assertEquals(
        List.of("0000:05:00.0", "0000:86:00.0", "0000:85:00.0", "0000:06:00.0"), values(TAB, line));
    assertEquals(
        "behind /dev/nvme2n1: nvme2, INTEL SSDPE2KX020T8, serial ..2P0BGN, 2 TB, NUMA 0,"
            + " 1 P2P queue granted",
        TAB.beside(line, "pci_device_path=0000:05:00.0"));
    assertEquals(
        "free, nvme1, SAMSUNG MZQLB1T9HAJR-00007, serial ..200482, 1.9 TB, NUMA 1,"
            + " 1 P2P queue granted",
        TAB.beside(line, "pci_device_path=0000:86:00.0"));
    assertEquals(
        "0000:85:00.0",
        values(TAB, "set /subsystems/testsubsystem/namespaces/1 pci_device_path=").get(0));
    assertEquals(List.of("0000:86:00.0"), values(TAB, NAMESPACE + "pci_device_path=0000:86"));
  }

  @Test
  void addressesThatCanOffloadComeFirst() {
    String line = "set /ports/2 addr_trtype=rdma addr_adrfam=ipv4 addr_traddr=";
    assertEquals(
        List.of("10.9.1.1", "10.9.2.1", "10.9.3.1", "192.0.2.10", "127.0.0.1", "0.0.0.0"),
        values(TAB, line));
    assertEquals(
        "enp130s0f0, mlx5_0, RDMA, offload, link up", TAB.beside(line, "addr_traddr=10.9.1.1"));
    assertEquals(
        "enp3s0, mlx5_2, RDMA, no offload (ConnectX-4), link up",
        TAB.beside(line, "addr_traddr=10.9.3.1"));
    assertEquals("eno1, no RDMA, link up", TAB.beside(line, "addr_traddr=192.0.2.10"));
    assertEquals(
        "every IPv4 address of this machine; never with offload",
        TAB.beside(line, "addr_traddr=0.0.0.0"));
  }

  @Test
  void addressesAreThoseOfTheFamily() {
    for (String value : values(TAB, "set /ports/2 addr_adrfam=ipv6 addr_traddr=")) {
      assertTrue(value.contains(":"), value);
    }
    assertEquals(List.of(), values(TAB, "set /ports/2 addr_trtype=loop addr_traddr="));
    assertEquals(List.of(), values(TAB, "set /ports/2 addr_adrfam=fc addr_traddr="));
    assertTrue(values(TAB, "set /ports/2 addr_traddr=").containsAll(List.of("10.9.1.1", "::")));
  }

  @Test
  void offloadIsNotSpokenOfWithoutTheVendorsDriver() {
    Tab tab = new Tab(TestShell.on("6.12")).has("create /ports/1");
    assertEquals(
        "enp130s0f0, mlx5_0, RDMA, link up",
        tab.beside("set /ports/1 addr_traddr=", "addr_traddr=10.9.1.1"));
  }

  @Test
  void aNumberThatIsTakenIsMarkedAndTheNextOneOffered() {
    String line = "set /ports/2 addr_trtype=rdma addr_traddr=10.9.1.1 addr_trsvcid=";
    assertEquals(List.of("4421", "4420"), values(TAB, line));
    assertEquals(
        "customary for NVMe over Fabrics, in use by /ports/1",
        TAB.beside(line, "addr_trsvcid=4420"));
    assertEquals(
        List.of("4420"),
        values(TAB, "set /ports/2 addr_trtype=rdma addr_traddr=10.9.2.1 addr_trsvcid="));
    assertEquals(
        List.of("4420", "8009"), values(TAB, "set /ports/2 addr_trtype=tcp addr_trsvcid="));
  }

  @Test
  void controllersAndProvidersOfMemory() {
    Tab tab = new Tab(TestShell.on("7.3")).has("create -p /subsystems/a/namespaces/1");
    assertEquals(
        List.of("/dev/nvme0", "/dev/nvme1", "/dev/nvme2", "/dev/nvme3"),
        values(tab, "set /subsystems/a/passthru device_path=").stream().sorted().toList());
    assertEquals(List.of("0", "1"), values(tab, "set /subsystems/a/namespaces/1 p2pmem="));
  }

  /** A machine's texts are what its makers, or an attacker, wrote. */
  @Test
  void noDescriptionHasAnythingATerminalWouldObey() {
    for (String line : List.of("device_path=", "pci_device_path=")) {
      for (Candidate candidate : TAB.candidates(NAMESPACE + line)) {
        assertFalse(candidate.description().chars().anyMatch(Character::isISOControl));
      }
    }
  }
}
