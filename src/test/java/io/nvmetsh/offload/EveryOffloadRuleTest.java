package io.nvmetsh.offload;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nvmetsh.TestShell;
import io.nvmetsh.TestShell.Said;
import io.nvmetsh.command.Document;
import io.nvmetsh.command.Layout;
import io.nvmetsh.device.DumpSysTree;
import io.nvmetsh.device.MachineDump;
import io.nvmetsh.device.ModuleConfig;
import io.nvmetsh.schema.ExitStatus;
import io.nvmetsh.schema.Problem;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * No rule of the roster without a line that it warns of, a line beside it that it does not warn of,
 * and a mend that works when it is typed as it was printed. Where a rule has nothing to type it
 * says so itself. What more there is to each rule is in {@link OffloadRulesTest}.
 */
class EveryOffloadRuleTest {

  private static final String LOAD = "modules load nvmet_rdma";
  private static final String STAGING = LOAD + " offload_mem_start=0xf00000000";
  private static final String S = "create /subsystems/s";
  private static final String SWITCHED = S + " attr_offload=1";
  private static final String NS = "create /subsystems/s/namespaces/1";
  private static final String SET = "set /subsystems/s/namespaces/1";
  private static final String DRIVE = " device_path=/dev/nvme0n1";
  private static final String NS_ENABLED = NS + DRIVE + " enable=1";
  private static final String NS_2 = "create /subsystems/s/namespaces/2";
  private static final String T = "create /subsystems/t";
  private static final String T_NS = T + "/namespaces/1 device_path=/dev/nvme1n1 enable=1";
  private static final String PORT_1 = port(1, "10.9.1.1");
  private static final String PORT_2 = port(2, "10.9.2.1");
  private static final String LINK_1 = "link s /ports/1";
  private static final String LINK_2 = "link s /ports/2";
  private static final String LINK_T = "link t /ports/1";

  private static String port(int id, String address) {
    return "create /ports/"
        + id
        + " addr_trtype=rdma addr_adrfam=ipv4 addr_trsvcid=4420 addr_traddr="
        + address;
  }

  /** A machine with a kernel, lines that lead up to it, and last the line that is looked at. */
  private record Scene(String profile, String machine, List<String> lines) {

    static Scene on(String profile, String... lines) {
      return new Scene(profile, TestShell.defaultMachine(), List.of(lines));
    }

    Scene where(String text, String isInstead) {
      return new Scene(profile, OffloadRulesTest.replaced(machine, text, isInstead), lines);
    }

    /** The same with the kernel that the machine was dumped with. */
    Scene withItsOwnKernel() {
      return new Scene("", machine, lines);
    }

    TestShell shell() {
      return profile.isEmpty() ? TestShell.ofMachine(machine) : TestShell.on(profile, machine);
    }

    /** Types it all. */
    Said playedOn(TestShell shell) {
      shell.has(lines.subList(0, lines.size() - 1).toArray(String[]::new));
      return shell.type(lines.get(lines.size() - 1));
    }
  }

  private static Scene broken(OffloadRule rule) {
    return switch (rule.id()) {
      case "OFF-NS-ALL" -> Scene.on("ofed-4.1", S, NS_ENABLED, NS_2 + " device_path=/dev/loop0");
      case "OFF-NS-ONE" -> Scene.on("ofed-4.6", SWITCHED, NS_ENABLED, NS_2);
      case "OFF-NS-DRIVE" ->
          Scene.on("ofed-25.10", SWITCHED, NS_ENABLED, NS_2 + " device_path=/dev/nvme1n1");
      case "OFF-NS-PCI" ->
          Scene.on("ofed-4.1", S, NS, SET + DRIVE + " pci_device_path=0000:86:00.0");
      case "OFF-NS-PLAIN" -> Scene.on("ofed-5.0", SWITCHED, NS, SET + " device_path=/dev/md0");
      case "OFF-ORDER" -> Scene.on("ofed-4.1", LOAD, S, NS + DRIVE, PORT_1, LINK_1);
      case "OFF-PORT-ALL" ->
          Scene.on("ofed-5.0", LOAD, SWITCHED, NS_ENABLED, PORT_1, LINK_1, T, LINK_T);
      case "OFF-PORT-ONE" ->
          Scene.on("ofed-4.1", LOAD, S, NS_ENABLED, PORT_1, LINK_1, T, T_NS, LINK_T);
      case "OFF-PORT-RDMA" ->
          Scene.on("ofed-4.6", LOAD, SWITCHED, NS_ENABLED, port(2, "10.9.3.1"), LINK_2);
      case "OFF-Q-NONE" ->
          Scene.on("ofed-4.1", LOAD, S, NS, SET + DRIVE)
              .where("num_p2p_queues: 1", "num_p2p_queues: 0")
              .where("num_p2p_queues = 1", "num_p2p_queues = 0");
      case "OFF-Q-HA" ->
          Scene.on("ofed-25.10", LOAD, SWITCHED, NS_ENABLED, PORT_1, PORT_2, LINK_1, LINK_2);
      case "OFF-VER-KERNEL" ->
          Scene.on("ofed-4.1", LOAD, S, NS_ENABLED, "check")
              .where("osrelease = 4.11.12", "osrelease = 4.4.0-1")
              .withItsOwnKernel();
      case "OFF-VER-OFED" -> Scene.on("6.1", S, "offload");
      case "OFF-VER-FW" ->
          Scene.on("ofed-4.1", LOAD, S, NS_ENABLED, PORT_1, LINK_1)
              .where("fw_ver = 16.35.2000", "fw_ver = 16.18.1000");
      case "OFF-VER-MOD" -> Scene.on("ofed-4.1", S, NS, SET + DRIVE);
      case "OFF-MEM-MAPPED" ->
          Scene.on(
              "ofed-4.6",
              SWITCHED,
              NS_ENABLED,
              LOAD + " offload_mem_start=0x100000000 offload_mem_size=2048");
      case "OFF-MEM-SIZE" ->
          Scene.on("ofed-4.1", S, NS_ENABLED, STAGING + " offload_mem_size=2000");
      case "OFF-MEM-FEW" ->
          Scene.on(
              "ofed-4.1",
              STAGING + " offload_mem_size=128",
              S,
              NS_ENABLED,
              PORT_1,
              PORT_2,
              LINK_1,
              LINK_2);
      default -> throw new AssertionError(rule.id() + ": no line that it warns of");
    };
  }

  private static Scene kept(OffloadRule rule) {
    return switch (rule.id()) {
      case "OFF-NS-ALL", "OFF-ORDER", "OFF-PORT-RDMA", "OFF-VER-KERNEL", "OFF-VER-FW" ->
          Scene.on("ofed-4.1", LOAD, S, NS_ENABLED, PORT_1, LINK_1);
      case "OFF-NS-ONE" -> Scene.on("ofed-5.0", SWITCHED, NS_ENABLED, NS_2);
      case "OFF-NS-DRIVE" ->
          Scene.on("ofed-25.10", SWITCHED, NS_ENABLED, T + " attr_offload=1", T_NS);
      case "OFF-NS-PCI" ->
          Scene.on("ofed-4.1", S, NS, SET + DRIVE + " pci_device_path=0000:85:00.0");
      case "OFF-NS-PLAIN" -> Scene.on("ofed-5.0", SWITCHED, NS, SET + DRIVE);
      case "OFF-PORT-ALL", "OFF-PORT-ONE" ->
          Scene.on(
              "ofed-5.0",
              LOAD,
              SWITCHED,
              NS_ENABLED,
              PORT_1,
              LINK_1,
              T + " attr_offload=1",
              T_NS,
              LINK_T);
      case "OFF-Q-NONE" -> Scene.on("ofed-4.1", LOAD, S, NS, SET + DRIVE);
      case "OFF-Q-HA" ->
          Scene.on("ofed-25.10", LOAD, SWITCHED, NS_ENABLED, PORT_1, PORT_2, LINK_1, LINK_2)
              .where("num_p2p_queues: 1", "num_p2p_queues: 2");
      case "OFF-VER-OFED" -> Scene.on("ofed-4.1", LOAD, S, NS_ENABLED, "offload");
      case "OFF-VER-MOD" -> Scene.on("ofed-4.1", LOAD, S, NS, SET + DRIVE);
      case "OFF-MEM-MAPPED", "OFF-MEM-SIZE" ->
          Scene.on("ofed-4.6", SWITCHED, NS_ENABLED, STAGING + " offload_mem_size=2048");
      case "OFF-MEM-FEW" ->
          Scene.on(
              "ofed-4.1",
              STAGING + " offload_mem_size=256",
              S,
              NS_ENABLED,
              PORT_1,
              PORT_2,
              LINK_1,
              LINK_2);
      default -> throw new AssertionError(rule.id() + ": no line that it does not warn of");
    };
  }

  private static List<OffloadRule> roster() {
    return OffloadRules.all();
  }

  /** What a line printed: its warnings, then what it showed. */
  private static List<String> printed(Said said) {
    List<String> lines = new ArrayList<>();
    for (Layout.Line line : Layout.recorded().lines(new Document.Findings(said.findings()))) {
      lines.add(line.text());
    }
    lines.addAll(said.text().lines().toList());
    return lines;
  }

  /** A warning as it was printed, and the lines below it. */
  private record Warning(String about, List<String> below) {

    /** The first of a rule. */
    static Warning of(OffloadRule rule, Said said) {
      List<String> lines = printed(said);
      for (int i = 0; i < lines.size(); i++) {
        if (lines.get(i).matches("(warning|note) " + rule.id() + " .*")) {
          String about = lines.get(i).substring(0, lines.get(i).indexOf(": "));
          int end = i + 1;
          while (end < lines.size() && lines.get(end).startsWith("  ")) {
            end++;
          }
          return new Warning(about.replaceFirst("note|warning", ""), lines.subList(i + 1, end));
        }
      }
      throw new AssertionError(rule.id() + " is not in " + lines);
    }

    List<String> mend() {
      return below.stream()
          .filter(line -> line.startsWith("  mend:  "))
          .map(line -> line.substring("  mend:  ".length()))
          .toList();
    }
  }

  @ParameterizedTest
  @MethodSource("roster")
  void warns(OffloadRule rule) {
    Scene scene = broken(rule);
    Said said = scene.playedOn(scene.shell());
    for (Problem problem : said.problems()) {
      assertEquals(Problem.Kind.REFUSED, problem.kind(), "only the kernel may refuse: " + problem);
    }
    assertFalse(Warning.of(rule, said).below().isEmpty(), "it says nothing of what to do");
  }

  @ParameterizedTest
  @MethodSource("roster")
  void isQuietWhereItIsKept(OffloadRule rule) {
    Scene scene = kept(rule);
    TestShell shell = scene.shell();
    Said said = scene.playedOn(shell);
    assertEquals(ExitStatus.DONE, said.status(), said.problems().toString());
    isNot(" " + rule.id() + " ", said);
    isNot(" " + rule.id() + " ", shell.type("check"));
  }

  private static void isNot(String about, Said said) {
    for (String line : printed(said)) {
      assertFalse(line.contains(about), line);
    }
  }

  @ParameterizedTest
  @MethodSource("roster")
  void itsMendWorksAsItIsPrinted(OffloadRule rule) {
    Scene scene = broken(rule);
    TestShell shell = scene.shell();
    Warning warning = Warning.of(rule, scene.playedOn(shell));
    if (rule.noCommand().isPresent()) {
      assertEquals(List.of("  more:  explain " + rule.id()), warning.below());
      String explained = shell.type("explain " + rule.id()).text();
      assertTrue(explained.contains(rule.noCommand().get()), explained);
      return;
    }
    assertFalse(warning.mend().isEmpty(), rule.id() + " has no line to type, and no reason why");
    shell.has(warning.mend().toArray(String[]::new));
    boolean atBoot = warning.mend().stream().anyMatch(line -> line.startsWith("modules set "));
    if (atBoot) {
      TestShell booted = booted(scene, shell);
      isNot(warning.about(), scene.playedOn(booted));
      isNot(warning.about(), booted.type("check"));
    } else {
      isNot(warning.about(), shell.type("check"));
    }
  }

  /** The machine when it has been booted: nvme is loaded with what is written down for it. */
  private static TestShell booted(Scene scene, TestShell shell) {
    String written = shell.target().sys().read(ModuleConfig.OWN_FILE).orElseThrow();
    DumpSysTree machine =
        DumpSysTree.parse("booted", OffloadRulesTest.idle(scene.machine()))
            .with(ModuleConfig.OWN_FILE, written);
    return TestShell.on(scene.profile(), MachineDump.of(machine))
        .has("modules unload nvme", "modules load nvme");
  }
}
