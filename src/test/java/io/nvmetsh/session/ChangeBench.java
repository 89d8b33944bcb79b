package io.nvmetsh.session;

import io.nvmetsh.TestShell;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * What a change costs among ten subsystems and among ten thousand, in one warm process: the same
 * lines on both targets in turns. No test and in no test run: {@code mvn test -Dtest=ChangeBench}.
 */
class ChangeBench {

  private static final int FEW = 10;
  private static final int MANY = 10_000;
  private static final int WARM_UP = 200;
  private static final int ROUNDS = 400;
  private static final String NQN = "/subsystems/nqn.2024-01.io.example:d";

  private static final List<String> LINES =
      List.of(
          "create " + NQN + "x attr_allow_any_host=1",
          "create " + NQN + "x/namespaces/1 device_path=/dev/nvme0n1 enable=1 --force",
          "link " + NQN + "x /ports/1 --yes",
          "set " + NQN + "5 attr_model=bench",
          "set " + NQN + "5 attr_model=Linux",
          "unlink " + NQN + "x /ports/1 --yes",
          "link " + NQN + "x /ports/1 --yes", // a second time, for who removes what is in use
          "delete -r " + NQN + "x --yes");

  @Test
  void costOfAChange() {
    List<TestShell> shells = List.of(target(FEW), target(MANY));
    long[][][] times = new long[LINES.size()][shells.size()][ROUNDS];
    for (int round = -WARM_UP; round < ROUNDS; round++) {
      for (int at = 0; at < shells.size(); at++) {
        for (int line = 0; line < LINES.size(); line++) {
          long start = System.nanoTime();
          shells.get(at).has(LINES.get(line));
          times[line][at][Math.max(round, 0)] = System.nanoTime() - start;
        }
      }
    }
    for (int line = 0; line < LINES.size(); line++) {
      double few = median(times[line][0]);
      double many = median(times[line][1]);
      System.out.printf(
          "| `%s` | %.0f | %.0f | %.2f |%n",
          LINES.get(line).replace("nqn.2024-01.io.example:", ""), few, many, many / few);
    }
  }

  private static TestShell target(int subsystems) {
    TestShell shell =
        TestShell.on("6.1")
            .has("modules load nvmet_tcp")
            .has(
                "create /ports/1 addr_trtype=tcp addr_adrfam=ipv4 addr_traddr=10.9.1.1"
                    + " addr_trsvcid=4420");
    for (int number = 0; number < subsystems; number++) {
      shell.has("create " + NQN + number + " attr_allow_any_host=1");
      shell.has("link " + NQN + number + " /ports/1 --yes");
    }
    return shell;
  }

  /** In microseconds. */
  private static double median(long[] nanos) {
    Arrays.sort(nanos);
    return nanos[nanos.length / 2] / 1e3;
  }
}
