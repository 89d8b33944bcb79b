package io.nvmetsh.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.nvmetsh.device.DumpSysTree;
import io.nvmetsh.device.SysTree;
import io.nvmetsh.schema.Feature;
import io.nvmetsh.schema.KernelFlavor;
import io.nvmetsh.schema.NvmetshException;
import io.nvmetsh.schema.Problem;
import io.nvmetsh.schema.Release;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KernelProbeTest {

  private final Path directory;
  private final Path root;

  KernelProbeTest(@TempDir Path directory) {
    this.directory = directory;
    root = directory.resolve("nvmet");
  }

  private static DumpSysTree machine(String release) {
    return DumpSysTree.parse("test", "nvmetsh machine 1\n")
        .with("/proc/sys/kernel/osrelease", release + "\n");
  }

  private static DumpSysTree vendor(String version) {
    return machine("5.15.0-25-generic")
        .with("/sys/module/nvme/parameters/num_p2p_queues", "0\n")
        .with("/sys/module/mlx5_core/version", version + "\n");
  }

  private KernelFlavor flavor(SysTree sys) {
    return KernelProbe.flavor(root, sys);
  }

  private static Problem absence(SysTree sys) {
    Optional<Problem> problem = KernelProbe.absence(Path.of("/sys/kernel/no-configfs/nvmet"), sys);
    return problem.orElseThrow();
  }

  // Is there a target?

  @Test
  void aTargetIsADirectoryLaidOutLikeNvmets() throws IOException {
    Files.createDirectory(root);
    Problem empty = KernelProbe.absence(root, machine("6.1.0")).orElseThrow();
    assertTrue(empty.message().contains("it has no subsystems"), empty.message());
    Files.createDirectory(root.resolve("subsystems"));
    Problem above = KernelProbe.absence(directory, machine("6.1.0")).orElseThrow();
    assertTrue(above.hints().get(0).contains("--root " + root), above.hints().toString());
    assertEquals(Optional.empty(), KernelProbe.absence(root, machine("6.1.0")));
    Target target = Target.real(root, machine("6.1.0"));
    assertEquals("", target.label());
    assertEquals(new Release(6, 1), target.flavor().linux());
  }

  @Test
  void anotherDirectoryIsNamed() {
    Problem problem = absence(machine("6.1.0"));
    assertSame(Problem.Kind.UNSUPPORTED, problem.kind());
    assertTrue(problem.message().contains("/sys/kernel/no-configfs/nvmet"), problem.message());
    NvmetshException thrown =
        assertThrows(NvmetshException.class, () -> Target.real(root, machine("6.1.0")));
    assertTrue(thrown.problem().message().contains(root.toString()));
  }

  @ParameterizedTest
  @CsvSource({
    "'',                                          '', mount -t configfs none /sys/kernel/config",
    "'none /sys/kernel/config configfs rw 0 0',   '', modprobe nvmet",
    "'none /sys/kernel/config configfs rw 0 0',   live, --with-nvmf",
  })
  void saysWhatIsMissingAndNamesTheSimulator(String mounts, String nvmet, String remedy) {
    DumpSysTree sys = machine("6.1.0").with("/proc/mounts", mounts + "\n");
    if (!nvmet.isEmpty()) {
      sys = sys.with("/sys/module/nvmet/initstate", nvmet);
    }
    Path elsewhere = KernelProbe.ROOT;
    assumeFalse(Files.isDirectory(elsewhere), "this machine has a target: nothing is absent");
    Problem problem = KernelProbe.absence(elsewhere, sys).orElseThrow();
    assertSame(Problem.Kind.UNSUPPORTED, problem.kind());
    String hints = String.join("\n", problem.hints());
    assertTrue(hints.contains(remedy), hints);
    assertTrue(hints.contains("nvmetsh --sim"), hints);
  }

  // Which nvmet is it?

  @Test
  void aStockKernelIsItsRelease() {
    KernelFlavor flavor = flavor(machine("6.12.95+deb12-amd64"));
    assertEquals(new Release(6, 12), flavor.linux());
    assertEquals(Optional.empty(), flavor.ofed());
  }

  @Test
  void theConfigurationTellsTheFeatures() {
    DumpSysTree sys =
        machine("6.1.0-1")
            .with(
                "/boot/config-6.1.0-1",
                """
                # x
                CONFIG_BLK_DEV_INTEGRITY=y
                # CONFIG_PCI_P2PDMA is not set
                CONFIG_NVME_TARGET_AUTH=n
                """);
    assertEquals(Set.of(Feature.INTEGRITY), flavor(sys).features());
  }

  @Test
  void withoutAConfigurationEverythingMayBeThere() {
    assertEquals(EnumSet.allOf(Feature.class), flavor(machine("6.1.0")).features());
  }

  @Test
  void anUnknownReleaseIsSaidSo() {
    NvmetshException thrown =
        assertThrows(NvmetshException.class, () -> flavor(machine("mystery")));
    assertSame(Problem.Kind.UNSUPPORTED, thrown.problem().kind());
  }

  /** The vendor's RDMA driver alone does not replace the target. */
  @Test
  void theVendorsRdmaStackAloneIsNotEnough() {
    DumpSysTree sys = machine("4.15.0").with("/sys/module/mlx5_core/version", "5.0-0\n");
    assertEquals(Optional.empty(), flavor(sys).ofed());
  }

  @ParameterizedTest
  @CsvSource({
    "4.1-1.0.2, 4.1, 4.11",
    "4.2-1.0.0, 4.2, 4.13",
    "4.2-1.5.1, 4.4, 4.13",
    "4.6-1.0.1, 4.6, 4.20",
    "4.9-5.1.0, 4.9, 5.0",
    "5.8-3.0.7, 5.8, 5.19",
    "24.10-1.1.4, 24.10, 6.9",
    "25.10-1.7.1, 25.10, 6.14",
  })
  void theVendorsReleaseDecides(String version, String ofed, String base) {
    KernelFlavor flavor = flavor(vendor(version));
    assertEquals(Optional.of(Release.parse(ofed)), flavor.ofed());
    assertEquals(Release.parse(base), flavor.linux());
  }

  /** What is there decides before what is said. */
  @Test
  void theTreeDecidesTheEra() throws IOException {
    Files.createDirectories(root.resolve("subsystems/s/namespaces/1"));
    Files.writeString(root.resolve("subsystems/s/namespaces/1/pci_device_path"), "N/A\n");
    assertEquals(Optional.of(new Release(4, 2)), flavor(vendor("4.6-1.0.1")).ofed());
    assertEquals(Optional.of(new Release(4, 1)), flavor(vendor("4.1-1.0.2")).ofed());
    assertEquals(Optional.of(new Release(4, 1)), flavor(vendor("unknown")).ofed());
    Files.writeString(root.resolve("subsystems/s/attr_offload"), "0\n");
    assertEquals(Optional.of(new Release(4, 3)), flavor(vendor("4.1-1.0.2")).ofed());
    assertEquals(Optional.of(new Release(5, 8)), flavor(vendor("5.8-3.0.7")).ofed());
  }
}
