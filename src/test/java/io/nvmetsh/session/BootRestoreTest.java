package io.nvmetsh.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nvmetsh.TestShell;
import io.nvmetsh.device.DumpSysTree;
import io.nvmetsh.device.SeenThrough;
import io.nvmetsh.device.SysTree;
import io.nvmetsh.kernel.Errno;
import io.nvmetsh.kernel.Target;
import io.nvmetsh.kernel.sim.SimProfile;
import io.nvmetsh.kernel.sim.SimTarget;
import io.nvmetsh.schema.ExitStatus;
import io.nvmetsh.schema.NvmetPath;
import io.nvmetsh.tree.Namespace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What comes of a saved target when the machine has started and something of it is missing. */
class BootRestoreTest {

  private static final String DISK = "/subsystems/disk";

  @TempDir private Path folder;

  @BeforeEach
  void saved() {
    SimShell shell = SimShell.of("6.12", folder);
    shell.must("modules load nvmet_rdma");
    for (int i = 1; i < 3; i++) {
      shell.must(
          "create " + DISK + i + " attr_allow_any_host=" + (i - 1),
          "create " + DISK + i + "/namespaces/1 device_path=/dev/nvme" + (i - 1) + "n1 enable=1",
          "create /ports/"
              + i
              + " addr_trtype=rdma addr_adrfam=ipv4 addr_trsvcid=4420 addr_traddr=10.9."
              + i
              + ".1",
          "link disk" + i + " /ports/" + i);
    }
    shell.must(
        "create /hosts/h dhchap_key=generate@key",
        "link /hosts/h " + DISK + 1,
        "save whole.json --secrets keys");
  }

  private String with(String name, String... changed) throws IOException {
    String text = Files.readString(folder.resolve("whole.json"));
    for (int i = 0; i < changed.length; i += 2) {
      assertTrue(text.contains(changed[i]), text);
      text = text.replace(changed[i], changed[i + 1]);
    }
    Files.writeString(folder.resolve(name), text);
    return name;
  }

  @Test
  void aWholeTargetIsRestoredWithItsModules() {
    SimShell shell = SimShell.of("6.12", folder);
    assertEquals(ExitStatus.DONE, shell.run("boot-restore whole.json --secrets keys"));
    assertFalse(shell.said().contains("waiting"));
    shell.must("diff whole.json --secrets keys", "boot-restore whole.json --secrets keys");
    assertTrue(report(shell).toString().contains("complete"));
  }

  @Test
  void oneMissingDriveAndAddressStopNothingElse() throws IOException {
    String file = with("some.json", "/dev/nvme1n1", "/dev/nvme8n1", "10.9.2.1", "10.9.2.99");
    SimShell shell = SimShell.of("6.12", folder);
    assertEquals(
        ExitStatus.PARTIAL, shell.run("boot-restore " + file + " --secrets keys --wait 1s"));
    String said = shell.said();
    assertTrue(said.contains("waiting up to 1 s for /dev/nvme8n1, 10.9.2.99"), said);
    assertTrue(shell.tree().isOn(NvmetPath.parse(DISK + "1/namespaces/1"), "enable"));
    assertTrue(shell.tree().isLink(NvmetPath.parse("/ports/1/subsystems/disk1")));
    assertFalse(shell.tree().isOn(NvmetPath.parse(DISK + "2/namespaces/1"), "enable"));
    assertFalse(shell.tree().isLink(NvmetPath.parse("/ports/2/subsystems/disk2")));
    shell.must("failed -o rest.nvmetsh");
    String rest = shell.text("rest.nvmetsh");
    List<String> lines = rest.lines().filter(line -> !line.startsWith("#")).toList();
    assertEquals(
        List.of(
            "set /subsystems/disk2/namespaces/1 device_path=/dev/nvme8n1",
            "enable /subsystems/disk2/namespaces/1",
            "set /ports/2 addr_traddr=10.9.2.99",
            "link /subsystems/disk2 /ports/2"),
        lines);
    // the drive and the address have got their names at last
    shell.with("rest.nvmetsh", rest.replace("nvme8n1", "nvme1n1").replace("2.99", "2.1"));
    shell.must("replay rest.nvmetsh", "diff whole.json --secrets keys");
  }

  /** On a kernel where a PCI address goes with the drive, that of the other one is not written. */
  @ParameterizedTest
  @CsvSource({"6.12,''", "ofed-4.1,''", "ofed-4.1,pci_device_path=clear"})
  void anotherDriveAtTheAddressIsNotExported(String kernel, String more) throws IOException {
    SimShell before = SimShell.of(kernel, folder);
    before.must(
        "modules load nvmet_rdma",
        "create " + DISK + "1/namespaces/1 -p device_path=/dev/nvme0n1 " + more,
        "enable " + DISK + "1/namespaces/1",
        "create " + DISK + "2/namespaces/1 -p device_path=/dev/nvme1n1 " + more,
        "enable " + DISK + "2/namespaces/1",
        "save two.json --devices");
    String serial = before.session().context().inventory().drives().get(0).serial().strip();
    String text = before.text("two.json");
    assertTrue(text.contains(serial), text);
    SimShell shell = SimShell.of(kernel, folder).with("moved.json", text.replace(serial, "OTHER"));
    assertEquals(ExitStatus.PARTIAL, shell.run("boot-restore moved.json"));
    String said = shell.said();
    assertTrue(
        said.contains(
            "not done: write \"${drive}\" to /subsystems/disk1/namespaces/1/device_path:"
                + " /subsystems/disk1/namespaces/1: /dev/nvme0n1 is another drive than when the"
                + " file was written: serial "
                + serial
                + ", then serial OTHER; that drive is not here"),
        said);
    NvmetPath kept = NvmetPath.parse(DISK + "1/namespaces/1");
    assertFalse(shell.tree().isOn(kept, "enable"));
    assertEquals(Optional.empty(), new Namespace(shell.tree(), kept).device());
    assertEquals(Optional.empty(), new Namespace(shell.tree(), kept).pciAddress());
    assertTrue(shell.tree().isOn(NvmetPath.parse(DISK + "2/namespaces/1"), "enable"));
    shell.must("failed -o rest.nvmetsh");
    assertEquals(ExitStatus.USAGE, shell.run("replay rest.nvmetsh"));
    assertTrue(shell.said().contains("needs values for its parameters: drive"));
    shell.must("replay rest.nvmetsh --param drive=/dev/nvme0n1", "diff two.json");
  }

  /** What is to be done again asks for no more than what was refused. */
  @Test
  void whatIsLeftAsksForNoOffload() throws IOException {
    SimShell.of("ofed-4.1", folder)
        .must(
            "create " + DISK + "1/namespaces/1 -p device_path=/dev/nvme0n1 pci_device_path=clear",
            "save plain.json");
    SimShell shell = SimShell.of("ofed-4.1", folder);
    shell.refuse("/subsystems/disk1/namespaces/1/device_path", Errno.ENOMEM);
    assertEquals(ExitStatus.PARTIAL, shell.run("boot-restore plain.json"));
    String line = "set /subsystems/disk1/namespaces/1 device_path=/dev/nvme0n1 pci_device_path=";
    shell.said();
    shell.run("failed");
    String failed = shell.said();
    assertTrue(failed.contains(line + "clear"), failed);
    shell.must("delete -r /");
    shell.run("plan plain.json");
    String plan = shell.said();
    assertTrue(plan.contains(line + "clear"), plan);
  }

  /** What was made before the refusal is not done again, and not undone either. */
  @Test
  void whatIsLeftKnowsWhatWasMade() {
    SimShell.of("ofed-4.1", folder)
        .must(
            "create " + DISK + "1/namespaces/1 -p device_path=/dev/nvme0n1", "save offloaded.json");
    SimShell shell = SimShell.of("ofed-4.1", folder);
    shell.refuse("/subsystems/disk1/namespaces/1/device_path", Errno.ENOMEM);
    assertEquals(ExitStatus.PARTIAL, shell.run("boot-restore offloaded.json"));
    NvmetPath namespace = NvmetPath.parse(DISK + "1/namespaces/1");
    assertEquals(Optional.of("0000:85:00.0"), new Namespace(shell.tree(), namespace).pciAddress());
    shell.said();
    shell.run("failed");
    String failed = shell.said();
    assertTrue(failed.endsWith("set " + namespace + " device_path=/dev/nvme0n1"), failed);
  }

  @Test
  void aHostIsNotLetInWithoutItsKey() {
    SimShell shell = SimShell.of("6.12", folder);
    assertEquals(ExitStatus.PARTIAL, shell.run("boot-restore whole.json"));
    String said = shell.said();
    assertTrue(said.contains("/hosts/h/dhchap_key: the host had a key"), said);
    assertFalse(shell.tree().isLink(NvmetPath.parse(DISK + "1/allowed_hosts/h")));
    assertTrue(shell.tree().isLink(NvmetPath.parse("/ports/1/subsystems/disk1")));
    shell.must("failed -o rest.nvmetsh", "replay rest.nvmetsh --param dhchap_key=@key");
    shell.must("diff whole.json --secrets keys");
  }

  @Test
  void nothingAtAllHasAStatusOfItsOwn() {
    SimShell shell = SimShell.of("6.12", folder);
    for (String path : List.of("/subsystems/disk1", "/subsystems/disk2", "/hosts/h", "/ports/1")) {
      shell.refuse(path, Errno.ENOMEM);
    }
    shell.refuse("/ports/2", Errno.ENOMEM);
    shell.must("modules load nvmet_rdma");
    assertEquals(ExitStatus.KERNEL_REFUSED, shell.run("boot-restore whole.json --secrets keys"));
    assertEquals("nothing is restored", report(shell).get(1));
  }

  @Test
  void theReportSaysWhatAndWhy() throws IOException {
    String file = with("some.json", "/dev/nvme1n1", "/dev/nvme8n1");
    SimShell shell = SimShell.of("6.12", folder);
    shell.run("boot-restore " + file + " --secrets keys --wait 1s");
    List<String> report = report(shell);
    assertTrue(report.get(0).startsWith("restored from " + folder.resolve(file)), report::toString);
    assertEquals("in part; what is left, as a script:  failed", report.get(1));
    assertTrue(report.toString().contains("/dev/nvme8n1 does not exist"), report::toString);
    assertFalse(report.toString().contains("DHHC"), report::toString);
    shell.with("broken.json", "{\"subsystems\": [");
    assertEquals(ExitStatus.USAGE, shell.run("boot-restore broken.json"));
  }

  @Test
  void aFileThatIsNoneRestoresNothing() {
    SimShell shell = SimShell.of("6.12", folder).with("broken.json", "{\"subsystems\": [");
    assertEquals(ExitStatus.USAGE, shell.run("boot-restore broken.json"));
    assertEquals(ExitStatus.USAGE, shell.run("boot-restore whole.json --wait soon"));
    assertTrue(shell.said().contains("--wait is a time such as 90s"));
  }

  /** The wait ends when the last thing has come. */
  @Test
  void whatComesLateIsWaitedFor() {
    Target kernel =
        SimTarget.start(SimProfile.named("6.12"), DumpSysTree.defaultMachine()).target();
    Late machine = new Late(kernel.sys(), new AtomicInteger(3));
    TestShell shell =
        TestShell.of(
            folder,
            new Target(
                kernel.configfs(),
                machine,
                kernel.modules(),
                kernel.log(),
                kernel.flavor(),
                kernel.label(),
                true));
    TestShell.Said said = shell.type("boot-restore whole.json --secrets keys --wait 5m");
    assertEquals(ExitStatus.DONE, said.status(), said::toString);
    assertEquals(List.of("waiting up to 300 s for /dev/nvme1n1"), said.notes());
    assertEquals(0, machine.looks().get());
  }

  private static List<String> report(SimShell shell) {
    shell.said();
    shell.run("boot-restore --report");
    return shell.said().lines().toList();
  }

  /** A machine on which a drive appears once it has been looked for some times. */
  private record Late(SysTree machine, AtomicInteger looks) implements SeenThrough {

    @Override
    public FileKind kind(String path) {
      return path.equals("/dev/nvme1n1") && looks.get() > 0 && looks.getAndDecrement() > 0
          ? FileKind.ABSENT
          : machine.kind(path);
    }
  }
}
