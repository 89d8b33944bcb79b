package io.nvmetsh.command;

import io.nvmetsh.TestShell;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * How long Tab takes among 10,000 subsystems: the candidates of a line, as the terminal asks for
 * them, without drawing. No test and in no test run: {@code mvn test -Dtest=TabBench}.
 */
class TabBench {

  private static final int SUBSYSTEMS = 10_000;
  private static final int PRESSES = 200;
  private static final String NQN = "nqn.2024-01.io.example:d";

  private static final List<String> LINES =
      List.of(
          "l",
          "cd /subsystems/",
          "cd /subsystems/" + NQN + "12",
          "link " + NQN + "9",
          "set /subsystems/" + NQN + "5 attr_",
          "create /subsystems/" + NQN + "5/namespaces/1 device_path=");

  @Test
  void latency() {
    TestShell shell = TestShell.on("6.1");
    for (int number = 0; number < SUBSYSTEMS; number++) {
      shell.has("create /subsystems/" + NQN + number);
    }
    Tab tab = new Tab(shell);
    for (String line : LINES) {
      long[] times = new long[PRESSES];
      int offered = 0;
      for (int press = 0; press < PRESSES; press++) {
        long start = System.nanoTime();
        offered = tab.candidates(line).size();
        times[press] = System.nanoTime() - start;
      }
      Arrays.sort(times);
      System.out.printf(
          "| `%s` | %d | %.1f | %.1f |%n",
          line, offered, millis(times[PRESSES / 2]), millis(times[PRESSES * 99 / 100]));
    }
  }

  private static double millis(long nanos) {
    return nanos / 1e6;
  }
}
