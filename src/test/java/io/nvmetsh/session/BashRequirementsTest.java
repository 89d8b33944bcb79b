package io.nvmetsh.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An exported script looks at what it relies on, as replay does. */
class BashRequirementsTest {

  private final Path folder;
  private final BashMachine machine;

  BashRequirementsTest(@TempDir Path folder) {
    this.folder = folder;
    this.machine = new BashMachine(folder);
  }

  /** Before its first change, and with the status that nvmetsh ends with. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '!',
      value = {
        "require device /dev/nvme0n1 serial=S439NA0M200417||0",
        "require device /dev/nvme0n1 serial=OTHER|/dev/nvme0n1 is another drive: serial S439NA0M200417, not OTHER|1",
        "require device /dev/nvme0n1 'model=$(touch code)'|not $(touch code)|1",
        "require device /dev/nvme0n1 pci=0000:85:00.0||0",
        "require device /dev/nvme0n1 pci=85:00.0||0",
        "require device /dev/nvme0n1 pci=0000:86:00.0|pci 0000:85:00.0, not 0000:86:00.0|1",
        "require device /dev/nvme7n1|/dev/nvme7n1 is not there|1",
        "require device '/dev/$(touch code)'|/dev/$(touch code) is not there|1",
        "require address 10.9.1.1||0",
        "require address 10.9.9.9|this machine has no address 10.9.9.9|1",
        "require address 'x;touch code'|no address x;touch code|1",
        "require linux 6.9||0",
        "require linux 6.12||0",
        "require linux 7.0|this is Linux 6.12.107+deb13-amd64, not 7.0|6",
        "require target real||0",
        "require target simulated|this target is real|6",
        "require path /hosts||0",
        "require path '/hosts/$(touch code)'|/hosts/$(touch code) is not there|1",
        "require ofed 4.1||0",
        "require attribute hosts/*/dhchap_key||0",
      })
  void bashLooksAtWhatTheScriptReliesOn(String line, String why, int status) throws Exception {
    SimShell shell = SimShell.of("6.12", folder);
    shell.with("s", "create /hosts/h\n" + line + "\n");
    shell.must("script export --bash s -o s.sh");
    String said = machine.bash(shell, "s.sh");
    assertEquals(status, machine.status(), said + shell.text("s.sh"));
    assertEquals(status == 0, Files.exists(machine.nvmet().resolve("hosts/h")), said);
    assertTrue(said.contains(why == null ? "" : why), said);
    assertFalse(Files.exists(folder.resolve("code")), said);
  }

  /** One that no directory has to show is looked for where one is. */
  @Test
  void anAttributeIsLookedForWhereADirectoryIsToHaveIt() throws Exception {
    SimShell shell = SimShell.of("ofed-4.1", folder);
    String attribute = "require attribute subsystems/*/namespaces/*/pci_device_path\n";
    shell.with("s", "create /subsystems/s\ncreate /subsystems/s/namespaces/1\n" + attribute);
    shell.must("script export --bash s -o s.sh");
    SimShell mainline = SimShell.of("6.12", folder);
    String said = machine.bash(mainline, "s.sh");
    assertEquals(6, machine.status(), said);
    assertTrue(said.contains("namespaces/1 has no pci_device_path"), said);
    shell.with("t", "create /hosts/h\n" + attribute).must("script export --bash t -o t.sh");
    machine.bash(mainline, "t.sh");
    assertEquals(6, machine.status(), "one is there already");
    assertFalse(Files.exists(machine.nvmet().resolve("hosts/h")), "nothing was done");
  }
}
