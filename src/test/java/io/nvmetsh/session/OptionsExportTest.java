package io.nvmetsh.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nvmetsh.device.DumpSysTree;
import io.nvmetsh.device.Inventory;
import io.nvmetsh.device.ModuleConfig;
import io.nvmetsh.schema.ExitStatus;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Options of modules in scripts: what bash, an inverse and a replay make of them. */
class OptionsExportTest {

  private static final List<String> LINES =
      List.of(
          "modules set nvme num_p2p_queues=2",
          "modules set nvme num_p2p_queues=1 io_queue_depth=64",
          "modules set nvmet_rdma offload_buffer_size=256",
          "modules set nvmet-rdma offload_mem_start=0xf00000000 offload_mem_size=2048",
          "-modules unset nvme",
          "-modules unset nvme num_p2p_queues",
          "-modules unset nvmet_rdma offload_mem_start offload_mem_size");

  @TempDir Path folder;

  private SimShell shell(String script) {
    return SimShell.of("ofed-4.1", folder).with("s", script);
  }

  private static Map<String, String> own(String text, String module) {
    DumpSysTree tree = DumpSysTree.defaultMachine().with(ModuleConfig.OWN_FILE, text);
    return new Inventory(tree).moduleConfig().own(module);
  }

  /** The file that bash leaves says what ours says. */
  @Test
  void bashLeavesTheSameOptions() throws Exception {
    for (int seed = 0; seed < 12; seed++) {
      Random random = new Random(seed);
      StringBuilder script = new StringBuilder();
      for (int i = 0; i < 6; i++) {
        script.append(LINES.get(random.nextInt(LINES.size()))).append('\n');
      }
      SimShell shell = shell(script.toString());
      shell.must("script export --bash --force -o s.sh s");
      shell.run("replay --yes s");
      Path file = folder.resolve("options-" + seed);
      bash(shell.text("s.sh").replace(ModuleConfig.OWN_FILE, file.toString()));
      String text = Files.exists(file) ? Files.readString(file) : "";
      Inventory inventory = new Inventory(shell.target().sys());
      for (String module : List.of("nvme", "nvmet_rdma")) {
        assertEquals(
            inventory.moduleConfig().own(module), own(text, module), script + "---\n" + text);
      }
    }
  }

  private void bash(String script) throws IOException, InterruptedException {
    Path file = Files.writeString(folder.resolve("run.sh"), script);
    Process process =
        new ProcessBuilder("/bin/bash", file.toString()).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), output + script);
  }

  @Test
  void inverseSaysThatOptionsStay() {
    SimShell shell = shell("modules set nvme num_p2p_queues=2\ncreate /ports/1\n");
    assertEquals(ExitStatus.PARTIAL, shell.run("script inverse -o i s"));
    String inverse = shell.text("i");
    assertTrue(
        inverse.contains("# not taken back: the options that module nvme is loaded with stay"),
        inverse);
    assertTrue(inverse.contains("delete /ports/1"), inverse);
  }

  @Test
  void lineThatIsInEffectCanBeSkipped() {
    SimShell shell = shell("modules set nvme num_p2p_queues=2\ncreate /ports/1\ncreate /ports/2\n");
    assertEquals(ExitStatus.USAGE, shell.run("replay --from 2 s"), shell::said);
    shell.must("modules set nvme num_p2p_queues=2");
    shell.must("replay --from 2 s");
  }

  /** A recording has the line as it was typed, in full words. */
  @Test
  void recordingHasTheLine() {
    SimShell shell = SimShell.of("ofed-4.1", folder);
    shell.must(
        "record r",
        "modules set nvmet-rdma offload-buffer-size=64",
        "modules unset nvmet-rdma",
        "record off");
    String recording = shell.text("r");
    assertTrue(recording.contains("\nmodules set nvmet_rdma offload_buffer_size=64\n"), recording);
    assertTrue(recording.contains("\nmodules unset nvmet_rdma\n"), recording);
  }
}
