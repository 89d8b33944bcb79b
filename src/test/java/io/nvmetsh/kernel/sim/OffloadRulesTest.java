package io.nvmetsh.kernel.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nvmetsh.device.SysTree.FileKind;
import io.nvmetsh.kernel.Errno;
import io.nvmetsh.kernel.Refusal;
import io.nvmetsh.kernel.sim.SimWorld.Adapter;
import io.nvmetsh.kernel.sim.SimWorld.OffloadLimits;
import io.nvmetsh.kernel.sim.SimWorld.PciFunction;
import io.nvmetsh.kernel.sim.SimWorld.Place;
import io.nvmetsh.schema.NvmetPath;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What the vendor's driver refuses, one test a refusal, each in the releases that it is read from.
 * Up to 4.2 a namespace names its drive; since 4.3 the subsystem has a switch.
 */
class OffloadRulesTest {

  /** With these tests' adapters: what it can, one subsystem a port, nothing. */
  private static final String CAPABLE = "10.9.1.1";

  private static final String MODEST = "10.9.2.1";
  private static final String INCAPABLE = "10.9.3.1";

  /** Many namespaces, and one back end for all of them. */
  private static final String NARROW = "10.9.4.1";

  private static FixedWorld world() {
    return new FixedWorld()
        .drive("nvme0", "0000:85:00.0", false)
        .drive("nvme1", "0000:86:00.0", false)
        .transfers("nvme1", 4)
        .function(new PciFunction("0000:82:00.0", "mlx5_core", false))
        .place("/dev/sda", Place.of(FileKind.BLOCK_DEVICE))
        .place("/srv/file", Place.of(FileKind.REGULAR))
        .address(CAPABLE, Optional.of(new Adapter("mlx5_0", Optional.of(OffloadLimits.GENEROUS))))
        .address(
            MODEST,
            Optional.of(
                new Adapter("mlx5_1", Optional.of(new OffloadLimits(false, false, 3, 2, 2, 5)))))
        .address(
            NARROW,
            Optional.of(
                new Adapter("mlx5_3", Optional.of(new OffloadLimits(true, true, 0, 8, 1, 0)))))
        .address(INCAPABLE, Optional.of(new Adapter("mlx5_2", Optional.empty())))
        .address("127.0.0.1", Optional.empty());
  }

  /** A kernel and the words to use it with. */
  private static final class Lab {

    private final SimKernel kernel;

    Lab(String profile) {
      kernel = Kernels.start(SimProfile.named(profile), world());
    }

    Lab subsystem(String name) throws Refusal {
      kernel.mkdir(path("/subsystems/" + name));
      return this;
    }

    Lab namespace(String subsystem, int nsid, String device) throws Refusal {
      String at = "/subsystems/" + subsystem + "/namespaces/" + nsid;
      kernel.mkdir(path(at));
      return write(at + "/device_path", device);
    }

    Lab enabled(String subsystem, int nsid, String device) throws Refusal {
      return namespace(subsystem, nsid, device).enable(subsystem, nsid);
    }

    /** Up to 4.2. */
    Lab offloaded(String subsystem, int nsid, String drive, String address) throws Refusal {
      return namespace(subsystem, nsid, drive)
          .write(pci(subsystem, nsid), address)
          .enable(subsystem, nsid);
    }

    Lab enable(String subsystem, int nsid) throws Refusal {
      return write("/subsystems/" + subsystem + "/namespaces/" + nsid + "/enable", "1");
    }

    Lab port(int id, String trtype, String address) throws Refusal {
      kernel.mkdir(path("/ports/" + id));
      return write("/ports/" + id + "/addr_trtype", trtype)
          .write("/ports/" + id + "/addr_adrfam", "ipv4")
          .write("/ports/" + id + "/addr_traddr", address)
          .write("/ports/" + id + "/addr_trsvcid", "4420");
    }

    Lab link(int port, String subsystem) throws Refusal {
      kernel.symlink(
          path("/ports/" + port + "/subsystems/" + subsystem), path("/subsystems/" + subsystem));
      return this;
    }

    Lab unlink(int port, String subsystem) throws Refusal {
      kernel.unlink(path("/ports/" + port + "/subsystems/" + subsystem));
      return this;
    }

    Lab write(String attribute, String value) throws Refusal {
      kernel.write(path(attribute), value);
      return this;
    }

    String read(String attribute) throws Refusal {
      return kernel.read(path(attribute)).stripTrailing();
    }

    SimNode node(String group, String name) {
      return kernel.nvmet().root().group(group).group(name);
    }
  }

  private static NvmetPath path(String text) {
    return NvmetPath.parse(text);
  }

  private static String pci(String subsystem, int nsid) {
    return "/subsystems/" + subsystem + "/namespaces/" + nsid + "/pci_device_path";
  }

  private static void refused(Errno errno, Executable operation, String... log) {
    Refusal refusal = assertThrows(Refusal.class, operation);
    assertEquals(errno, refusal.errno());
    List<String> lines = new ArrayList<>();
    for (String line : log) {
      lines.add("nvmet: " + line);
    }
    assertEquals(lines, refusal.log().stream().filter(l -> l.startsWith("nvmet: ")).toList());
  }

  private static void crashes(String hazard, Executable operation) {
    assertEquals(hazard, assertThrows(SimCrash.class, operation).hazard());
  }

  // Two interfaces.

  @ParameterizedTest
  @CsvSource({
    "ofed-4.1,false,true",
    "ofed-4.6,true,false",
    "ofed-25.10,true,false",
    "6.12,false,false"
  })
  void eachReleaseHasItsOwnSwitch(String profile, boolean subsystemsSwitch, boolean namespaces)
      throws Refusal {
    Lab lab = new Lab(profile).subsystem("s").namespace("s", 1, "/dev/nvme0n1");
    SimNode subsystem = lab.node("subsystems", "s");
    assertEquals(subsystemsSwitch, subsystem.shape().has("attr_offload"));
    assertEquals(
        namespaces, subsystem.group("namespaces").group("1").shape().has("pci_device_path"));
  }

  // pci_device_path, 4.1 and 4.2.

  @ParameterizedTest
  @ValueSource(
      strings = {"0000:85:00.0", "0000:85:00.0\n", "0:85:0.0", "0x0:0x85:0.0", "+0:85:+0.0"})
  void pciAddressIsReadPartByPart(String text) throws Refusal {
    Lab lab = new Lab("ofed-4.1").subsystem("s").namespace("s", 1, "/dev/nvme0n1");
    assertEquals("N/A", lab.read(pci("s", 1)));
    lab.write(pci("s", 1), text);
    assertEquals("0000:85:00.0", lab.read(pci("s", 1)));
  }

  @Test
  void pciAddressOfAnEnabledNamespaceIsLocked() throws Refusal {
    Lab lab = new Lab("ofed-4.1").subsystem("s").offloaded("s", 1, "/dev/nvme0n1", "0000:85:00.0");
    refused(Errno.EBUSY, () -> lab.write(pci("s", 1), "0000:86:00.0"));
    assertEquals("0000:85:00.0", lab.read(pci("s", 1)));
  }

  /** The old address is dropped before the new one is looked at. */
  @ParameterizedTest
  @CsvSource({
    "EINVAL,85:00.0,please supply bus ID for PCI p2p establishment",
    "EINVAL,“0000:85:00.0”,please supply domain ID for PCI p2p establishment",
    "EINVAL,0000:85:00.0x,please supply function ID for PCI p2p establishment",
    "EINVAL,0000:85:.0,please supply slot ID for PCI p2p establishment",
    "ERANGE,100000000:85:00.0,please supply domain ID for PCI p2p establishment",
  })
  void pciAddressThatDoesNotParse(Errno errno, String text, String line) throws Refusal {
    Lab lab = new Lab("ofed-4.1").subsystem("s").namespace("s", 1, "/dev/nvme0n1");
    lab.write(pci("s", 1), "0000:85:00.0");
    refused(errno, () -> lab.write(pci("s", 1), text), line);
    assertEquals("N/A", lab.read(pci("s", 1)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"0000:87:00.0", "0000:85:20.0", "0000:85:00.8", "-1:85:00.0"})
  void pciAddressWithoutADevice(String text) throws Refusal {
    Lab lab = new Lab("ofed-4.1").subsystem("s").namespace("s", 1, "/dev/nvme0n1");
    lab.write(pci("s", 1), "0000:85:00.0");
    refused(Errno.EAGAIN, () -> lab.write(pci("s", 1), text));
    assertEquals("N/A", lab.read(pci("s", 1)));
  }

  @Test
  void pciAddressIsClearedByOneExactWord() throws Refusal {
    Lab lab = new Lab("ofed-4.1").subsystem("s").namespace("s", 1, "/dev/nvme0n1");
    lab.write(pci("s", 1), "0000:85:00.0").write(pci("s", 1), "clear");
    assertEquals("N/A", lab.read(pci("s", 1)));
    lab.write(pci("s", 1), "0000:85:00.0");
    crashes(
        "HAZ-PCI-SYNTAX",
        () ->
            new Lab("ofed-4.1")
                .subsystem("s")
                .namespace("s", 1, "/dev/nvme0n1")
                .write(pci("s", 1), "c1ea"));
    refused(
        Errno.EINVAL,
        () -> lab.write(pci("s", 1), "clear\n"),
        "please supply domain ID for PCI p2p establishment");
    assertEquals("N/A", lab.read(pci("s", 1)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"0000", "0000:85", "0000:85:00", "8500"})
  void pciAddressWithAPartMissingCrashes(String text) throws Refusal {
    Lab lab = new Lab("ofed-4.1").subsystem("s").namespace("s", 1, "/dev/nvme0n1");
    crashes("HAZ-PCI-SYNTAX", () -> lab.write(pci("s", 1), text));
  }

  /** Any function can be stored; what it is matters when the namespace is enabled. */
  @ParameterizedTest
  @ValueSource(strings = {"0000:86:00.0", "0000:82:00.0"})
  void pciAddressOfAnotherDevice(String other) throws Refusal {
    Lab lab = new Lab("ofed-4.1").subsystem("s").namespace("s", 1, "/dev/nvme0n1");
    lab.write(pci("s", 1), other);
    refused(Errno.EINVAL, () -> lab.enable("s", 1), "P2P pdev doesn't match to the ns bdev");
    assertEquals("N/A", lab.read(pci("s", 1)));
    assertEquals("0", lab.read("/subsystems/s/namespaces/1/enable"));
  }

  /** The first enabled namespace decides, silently. */
  @Test
  void namespacesOfBothKindsExcludeEachOther() throws Refusal {
    Lab lab = new Lab("ofed-4.1").subsystem("s").offloaded("s", 1, "/dev/nvme0n1", "0000:85:00.0");
    lab.namespace("s", 2, "/dev/sda");
    refused(Errno.EINVAL, () -> lab.enable("s", 2));
    Lab plain = new Lab("ofed-4.1").subsystem("s").enabled("s", 1, "/dev/sda");
    plain.namespace("s", 2, "/dev/nvme0n1").write(pci("s", 2), "0000:85:00.0");
    refused(Errno.EINVAL, () -> plain.enable("s", 2));
    assertEquals("N/A", plain.read(pci("s", 2)));
  }

  @Test
  void severalOffloadedNamespacesPassInThisEra() throws Refusal {
    Lab lab = new Lab("ofed-4.1").subsystem("s").offloaded("s", 1, "/dev/nvme0n1", "0000:85:00.0");
    lab.offloaded("s", 2, "/dev/nvme1n1", "0000:86:00.0");
    assertEquals("1", lab.read("/subsystems/s/namespaces/2/enable"));
  }

  /** Files came with 4.18; a device's path keeps its newline. */
  @Test
  void theOldBaseOpensBlockDevicesOnly() throws Refusal {
    Lab lab = new Lab("ofed-4.1").subsystem("s").namespace("s", 1, "/srv/file");
    refused(
        Errno.ENOTBLK, () -> lab.enable("s", 1), "failed to open block device /srv/file: (-15)");
    lab.write("/subsystems/s/namespaces/1/device_path", "/dev/nvme0n1\n");
    refused(
        Errno.ENOENT,
        () -> lab.enable("s", 1),
        "failed to open block device /dev/nvme0n1\\x0a: (-2)");
  }

  @Test
  void oneNsidTwiceCrashes() throws Refusal {
    Lab lab = new Lab("ofed-4.1").subsystem("s").enabled("s", 1, "/dev/nvme0n1");
    lab.kernel.mkdir(path("/subsystems/s/namespaces/01"));
    lab.write("/subsystems/s/namespaces/01/device_path", "/dev/nvme1n1");
    crashes("HAZ-NSID-TWICE", () -> lab.write("/subsystems/s/namespaces/01/enable", "1"));
  }

  @Test
  void enablingAgainOrStoringAfterDisablingCrashes() throws Refusal {
    Lab lab = new Lab("ofed-4.1").subsystem("s").offloaded("s", 1, "/dev/nvme0n1", "0000:85:00.0");
    lab.write("/subsystems/s/namespaces/1/enable", "0");
    assertEquals("0000:85:00.0", lab.read(pci("s", 1)));
    crashes("HAZ-PCI-REENABLE", () -> lab.enable("s", 1));
    crashes("HAZ-PCI-REENABLE", () -> lab.write(pci("s", 1), "clear"));
  }

  /** Made before the namespace was enabled, the link left the port without offload. */
  @Test
  void theLinkLooksAtTheNamespacesOfItsTime() throws Refusal {
    Lab lab = new Lab("ofed-4.1").subsystem("s").port(1, "rdma", CAPABLE).link(1, "s");
    lab.offloaded("s", 1, "/dev/nvme0n1", "0000:85:00.0").subsystem("t").link(1, "t");
    assertFalse(lab.node("ports", "1").flag(".offload"));
  }

  // attr_offload, since 4.3.

  @ParameterizedTest
  @ValueSource(strings = {"ofed-4.6", "ofed-5.0", "ofed-25.10"})
  void theSwitchIsABoolean(String profile) throws Refusal {
    Lab lab = new Lab(profile).subsystem("s");
    assertEquals("0", lab.read("/subsystems/s/attr_offload"));
    refused(Errno.EINVAL, () -> lab.write("/subsystems/s/attr_offload", "2"));
    lab.write("/subsystems/s/attr_offload", "1");
    assertEquals("1", lab.read("/subsystems/s/attr_offload"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"ofed-4.6", "ofed-5.0", "ofed-25.10"})
  void theSwitchIsLockedWhileLinkedButForItsOwnValue(String profile) throws Refusal {
    Lab lab = new Lab(profile).subsystem("s").port(1, "rdma", CAPABLE).link(1, "s");
    lab.write("/subsystems/s/attr_offload", "0");
    refused(
        Errno.EBUSY,
        () -> lab.write("/subsystems/s/attr_offload", "1"),
        "Can't update offload polarity with active port!");
    lab.unlink(1, "s").write("/subsystems/s/attr_offload", "1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"ofed-4.6", "ofed-5.0", "ofed-25.10"})
  void theSwitchIsLockedWhileAHostIsConnected(String profile) throws Refusal {
    Lab lab = new Lab(profile).subsystem("s").port(1, "rdma", CAPABLE).link(1, "s");
    lab.write("/subsystems/s/attr_allow_any_host", "1");
    SimNode subsystem = lab.node("subsystems", "s");
    assertTrue(lab.kernel.hosts().connect("h", subsystem, lab.node("ports", "1")).isPresent());
    refused(
        Errno.EBUSY,
        () -> lab.write("/subsystems/s/attr_offload", "1"),
        "Can't update offload polarity with active controller!");
    // Unlinking drops the hosts as well, but for the earliest releases.
    lab.unlink(1, "s").kernel.hosts().disconnect(subsystem);
    lab.write("/subsystems/s/attr_offload", "1");
  }

  /** The adapter's firmware makes transfers of 128 KiB; the drive takes half of that. */
  @ParameterizedTest
  @ValueSource(strings = {"ofed-5.0", "ofed-25.10"})
  void aDriveTakesTransfersAsLargeAsTheAdapters(String profile) throws Refusal {
    Lab lab = new Lab(profile).subsystem("s").write("/subsystems/s/attr_allow_any_host", "1");
    lab.write("/subsystems/s/attr_offload", "1").enabled("s", 1, "/dev/nvme0n1");
    lab.port(1, "rdma", MODEST).link(1, "s");
    SimNode subsystem = lab.node("subsystems", "s");
    assertTrue(lab.kernel.hosts().connect("h", subsystem, lab.node("ports", "1")).isPresent());
    lab.namespace("s", 2, "/dev/nvme1n1");
    if (profile.equals("ofed-5.0")) {
      lab.enable("s", 2); // looked at from 5.2 on
      return;
    }
    Refusal refusal = assertThrows(Refusal.class, () -> lab.enable("s", 2));
    assertEquals(Errno.EINVAL, refusal.errno());
    assertEquals(
        List.of("nvmet_rdma: Device nvme1 MDTS 4 is smaller than P2P MDTS 5"), refusal.log());
  }

  @Test
  void upTo47OneNamespaceIsEnabledWhenTheSwitchIsTurned() throws Refusal {
    Lab early = new Lab("ofed-4.6").subsystem("s");
    early.enabled("s", 1, "/dev/nvme0n1").enabled("s", 2, "/dev/nvme1n1");
    refused(
        Errno.EINVAL,
        () -> early.write("/subsystems/s/attr_offload", "1"),
        "Offloaded subsystem doesn't support many namespaces");
    Lab late = new Lab("ofed-5.0").subsystem("s");
    late.enabled("s", 1, "/dev/nvme0n1").enabled("s", 2, "/dev/nvme1n1");
    late.write("/subsystems/s/attr_offload", "1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"ofed-4.6", "ofed-5.0", "ofed-25.10"})
  void theSwitchWantsNvmeDrivesBehindEnabledNamespaces(String profile) throws Refusal {
    Lab lab = new Lab(profile).subsystem("s").enabled("s", 1, "/dev/sda");
    refused(
        Errno.EINVAL,
        () -> lab.write("/subsystems/s/attr_offload", "1"),
        "Couldn't find nvme pci device from device /dev/sda");
    assertEquals("0", lab.read("/subsystems/s/attr_offload"));
  }

  @Test
  void inLateReleasesTheSwitchCrashesOnAnIdleNamespace() throws Refusal {
    Lab lab = new Lab("ofed-25.10").subsystem("s").namespace("s", 1, "/dev/nvme0n1");
    crashes("HAZ-OFFLOAD-IDLE-NS", () -> lab.write("/subsystems/s/attr_offload", "1"));
    Lab early = new Lab("ofed-5.0").subsystem("s").namespace("s", 1, "/dev/nvme0n1");
    early.write("/subsystems/s/attr_offload", "1");
  }

  // Enabling a namespace of an offloaded subsystem.

  @ParameterizedTest
  @ValueSource(strings = {"ofed-4.6", "ofed-5.0", "ofed-25.10"})
  void anOffloadedNamespaceIsOnAnNvmeDrive(String profile) throws Refusal {
    Lab lab = new Lab(profile).subsystem("s").write("/subsystems/s/attr_offload", "1");
    lab.namespace("s", 1, "/dev/sda");
    refused(
        Errno.EINVAL,
        () -> lab.enable("s", 1),
        "Couldn't find nvme pci device from device /dev/sda");
    lab.write("/subsystems/s/namespaces/1/device_path", "/dev/none");
    refused(Errno.ENOENT, () -> lab.enable("s", 1), "failed to open block device /dev/none: (-2)");
    // The driver takes a partition for its drive: see HAZ-OFFLOAD-PARTITION.
    lab.write("/subsystems/s/namespaces/1/device_path", "/dev/nvme0n1p1").enable("s", 1);
    assertEquals("1", lab.read("/subsystems/s/namespaces/1/enable"));
  }

  @Test
  void upTo47AnOffloadedSubsystemHasOneNamespace() throws Refusal {
    Lab early = new Lab("ofed-4.6").subsystem("s").write("/subsystems/s/attr_offload", "1");
    early.enabled("s", 1, "/dev/nvme0n1").namespace("s", 2, "/dev/nvme1n1");
    refused(
        Errno.EINVAL,
        () -> early.enable("s", 2),
        "Offloaded subsystem doesn't support many namespaces");
    Lab late = new Lab("ofed-5.0").subsystem("s").write("/subsystems/s/attr_offload", "1");
    late.enabled("s", 1, "/dev/nvme0n1").enabled("s", 2, "/dev/nvme1n1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"ofed-4.6", "ofed-5.0", "ofed-25.10"})
  void aFileUnderOffloadCrashes(String profile) throws Refusal {
    Lab lab = new Lab(profile).subsystem("s").write("/subsystems/s/attr_offload", "1");
    lab.namespace("s", 1, "/srv/file");
    crashes("HAZ-OFFLOAD-FILE", () -> lab.enable("s", 1));
  }

  /** The modest adapter takes nsid up to 3, and two namespaces. */
  @ParameterizedTest
  @ValueSource(strings = {"ofed-5.0", "ofed-25.10"})
  void sinceThenTheAdaptersLimitsCount(String profile) throws Refusal {
    Lab lab = new Lab(profile).subsystem("s").write("/subsystems/s/attr_offload", "1");
    lab.port(1, "rdma", MODEST).enabled("s", 1, "/dev/nvme0n1").link(1, "s");
    lab.namespace("s", 4, "/dev/nvme1n1");
    refused(Errno.EINVAL, () -> lab.enable("s", 4), "Reached maximal namespace ID (4/3)");
    lab.enabled("s", 2, "/dev/nvme1n1").namespace("s", 3, "/dev/nvme1n1");
    refused(
        Errno.EINVAL,
        () -> lab.enable("s", 3),
        "Reached max number of ns per offload subsys (3/2)");
    lab.unlink(1, "s").enable("s", 3);
    refused(
        Errno.EINVAL, () -> lab.link(1, "s"), "Reached max number of ns per offload subsys (3/2)");
    assertEquals("0", lab.read("/ports/1/addr_tractive"));
  }

  /** Each namespace has a back end of its own; asked at enable and at the first link. */
  @ParameterizedTest
  @ValueSource(strings = {"ofed-5.0", "ofed-25.10"})
  void theAdaptersBackEndsCount(String profile) throws Refusal {
    String line = "Reached max number of supported be ctrl per XRQ (1)";
    Lab lab = new Lab(profile).subsystem("s").write("/subsystems/s/attr_offload", "1");
    lab.port(1, "rdma", NARROW).enabled("s", 1, "/dev/nvme0n1").link(1, "s");
    lab.namespace("s", 2, "/dev/nvme0n1");
    refused(Errno.EINVAL, () -> lab.enable("s", 2), line);
    lab.unlink(1, "s").enable("s", 2);
    refused(Errno.EINVAL, () -> lab.link(1, "s"), line);
  }

  /** What is not NVMe comes before how many there are. */
  @Test
  void theDriveIsLookedForBeforeNamespacesAreCounted() throws Refusal {
    Lab lab = new Lab("ofed-4.6").subsystem("s").write("/subsystems/s/attr_offload", "1");
    lab.enabled("s", 1, "/dev/nvme0n1").namespace("s", 2, "/dev/sda");
    refused(
        Errno.EINVAL,
        () -> lab.enable("s", 2),
        "Couldn't find nvme pci device from device /dev/sda");
  }

  /** Up to 4.7 the switch counts before it looks for drives. */
  @Test
  void theSwitchCountsNamespacesBeforeItLooksForTheirDrives() throws Refusal {
    Lab lab = new Lab("ofed-4.6").subsystem("s");
    lab.enabled("s", 1, "/dev/sda").enabled("s", 2, "/dev/nvme0n1");
    refused(
        Errno.EINVAL,
        () -> lab.write("/subsystems/s/attr_offload", "1"),
        "Offloaded subsystem doesn't support many namespaces");
  }

  /** No boolean is refused whatever else stands in the way; turning it off is always fine. */
  @ParameterizedTest
  @ValueSource(strings = {"ofed-4.6", "ofed-5.0", "ofed-25.10"})
  void theSwitchReadsBeforeItLooks(String profile) throws Refusal {
    Lab lab = new Lab(profile).subsystem("s").write("/subsystems/s/attr_offload", "1");
    lab.enabled("s", 1, "/dev/nvme0n1").port(1, "rdma", CAPABLE).link(1, "s");
    refused(Errno.EINVAL, () -> lab.write("/subsystems/s/attr_offload", "maybe"));
    lab.unlink(1, "s").write("/subsystems/s/attr_offload", "0");
    assertEquals("0", lab.read("/subsystems/s/attr_offload"));
  }

  // Linking.

  @ParameterizedTest
  @ValueSource(strings = {"ofed-4.1", "ofed-4.6", "ofed-5.0", "ofed-25.10"})
  void aLinkIsMadeToSubsystemsAndOnce(String profile) throws Refusal {
    Lab lab = new Lab(profile).subsystem("s").port(1, "rdma", CAPABLE).link(1, "s");
    lab.kernel.mkdir(path("/hosts/h"));
    refused(Errno.EEXIST, () -> lab.link(1, "s"));
    refused(
        Errno.EINVAL,
        () -> lab.kernel.symlink(path("/ports/1/subsystems/h"), path("/hosts/h")),
        "can only link subsystems into the subsystems dir.!");
  }

  /** Before DOCA-OFED 25.07 a port without addr_trtype is refused with a line. */
  @ParameterizedTest
  @CsvSource({
    "ofed-4.1,transport type 0 not supported",
    "ofed-4.6,transport type 0 not supported",
    "ofed-5.0,transport type 0 not supported",
    "ofed-25.10,",
  })
  void aPortWithoutATransport(String profile, String line) throws Refusal {
    Lab lab = new Lab(profile).subsystem("s");
    lab.kernel.mkdir(path("/ports/1"));
    refused(
        Errno.EINVAL, () -> lab.link(1, "s"), line == null ? new String[0] : new String[] {line});
  }

  /** Protection is asked for of the transport before anybody asks about offload. */
  @Test
  void protectionNeedsATransportThatHasIt() throws Refusal {
    Lab lab = new Lab("ofed-25.10").subsystem("s").write("/subsystems/s/attr_offload", "1");
    lab.port(1, "tcp", "127.0.0.1").write("/ports/1/param_pi_enable", "1");
    refused(Errno.EINVAL, () -> lab.link(1, "s"), "T10-PI is not supported by transport type 3");
  }

  /** How many come before of which kind. */
  @ParameterizedTest
  @CsvSource({"ofed-4.1," + CAPABLE, "ofed-4.6," + CAPABLE, "ofed-5.0," + MODEST})
  void aFullPortIsRefusedBeforeTheKindIsLookedAt(String profile, String address) throws Refusal {
    Lab lab = new Lab(profile).subsystem("s").subsystem("plain").port(1, "rdma", address);
    if (profile.equals("ofed-4.1")) {
      lab.offloaded("s", 1, "/dev/nvme0n1", "0000:85:00.0");
    } else {
      lab.write("/subsystems/s/attr_offload", "1");
    }
    lab.link(1, "s");
    refused(
        Errno.EINVAL,
        () -> lab.link(1, "plain"),
        "Offloaded port restricted to have one subsytem enabled");
  }

  /** The port is refused after its transport listened: what that has settled stays. */
  @ParameterizedTest
  @CsvSource({"ofed-4.6,loop", "ofed-5.0,tcp", "ofed-5.0,loop", "ofed-25.10,tcp"})
  void offloadNeedsRdma(String profile, String trtype) throws Refusal {
    Lab lab = new Lab(profile).subsystem("s").write("/subsystems/s/attr_offload", "1");
    lab.port(1, trtype, "127.0.0.1");
    refused(Errno.EINVAL, () -> lab.link(1, "s"));
    assertEquals("0", lab.read("/ports/1/addr_tractive"));
    assertEquals(
        trtype.equals("tcp") ? "16384" : "-1", lab.read("/ports/1/param_inline_data_size"));
    lab.write("/ports/1/addr_trtype", "rdma").write("/ports/1/addr_traddr", CAPABLE).link(1, "s");
    assertEquals("1", lab.read("/ports/1/addr_tractive"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"ofed-4.6", "ofed-5.0", "ofed-25.10"})
  void offloadNeedsACapableAdapter(String profile) throws Refusal {
    Lab lab = new Lab(profile).subsystem("s").write("/subsystems/s/attr_offload", "1");
    lab.port(1, "rdma", INCAPABLE).subsystem("plain");
    refused(Errno.EINVAL, () -> lab.link(1, "s"));
    lab.link(1, "plain");
  }

  @Test
  void offloadByPciAddressNeedsRdmaAndACapableAdapter() throws Refusal {
    Lab lab = new Lab("ofed-4.1").subsystem("s").offloaded("s", 1, "/dev/nvme0n1", "0000:85:00.0");
    lab.port(1, "loop", CAPABLE).port(2, "rdma", INCAPABLE).port(3, "rdma", CAPABLE);
    refused(Errno.EINVAL, () -> lab.link(1, "s"));
    refused(Errno.EINVAL, () -> lab.link(2, "s"));
    lab.link(3, "s");
  }

  @ParameterizedTest
  @CsvSource({"ofed-4.6,0.0.0.0", "ofed-5.0,127.0.0.1", "ofed-25.10,0.0.0.0"})
  void aListenerWithoutADeviceCrashes(String profile, String address) throws Refusal {
    Lab lab = new Lab(profile).subsystem("s").write("/subsystems/s/attr_offload", "1");
    lab.port(1, "rdma", address).subsystem("plain");
    crashes("HAZ-OFFLOAD-WILDCARD", () -> lab.link(1, "s"));
    lab.link(1, "plain");
  }

  @Test
  void protectionInformationExcludesOffload() throws Refusal {
    Lab lab = new Lab("ofed-25.10").subsystem("s").write("/subsystems/s/attr_offload", "1");
    lab.port(1, "rdma", CAPABLE).write("/ports/1/param_pi_enable", "1");
    refused(
        Errno.EINVAL, () -> lab.link(1, "s"), "T10-PI is not supported on offloadble subsystem");
  }

  @Test
  void passingReservedFieldsOnNeedsAnAdapterThatCan() throws Refusal {
    Lab lab = new Lab("ofed-25.10").subsystem("s").write("/subsystems/s/attr_offload", "1");
    lab.port(1, "rdma", MODEST).write("/ports/1/param_offload_passthrough_sqe_rw", "1");
    refused(
        Errno.EINVAL,
        () -> lab.link(1, "s"),
        "Offload passthrough is not supported by device mlx5_1");
    lab.port(2, "rdma", CAPABLE).write("/ports/2/param_offload_passthrough_sqe_rw", "1");
    lab.link(2, "s");
  }

  /** Whatever the adapter can do before 4.9; later only when it cannot. */
  @ParameterizedTest
  @CsvSource({"ofed-4.6," + CAPABLE, "ofed-5.0," + MODEST, "ofed-25.10," + MODEST})
  void anOffloadedPortHasOneSubsystem(String profile, String address) throws Refusal {
    Lab lab = new Lab(profile).subsystem("s").subsystem("t");
    lab.write("/subsystems/s/attr_offload", "1").write("/subsystems/t/attr_offload", "1");
    lab.port(1, "rdma", address).link(1, "s");
    refused(
        Errno.EINVAL,
        () -> lab.link(1, "t"),
        "Offloaded port restricted to have one subsytem enabled");
  }

  @Test
  void withTheRightAdapterAnOffloadedPortHasSeveral() throws Refusal {
    Lab lab = new Lab("ofed-5.0").subsystem("s").subsystem("t");
    lab.write("/subsystems/s/attr_offload", "1").write("/subsystems/t/attr_offload", "1");
    lab.port(1, "rdma", CAPABLE).link(1, "s").link(1, "t");
  }

  @ParameterizedTest
  @ValueSource(strings = {"ofed-4.6", "ofed-5.0", "ofed-25.10"})
  void aPlainPortTakesNoOffloadedSubsystem(String profile) throws Refusal {
    Lab lab = new Lab(profile).subsystem("plain").subsystem("s");
    lab.write("/subsystems/s/attr_offload", "1").port(1, "rdma", CAPABLE).link(1, "plain");
    refused(
        Errno.EINVAL,
        () -> lab.link(1, "s"),
        "can only link subsystems to ports with the same offloadble polarity");
    // The last unlink forgets what the port was.
    lab.unlink(1, "plain").link(1, "s");
  }

  @ParameterizedTest
  @ValueSource(strings = {"ofed-5.0", "ofed-25.10"})
  void anOffloadedPortTakesNoPlainSubsystem(String profile) throws Refusal {
    Lab lab = new Lab(profile).subsystem("plain").subsystem("s");
    lab.write("/subsystems/s/attr_offload", "1").port(1, "rdma", CAPABLE).link(1, "s");
    refused(
        Errno.EINVAL,
        () -> lab.link(1, "plain"),
        "can only link subsystems to ports with the same offloadble polarity");
  }

  @Test
  void inTheFirstEraASecondSubsystemIsRefusedEitherWay() throws Refusal {
    Lab lab = new Lab("ofed-4.1").subsystem("s").offloaded("s", 1, "/dev/nvme0n1", "0000:85:00.0");
    lab.subsystem("plain").port(1, "rdma", CAPABLE).link(1, "s");
    refused(
        Errno.EINVAL,
        () -> lab.link(1, "plain"),
        "Offloaded port restricted to have one subsytem enabled");
    lab.port(2, "rdma", MODEST).link(2, "plain");
    refused(
        Errno.EINVAL,
        () -> lab.link(2, "s"),
        "can only link subsystems to ports with the same offloadble polarity");
  }

  // Attributes.

  @ParameterizedTest
  @CsvSource({
    "ofed-4.6,param_offload_queues,1,8,0 9 x -1",
    "ofed-5.0,param_offload_queues,1,0x2,0 9 x -1",
    "ofed-25.10,param_offload_queues,1,07,0 9 x -1",
    "ofed-5.0,param_offload_srq_size,1024,0x100,255 x 4294967296",
    "ofed-25.10,param_offload_srq_size,1024,256,255 x 4294967296",
    "ofed-25.10,param_offload_queue_size,1024,4096,0 3 1000 x",
    "ofed-25.10,param_offload_passthrough_sqe_rw,0,1,2 x",
  })
  void portParameters(String profile, String attribute, String initial, String good, String bad)
      throws Refusal {
    Lab lab = new Lab(profile).subsystem("s").port(1, "rdma", CAPABLE);
    String at = "/ports/1/" + attribute;
    assertEquals(initial, lab.read(at));
    lab.write(at, good);
    assertEquals(Integer.decode(good), Integer.decode(lab.read(at)));
    for (String value : List.of(bad.split(" ", -1))) {
      refused(Errno.EINVAL, () -> lab.write(at, value));
    }
    lab.link(1, "s");
    refused(
        Errno.EACCES,
        () -> lab.write(at, "x"),
        "Cannot modify " + attribute.substring(6) + " while enabled");
  }

  /** What a release does not have yet cannot be opened. */
  @ParameterizedTest
  @CsvSource({
    "ofed-4.1,/ports/1/param_offload_queues",
    "ofed-4.6,/ports/1/param_offload_srq_size",
    "ofed-5.0,/ports/1/param_offload_queue_size",
    "ofed-5.0,/ports/1/param_offload_passthrough_sqe_rw",
    "ofed-5.0,/subsystems/s/namespaces/1/offload_cmd_tmo_us",
    "ofed-4.1,/subsystems/s/namespaces/1/offload_read_cmds",
    "ofed-4.1,/subsystems/s/attr_offload",
    "ofed-4.6,/subsystems/s/namespaces/1/pci_device_path",
    "6.12,/subsystems/s/attr_offload",
  })
  void whatCameLaterIsNotThere(String profile, String attribute) throws Refusal {
    Lab lab = new Lab(profile).subsystem("s").namespace("s", 1, "/dev/nvme0n1");
    lab.port(1, "rdma", CAPABLE);
    assertEquals(Errno.ENOENT, assertThrows(Refusal.class, () -> lab.read(attribute)).errno());
  }

  @ParameterizedTest
  @CsvSource({
    "ofed-4.6,/ports/1/addr_tractive",
    "ofed-25.10,/ports/1/addr_tractive",
    "ofed-4.6,/subsystems/s/attr_offload_subsys_unknown_ns_cmds",
    "ofed-25.10,/subsystems/s/attr_offload_subsys_unknown_ns_cmds",
    "ofed-4.6,/subsystems/s/namespaces/1/offload_error_cmds",
    "ofed-5.0,/subsystems/s/namespaces/1/offload_backend_error_cmds",
  })
  void whatIsOnlyShownCannotBeWritten(String profile, String attribute) throws Refusal {
    Lab lab = new Lab(profile).subsystem("s").namespace("s", 1, "/dev/nvme0n1");
    lab.port(1, "rdma", CAPABLE);
    refused(Errno.EACCES, () -> lab.write(attribute, "0"));
  }

  @Test
  void theCommandTimeLimit() throws Refusal {
    Lab lab = new Lab("ofed-25.10").subsystem("s").namespace("s", 1, "/dev/nvme0n1");
    String limit = "/subsystems/s/namespaces/1/offload_cmd_tmo_us";
    assertEquals("30000000", lab.read(limit));
    lab.write(limit, "4294967295");
    assertEquals("-1", lab.read(limit));
    refused(Errno.ERANGE, () -> lab.write(limit, "4294967296"));
    lab.enable("s", 1);
    refused(Errno.EINVAL, () -> lab.write(limit, "x"));
    refused(
        Errno.EINVAL,
        () -> lab.write(limit, "1"),
        "disable ns before setting offload_cmd_tmo_us value.");
  }

  /** Counters exist from the first link to the last unlink, and since 5.6 while enabled. */
  @ParameterizedTest
  @CsvSource({"ofed-5.0,0", "ofed-25.10,-1"})
  void countersAreUnknownUntilLinked(String profile, String disabled) throws Refusal {
    Lab lab = new Lab(profile).subsystem("s").write("/subsystems/s/attr_offload", "1");
    lab.enabled("s", 1, "/dev/nvme0n1").port(1, "rdma", CAPABLE);
    String commands = "/subsystems/s/namespaces/1/offload_read_cmds";
    String unknown = "/subsystems/s/attr_offload_subsys_unknown_ns_cmds";
    assertEquals("-1", lab.read(commands));
    assertEquals("-1", lab.read(unknown));
    lab.link(1, "s");
    assertEquals("0", lab.read(commands));
    assertEquals("0", lab.read(unknown));
    refused(Errno.EACCES, () -> lab.write(commands, "0"));
    lab.write("/subsystems/s/namespaces/1/enable", "0");
    assertEquals(disabled, lab.read(commands));
    lab.unlink(1, "s");
    assertEquals("-1", lab.read(unknown));
  }

  @Test
  void contextsAreTheKernelsToMake() throws Refusal {
    Lab lab = new Lab("ofed-25.10").subsystem("s").namespace("s", 1, "/dev/nvme0n1");
    assertEquals(List.of(), lab.kernel.list(path("/subsystems/s/namespaces/1/offload_ctxs")));
    refused(Errno.EPERM, () -> lab.kernel.mkdir(path("/subsystems/s/namespaces/1/offload_ctxs/1")));
    refused(Errno.EPERM, () -> lab.kernel.rmdir(path("/subsystems/s/namespaces/1/offload_ctxs")));
  }
}
