package io.nvmetsh.terminal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A person sets up an offloaded target at the keyboard: the built program in a real terminal, Tab
 * for what it knows. The screens on the way are those of the guide's first chapter.
 */
class SeedWalkIT {

  private static final String SUBSYSTEM = "stor1:/subsystems/testsubsystem>";
  private static final String NAMESPACE = "stor1:/subsystems/testsubsystem/namespaces/1>";
  private static final String PORT = "stor1:/ports/1>";

  private final GuideScreens guide = new GuideScreens(Path.of("docs/guide/1-first-steps.md"));

  @Test
  void anOffloadedTargetIsSetUpWithTab(@TempDir Path home) throws Exception {
    try (Pty pty = Pty.Setup.usual(home).start("--sim")) {
      pty.awaitPrompt("[sim ofed-4.1] stor1:/>");
      modulesAndSubsystem(pty);
      namespace(pty);
      port(pty);
      verdict(pty);
      pty.type("exit\r");
      assertEquals(0, pty.status(), pty::screen);
    }
    guide.compare();
    assertTrue(
        Files.readString(home.resolve("state/nvmetsh/history-stor1")).contains("enable"),
        "the lines typed are kept");
  }

  private void modulesAndSubsystem(Pty pty) throws Exception {
    pty.line("modules load nvmet-rdma", "stor1:/>");
    pty.tab("create subs", "create subsystems/");
    pty.line("testsubsystem", "stor1:/>");
    pty.tab("cd subs", "cd subsystems/");
    pty.tab("te", "cd subsystems/testsubsystem/");
    pty.enter(SUBSYSTEM);
    pty.tab("set attr_al", "set attr_allow_any_host=");
    pty.line("1", SUBSYSTEM);
    guide.screen("subsystem", pty.screen());
  }

  private void namespace(Pty pty) throws Exception {
    pty.tab("create namesp", "create namespaces/");
    pty.tab("", "create namespaces/1 ");
    pty.enter(SUBSYSTEM);
    pty.line("cd namespaces/1", NAMESPACE);

    // the device: Tab lists what this machine has, and what it is in use for
    pty.clear();
    pty.tab("set dev", "set device_");
    pty.tab("p", "set device_path=");
    pty.list("set device_path=/dev/", "/dev/disk/by-id/");
    guide.screen("device", pty.screen());
    pty.tab("nvme0", "set device_path=/dev/nvme0n1 ");
    pty.enter(NAMESPACE);
    assertTrue(pty.screen().contains("pci_device_path=0000:85:00.0"), pty::screen);
    guide.screen("filled", pty.screen());

    // the PCI address, which was filled in: the drive behind device_path is offered first
    pty.clear();
    pty.tab("set pci", "set pci_device_path=");
    pty.list("set pci_device_path=0000:", "0000:06:00.0");
    guide.screen("pci-address", pty.screen());
    pty.tab("85", "set pci_device_path=0000:85:00.0 ");
    pty.enter(NAMESPACE);
    pty.line("enable", NAMESPACE);
  }

  private void port(Pty pty) throws Exception {
    pty.clear();
    pty.tab("cd /po", "cd /ports/");
    pty.enter("stor1:/ports>");
    pty.tab("create ", "create 1 ");
    pty.enter("stor1:/ports>");
    pty.line("cd 1", PORT);
    pty.line("set addr_trtype=rdma addr_adrfam=ipv4 addr_trsvcid=4420", PORT);
    pty.tab("set addr_trad", "set addr_traddr=");
    pty.list("set addr_traddr=", "0.0.0.0");
    guide.screen("address", pty.screen());
    pty.tab("10.9.1", "set addr_traddr=10.9.1.1 ");
    pty.enter(PORT);
  }

  private void verdict(Pty pty) throws Exception {
    pty.clear();
    pty.tab("link te", "link testsubsystem ");
    pty.enter(PORT);
    pty.line("cd /", "stor1:/>");
    pty.line("tree", "stor1:/>");
    pty.line("offload", "stor1:/>");
    assertTrue(pty.screen().contains("conditions hold"), pty::screen);
    guide.screen("offload", pty.screen());
  }
}
