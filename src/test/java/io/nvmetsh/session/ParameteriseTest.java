package io.nvmetsh.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nvmetsh.schema.ExitStatus;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Values that become parameters, while recording and after. */
class ParameteriseTest {

  private static final String KEY = "DHHC-1:00:ia6zGodOr4SEG0Zzaw398rpY0wqipUWj4jWjUh4HWUz6aQ2n:";

  private static final String[] WALK = {
    "create /subsystems/disk1",
    "create /subsystems/disk1/namespaces/1 device_path=/dev/nvme0n1 enable=1",
    "create /ports/1 addr_trtype=rdma addr_adrfam=ipv4 addr_traddr=10.9.1.1 addr_trsvcid=4420",
    "link disk1 /ports/1",
  };

  private static final String OPTIONS =
      " --param nqn=disk1 --param dev=/dev/nvme0n1 --param traddr=10.9.1.1";

  private final Path folder;
  private SimShell shell;

  ParameteriseTest(@TempDir Path folder) {
    this.folder = folder;
    this.shell = SimShell.typed("ofed-4.1", folder, KEY).must("modules load nvmet-rdma");
  }

  private static String body(String text) {
    return text.substring(text.indexOf("\nparam") + 1, text.indexOf("# end"));
  }

  private static final String BODY =
      """
      param nqn disk1
      param dev /dev/nvme0n1
      param traddr 10.9.1.1
      create /subsystems/${nqn}
      create /subsystems/${nqn}/namespaces/1
      require device ${dev}
      require attribute subsystems/*/namespaces/*/pci_device_path
      set /subsystems/${nqn}/namespaces/1 device_path=${dev}
      #= /subsystems/${nqn}/namespaces/1/device_path ${dev}
      enable /subsystems/${nqn}/namespaces/1
      #= /subsystems/${nqn}/namespaces/1/enable 1
      create /ports/1
      require address ${traddr}
      set /ports/1 addr_trtype=rdma addr_adrfam=ipv4 addr_traddr=${traddr} addr_trsvcid=4420
      #= /ports/1/addr_trtype rdma
      #= /ports/1/addr_adrfam ipv4
      #= /ports/1/addr_traddr ${traddr}
      #= /ports/1/addr_trsvcid 4420
      link /subsystems/${nqn} /ports/1
      """;

  @Test
  void aRecordingIsMadeWithParameters() {
    shell.must("record r" + OPTIONS).must(WALK).must("record off");
    assertEquals(BODY, body(shell.text("r")));
    assertFalse(shell.text("r").contains("# state"), shell.text("r"));
  }

  @Test
  void afterwardsItComesToTheSame() {
    shell.must("record r").must(WALK).must("record off");
    shell.must("script parameterise r nqn=disk1 dev=/dev/nvme0n1 traddr=10.9.1.1 -o p");
    assertEquals(BODY, body(shell.text("p")));
    assertTrue(shell.text("p").startsWith("# nvmetsh script 1\n# tool: "), shell.text("p"));
  }

  @Test
  void itRunsWithOtherValues() {
    shell.must("record r" + OPTIONS).must(WALK).must("record off");
    SimShell same = SimShell.of("ofed-4.1", folder).must("replay --verify r");
    assertEquals(shell.state(), same.state());
    SimShell other = SimShell.of("ofed-4.1", folder);
    other.must("replay --verify r --param nqn=x --param dev=/dev/nvme1n1 --param traddr=10.9.2.1");
    assertEquals("0000:86:00.0", other.value("/subsystems/x/namespaces/1/pci_device_path"));
    assertEquals("10.9.2.1", other.value("/ports/1/addr_traddr"));
  }

  @Test
  void everythingElseStaysAsItIs() {
    shell.with(
        "s",
        """
        # by hand, disk1

        param x 'a b'
        cd /subsystems   # where disk1 will be
        -create 'disk1'  attr_allow_any_host=${x} # disk1
        create disk12 \\
          --yes disk1=disk1
        #> disk1
        set disk1/namespaces/1 device_path=/dev/nvme0n1 pci_device_path=clear
        """);
    shell.must("script parameterise s d=disk1 dev=/dev/nvme0n1 -o p");
    assertEquals(
        """
        # by hand, disk1

        param d disk1
        param dev /dev/nvme0n1
        param x 'a b'
        cd /subsystems   # where disk1 will be
        -create ${d}  attr_allow_any_host=${x} # disk1
        create disk12 \\
          --yes disk1=${d}
        #> disk1
        set ${d}/namespaces/1 device_path=${dev} pci_device_path=clear
        """,
        shell.text("p"));
  }

  @Test
  void keysStayOut() {
    shell = SimShell.typed("6.12", folder, KEY);
    assertEquals(ExitStatus.USAGE, shell.run("record r --param k=" + KEY));
    assertFalse(shell.said().contains(KEY));
    assertFalse(shell.file("r").toFile().exists());
    shell.must("record r --param h=host1", "create /hosts/host1 dhchap_key=" + KEY, "record off");
    String text = shell.text("r");
    assertTrue(
        text.contains("param dhchap_key secret\ncreate /hosts/${h}\n")
            && text.contains("\nset /hosts/${h} dhchap_key=${dhchap_key}\n"),
        text);
    SimShell.typed("6.12", folder, KEY).must("replay --verify r --param h=other");
  }

  @Test
  void whatCannotBeMeantIsRefused() {
    shell.with("s", "param taken 1\ncreate /hosts/a\n");
    for (String words :
        new String[] {"", "x=nothere", "taken=a", "1x=a", "x=", "x", "x=a y=a", "x=secret"}) {
      shell.said();
      assertEquals(ExitStatus.USAGE, shell.run("script parameterise s -o p " + words), words);
      assertTrue(shell.said().startsWith("error: "), words);
    }
    assertFalse(shell.file("p").toFile().exists());
    assertEquals(ExitStatus.USAGE, shell.run("script info s x=a"));
  }

  @Test
  void aValueOfAnotherTypeStopsTheScript() {
    shell.with(
        "s",
        """
        param type tcp
        param any
        create /ports/1
        set /ports/1 addr_trtype=${type}
        set /ports/1 addr_adrfam=${any} --force
        """);
    assertEquals(ExitStatus.USAGE, shell.run("replay s --param type=pigeon --param any=x"));
    assertEquals(
        """
        error: s:1: type is a value of addr_trtype (line 4), which takes rdma, tcp, loop, fc, pci; \
        pigeon is none of these
          more:  explain addr_trtype
          nothing was done""",
        shell.said());
    assertEquals(List.of(), shell.echoed());
    shell.run("script info s");
    String said = shell.said();
    assertTrue(said.contains("addr_trtype: rdma, tcp"), said);
  }
}
