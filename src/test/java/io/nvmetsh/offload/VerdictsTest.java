package io.nvmetsh.offload;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nvmetsh.TestShell;
import io.nvmetsh.TestShell.Said;
import io.nvmetsh.device.DumpSysTree;
import io.nvmetsh.kernel.sim.SimProfile;
import io.nvmetsh.kernel.sim.SimTarget;
import io.nvmetsh.kernel.sim.Visitors;
import io.nvmetsh.offload.Verdict.State;
import io.nvmetsh.schema.ExitStatus;
import io.nvmetsh.schema.KernelFlavor;
import io.nvmetsh.schema.NvmetPath;
import io.nvmetsh.tree.TargetTree;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Is it offloaded, and if not, why not: never more than is known. */
class VerdictsTest {

  private static final String S = "/subsystems/s";
  private static final String NS1 = S + "/namespaces/1";
  private static final String PORT_1 =
      "create /ports/1 addr_trtype=rdma addr_adrfam=ipv4 addr_traddr=10.9.1.1 addr_trsvcid=4420";
  private static final String PORT_2 =
      "create /ports/2 addr_trtype=rdma addr_adrfam=ipv4 addr_traddr=10.9.2.1 addr_trsvcid=4420";

  private static List<Verdict> verdicts(TestShell shell, String path) {
    return new Verdicts(shell.tree(), shell.inventory()).below(NvmetPath.parse(path));
  }

  private static Verdict verdict(TestShell shell) {
    List<Verdict> verdicts = verdicts(shell, "/");
    assertEquals(1, verdicts.size(), verdicts.toString());
    return verdicts.get(0);
  }

  private static TestShell seed() {
    return TestShell.on("ofed-4.1")
        .has(
            "modules load nvmet_rdma",
            "create " + S + " attr_allow_any_host=1",
            "create " + NS1 + " device_path=/dev/nvme0n1 enable=1",
            PORT_1,
            "link s /ports/1");
  }

  @Test
  void theSeedsTargetHolds() {
    Verdict verdict = verdict(seed());
    assertEquals(State.HOLDS, verdict.state());
    assertEquals(List.of(), verdict.reasons());
    assertEquals(NvmetPath.parse("/ports/1"), verdict.port().orElseThrow());
    assertEquals(
        """
        this is MLNX_OFED 4.1 (nvmet of Linux 4.11): offload is asked for by each namespace's pci_device_path

        subsystem  port  offload          evidence  because of
        s          1     conditions hold         -\
        """,
        seed().type("offload").text());
  }

  @Test
  void eachPortHasItsVerdict() {
    TestShell shell = seed().has(PORT_2, "link s /ports/2");
    List<Verdict> verdicts = verdicts(shell, "/");
    assertEquals(List.of(State.OFF, State.OFF), verdicts.stream().map(Verdict::state).toList());
    assertEquals("OFF-Q-HA", verdicts.get(0).reasons().get(0).rule());
    assertEquals(1, verdicts(shell, "/ports/2").size());
    assertEquals(2, verdicts(shell, S).size());
    assertEquals(ExitStatus.DONE, shell.type("offload").status());
  }

  @Test
  void aPortIsNotBlamedForAnother() {
    TestShell shell =
        seed()
            .has(
                "create /subsystems/t",
                "create /subsystems/t/namespaces/1",
                "create /ports/3 addr_trtype=loop",
                "link t /ports/3",
                "set /subsystems/t/namespaces/1 device_path=/dev/nvme1n1");
    List<Verdict> verdicts = verdicts(shell, "/");
    assertEquals(State.HOLDS, verdicts.get(0).state());
    assertEquals(State.OFF, verdicts.get(1).state());
    List<String> rules = verdicts.get(1).reasons().stream().map(Finding::rule).toList();
    assertEquals(List.of("OFF-ORDER", "OFF-PORT-RDMA"), rules);
  }

  @Test
  void whatIsMissingIsToldOneByOne() {
    TestShell shell = TestShell.on("ofed-4.1").has("modules load nvmet_rdma", "create " + S);
    assertEquals(State.NOT_ASKED, verdict(shell).state());
    shell.has("create " + NS1 + " device_path=/dev/nvme0n1");
    Verdict verdict = verdict(shell);
    assertEquals(State.OFF, verdict.state());
    assertEquals(
        List.of("no namespace is enabled", "linked to no port"),
        verdict.reasons().stream().map(Finding::summary).toList());
    shell.has(verdict.reasons().get(0).mend().get(0), PORT_1);
    verdict = verdict(shell);
    assertEquals(List.of("link /subsystems/s /ports/1"), verdict.reasons().get(0).mend());
    shell.has(verdict.reasons().get(0).mend().get(0));
    assertEquals(State.HOLDS, verdict(shell).state());
  }

  @Test
  void theSwitchIsNotSet() {
    TestShell shell =
        TestShell.on("ofed-5.0")
            .has(
                "modules load nvmet_rdma",
                "create " + S,
                "create " + NS1 + " device_path=/dev/nvme0n1 enable=1",
                PORT_1,
                "link s /ports/1");
    Verdict verdict = verdict(shell);
    assertEquals(State.NOT_ASKED, verdict.state());
    shell.has(verdict.reasons().get(0).mend().toArray(String[]::new));
    verdict = verdict(shell);
    assertEquals(State.HOLDS, verdict.state());
    assertEquals("the driver counts, no command yet", verdict.evidence().orElseThrow());
  }

  @Test
  void aNoteDoesNotSwitchOffloadOff() {
    TestShell shell =
        TestShell.on("ofed-4.1")
            .has(
                "modules load nvmet_rdma offload_mem_start=0xf00000000 offload_mem_size=2000"
                    + " offload_buffer_size=256",
                "create " + S,
                "create " + NS1 + " device_path=/dev/nvme0n1 enable=1",
                PORT_1,
                "link s /ports/1");
    Verdict verdict = verdict(shell);
    assertEquals(State.HOLDS, verdict.state());
    assertEquals("OFF-MEM-SIZE", verdict.reasons().get(0).rule());
  }

  @Test
  void mainlineCannot() {
    TestShell shell = TestShell.on("6.12").has("create " + S, "create /subsystems/t");
    Said said = shell.type("offload");
    assertEquals(
        """
        this is Linux 6.12: offload is not possible here

        subsystem  port  offload            evidence  because of
        s             -  not possible here         -  OFF-VER-OFED
        t             -  not possible here         -  OFF-VER-OFED

        warning OFF-VER-OFED drivers: this is Linux 6.12, offload needs MLNX_OFED 4.1
          more:  explain OFF-VER-OFED\
        """,
        said.text());
    assertTrue(TestShell.on("6.12").type("offload").text().contains("not possible here"));
  }

  // On, with evidence.

  private static SimTarget served(String profile) {
    // as many queues as two ports take
    String machine = TestShell.defaultMachine().replace("num_p2p_queues: 1", "num_p2p_queues: 2");
    return SimTarget.start(SimProfile.named(profile), DumpSysTree.parse("test", machine));
  }

  private static TestShell linked(SimTarget target) {
    return TestShell.of(Path.of("").toAbsolutePath(), target.target())
        .has(
            "modules load nvmet_rdma",
            "create " + S + " attr_allow_any_host=1",
            "offload on " + S,
            "create " + NS1 + " device_path=/dev/nvme0n1 enable=1",
            PORT_1,
            "link s /ports/1");
  }

  private static List<Verdict> informed(TestShell shell, SimTarget target) {
    return new Verdicts(shell.tree(), shell.inventory(), () -> target.target().log().lines())
        .below(NvmetPath.ROOT);
  }

  private static void is(State state, String evidence, Verdict verdict) {
    assertEquals(state, verdict.state(), verdict.toString());
    assertEquals(evidence, verdict.evidence().orElse("none"));
  }

  @Test
  void aContextProvesIt() {
    SimTarget target = served("ofed-25.10");
    TestShell shell = linked(target).has(PORT_2, "link s /ports/2");
    is(State.HOLDS, "the driver counts, no command yet", informed(shell, target).get(0));
    Visitors.connect(target, "/ports/1/subsystems/s");
    List<Verdict> verdicts = informed(shell, target);
    is(State.ON, "1 context is live, no command yet", verdicts.get(0));
    is(State.HOLDS, "the driver counts, no command yet", verdicts.get(1));
    Visitors.serve(target, "/ports/1/subsystems/s", 5, 2);
    verdicts = informed(shell, target);
    is(State.ON, "1 context is live, 7 commands served", verdicts.get(0));
    is(
        State.HOLDS,
        "the adapter has served 7 commands, on which port is not told",
        verdicts.get(1));
    assertEquals(
        """
        this is MLNX_OFED 25.10 (nvmet of Linux 6.14): offload is asked for by the subsystem's attr_offload

        subsystem  port  offload          evidence  because of
        s          1     on               <varies>
        s          2     conditions hold  <varies>\
        """,
        shell.type("offload").text());
    Visitors.leave(target, "/ports/1/subsystems/s");
    assertEquals(State.HOLDS, informed(shell, target).get(0).state());
  }

  @Test
  void countersProveItWhereOnePortIsLinked() {
    SimTarget target = served("ofed-4.6");
    TestShell shell = linked(target);
    is(State.HOLDS, "the driver counts, no command yet", verdict(shell));
    Visitors.connect(target, "/ports/1/subsystems/s");
    // the log has more
    is(State.HOLDS, "the driver counts, no command yet", verdict(shell));
    is(State.ON, "kernel log: using dynamic staging buffer", informed(shell, target).get(0));
    Visitors.serve(target, "/ports/1/subsystems/s", 1, 0);
    is(State.ON, "the adapter has served 1 command", verdict(shell));
  }

  /** The oldest driver counts nothing: there is only the log. */
  @Test
  void theLogProvesItWhereOnlyOneCanBeMeant() {
    SimTarget target = served("ofed-4.1");
    TestShell shell = linked(target);
    is(State.HOLDS, "none", informed(shell, target).get(0));
    Visitors.connect(target, "/ports/1/subsystems/s");
    is(State.ON, "kernel log: using dynamic staging buffer", informed(shell, target).get(0));
    shell.has(PORT_2, "link s /ports/2");
    for (Verdict verdict : informed(shell, target)) {
      assertEquals(State.HOLDS, verdict.state());
    }
    is(
        State.HOLDS,
        "kernel log: using dynamic staging buffer, for which port is not told",
        informed(shell, target).get(0));
    shell.has("unlink s /ports/2", "unlink s /ports/1", "link s /ports/1");
    // what was said before the port listened anew was said of something else
    is(State.HOLDS, "none", informed(shell, target).get(0));
  }

  @Test
  void aPlainSubsystemHasNoEvidence() {
    SimTarget target = served("ofed-25.10");
    TestShell shell =
        linked(target).has("unlink s /ports/1", "set " + S + " attr_offload=0", "link s /ports/1");
    Visitors.connect(target, "/ports/1/subsystems/s");
    is(State.NOT_ASKED, "none", informed(shell, target).get(0));
  }

  private static final class Dead implements TargetTree {
    private final TargetTree tree;

    Dead(TargetTree tree) {
      this.tree = tree;
    }

    @Override
    public KernelFlavor flavor() {
      return tree.flavor();
    }

    @Override
    public boolean isDirectory(NvmetPath path) {
      return tree.isDirectory(path);
    }

    @Override
    public List<String> directories(NvmetPath directory) {
      return tree.directories(directory);
    }

    @Override
    public List<String> attributes(NvmetPath directory) {
      return tree.attributes(directory);
    }

    @Override
    public List<String> linkNames(NvmetPath directory) {
      return tree.linkNames(directory);
    }

    @Override
    public Optional<NvmetPath> linkTarget(NvmetPath link) {
      return tree.linkTarget(link);
    }

    @Override
    public Optional<String> value(NvmetPath attribute) {
      if (attribute.name().equals("addr_tractive")) {
        return Optional.of("0");
      }
      return attribute.name().equals("offload_read_cmds")
              || attribute.name().startsWith("offload_write")
          ? Optional.of("-1")
          : tree.value(attribute);
    }
  }

  /** The RDMA device of an enabled port has gone, and -1 is not known. */
  @Test
  void whereNothingListensItIsOff() {
    SimTarget target = served("ofed-25.10");
    TestShell shell = linked(target);
    Verdict verdict =
        new Verdicts(new Dead(shell.tree()), shell.inventory()).below(NvmetPath.ROOT).get(0);
    is(State.OFF, "the driver does not count (-1)", verdict);
    assertEquals(
        "addr_tractive is 0: nothing listens there, its RDMA device has gone",
        verdict.reasons().get(0).summary());
  }
}
