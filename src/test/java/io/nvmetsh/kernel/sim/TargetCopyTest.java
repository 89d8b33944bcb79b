package io.nvmetsh.kernel.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nvmetsh.device.DumpSysTree;
import io.nvmetsh.kernel.Errno;
import io.nvmetsh.kernel.Refusal;
import io.nvmetsh.kernel.SysfsConfigfs;
import io.nvmetsh.kernel.Target;
import io.nvmetsh.schema.Feature;
import io.nvmetsh.schema.KernelFlavor;
import io.nvmetsh.schema.NvmetPath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Copies of targets that are not simulated: of any release, with whatever files they have. */
class TargetCopyTest {

  private static final String MACHINE =
      """
      nvmetsh machine 1
      /proc/sys/kernel
        osrelease = %s
      /proc
        modules = nvmet 100 3 nvmet_tcp, Live 0x0
                | nvmet_tcp 100 1 - Live 0x0
      /lib/modules/%1$s
        modules.dep = kernel/drivers/nvme/target/nvmet.ko.xz:
                    | kernel/drivers/nvme/target/nvmet-tcp.ko.xz: kernel/drivers/nvme/target/nvmet.ko.xz
                    | kernel/drivers/net/dummy.ko.xz:
      """;

  @TempDir Path root;

  private void file(String path, String text) throws IOException {
    Path file = root.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private Target live(String release) throws IOException {
    for (String group : List.of("hosts", "ports", "subsystems")) {
      Files.createDirectories(root.resolve(group));
    }
    DumpSysTree sys = DumpSysTree.parse("test", MACHINE.formatted(release));
    KernelFlavor flavor = KernelFlavor.mainline(release, EnumSet.noneOf(Feature.class));
    SimTarget other = SimTarget.start(SimProfile.named("6.1"), DumpSysTree.defaultMachine());
    return new Target(
        new SysfsConfigfs(root),
        sys,
        other.target().modules(),
        other.target().log(),
        flavor,
        "",
        false);
  }

  private static Errno answer(Target target, String path, String value) {
    return assertThrows(Refusal.class, () -> target.configfs().write(NvmetPath.parse(path), value))
        .errno();
  }

  @Test
  void itSaysHowFarItsRulesWereSeen() throws IOException {
    assertEquals(List.of(), TargetCopy.of(live("6.1.0-50-amd64")).notes());
    assertEquals(
        List.of(
            "rehearsed by the rules of Linux 6.8, which are read from its source; those compared"
                + " with a real kernel are of Linux 6.1"),
        TargetCopy.of(live("6.8.0")).notes());
    assertTrue(TargetCopy.of(live("4.15.0")).notes().get(0).endsWith("of Linux 5.10"));
  }

  /** The files decide, not the release. */
  @Test
  void itHasTheFilesThatAreThere() throws IOException, Refusal {
    file("subsystems/s/attr_allow_any_host", "0\n");
    file("subsystems/s/attr_vendors_own", "so and so\n");
    file("subsystems/s/attr_serial", "abc\n");
    Files.createDirectories(root.resolve("subsystems/s/namespaces/1"));
    Files.createDirectories(root.resolve("subsystems/s/allowed_hosts"));
    TargetCopy copy = TargetCopy.of(live("6.1.0"));
    NvmetPath own = NvmetPath.parse("/subsystems/s/attr_vendors_own");
    assertEquals("so and so\n", copy.target().configfs().read(own));
    copy.target().configfs().write(own, "other\n");
    assertEquals("other\n", copy.target().configfs().read(own));
    copy.target().configfs().mkdir(NvmetPath.parse("/subsystems/t"));
    assertEquals(Errno.ENOENT, answer(copy.target(), "/subsystems/t/attr_model", "x"));
    assertEquals("so and so\n", Files.readString(root.resolve("subsystems/s/attr_vendors_own")));
    assertEquals(
        Set.of("attr_allow_any_host", "attr_vendors_own", "attr_serial"),
        Set.copyOf(
            copy.target().configfs().list(NvmetPath.parse("/subsystems/t")).stream()
                .map(entry -> entry.name())
                .filter(name -> name.startsWith("attr_"))
                .toList()));
  }

  @Test
  void itsModulesAreThoseOfTheMachine() throws IOException, Refusal {
    Target copy = TargetCopy.of(live("6.1.0")).target();
    copy.modules().load("dummy", new TreeMap<>());
    assertEquals(
        Errno.ENOENT,
        assertThrows(Refusal.class, () -> copy.modules().load("nvme_loop", new TreeMap<>()))
            .errno());
    // what the target held of nvmet_tcp it does not hold any more
    copy.modules().unload("nvmet_tcp");
    assertTrue(!copy.sys().read("/proc/modules").orElseThrow().contains("nvmet_tcp"));
  }
}
