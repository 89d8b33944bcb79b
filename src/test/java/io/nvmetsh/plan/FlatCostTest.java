package io.nvmetsh.plan;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nvmetsh.TestShell;
import io.nvmetsh.kernel.Configfs;
import io.nvmetsh.kernel.Refusal;
import io.nvmetsh.schema.NvmetPath;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a line asks of the kernel does not grow with what the line is not about. */
class FlatCostTest {

  private static final String S = "/subsystems/s7";

  /** A target of many subsystems, all on one port. */
  private static TestShell target(String kernel, int subsystems) throws Refusal {
    TestShell shell =
        TestShell.on(kernel)
            .has(
                "create /ports/1 addr_trtype=rdma addr_adrfam=ipv4 addr_traddr=10.9.1.1"
                    + " addr_trsvcid=4420");
    Configfs kernelTree = shell.target().configfs();
    for (int i = 0; i < subsystems; i++) {
      NvmetPath subsystem = NvmetPath.of("subsystems", "s" + i);
      kernelTree.mkdir(subsystem);
      kernelTree.symlink(NvmetPath.of("ports", "1", "subsystems", "s" + i), subsystem);
    }
    return shell;
  }

  private static List<Integer> costs(String kernel, int subsystems) throws Refusal {
    TestShell shell = target(kernel, subsystems);
    List<Integer> costs = new ArrayList<>();
    for (String line :
        List.of(
            "set " + S + " attr_allow_any_host=1",
            "create " + S + "/namespaces/1",
            "set " + S + "/namespaces/1 device_path=/dev/loop0",
            "enable " + S + "/namespaces/1",
            "disable " + S + "/namespaces/1",
            "create /subsystems/new",
            "link new /ports/1",
            "unlink /ports/1/subsystems/new",
            "delete /subsystems/new",
            "delete -r " + S + "/namespaces/1",
            "delete -r " + S + " --yes")) {
      shell.has(line);
      costs.add(shell.operations());
    }
    return costs;
  }

  @ParameterizedTest
  @ValueSource(strings = {"6.1", "ofed-4.1", "ofed-5.0"})
  void isFlat(String kernel) throws Refusal {
    List<Integer> few = costs(kernel, 100);
    List<Integer> many = costs(kernel, 1000);
    for (int i = 0; i < few.size(); i++) {
      // which of a port's subsystems are looked at is chance, how many is not
      assertTrue(many.get(i) > 0 && many.get(i) <= few.get(i) + 8, few + ", then " + many);
      assertTrue(many.get(i) < 160, many.toString());
    }
  }
}
