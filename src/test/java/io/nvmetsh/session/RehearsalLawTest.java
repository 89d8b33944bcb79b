package io.nvmetsh.session;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nvmetsh.TestShell;
import io.nvmetsh.command.Words;
import io.nvmetsh.schema.NvmetPath;
import io.nvmetsh.session.Rehearsed.End;
import io.nvmetsh.tree.TargetTree;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whatever is there, and whatever a script says: its rehearsal and its run show the same, warn of
 * the same, and end at the same line with the same errno.
 */
class RehearsalLawTest {

  private static final int SCRIPTS = 100;
  private static final int BEFORE = 25;
  private static final int LINES = 12;

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {"5.10", "6.1", "6.12", "7.3", "ofed-4.1", "ofed-4.6", "ofed-5.0", "ofed-25.10"})
  void aRehearsalAgreesWithTheRun(String profile) {
    int refused = 0;
    int failed = 0;
    for (int seed = 0; seed < SCRIPTS; seed++) {
      Random random = new Random(seed);
      TestShell shell = TestShell.in(folder, profile);
      for (int i = 0; i < BEFORE; i++) {
        shell.type(line(random, shell.tree()));
      }
      shell.type("modules load nvmet"); // it may have gone with the last module that used it
      StringBuilder script = new StringBuilder();
      for (int i = 0; i < LINES; i++) {
        String line = line(random, shell.tree());
        boolean understood = !line.startsWith("nonsense") && !line.startsWith("ena ");
        // what this kernel has no word for ends a script before its first line
        boolean tolerated =
            random.nextInt(4) > 0 || line.contains("offload o") || isOfDialect(line);
        script.append(tolerated ? "-" : "").append(understood ? line : "ls");
        script.append('\n');
      }
      script.append("tree\n");
      End end = Rehearsed.twice(shell, folder, script.toString(), "");
      failed += end.line() > 0 ? 1 : 0;
      refused += end.refused();
    }
    // otherwise the law holds for nothing
    assertTrue(failed > SCRIPTS / 4 && failed < SCRIPTS, failed + " scripts failed");
    assertTrue(refused > SCRIPTS / 4, refused + " refusals of the kernel itself");
  }

  private static boolean isOfDialect(String line) {
    return line.contains("attr_offload") || line.contains("pci_device_path");
  }

  /** Any line, and more often than people would one that only the kernel can refuse. */
  private static String line(Random random, TargetTree tree) {
    if (random.nextBoolean()) {
      return RecordingLawTest.line(random, tree);
    }
    List<String> ports = names(tree, "ports");
    List<String> subsystems = names(tree, "subsystems");
    String port = ports.get(random.nextInt(ports.size()));
    String subsystem = subsystems.get(random.nextInt(subsystems.size()));
    String address =
        List.of("0.0.0.0", "127.0.0.1", "10.9.1.1", "192.0.2.10", "9.9.9.9").get(random.nextInt(5));
    String trtype = random.nextBoolean() ? "rdma" : "tcp";
    List<String> lines =
        List.of(
            "set " + port + " addr_trtype=" + trtype + " addr_traddr=" + address + " -f",
            "set " + port + " addr_adrfam=ipv4 addr_trsvcid=4420",
            "link " + subsystem + " " + port + " --force",
            "set " + subsystem + "/passthru device_path=/dev/nvme1",
            "enable " + subsystem + "/passthru",
            "set " + port + " addr_trtype=fc addr_adrfam=fc --force",
            "set " + port + " addr_trtype=loop --force",
            "modules load nvmet_fc",
            "modules load foo",
            "modules unload nvmet_rdma",
            "modules unload nvme");
    return lines.get(random.nextInt(lines.size()));
  }

  private static List<String> names(TargetTree tree, String group) {
    List<String> names = new ArrayList<>();
    for (String name : tree.directories(NvmetPath.of(group))) {
      names.add(Words.quote(NvmetPath.of(group, name).toString()));
    }
    return names.isEmpty() ? List.of("/" + group + "/1") : names;
  }
}
