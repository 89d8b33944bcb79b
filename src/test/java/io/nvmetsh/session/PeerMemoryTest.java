package io.nvmetsh.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nvmetsh.TestShell;
import io.nvmetsh.schema.ExitStatus;
import io.nvmetsh.schema.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** p2pmem: what is said before the kernel is asked is what the kernel answers. */
class PeerMemoryTest {

  private static final String PROVIDER = "0000:23:00.0";

  /** Two drives below one switch, one of which offers memory. */
  private static String machine() throws IOException {
    return Files.readString(Path.of("src/test/resources/machines/cx6dx-p2pmem.machine"));
  }

  private static TestShell shell(String machine, String drive) {
    return TestShell.ofMachine(machine)
        .has("create /subsystems/s", "create /subsystems/s/namespaces/1 device_path=" + drive);
  }

  /** A refusal of ours, and the kernel's when it is asked all the same. */
  private static void agree(TestShell shell, String line, String text, String errno) {
    Problem no = shell.refuses(line);
    assertTrue(no.message().contains(text), no.message());
    assertTrue(no.message().contains(errno), no.message());
    Problem kernels = shell.type(line + " --force").problems().get(0);
    assertEquals(Problem.Kind.REFUSED, kernels.kind());
    assertTrue(kernels.message().contains(errno), kernels.message());
  }

  @Test
  void whatIsBelowTheSameSwitchMayUseIt() throws IOException {
    for (String p2pmem : new String[] {"1", PROVIDER}) {
      TestShell shell = shell(machine(), "/dev/nvme1n1");
      shell.has("set /subsystems/s/namespaces/1 p2pmem=" + p2pmem);
      assertEquals(ExitStatus.DONE, shell.type("enable /subsystems/s/namespaces/1").status());
    }
  }

  @Test
  void aDeviceThatOffersNoneIsNotTaken() throws IOException {
    String line = "set /subsystems/s/namespaces/1 p2pmem=0000:24:00.0";
    agree(
        shell(machine(), "/dev/nvme1n1"),
        line,
        "0000:24:00.0: has no peer-to-peer memory",
        "ENODEV");
    String kept = machine().replace("published = 1", "published = 0");
    agree(
        shell(kept, "/dev/nvme1n1"),
        "set /subsystems/s/namespaces/1 p2pmem=" + PROVIDER,
        "does not publish its peer-to-peer memory",
        "ENODEV");
  }

  @Test
  void aDriveOutOfReachIsNotEnabled() throws IOException {
    // ACS P2P request redirect, at the switch's port above the second drive
    String redirecting = machine().replace("f28: 0000005f", "f28: 0004005f");
    TestShell named = shell(redirecting, "/dev/nvme1n1");
    named.has("set /subsystems/s/namespaces/1 p2pmem=" + PROVIDER);
    agree(
        named,
        "enable /subsystems/s/namespaces/1",
        "the memory of 0000:23:00.0 is out of reach of nvme1: ACS redirects",
        "EINVAL");
    TestShell any = shell(redirecting, "/dev/nvme1n1");
    any.has("set /subsystems/s/namespaces/1 p2pmem=1");
    agree(
        any,
        "enable /subsystems/s/namespaces/1",
        "no peer-to-peer memory is available for nvme1",
        "EINVAL");
    any.has("set /subsystems/s/namespaces/1 p2pmem=0", "enable /subsystems/s/namespaces/1");
  }
}
