package io.nvmetsh.device;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ModuleConfigTest {

  private static final DumpSysTree BARE =
      DumpSysTree.parse("bare", "nvmetsh machine 1\n").with("/proc/cmdline", "quiet\n");

  private static List<String> said(SysTree tree, String module) {
    List<String> said = new ArrayList<>();
    for (ModuleOption option : new Inventory(tree).moduleConfig().said(module)) {
      said.add(option.parameter() + "=" + option.value() + " " + option.place());
    }
    return said;
  }

  private static String last(SysTree tree, String module, String parameter) {
    ModuleOption option = new ModuleConfig(tree).options(module).get(parameter);
    return option == null ? "not said" : option.value() + " " + option.place();
  }

  @Test
  void optionsHaveTheirFileAndLine() {
    DumpSysTree tree =
        BARE.with(
            "/etc/modprobe.d/nvme.conf",
            """
            # options nvme num_p2p_queues=9

            options nvme num_p2p_queues=2 io_queue_depth=64
            \t options\tnvmet-rdma   offload-mem-size=2048
            options other num_p2p_queues=5
            """);
    assertEquals(
        List.of(
            "num_p2p_queues=2 /etc/modprobe.d/nvme.conf:3",
            "io_queue_depth=64 /etc/modprobe.d/nvme.conf:3"),
        said(tree, "nvme"));
    assertEquals(
        List.of("offload_mem_size=2048 /etc/modprobe.d/nvme.conf:4"), said(tree, "nvmet_rdma"));
    assertEquals(said(tree, "nvmet_rdma"), said(tree, "nvmet-rdma"));
  }

  @Test
  void lineThatGoesOnIsOneLine() {
    DumpSysTree tree =
        BARE.with(
            "/etc/modprobe.d/a.conf",
            """
            # a comment that goes on \\
            options nvme num_p2p_queues=9
            options nvmet_rdma \\
              offload_mem_start=0xf00000000 \\
              offload_mem_size=20\\
            48
            options nvme num_p2p_queues=1\
            """);
    assertEquals(
        List.of(
            "offload_mem_start=0xf00000000 /etc/modprobe.d/a.conf:3",
            "offload_mem_size=2048 /etc/modprobe.d/a.conf:3"),
        said(tree, "nvmet_rdma"));
    assertEquals(List.of("num_p2p_queues=1 /etc/modprobe.d/a.conf:7"), said(tree, "nvme"));
  }

  @Test
  void fileOfTheFirstDirectoryHidesItsNamesakes() {
    DumpSysTree tree =
        BARE.with("/lib/modprobe.d/a.conf", "options nvme num_p2p_queues=1\n")
            .with("/usr/lib/modprobe.d/a.conf", "options nvme num_p2p_queues=2\n")
            .with("/usr/local/lib/modprobe.d/a.conf", "options nvme num_p2p_queues=3\n")
            .with("/run/modprobe.d/a.conf", "options nvme num_p2p_queues=4\n");
    assertEquals(List.of("num_p2p_queues=4 /run/modprobe.d/a.conf:1"), said(tree, "nvme"));
    assertEquals(List.of(), said(tree.with("/etc/modprobe.d/a.conf", "\n"), "nvme"));
  }

  @Test
  void lastWordCounts() {
    // in the order of names, whatever directory they are in
    DumpSysTree tree =
        BARE.with("/etc/modprobe.d/a.conf", "options nvme num_p2p_queues=1\n")
            .with("/lib/modprobe.d/b.conf", "options nvme num_p2p_queues=2\n")
            .with("/etc/modprobe.d/B.conf", "options nvme num_p2p_queues=3\n")
            .with("/etc/modprobe.d/c.conf.bak", "options nvme num_p2p_queues=4\n")
            .with("/etc/modprobe.d/.d.conf", "options nvme num_p2p_queues=5\n");
    assertEquals("2 /lib/modprobe.d/b.conf:1", last(tree, "nvme", "num_p2p_queues"));
    assertEquals(3, said(tree, "nvme").size());
    assertEquals(
        "7 /proc/cmdline",
        last(
            tree.with("/proc/cmdline", "root=/dev/sda1 nvme.num_p2p_queues=7 a=b.c=d .x=y\n"),
            "nvme",
            "num_p2p_queues"));
    assertEquals("not said", last(tree, "nvmet", "num_p2p_queues"));
  }

  @Test
  void quotedValuesAndThoseThatAreNone() {
    DumpSysTree tree =
        BARE.with("/etc/modprobe.d/a.conf", "options nvme_core multipath x=\"a b\" y=\n")
            .with("/proc/cmdline", "nvme-core.x=\"c  d\" z=\"nvme_core.q=1 r\"\n");
    assertEquals(
        List.of(
            "multipath= /etc/modprobe.d/a.conf:1",
            "x=a b /etc/modprobe.d/a.conf:1",
            "y= /etc/modprobe.d/a.conf:1",
            "x=c  d /proc/cmdline"),
        said(tree, "nvme_core"));
  }

  @Test
  void whatKeepsAModuleFromBeingLoadedIsTold() {
    DumpSysTree tree =
        BARE.with(
                "/etc/modprobe.d/a.conf",
                "blacklist nvmet-tcp\ninstall nvme /bin/true || :\nsoftdep nvme pre: a\nalias a nvme\n")
            .with("/proc/cmdline", "modprobe.blacklist=nvme,nvmet-rdma\n");
    ModuleConfig config = new ModuleConfig(tree);
    assertEquals(
        List.of(
            new ModuleOverride(
                ModuleOverride.Kind.INSTALL, "nvme", "/bin/true || :", "/etc/modprobe.d/a.conf", 2),
            new ModuleOverride(ModuleOverride.Kind.BLACKLIST, "nvme", "", "/proc/cmdline", 1)),
        config.overrides("nvme"));
    assertEquals("/etc/modprobe.d/a.conf:1", config.overrides("nvmet_tcp").get(0).place());
    assertEquals("/proc/cmdline", config.overrides("nvmet-rdma").get(0).place());
    assertEquals(List.of(), said(tree, "nvme"));
  }

  @Test
  void controlCharactersAreNotShown() {
    DumpSysTree tree =
        BARE.with("/etc/modprobe.d/a.conf", "options nvme x=\u001b[31m1\u0007 y\u001b=2\n");
    assertEquals(
        List.of("x=[31m1 /etc/modprobe.d/a.conf:1", "y=2 /etc/modprobe.d/a.conf:1"),
        said(tree, "nvme"));
  }

  @Test
  void dumpHasTheLinesOfOurModulesAndTheirNumbers() {
    DumpSysTree tree =
        BARE.with(
                "/etc/modprobe.d/a.conf",
                """
                options secret key=secret
                # secret
                options nvme \\
                  num_p2p_queues=2
                blacklist nvmet_tcp
                blacklist secret
                """)
            .with("/usr/lib/modprobe.d/a.conf", "options nvme secret=hidden\n")
            .with("/usr/lib/modprobe.d/b.conf", "options secret key=1\n")
            .with("/proc/cmdline", "secret.a=1 nvme.num_p2p_queues=3 quiet\n");
    String dump = MachineDump.of(tree);
    assertFalse(dump.contains("secret"), dump);
    assertFalse(dump.contains("/usr/lib/modprobe.d"), dump);
    DumpSysTree dumped = DumpSysTree.parse("dump", dump);
    assertEquals(said(tree, "nvme"), said(dumped, "nvme"));
    assertEquals(
        new ModuleConfig(tree).overrides("nvmet_tcp"),
        new ModuleConfig(dumped).overrides("nvmet_tcp"));
    assertTrue(said(dumped, "nvme").contains("num_p2p_queues=2 /etc/modprobe.d/a.conf:3"));
  }
}
