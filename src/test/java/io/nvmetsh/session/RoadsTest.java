package io.nvmetsh.session;

import static io.nvmetsh.session.Road.NS1;
import static io.nvmetsh.session.Road.NS2;
import static io.nvmetsh.session.Road.S;
import static io.nvmetsh.session.Road.after;
import static io.nvmetsh.session.Road.machine;
import static io.nvmetsh.session.Road.on;
import static io.nvmetsh.session.Road.ready;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nvmetsh.TestShell;
import io.nvmetsh.TestShell.Said;
import io.nvmetsh.schema.ExitStatus;
import io.nvmetsh.schema.Problem;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever costs offload is warned of before the change, on every road to it. */
class RoadsTest {

  @TempDir Path folder;

  static List<Arguments> warnings() {
    List<Road> cases =
        List.of(
            ready("second namespace", "OFF-NS-ONE", "create " + NS2),
            ready(
                "namespaces on two drives",
                "OFF-NS-DRIVE",
                "create " + NS2,
                "set " + NS2 + " device_path=/dev/nvme1n1 pci_device_path=0000:86:00.0"),
            ready(
                "PCI address of another drive",
                "OFF-NS-PCI",
                "create /subsystems/t",
                "create /subsystems/t/namespaces/1",
                "set /subsystems/t/namespaces/1 device_path=/dev/nvme1n1"
                    + " pci_device_path=0000:85:00.0"),
            ready(
                "logical volume",
                "OFF-NS-PLAIN",
                "create /subsystems/t",
                "create /subsystems/t/namespaces/1",
                "set /subsystems/t/namespaces/1 device_path=/dev/mapper/vg0-lun0"),
            ready(
                "md device",
                "OFF-NS-PLAIN",
                "create /subsystems/t",
                "create /subsystems/t/namespaces/1",
                "set /subsystems/t/namespaces/1 device_path=/dev/md0"),
            ready(
                "second subsystem on the port",
                "OFF-PORT-ONE",
                "link s /ports/1",
                "create /subsystems/t",
                "create /subsystems/t/namespaces/1",
                "set /subsystems/t/namespaces/1 device_path=/dev/nvme1n1"
                    + " pci_device_path=0000:86:00.0",
                "enable /subsystems/t/namespaces/1",
                "link t /ports/1"),
            ready(
                "a subsystem that is not offloaded on an offloaded port",
                "OFF-PORT-ALL",
                "link s /ports/1",
                "create /subsystems/plain",
                "link plain /ports/1"),
            on(
                "TCP port",
                "OFF-PORT-RDMA",
                "ofed-5.0",
                "create " + S,
                "set " + S + " attr_offload=1",
                "create " + NS1,
                "set " + NS1 + " device_path=/dev/nvme0n1",
                "enable " + NS1,
                "create /ports/1",
                "set /ports/1 addr_trtype=tcp addr_adrfam=ipv4 addr_traddr=10.9.1.1"
                    + " addr_trsvcid=4420",
                "link s /ports/1"),
            ready(
                "ConnectX-4 address",
                "OFF-PORT-RDMA",
                "create /ports/3",
                "set /ports/3 addr_trtype=rdma addr_adrfam=ipv4 addr_traddr=10.9.3.1"
                    + " addr_trsvcid=4420",
                "link s /ports/3"),
            machine(
                on(
                    "no P2P queues",
                    "OFF-Q-NONE",
                    "ofed-4.1",
                    "create " + S,
                    "create " + NS1,
                    "set " + NS1 + " device_path=/dev/nvme0n1 pci_device_path=0000:85:00.0"),
                "num_p2p_queues: 1",
                "num_p2p_queues: 0",
                "num_p2p_queues = 1",
                "num_p2p_queues = 0"),
            ready(
                "two ports with one queue",
                "OFF-Q-HA",
                "link s /ports/1",
                "create /ports/2",
                "set /ports/2 addr_trtype=rdma addr_adrfam=ipv4 addr_traddr=10.9.2.1"
                    + " addr_trsvcid=4420",
                "link s /ports/2"),
            machine(
                after(
                    on(
                        "nvme without num_p2p_queues",
                        "OFF-Q-NONE",
                        "ofed-4.1",
                        "modules unload nvme"),
                    "modules load nvme"),
                // nothing holds the module
                "nvme 53248 2",
                "nvme 53248 0",
                "/srv/cache rw - xfs /dev/nvme3n1p1",
                "/srv/cache rw - nfs elsewhere",
                "0 0 259:4",
                "0 0 0:40"),
            on(
                "staging memory that the kernel maps",
                "OFF-MEM-MAPPED",
                "ofed-4.1",
                "modules load nvmet_rdma offload_mem_start=0x100000000 offload_mem_size=2048"
                    + " offload_buffer_size=256"));
    return cases.stream().map(each -> Arguments.of(each.title(), each)).toList();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("warnings")
  void isWarnedOfAndNotBlocked(String title, Road warned) throws IOException {
    TestShell typed = warned.shell();
    typed.has(warned.first());
    // before the change: it is said although nothing is done
    Said planned = typed.type(warned.last() + " --dry-run");
    assertTrue(planned.rules().contains(warned.id()), planned.toString());
    isNotBlocked(warned, typed.type(warned.last()));
    isNotBlocked(warned, warned.shell().type("replay " + warned.script(folder)));
    TestShell importing = warned.shell();
    Path imported = warned.imported(importing, folder);
    isNotBlocked(warned, importing.type("replay " + imported));
  }

  /** Warned of, and then up to the kernel: some of it a kernel refuses by itself. */
  private static void isNotBlocked(Road warned, Said said) {
    assertTrue(said.rules().contains(warned.id()), said.toString());
    for (Problem problem : said.problems()) {
      assertEquals(Problem.Kind.REFUSED, problem.kind(), problem.message());
    }
    assertNotEquals(ExitStatus.USAGE, said.status(), said.toString());
  }

  /** A transport that this nvmet does not have, and that no offload would have either. */
  @Test
  void whatForceWouldCostIsSaidWhereForceIsNamed() {
    TestShell shell = TestShell.on("ofed-4.1").has("create /ports/1");
    Said refused = shell.type("set /ports/1 addr_trtype=tcp");
    assertEquals(Problem.Kind.UNSUPPORTED, refused.problem().kind(), refused.toString());
    assertTrue(refused.rules().contains("OFF-PORT-RDMA"), refused.toString());
    Said forced = shell.type("set /ports/1 addr_trtype=tcp --force");
    assertEquals(Problem.Kind.REFUSED, forced.problem().kind(), forced.toString());
    assertTrue(forced.rules().contains("OFF-PORT-RDMA"), forced.toString());
  }
}
