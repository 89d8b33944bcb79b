package io.nvmetsh.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nvmetsh.command.Words;
import io.nvmetsh.schema.ExitStatus;
import io.nvmetsh.schema.NvmetPath;
import io.nvmetsh.tree.TargetTree;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whatever was typed, and whatever of it was refused: its recording, replayed on a fresh kernel,
 * makes the same target, and finds every value it expects. Unless the kernel itself refused
 * something, since that leaves marks: MLNX_OFED 4.1 forgets pci_device_path, every kernel fills in
 * the parameters of a port.
 */
class RecordingLawTest {

  private static final int SESSIONS = 50;
  private static final int LINES = 30;

  private static final List<String> NAMES =
      List.of(
          "nqn.2024-01.io.example:disk1",
          "testsubsystem",
          "a b",
          "it's",
          "$(reboot)",
          "a;b",
          "-rf",
          "#x",
          "\u00e9\u4e2d");
  private static final List<String> DEVICES =
      List.of(
          "/dev/nvme0n1",
          "/dev/nvme1n1",
          "/dev/nvme3n1p2",
          "/dev/loop0",
          "/dev/md0",
          "/dev/vg0/lun0",
          "/dev/nope");
  private static final List<String> ADDRESSES =
      List.of("10.9.1.1", "10.9.2.1", "10.9.3.1", "fd00:10:9:1::1", "0.0.0.0");

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"ofed-4.1", "ofed-5.0", "ofed-25.10", "5.10", "6.12", "7.3"})
  void aRecordingMakesTheSameTarget(String profile) {
    int compared = 0;
    int changes = 0;
    for (int seed = 0; compared < SESSIONS; seed++) {
      int made = session(profile, seed);
      compared += made > 0 ? 1 : 0;
      changes += made;
    }
    // otherwise the law holds for nothing
    assertTrue(changes > SESSIONS * LINES / 4, changes + " changes were made");
  }

  /**
   * One session; the number of lines that were recorded, or 0 where there is nothing to compare.
   */
  private int session(String profile, int seed) {
    SimShell shell = SimShell.typed(profile, folder, "y");
    Random random = new Random(seed);
    shell.must("record --force " + (random.nextBoolean() ? "--output " : "") + "r.nvmetsh");
    StringBuilder typed = new StringBuilder(profile + ", seed " + seed + "\n");
    for (int i = 0; i < LINES; i++) {
      String line = line(random, shell.tree());
      typed.append(line).append('\n');
      ExitStatus status = shell.run(line);
      if (status == ExitStatus.KERNEL_REFUSED || status == ExitStatus.PARTIAL) {
        return 0;
      }
    }
    shell.said();
    shell.must("record off");
    SimShell fresh = SimShell.of(profile, folder);
    ExitStatus status = fresh.run("replay --verify r.nvmetsh");
    String text = shell.text("r.nvmetsh");
    assertEquals(ExitStatus.DONE, status, () -> typed + fresh.said() + "\n" + text);
    assertEquals(shell.state(), fresh.state(), () -> typed + text);
    return (int) text.lines().filter(line -> !line.startsWith("#")).count();
  }

  private static <T> T any(Random random, List<T> all) {
    return all.get(random.nextInt(all.size()));
  }

  /** A name that is there, mostly. */
  private static String any(Random random, TargetTree tree, NvmetPath group, String otherwise) {
    List<String> names = tree.directories(group);
    return names.isEmpty() ? otherwise : any(random, names);
  }

  /** Any line that somebody might type at this target. */
  static String line(Random random, TargetTree tree) {
    NvmetPath subsystem =
        NvmetPath.of("subsystems", any(random, tree, NvmetPath.of("subsystems"), "none"));
    NvmetPath namespace =
        subsystem.child("namespaces").child(any(random, tree, subsystem.child("namespaces"), "1"));
    NvmetPath port = NvmetPath.of("ports", any(random, tree, NvmetPath.of("ports"), "1"));
    NvmetPath host = NvmetPath.of("hosts", any(random, tree, NvmetPath.of("hosts"), "none"));
    String name = any(random, NAMES);
    String address = any(random, ADDRESSES);
    String device = any(random, DEVICES);
    List<String> lines =
        List.of(
            "create " + q(NvmetPath.of("subsystems", name)),
            "create " + q(NvmetPath.of("subsystems", name)) + " attr_allow_any_host=1",
            "/subsystems create -p -- " + Words.quote(name + "/namespaces/" + random.nextInt(4)),
            "create " + q(subsystem.child("namespaces")) + " device_path=" + device + " enable=1",
            "create " + q(subsystem.child("namespaces")) + " device_path=" + device,
            "mkdir " + q(NvmetPath.of("hosts", name)),
            "create /ports addr_trtype=tcp addr_adrfam=ipv4 addr_traddr=10.9.1.1 addr_trsvcid="
                + random.nextInt(70000),
            "create /ports/" + random.nextInt(4),
            q(port) + " set addr trtype=rdma adrfam=ipv4 traddr=" + address + " trsvcid=4420",
            "set " + q(port) + " addr_traddr=" + address + " -f",
            "cd " + q(subsystem) + "",
            "cd ..",
            "/ports",
            "create 3",
            "ls",
            "set attr_allow_any_host=" + random.nextInt(2),
            "set " + q(subsystem) + " attr_serial=S" + random.nextInt(1000),
            "set " + q(subsystem) + " attr_offload=1",
            "offload on " + q(subsystem) + " --yes",
            "offload off " + q(subsystem) + " --yes",
            "set " + q(namespace) + " device_path=" + device,
            "set " + q(namespace) + " pci_device_path=0000:86:00.0",
            "set "
                + q(namespace)
                + " device_uuid=11111111-2222-3333-4444-55555555555"
                + random.nextInt(10),
            "ena " + q(namespace),
            "enable " + q(namespace),
            "disable " + q(namespace) + " --yes",
            "link " + q(subsystem) + " " + q(port),
            "ln -s " + q(subsystem) + " " + q(port.child("subsystems").child("alias")),
            "link " + q(host) + " " + q(subsystem),
            "unlink " + q(subsystem) + " " + q(port),
            "delete " + q(namespace),
            "delete -r " + q(random.nextBoolean() ? subsystem : port),
            "rm -r " + q(host),
            "modules load nvmet-rdma",
            "modules load nvmet-tcp",
            "create " + q(port.child("referrals").child("r")) + " addr_traddr=10.0.0.1",
            "create " + q(port.child("ana_groups")) + " ana_state=inaccessible",
            "nonsense " + name,
            "set " + q(port) + " param_inline_data_size=" + random.nextInt(20000));
    return any(random, lines);
  }

  private static String q(NvmetPath path) {
    return Words.quote(path.toString());
  }
}
