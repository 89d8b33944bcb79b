package io.nvmetsh.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nvmetsh.kernel.Errno;
import io.nvmetsh.schema.ExitStatus;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * {@code offload on} and {@code offload off}, on every driver: there and back, taken back, in
 * scripts that run everywhere, and in the place of what runs on one of them.
 */
class OffloadSwitchTest {

  private static final int SESSIONS = 15;
  private static final int LINES = 30;

  @TempDir Path folder;

  private SimShell shell(String profile) {
    return SimShell.of(profile, folder);
  }

  private SimShell plain(String profile) {
    return shell(profile)
        .must(
            "modules load nvmet-rdma",
            "create /subsystems/s attr_allow_any_host=1",
            "create /subsystems/s/namespaces/1 device_path=/dev/nvme0n1"
                + (profile.equals("ofed-4.1") ? " pci_device_path=clear" : ""),
            "set /subsystems/s/namespaces/1 device_nguid=00112233-4455-6677-8899-aabbccddeeff",
            "enable /subsystems/s/namespaces/1",
            "create /ports/1 addr_trtype=rdma addr_adrfam=ipv4 addr_traddr=10.9.1.1"
                + " addr_trsvcid=4420",
            "link s /ports/1");
  }

  /** What the verdict on the one subsystem and port is. */
  private static void isSaid(String verdict, SimShell shell) {
    shell.said();
    assertEquals(ExitStatus.DONE, shell.run("offload"));
    String said = shell.said();
    assertTrue(said.contains("s          1     " + verdict), said);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ofed-4.1", "ofed-4.6", "ofed-5.0", "ofed-25.10"})
  void onAndOffLeadThereAndBack(String profile) {
    SimShell shell = plain(profile);
    String before = shell.state();
    isSaid("not asked for", shell);
    shell.must("offload on /subsystems/s --yes");
    isSaid("conditions hold", shell);
    String on = shell.state();
    shell.must("undo --yes");
    assertEquals(before, shell.state());
    shell.must("/subsystems/s offload on --yes", "offload off /subsystems/s --yes");
    assertEquals(before, shell.state());
    shell.must("undo --yes");
    assertEquals(on, shell.state());
  }

  @ParameterizedTest
  @CsvSource({
    "ofed-4.1, /subsystems/s/namespaces/1/pci_device_path",
    "ofed-5.0, /subsystems/s/attr_offload"
  })
  void refusedHalfWayEverythingIsTakenBack(String profile, String attribute) {
    SimShell shell = plain(profile);
    String before = shell.state();
    shell.refuse(attribute, Errno.EBUSY);
    assertEquals(ExitStatus.KERNEL_REFUSED, shell.run("offload on /subsystems/s --yes"));
    assertTrue(shell.said().contains("the target is as it was"));
    assertEquals(before, shell.state());
  }

  @Test
  void nobodyIsCutOffUnasked() {
    SimShell shell = plain("ofed-5.0");
    String before = shell.state();
    assertEquals(ExitStatus.USAGE, shell.run("offload on /subsystems/s"));
    assertTrue(shell.said().contains("This disconnects hosts"));
    shell.run("offload on /subsystems/s --dry-run");
    assertTrue(
        shell.said().contains("would: unlink /ports/1/subsystems/s  ! hosts of s on port 1"));
    assertEquals(before, shell.state());
  }

  // One script for every driver.

  private static final String INTENT =
      """
      # nvmetsh script 1
      modules load nvmet-rdma
      create /subsystems/s attr_allow_any_host=1
      offload on /subsystems/s
      create /subsystems/s/namespaces/1 device_path=/dev/nvme0n1
      enable /subsystems/s/namespaces/1
      create /ports/1 addr_trtype=rdma addr_adrfam=ipv4 addr_traddr=10.9.1.1 addr_trsvcid=4420
      link s /ports/1
      """;

  @ParameterizedTest
  @ValueSource(strings = {"ofed-4.1", "ofed-4.6", "ofed-5.0", "ofed-25.10"})
  void oneScriptRunsOnEveryDriver(String profile) {
    SimShell shell = shell(profile).with("s", INTENT);
    shell.must("record r", "replay s", "record off");
    isSaid("conditions hold", shell);
    SimShell fresh = shell(profile);
    fresh.must("replay --verify r");
    assertEquals(shell.state(), fresh.state());
    assertFalse(shell.text("r").contains("\noffload "), shell.text("r"));

    SimShell example = shell(profile);
    example.must("replay " + Path.of("docs/examples/offloaded.nvmetsh").toAbsolutePath());
    example.run("offload");
    assertTrue(example.said().contains("conditions hold"));
  }

  @Test
  void whereThereIsNoOffloadItIsNotBegun() {
    SimShell shell = shell("6.12").with("s", INTENT.replace("modules load nvmet-rdma\n", ""));
    String before = shell.state();
    assertEquals(ExitStatus.UNSUPPORTED, shell.run("replay s"));
    assertTrue(shell.said().contains("s:3: this line asks for offload, and this is Linux 6.12"));
    assertEquals(before, shell.state());
    assertEquals(ExitStatus.DONE, shell.run("script info s"));
    assertTrue(shell.said().contains("MLNX_OFED 4.1 and later"));
  }

  // What was recorded on one, on another.

  @ParameterizedTest
  @CsvSource({
    "ofed-4.1, ofed-5.0, pci_device_path",
    "ofed-4.1, ofed-25.10, pci_device_path",
    "ofed-4.6, ofed-4.1, attr_offload",
    "ofed-25.10, ofed-4.1, attr_offload"
  })
  void whatRunsOnOneDriverIsTranslatedForTheOther(String from, String to, String attribute) {
    shell(from).with("s", INTENT).must("record r", "replay s", "record off");
    SimShell other = shell(to);
    String before = other.state();
    assertEquals(ExitStatus.UNSUPPORTED, other.run("replay r"));
    String said = other.said();
    assertTrue(said.contains("this line asks for offload by " + attribute), said);
    assertTrue(said.contains("script translate r --output NEW"), said);
    assertTrue(said.contains("nothing was done"), said);
    assertEquals(before, other.state());
    assertEquals(ExitStatus.UNSUPPORTED, other.run("script export --bash r"));
    assertEquals(ExitStatus.UNSUPPORTED, other.run("script inverse r"));
    other.said();
    assertEquals(ExitStatus.DONE, other.run("script info r"));
    assertTrue(other.said().contains("asked by    " + attribute));
    other.must("script translate r --output t", "replay --verify t");
    isSaid("conditions hold", other);
    SimShell own = shell(from);
    own.must("replay --verify t");
    isSaid("conditions hold", own);
  }

  @Test
  void whatIsNotAboutOffloadIsKept() {
    SimShell shell = shell("ofed-25.10");
    shell.with(
        "old",
        """
        # nvmetsh script 1
        # reason: new drives
        param nqn
        param dev /dev/nvme0n1
        param pci 0000:85:00.0
        param key secret
        require attribute subsystems/*/namespaces/*/pci_device_path
        require device /dev/nvme0n1 serial=S439NA0M200417
        # the subsystem
        create /subsystems/$nqn  # ours
        create /hosts/h
        create /subsystems/$nqn/namespaces/1
        set /subsystems/$nqn/namespaces/1 device_path=$dev pci_device_path=$pci  # drive
        #= /subsystems/x/namespaces/1/pci_device_path 0000:85:00.0
        #= /subsystems/x/namespaces/1/device_path /dev/nvme0n1
        /subsystems/$nqn/namespaces/1 set pci_device_path=$pci
        enable /subsystems/$nqn/namespaces/1
        # end: 2026-01-02T03:04:05Z
        # state: sha256 00
        """);
    shell.must("script translate old --output new");
    assertEquals(
        """
        # nvmetsh script 1
        # reason: new drives
        param nqn
        param dev /dev/nvme0n1
        param key secret
        require device /dev/nvme0n1 serial=S439NA0M200417
        # the subsystem
        create /subsystems/$nqn  # ours
        offload on /subsystems/${nqn}
        create /hosts/h
        create /subsystems/$nqn/namespaces/1
        set /subsystems/$nqn/namespaces/1 device_path=$dev  # drive
        #= /subsystems/x/namespaces/1/device_path /dev/nvme0n1
        enable /subsystems/$nqn/namespaces/1
        # end: 2026-01-02T03:04:05Z
        """,
        shell.text("new"));
    assertEquals(ExitStatus.USAGE, shell.run("script translate new"));
    assertTrue(shell.said().contains("it can run as it is:  replay new"));
  }

  /** Where a parameter stands for the device, its drive's address comes along when it runs. */
  @Test
  void aParameterisedRecordingAsksWithoutSayingSo() {
    shell("ofed-4.1")
        .with("s", INTENT)
        .must("record r", "replay s", "record off")
        .must("script parameterise r dev=/dev/nvme0n1 -o p", "script translate p -o t");
    SimShell other = shell("ofed-5.0");
    assertEquals(ExitStatus.UNSUPPORTED, other.run("replay p"));
    other.must("replay t --param dev=/dev/nvme1n1");
    isSaid("conditions hold", other);
  }

  @Test
  void aLineThatMayFailDoesNotTieAScriptToADriver() {
    SimShell shell = shell("ofed-4.1");
    shell.with("s", "create /subsystems/s\n-set /subsystems/s attr_offload=1\n").must("replay s");
  }

  /** Whatever was typed, its recording, translated, makes the same target on the same driver. */
  @ParameterizedTest
  @ValueSource(strings = {"ofed-4.1", "ofed-5.0", "ofed-25.10"})
  void aTranslationMakesTheSameTarget(String profile) {
    int compared = 0;
    for (int seed = 1000; compared < SESSIONS; seed++) {
      compared += translated(profile, seed) ? 1 : 0;
    }
  }

  private boolean translated(String profile, int seed) {
    SimShell shell = SimShell.typed(profile, folder, "y");
    Random random = new Random(seed);
    shell.must("record --force r");
    for (int i = 0; i < LINES; i++) {
      ExitStatus status = shell.run(RecordingLawTest.line(random, shell.tree()));
      if (status == ExitStatus.KERNEL_REFUSED || status == ExitStatus.PARTIAL) {
        return false;
      }
    }
    shell.must("record off");
    // an address that is not the drive's is not what anybody means by offload on
    boolean strange = shell.text("r").contains("pci_device_path=0000:86:00.0");
    if (strange || shell.run("script translate r --force --output t") != ExitStatus.DONE) {
      return false;
    }
    assertNotEquals(shell.text("r"), shell.text("t"));
    SimShell fresh = SimShell.of(profile, folder);
    String title = profile + ", seed " + seed + "\n" + shell.text("r") + "\n" + shell.text("t");
    ExitStatus status = fresh.run("replay --verify t");
    String said = fresh.said();
    if (said.contains("(OFF-")) {
      // the kernel let itself be asked for what cannot be, and offload on does not
      return false;
    }
    assertEquals(ExitStatus.DONE, status, () -> said + title);
    assertEquals(shell.state(), fresh.state(), title);
    assertTrue(
        shell
            .text("t")
            .lines()
            .filter(line -> !line.startsWith("#"))
            .noneMatch(line -> line.contains("attr_offload") || line.contains("device_path=0")),
        title);
    return true;
  }
}
