package io.nvmetsh.kernel.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nvmetsh.device.DumpSysTree;
import io.nvmetsh.device.MachineDump;
import io.nvmetsh.kernel.Configfs;
import io.nvmetsh.kernel.Errno;
import io.nvmetsh.kernel.Refusal;
import io.nvmetsh.schema.NvmetPath;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the adapter shows of the hosts it serves: contexts, counters, lines of the log. */
class OffloadContextsTest {

  private static final String NS = "/subsystems/s/namespaces/1";
  private static final String LINK_1 = "/ports/1/subsystems/s";
  private static final String LINK_2 = "/ports/2/subsystems/s";

  private final TreeMap<String, String> parameters = new TreeMap<>();

  private SimTarget offloaded(String profile) throws Refusal {
    return offloaded(profile, 4);
  }

  /** A machine whose drives granted so many peer-to-peer queues. */
  private static DumpSysTree machine(int queues) {
    String text = MachineDump.of(DumpSysTree.defaultMachine());
    return DumpSysTree.parse(
        "test", text.replace("num_p2p_queues: 1", "num_p2p_queues: " + queues));
  }

  private SimTarget offloaded(String profile, int queues) throws Refusal {
    SimTarget target =
        SimTarget.start(SimProfile.named(profile), machine(queues), OptionalLong.of(1));
    target.target().modules().load("nvmet_rdma", parameters);
    Configfs files = target.target().configfs();
    files.mkdir(path("/subsystems/s"));
    files.write(path("/subsystems/s/attr_allow_any_host"), "1");
    boolean each = profile.equals("ofed-4.1");
    if (!each) {
      files.write(path("/subsystems/s/attr_offload"), "1");
    }
    files.mkdir(path(NS));
    files.write(path(NS + "/device_path"), "/dev/nvme0n1");
    if (each) {
      files.write(path(NS + "/pci_device_path"), "0000:85:00.0");
    }
    files.write(path(NS + "/enable"), "1");
    port(files, 1);
    port(files, 2);
    return target;
  }

  private static void port(Configfs files, int id) throws Refusal {
    String port = "/ports/" + id;
    files.mkdir(path(port));
    files.write(path(port + "/addr_trtype"), "rdma");
    files.write(path(port + "/addr_adrfam"), "ipv4");
    files.write(path(port + "/addr_traddr"), "10.9." + id + ".1");
    files.write(path(port + "/addr_trsvcid"), "4420");
    files.symlink(path(port + "/subsystems/s"), path("/subsystems/s"));
  }

  private static NvmetPath path(String text) {
    return NvmetPath.parse(text);
  }

  private static String read(SimTarget target, String attribute) throws Refusal {
    return target.target().configfs().read(path(attribute)).strip();
  }

  private static List<String> contexts(SimTarget target) throws Refusal {
    List<String> names = new ArrayList<>();
    for (Configfs.Entry entry : target.target().configfs().list(path(NS + "/offload_ctxs"))) {
      names.add(entry.name());
    }
    return names;
  }

  private static List<String> buffers(SimTarget target) {
    return target.target().log().lines().stream()
        .filter(line -> line.contains("staging buffer"))
        .toList();
  }

  @Test
  void aContextComesAndGoesWithTheHosts() throws Refusal {
    SimTarget target = offloaded("ofed-25.10");
    assertEquals(List.of(), contexts(target));
    Visitors.connect(target, LINK_1);
    assertEquals(List.of("0"), contexts(target));
    assertEquals("10.9.1.1", read(target, NS + "/offload_ctxs/0/traddr"));
    assertEquals("4420", read(target, NS + "/offload_ctxs/0/trsvcid"));
    Visitors.connect(target, LINK_2);
    assertEquals(List.of("0", "1"), contexts(target));
    assertEquals("10.9.2.1", read(target, NS + "/offload_ctxs/1/traddr"));
    Visitors.leave(target, LINK_1);
    assertEquals(List.of("1"), contexts(target));
    target.target().configfs().unlink(path(LINK_2));
    assertEquals(List.of(), contexts(target));
  }

  @Test
  void statNamesItsColumns() throws Refusal {
    SimTarget target = offloaded("ofed-25.10");
    Visitors.connect(target, LINK_1);
    Visitors.serve(target, LINK_1, 5, 2);
    List<String> lines = read(target, NS + "/offload_ctxs/0/stat").lines().toList();
    assertEquals(2, lines.size());
    assertEquals(11, lines.get(0).split(" \\| ").length);
    assertEquals("5\t5\t2\t2\t0\t0\t0\t0\t0\t0\t0", lines.get(1));
  }

  @Test
  void eachQueueOfThePortIsAContext() throws Refusal {
    SimTarget target = offloaded("ofed-25.10");
    Configfs files = target.target().configfs();
    files.unlink(path(LINK_1));
    files.write(path("/ports/1/param_offload_queues"), "2");
    files.symlink(path(LINK_1), path("/subsystems/s"));
    Visitors.connect(target, LINK_1);
    assertEquals(List.of("0", "1"), contexts(target));
    assertEquals(2, buffers(target).size());
  }

  @Test
  void aNamespaceThatIsDisabledIsServedNoMore() throws Refusal {
    SimTarget target = offloaded("ofed-25.10");
    Visitors.connect(target, LINK_1);
    target.target().configfs().write(path(NS + "/enable"), "0");
    assertEquals(List.of(), contexts(target));
    assertEquals("-1", read(target, NS + "/offload_read_cmds"));
  }

  @Test
  void nobodyMakesOrRemovesThem() throws Refusal {
    SimTarget target = offloaded("ofed-25.10");
    Visitors.connect(target, LINK_1);
    Configfs files = target.target().configfs();
    assertEquals(
        Errno.EPERM,
        assertThrows(Refusal.class, () -> files.mkdir(path(NS + "/offload_ctxs/7"))).errno());
    assertEquals(
        Errno.EPERM,
        assertThrows(Refusal.class, () -> files.rmdir(path(NS + "/offload_ctxs/0"))).errno());
  }

  @ParameterizedTest
  @ValueSource(strings = {"ofed-4.6", "ofed-5.0", "ofed-25.10"})
  void countersAreTheSumOfWhatIsServed(String profile) throws Refusal {
    SimTarget target = offloaded(profile);
    Visitors.connect(target, LINK_1);
    assertEquals("0", read(target, NS + "/offload_read_cmds"));
    Visitors.serve(target, LINK_1, 5, 2);
    assertEquals("5", read(target, NS + "/offload_read_cmds"));
    assertEquals("2", read(target, NS + "/offload_write_blocks"));
    assertEquals("0", read(target, NS + "/offload_error_cmds"));
    Visitors.connect(target, LINK_2);
    Visitors.serve(target, LINK_2, 1, 0);
    assertEquals("6", read(target, NS + "/offload_read_cmds"));
    target.target().configfs().unlink(path(LINK_1));
    target.target().configfs().unlink(path(LINK_2));
    assertEquals("-1", read(target, NS + "/offload_read_cmds"));
  }

  @Test
  void aPlainSubsystemHasNone() throws Refusal {
    SimTarget target = offloaded("ofed-25.10");
    Configfs files = target.target().configfs();
    files.unlink(path(LINK_1));
    files.unlink(path(LINK_2));
    files.write(path("/subsystems/s/attr_offload"), "0");
    files.symlink(path(LINK_1), path("/subsystems/s"));
    Visitors.connect(target, LINK_1);
    assertEquals(List.of(), contexts(target));
    assertEquals(List.of(), buffers(target));
  }

  /** One chunk in the pool: the first context has it, the second makes do without. */
  @ParameterizedTest
  @ValueSource(strings = {"ofed-4.1", "ofed-25.10"})
  void theLogTellsWhichBufferIsUsed(String profile) throws Refusal {
    parameters.put("offload_mem_start", "0xf00000000");
    parameters.put("offload_mem_size", "128");
    parameters.put("offload_buffer_size", "128");
    SimTarget target = offloaded(profile);
    Visitors.connect(target, LINK_1);
    assertEquals(1, buffers(target).size());
    assertTrue(buffers(target).get(0).contains("using static staging buffer"));
    Visitors.connect(target, LINK_2);
    assertTrue(buffers(target).get(1).contains("using dynamic staging buffer"));
    Visitors.leave(target, LINK_1);
    Visitors.connect(target, LINK_1);
    assertTrue(buffers(target).get(2).contains("using static staging buffer"));
  }

  @Test
  void hostsAreServedAgainWhenTheStateIsLoaded(@TempDir Path folder) throws Refusal {
    Path file = folder.resolve("state");
    SimTarget target = offloaded("ofed-25.10");
    Visitors.connect(target, LINK_1);
    target.save(file);
    SimTarget again = SimTarget.resume(SimProfile.named("ofed-25.10"), machine(4), file);
    assertEquals(List.of("0"), contexts(again));
    Visitors.leave(again, LINK_1);
    assertFalse(contexts(again).contains("0"));
  }

  private static List<String> refusals(SimTarget target) {
    return target.target().log().lines().stream()
        .filter(line -> line.contains("Failed to get peer resource"))
        .toList();
  }

  /** The queue is taken when a host connects, not at the link. */
  @ParameterizedTest
  @ValueSource(strings = {"ofed-4.1", "ofed-4.6", "ofed-5.0"})
  void aHostForWhichThereIsNoQueueIsRefused(String profile) throws Refusal {
    SimTarget target = offloaded(profile, 1);
    Visitors.connect(target, LINK_1);
    assertEquals(List.of(), refusals(target));
    assertThrows(AssertionError.class, () -> Visitors.connect(target, LINK_2));
    assertEquals(1, refusals(target).size());
    Visitors.leave(target, LINK_1);
    Visitors.connect(target, LINK_2);
  }

  @Test
  void inLateReleasesItGoesWithoutTheNamespace() throws Refusal {
    SimTarget target = offloaded("ofed-25.10", 1);
    Visitors.connect(target, LINK_1);
    Visitors.connect(target, LINK_2);
    assertEquals(1, refusals(target).size());
    assertEquals(List.of("0"), contexts(target));
  }

  /** The switch and the adapter's limits come first; the drive is asked for a queue last. */
  @ParameterizedTest
  @ValueSource(strings = {"ofed-5.0", "ofed-25.10"})
  void aNamespaceIsNotEnabledForHostsWithoutAQueue(String profile) throws Refusal {
    SimTarget target = offloaded(profile, 1);
    Visitors.connect(target, LINK_1);
    Configfs files = target.target().configfs();
    String second = "/subsystems/s/namespaces/2";
    files.mkdir(path(second));
    files.write(path(second + "/device_path"), "/dev/nvme0n1");
    Refusal refusal = assertThrows(Refusal.class, () -> files.write(path(second + "/enable"), "1"));
    assertEquals(Errno.ENODEV, refusal.errno());
    assertEquals(List.of("nvmet_rdma: Failed to get peer resource"), refusal.log());
    files.write(path(second + "/device_path"), "/dev/nvme1n1");
    files.write(path(second + "/enable"), "1");
  }
}
