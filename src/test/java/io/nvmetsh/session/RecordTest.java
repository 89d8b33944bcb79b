package io.nvmetsh.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nvmetsh.schema.ExitStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecordTest {

  /** The seed's walk, typed as a person does: from where one stands, with what is filled in. */
  private static final String[] WALK = {
    "modules load nvme num_p2p_queues=1",
    "modules load nvmet",
    "modules load nvmet-rdma",
    "cd /subsystems",
    "create testsubsystem attr_allow_any_host=1",
    "cd testsubsystem/namespaces",
    "create",
    "set 1 device_path=/dev/nvme0n1",
    "enable 1",
    "cd /ports",
    "mkdir 1",
    "cd 1",
    "set addr trtype=rdma adrfam=ipv4 traddr=10.9.1.1 trsvcid=4420",
    "link testsubsystem",
  };

  private final Path folder;
  private SimShell shell;

  RecordTest(@TempDir Path folder) {
    this.folder = folder;
    this.shell = SimShell.typed("ofed-4.1", folder, "y");
  }

  private String recorded(String... lines) {
    shell.must("record r.nvmetsh").must(lines).must("record off");
    return shell.text("r.nvmetsh");
  }

  @Test
  void aLineIsRecordedAsWhatItDid() {
    shell.must("record r.nvmetsh --reason 'new drives'").must(WALK).must("record off");
    assertEquals(
        """
        # nvmetsh script 1
        # tool: nvmetsh test
        # host: stor1
        # target: sim ofed-4.1
        # kernel: ...
        # driver: MLNX_OFED 4.1-1.0.2
        # adapter: mlx5_0 ConnectX-5 firmware 16.35.2000
        # adapter: mlx5_1 ConnectX-5 firmware 16.35.2000
        # adapter: mlx5_2 ConnectX-4 firmware 12.28.2006
        # user: root (SUDO_USER alice)
        # start: 2026-01-02T03:04:05Z
        # reason: new drives
        modules load nvme num_p2p_queues=1
        modules load nvmet
        modules load nvmet_rdma
        create /subsystems/testsubsystem
        set /subsystems/testsubsystem attr_allow_any_host=1
        #= /subsystems/testsubsystem/attr_allow_any_host 1
        create /subsystems/testsubsystem/namespaces/1
        require device /dev/nvme0n1 serial=S439NA0M200417
        require attribute subsystems/*/namespaces/*/pci_device_path
        set /subsystems/testsubsystem/namespaces/1 device_path=/dev/nvme0n1 \
        pci_device_path=0000:85:00.0  # PCI 0000:85:00.0 serial S439NA0M200417
        #= /subsystems/testsubsystem/namespaces/1/device_path /dev/nvme0n1
        #= /subsystems/testsubsystem/namespaces/1/pci_device_path 0000:85:00.0
        enable /subsystems/testsubsystem/namespaces/1
        #= /subsystems/testsubsystem/namespaces/1/enable 1
        create /ports/1
        require address 10.9.1.1
        set /ports/1 addr_trtype=rdma addr_adrfam=ipv4 addr_traddr=10.9.1.1 addr_trsvcid=4420
        #= /ports/1/addr_trtype rdma
        #= /ports/1/addr_adrfam ipv4
        #= /ports/1/addr_traddr 10.9.1.1
        #= /ports/1/addr_trsvcid 4420
        link /subsystems/testsubsystem /ports/1
        # end: 2026-01-02T03:04:05Z
        # state: sha256 ...
        """,
        shell
            .text("r.nvmetsh")
            .replaceAll("sha256 [0-9a-f]{64}\n", "sha256 ...\n")
            .replaceAll("kernel: [0-9].*\n", "kernel: ...\n"));
  }

  @Test
  void aRecordingReplaysToAnIdenticalTree() {
    recorded(WALK);
    SimShell fresh = SimShell.of("ofed-4.1", folder);
    assertEquals(ExitStatus.DONE, fresh.run("replay --verify r.nvmetsh"), fresh::said);
    assertEquals(shell.state(), fresh.state());
    assertTrue(fresh.state().contains("/ports/1/subsystems/testsubsystem -> "), fresh.state());
  }

  @Test
  void theTearingDownReplaysToo() {
    shell.must(WALK);
    String text = recorded("delete -r /");
    SimShell fresh = SimShell.of("ofed-4.1", folder).must(WALK);
    assertEquals(ExitStatus.DONE, fresh.run("replay r.nvmetsh"), () -> fresh.said() + text);
    assertEquals(shell.state(), fresh.state());
    assertFalse(fresh.state().contains("/ports/1"), fresh.state());
  }

  @Test
  void whatWasAgreedToIsKept() {
    shell.must(WALK);
    String text = recorded("delete /subsystems/testsubsystem/namespaces/1");
    assertTrue(text.contains("\ndelete /subsystems/testsubsystem/namespaces/1 --yes\n"), text);
  }

  @Test
  void whatWasForcedIsKept() {
    String text =
        recorded("create /ports/3", "set /ports/3 addr_traddr=192.0.2.7 addr_trsvcid=4420 -f");
    assertTrue(
        text.contains("\nset /ports/3 addr_traddr=192.0.2.7 addr_trsvcid=4420 --force\n"), text);
    assertFalse(recorded2("set /ports/3 addr_trsvcid=4421 -f").contains("--force\n"));
  }

  private String recorded2(String line) {
    shell.must("record r2.nvmetsh", line, "record off");
    return shell.text("r2.nvmetsh");
  }

  @Test
  void whatFailedIsAComment() {
    shell.must("record r.nvmetsh");
    assertEquals(ExitStatus.USAGE, shell.run("creat /subsystems/'x"));
    assertEquals(ExitStatus.USAGE, shell.run("set /subsystems/x attr_model=y"));
    assertTrue(
        shell
            .text("r.nvmetsh")
            .endsWith(
                """
                # FAILED 03:04:05 creat /subsystems/'x : a quote that opens at character 19 is not \
                closed
                # FAILED 03:04:05 set /subsystems/x attr_model=y : /subsystems has no x
                """),
        shell.text("r.nvmetsh"));
  }

  @Test
  void whatIsDoneInPartIsKeptAsFarAsItWent() {
    shell.must("record r.nvmetsh", "create /hosts/a");
    // the second one exists by then
    assertEquals(ExitStatus.USAGE, shell.run("create /hosts/a"));
    assertTrue(shell.text("r.nvmetsh").contains("\ncreate /hosts/a\n# FAILED"));
  }

  @Test
  void warningsAndOutputAreComments() {
    shell.must("record r.nvmetsh --output", "create /subsystems/s", "cd /subsystems", "ls", "pwd");
    shell.must("create s/namespaces/1", "set s/namespaces/1 device_path=/dev/nvme0n1", "help");
    String text = shell.text("r.nvmetsh");
    assertTrue(
        text.contains(
            """
            create /subsystems/s
            /subsystems ls
            #> s/  0 namespaces, no host may connect
            /subsystems pwd
            #> /subsystems
            create /subsystems/s/namespaces/1
            """),
        text);
    assertTrue(text.contains("\n#! OFF-VER-MOD "), text);
    assertFalse(text.contains("help"), text);
  }

  @Test
  void lookingAroundIsLeftOutUnlessAskedFor() {
    String text = recorded("ls /", "cd /ports", "pwd", "create 1", "devices");
    assertEquals(
        "create /ports/1", text.lines().filter(line -> !line.startsWith("#")).toList().get(0));
    assertEquals(1, text.lines().filter(line -> !line.startsWith("#")).count(), text);
  }

  @Test
  void aBlankAtTheEndBelongsToTheValue() {
    String text =
        recorded(
            "create -p /subsystems/s/namespaces/1",
            "set /subsystems/s/namespaces/1 'device_path=/dev/trail ' -f");
    assertTrue(text.contains("/device_path '/dev/trail '\n"), text);
    SimShell fresh = SimShell.of("ofed-4.1", folder);
    assertEquals(ExitStatus.DONE, fresh.run("replay --verify r.nvmetsh"), fresh::said);
    fresh.run("set /subsystems/s/namespaces/1 device_path=/dev/trail -f");
    shell.with("one.nvmetsh", "pwd\n#= /subsystems/s/namespaces/1/device_path '/dev/trail '\n");
    assertEquals(ExitStatus.PENDING, fresh.run("replay --verify one.nvmetsh"));
    assertTrue(fresh.said().contains("expected '/dev/trail ', found /dev/trail"));
  }

  @Test
  void noOffloadIsRecordedAsSuch() {
    String line = "set /subsystems/s/namespaces/1 device_path=/dev/nvme0n1 pci_device_path=clear";
    String text = recorded("create -p /subsystems/s/namespaces/1", line, line);
    assertEquals(1, text.lines().filter(each -> each.startsWith(line)).count(), text);
    SimShell fresh = SimShell.of("ofed-4.1", folder);
    fresh.must("replay --verify r.nvmetsh");
    assertFalse(fresh.state().contains("pci_device_path=0000"));
  }

  @Test
  void anExistingFileIsNotOverwritten() throws IOException {
    shell.with("r.nvmetsh", "precious");
    assertEquals(ExitStatus.USAGE, shell.run("record r.nvmetsh"));
    assertTrue(shell.said().contains("r.nvmetsh exists already"));
    assertEquals("precious", shell.text("r.nvmetsh"));
    assertEquals(Optional.empty(), shell.session().recording());

    Files.createSymbolicLink(folder.resolve("link"), folder.resolve("elsewhere"));
    assertEquals(ExitStatus.USAGE, shell.run("record link"));
    assertFalse(Files.exists(folder.resolve("elsewhere")));

    shell.must("record --force r.nvmetsh");
    assertTrue(shell.text("r.nvmetsh").startsWith("# nvmetsh script 1\n"));
    assertEquals(
        "rw-------",
        PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("r.nvmetsh"))));
  }

  @Test
  void everyLineIsInTheFileAtOnce() {
    shell.must("record r.nvmetsh", "create /ports/1");
    assertTrue(shell.text("r.nvmetsh").endsWith("\ncreate /ports/1\n"));
    // and such a file, without an end, is a script
    SimShell fresh = SimShell.of("ofed-4.1", folder);
    assertEquals(ExitStatus.DONE, fresh.run("replay --verify r.nvmetsh"), fresh::said);
  }

  @Test
  void theShellEndsTheFileWhenItIsLeft() {
    shell.must("record r.nvmetsh");
    assertEquals(Optional.of(folder.resolve("r.nvmetsh")), shell.session().recording());
    shell.session().close();
    assertEquals(Optional.empty(), shell.session().recording());
    assertTrue(shell.text("r.nvmetsh").contains("\n# state: sha256 "));
  }

  @Test
  void anInterruptDoesNotEndTheRecording() {
    shell.must("record r.nvmetsh");
    Thread.currentThread().interrupt();
    shell.run("create /ports/1");
    Thread.interrupted();
    shell.must("create /ports/2");
    assertTrue(shell.text("r.nvmetsh").endsWith("\ncreate /ports/2\n"), shell.text("r.nvmetsh"));
  }

  @Test
  void theLastLinesCanBeTakenIn() {
    shell.must("create /ports/1", "create /ports/2", "ls /", "create /ports/3");
    shell.must("record r.nvmetsh --last 3");
    String text = shell.text("r.nvmetsh");
    assertFalse(text.contains("create /ports/1"), text);
    assertTrue(text.endsWith("\ncreate /ports/2\ncreate /ports/3\n"), text);
  }

  @Test
  void oneRecordingAtATime() {
    assertEquals(ExitStatus.USAGE, shell.run("record off"));
    shell.must("record r.nvmetsh");
    assertEquals(ExitStatus.USAGE, shell.run("record other.nvmetsh"));
    assertFalse(Files.exists(folder.resolve("other.nvmetsh")));
    shell.said();
    assertEquals(ExitStatus.DONE, shell.run("record"));
    assertEquals(
        "recording  " + folder.resolve("r.nvmetsh") + "\nwritten    0 lines", shell.said());
  }

  @Test
  void whatAReplayDoesIsRecorded() {
    shell.with("s.nvmetsh", "cd /ports\ncreate\nset 1 addr_trsvcid=4420\n");
    String text = recorded("replay s.nvmetsh");
    assertTrue(
        text.contains(
            "\ncreate /ports/1\nset /ports/1 addr_trsvcid=4420\n#= /ports/1/addr_trsvcid 4420\n"),
        text);
    assertEquals(2, text.lines().filter(line -> !line.startsWith("#")).count(), text);
  }

  @Test
  void anUnwritableFileIsSaidSo() {
    assertEquals(ExitStatus.USAGE, shell.run("record no/such/folder/r.nvmetsh"));
    assertTrue(shell.said().contains("there is no such directory"));
  }

  private static final String KEY = "DHHC-1:00:c2VjcmV0c2VjcmV0c2VjcmV0c2VjcmV0c2VjcmV0:";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "set /hosts/h dhchap_key=" + KEY,
        "set /hosts/h dhchap key=" + KEY,
        "set /hosts/h dhchap_key='" + KEY,
        "set /hosts/h dhchap_kye=" + KEY,
        "set /hosts/none dhchap_key=" + KEY,
        "set /hosts/h dhchap_key = " + KEY,
        "create /hosts/h2 dhchap_key=" + KEY + " dhchap_ctrl_key=" + KEY,
        "creat /hosts/h3 dhchap_key=" + KEY + " dhchap_nothing=1",
        "get /hosts/h dhchap_key=" + KEY,
        KEY,
      })
  void aSecretIsNowhere(String line) throws IOException {
    shell = SimShell.typed("6.12", folder, "y");
    shell.must("create /hosts/h", "record r.nvmetsh --output", "record off --dry-run");
    shell.run(line);
    shell.run(line + " --dry-run");
    shell.must("get /hosts/h --all", "ls -l /hosts/h", "history");
    shell.run("history");
    shell.must("record off");
    shell.run("record again.nvmetsh --last 100 --output");
    shell.with("s.nvmetsh", line + "\n");
    shell.run("replay s.nvmetsh");
    shell.session().close();
    shell.run("script info again.nvmetsh");
    shell.run("script export --bash again.nvmetsh -o again.sh");
    Files.delete(folder.resolve("s.nvmetsh"));
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        assertFalse(Files.readString(file).contains("c2VjcmV0"), () -> text(file));
      }
    }
    assertFalse(String.join("\n", shell.echoed()).contains("c2VjcmV0"), "echoed");
  }

  private static String text(Path file) {
    try {
      return file + "\n" + Files.readString(file);
    } catch (IOException e) {
      return file.toString();
    }
  }

  @Test
  void aSecretBecomesAParameter() {
    shell = SimShell.typed("6.12", folder, KEY);
    String text =
        recorded(
            "create /hosts/a dhchap_key=" + KEY,
            "create /hosts/b",
            "set /hosts/b dhchap_hash=hmac(sha512) dhchap_key=" + KEY);
    assertTrue(
        text.contains(
            """
            param dhchap_key secret
            create /hosts/a
            require attribute hosts/*/dhchap_key
            set /hosts/a dhchap_key=${dhchap_key}
            create /hosts/b
            param dhchap_key_2 secret
            require attribute hosts/*/dhchap_hash
            set /hosts/b dhchap_hash='hmac(sha512)' dhchap_key=${dhchap_key_2}
            #= /hosts/b/dhchap_hash 'hmac(sha512)'
            """),
        text);
    // asked for at a terminal
    SimShell fresh = SimShell.typed("6.12", folder, KEY);
    assertEquals(ExitStatus.DONE, fresh.run("replay --verify r.nvmetsh"), fresh::said);
    assertEquals(KEY, fresh.value("/hosts/b/dhchap_key"));
  }
}
