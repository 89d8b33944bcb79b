package io.nvmetsh.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nvmetsh.TestShell;
import io.nvmetsh.TestShell.Said;
import io.nvmetsh.device.DumpSysTree;
import io.nvmetsh.device.MachineDump;
import io.nvmetsh.device.ModuleConfig;
import io.nvmetsh.schema.ExitStatus;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Options that a module is to be loaded with, and what is said of when they count. */
class ModuleOptionsTest {

  private static final String QUEUES = "modules set nvme num_p2p_queues=2";
  private final TestShell shell = TestShell.on("ofed-4.1");

  private static TestShell with(String file, String content) {
    return TestShell.on(
        "ofed-4.1", MachineDump.of(DumpSysTree.defaultMachine().with(file, content)));
  }

  private static String notes(TestShell shell, String line) {
    Said said = shell.type(line);
    assertEquals(ExitStatus.DONE, said.status(), line + ": " + said.problems());
    return String.join("\n", said.notes());
  }

  private static void holds(String text, String part) {
    assertTrue(text.contains(part), text);
  }

  @Test
  void moduleInUseTakesAReboot() {
    String notes = notes(shell, QUEUES);
    holds(notes, "nvme is loaded and has 2 users: until it can be unloaded and loaded anew");
    holds(notes, "whether the initramfs holds nvme");
    holds(notes, "update-initramfs -u");
    holds(
        shell.type("modules").text(), "num_p2p_queues  1    2     /etc/modprobe.d/nvmetsh.conf:3");
  }

  @Test
  void whatTheRootIsOnIsInTheInitramfs() {
    TestShell other = with("/proc/1/mountinfo", "0 0 259:4 / / rw - xfs /dev/nvme3n1p1 rw\n");
    holds(notes(other, QUEUES), "/ is on an NVMe drive, so the initramfs holds nvme");
  }

  @Test
  void moduleNotInUseIsLoadedAnewByTheLinesThatAreSaid() {
    shell.has("modules load nvmet_rdma");
    Said said = shell.type("modules set nvmet_rdma offload_buffer_size=256");
    holds(String.join("\n", said.notes()), "can be done now:  modules unload nvmet_rdma");
    for (String note : said.notes()) {
      shell.has(note.substring(note.lastIndexOf(":  ") + 3));
    }
    holds(shell.type("modules").text(), "offload_buffer_size=256");
    holds(notes(shell, "modules set nvmet_rdma offload_buffer_size=256"), "is loaded so already");
  }

  @Test
  void moduleThatIsNotLoadedHasThemFromThenOn() {
    String notes = notes(shell, "modules set nvmet-rdma offload-buffer-size=64");
    holds(notes, "it has them from then on:  modules load nvmet_rdma");
    assertFalse(notes.contains("initramfs"), notes);
    shell.has("modules load nvmet_rdma");
    holds(shell.type("modules").text(), "offload_buffer_size=64");
  }

  @Test
  void whatIsSaidToModprobeItselfComesLast() {
    shell.has(
        "modules set nvmet_rdma offload_buffer_size=64",
        "modules load nvmet_rdma offload_buffer_size=32");
    holds(
        shell.type("modules").text(),
        "offload_buffer_size  32   64    /etc/modprobe.d/nvmetsh.conf:3");
  }

  @ParameterizedTest
  @CsvSource({
    "/etc/modprobe.d/nvme.conf, options nvme num_p2p_queues=4, comes before",
    "/lib/modprobe.d/zz.conf, options nvme num_p2p_queues=4, comes after",
    "/proc/cmdline, nvme.num_p2p_queues=4, what the kernel is booted with counts"
  })
  void otherFilesThatSayTheSameAreNamed(String file, String line, String which) {
    TestShell other = with(file, line + "\n");
    String notes = notes(other, QUEUES);
    holds(notes, "num_p2p_queues=4 is said by " + file);
    holds(notes, which);
    boolean counts = which.equals("comes before");
    holds(other.type("modules").text(), "num_p2p_queues  1    " + (counts ? "2" : "4"));
    holds(notes(other, "modules unset nvme"), "num_p2p_queues=4 is said by " + file);
  }

  @Test
  void installLineIsNamed() {
    TestShell other = with("/etc/modprobe.d/a.conf", "\ninstall nvme /bin/true\n");
    holds(notes(other, QUEUES), "runs a command instead, /etc/modprobe.d/a.conf:2");
  }

  @Test
  void unsetTakesBackWhatWasSet() {
    shell.has(QUEUES, "modules set nvme io_queue_depth=64", "modules unset nvme num_p2p_queues");
    String text = shell.type("modules --all").text();
    assertFalse(text.contains("num_p2p_queues  1    2"), text);
    assertTrue(text.matches("(?s).*io_queue_depth +- +64 .*"), text);
    shell.has("modules unset nvme");
    assertEquals(
        "module nvme has no options in " + ModuleConfig.OWN_FILE,
        shell.type("modules unset nvme").problem().message());
  }

  @Test
  void whatIsSetAlreadyIsNotWrittenAgain() {
    shell.has(QUEUES);
    assertTrue(shell.type(QUEUES).notes().contains("unchanged"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "modules set nvme num_p2p_queues=65535           | not in 0 to 65534",
        "modules set nvme num_p2p_queue=1                | has no parameter num_p2p_queue",
        "modules set nvmet_rdma offload_mem_start=0x1001 | page size",
        "modules set nvmet_rdma offload_mem_size=4096    | HAZ-STAGING-4G",
        "modules set nvmet_rdma offload_mem_size=4096 --force | HAZ-STAGING-4G",
        "modules set nvme                                | set which parameter?",
        "modules set                                     | set which module?",
        "modules unset nvme num_p2p_queues=2             | unset takes no value",
        "modules unset nvme num_p2p_queues               | has no num_p2p_queues in"
      })
  void whatWouldKeepItFromLoadingIsRefused(String line, String why) {
    holds(shell.type(line).problem().message(), why);
    holds(shell.type("modules").text(), "num_p2p_queues  1    0     nobody");
  }

  @Test
  void builtInModuleTakesNone() {
    String dump =
        MachineDump.of(
            DumpSysTree.defaultMachine().with("/proc/modules", "nvme_core 1 0 - Live 0x0\n"));
    Said said = TestShell.on("ofed-4.1", dump).type(QUEUES);
    holds(said.problem().message(), "is built into the kernel");
    holds(said.problem().hints().get(0), "nvme.num_p2p_queues=2");
  }

  @Test
  void stagingThatWouldFailIsWarnedOfWhenItIsWrittenDown() {
    Said said =
        shell.type("modules set nvmet_rdma offload_mem_start=0x1000000 offload_mem_size=2048");
    assertEquals(List.of("OFF-MEM-MAPPED"), said.rules());
    // the parameters are one whole, whichever line set them
    assertEquals(
        List.of("OFF-MEM-SIZE"),
        shell
            .type("modules set nvmet_rdma offload_mem_start=0xf00000000 offload_buffer_size=300")
            .rules());
    Said load = shell.type("modules load nvmet_rdma");
    assertTrue(load.rules().contains("OFF-MEM-SIZE"), load.rules().toString());
  }

  @Test
  void modulesLoadedForALinkHaveThemToo() {
    shell.has(
        "modules set nvmet_rdma offload_buffer_size=64",
        "create /subsystems/s attr_allow_any_host=1",
        "create /ports/1 addr_trtype=rdma addr_adrfam=ipv4 addr_traddr=10.9.1.1 addr_trsvcid=4420",
        "link s /ports/1");
    holds(shell.type("modules").text(), "offload_buffer_size=64");
  }
}
