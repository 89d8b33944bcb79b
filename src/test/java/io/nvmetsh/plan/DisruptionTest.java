package io.nvmetsh.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nvmetsh.TestShell;
import io.nvmetsh.device.DumpSysTree;
import io.nvmetsh.device.SysTree;
import io.nvmetsh.schema.NvmetPath;
import io.nvmetsh.tree.DraftTree;
import io.nvmetsh.tree.TargetTree;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DisruptionTest {

  /** A machine whose kernel does not tell who is connected. */
  private static final SysTree SILENT = DumpSysTree.parse("silent", "nvmetsh machine 1\n");

  private static final String ROOT = "\n/sys/kernel/debug/nvmet/";

  private static SysTree telling(String... controllers) {
    StringBuilder text = new StringBuilder("nvmetsh machine 1\n" + ROOT + "none\n");
    for (String controller : controllers) {
      text.append(controller);
    }
    return DumpSysTree.parse("telling", text.toString());
  }

  private static String controller(String nqn, int id, String host, int port) {
    return ROOT + nqn + "/ctrl" + id + "\n  hostnqn = " + host + "\n  port = " + port + "\n";
  }

  /** A target that two ports export. */
  private static TestShell target(String kernel) {
    TestShell shell =
        TestShell.on(kernel)
            .has(
                "create /subsystems/s",
                "create /subsystems/s/namespaces/1 device_path=/dev/nvme0n1 enable=1",
                "create /subsystems/s/namespaces/2 device_path=/dev/nvme1n1");
    for (int port = 1; port <= 2; port++) {
      shell.has(
          "create /ports/"
              + port
              + " addr_trtype=rdma addr_adrfam=ipv4 addr_traddr=10.9."
              + port
              + ".1 addr_trsvcid=4420",
          "link s /ports/" + port);
    }
    return shell;
  }

  private static Optional<Disruption> of(TestShell shell, SysTree sys, Change... changes) {
    return Disruption.of(List.of(changes), shell.tree(), sys);
  }

  private static Change set(String path, String value) {
    return new Change.SetAttribute(NvmetPath.parse(path), value);
  }

  private static Change unlink(String path) {
    return new Change.Unlink(NvmetPath.parse(path));
  }

  private static Change delete(String path) {
    return new Change.Delete(NvmetPath.parse(path));
  }

  @Test
  void anUnlinkNamesSubsystemAndPort() {
    Disruption disruption =
        of(target("6.1"), SILENT, unlink("/ports/1/subsystems/s")).orElseThrow();
    assertEquals(List.of("s on port 1"), disruption.what());
    assertEquals(OptionalInt.empty(), disruption.hosts());
    assertEquals(false, disruption.everything());
  }

  @ParameterizedTest
  @CsvSource({"ofed-4.1, false", "ofed-4.6, false", "ofed-5.0, true", "5.10, true", "7.3, true"})
  void anUnlinkDropsHostsInLaterKernels(String kernel, boolean drops) {
    TestShell shell =
        TestShell.on(kernel)
            .has(
                "create /subsystems/s",
                "create /ports/1 addr_trtype=rdma addr_adrfam=ipv4 addr_traddr=10.9.1.1"
                    + " addr_trsvcid=4420",
                "link s /ports/1");
    assertEquals(drops, of(shell, SILENT, unlink("/ports/1/subsystems/s")).isPresent());
  }

  @Test
  void hostsAreCountedByPort() {
    SysTree sys =
        telling(
            controller("s", 1, "nqn.2014-08.org.example:a", 1),
            controller("s", 2, "nqn.2014-08.org.example:b", 1),
            controller("s", 3, "nqn.2014-08.org.example:b", 1),
            controller("s", 4, "nqn.2014-08.org.example:c", 2),
            controller("other", 5, "nqn.2014-08.org.example:d", 1));
    TestShell shell = target("6.12");
    assertEquals(
        OptionalInt.of(2), of(shell, sys, unlink("/ports/1/subsystems/s")).orElseThrow().hosts());
    assertEquals(
        OptionalInt.of(3),
        of(shell, sys, set("/subsystems/s/namespaces/1/enable", "0")).orElseThrow().hosts());
  }

  @Test
  void whereNobodyIsConnectedNobodyNotices() {
    TestShell shell = target("6.12");
    assertEquals(Optional.empty(), of(shell, telling(), unlink("/ports/1/subsystems/s")));
    assertEquals(
        Optional.empty(),
        of(
            shell,
            telling(controller("s", 1, "nqn.2014-08.org.example:a", 2)),
            unlink("/ports/1/subsystems/s")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/subsystems/s/namespaces/1", "/subsystems/s/namespaces/2"})
  void aNamespaceIsLostWhenItWasThere(String path) {
    TestShell shell = target("6.1");
    boolean enabled = path.endsWith("1");
    assertEquals(enabled, of(shell, SILENT, delete(path)).isPresent());
    assertEquals(enabled, of(shell, SILENT, set(path + "/enable", "0")).isPresent());
    assertEquals(
        enabled ? List.of("namespace 1 of s") : List.of(),
        of(shell, SILENT, delete(path)).map(Disruption::what).orElse(List.of()));
    shell.has("unlink /ports/1/subsystems/s", "unlink /ports/2/subsystems/s");
    assertEquals(Optional.empty(), of(shell, SILENT, delete(path)));
  }

  @ParameterizedTest
  @CsvSource({"6.1, false", "6.12, true"})
  void theQueueCountMakesHostsReconnect(String kernel, boolean drops) {
    Change change = set("/subsystems/s/attr_qid_max", "64");
    assertEquals(drops, of(target(kernel), SILENT, change).isPresent());
  }

  @Test
  void apassthruControllerIsLost() {
    TestShell shell =
        TestShell.on("6.12")
            .has(
                "create /subsystems/s",
                "set /subsystems/s/passthru device_path=/dev/nvme0 enable=1",
                "create /ports/1 addr_trtype=loop",
                "link s /ports/1");
    assertTrue(of(shell, SILENT, set("/subsystems/s/passthru/enable", "0")).isPresent());
  }

  @Test
  void otherChangesHarmNobody() {
    TestShell shell = target("6.12");
    assertEquals(
        Optional.empty(),
        of(
            shell,
            SILENT,
            new Change.Create(NvmetPath.parse("/subsystems/t")),
            set("/subsystems/s/attr_allow_any_host", "1"),
            set("/subsystems/s/namespaces/2/enable", "1"),
            set("/ports/1/ana_groups/1/ana_state", "optimized"),
            new Change.Link(
                NvmetPath.parse("/ports/3/subsystems/s"), NvmetPath.parse("/subsystems/s"))));
  }

  private static Optional<Disruption> removing(TestShell shell, String path, SysTree sys) {
    TargetTree tree = shell.tree();
    return Disruption.of(Removal.of(tree, NvmetPath.parse(path)), tree, sys);
  }

  @Test
  void removingAllIsEverything() {
    Disruption disruption = removing(target("6.1"), "/", SILENT).orElseThrow();
    assertTrue(disruption.everything());
    assertEquals(List.of("s on port 1", "s on port 2", "namespace 1 of s"), disruption.what());
    assertTrue(removing(target("6.1"), "/", telling()).orElseThrow().everything());
  }

  @Test
  void removingOneOfTwoIsNot() {
    TestShell shell = target("6.1").has("create /subsystems/t");
    assertEquals(false, removing(shell, "/subsystems/s", SILENT).orElseThrow().everything());
    assertEquals(Optional.empty(), removing(shell, "/subsystems/t", SILENT));
    assertEquals(false, removing(shell, "/subsystems", SILENT).orElseThrow().everything());
  }

  @Test
  void twoSubsystemsThatNobodySeesAreEverythingToo() {
    TestShell shell = TestShell.on("6.1").has("create /subsystems/s");
    assertEquals(Optional.empty(), removing(shell, "/", SILENT));
    assertTrue(removing(shell.has("create /subsystems/t"), "/", SILENT).orElseThrow().everything());
  }

  @Test
  void aLongListIsCut() {
    DraftTree tree = new DraftTree(TestShell.on("6.1").tree());
    List<Change> changes = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      NvmetPath subsystem = NvmetPath.parse("/subsystems/s" + i);
      NvmetPath link = NvmetPath.parse("/ports/1/subsystems/s" + i);
      tree.makeDirectory(subsystem);
      tree.makeLink(link, subsystem);
      changes.add(new Change.Unlink(link));
    }
    List<String> what = Disruption.of(changes, tree, SILENT).orElseThrow().what();
    assertEquals(9, what.size());
    assertEquals("12 more", what.get(8));
  }
}
