package io.nvmetsh.offload;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nvmetsh.TestShell;
import io.nvmetsh.TestShell.Said;
import io.nvmetsh.device.DumpSysTree;
import io.nvmetsh.device.MachineDump;
import io.nvmetsh.schema.ExitStatus;
import io.nvmetsh.schema.Problem;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where staging buffers go. What is worked out is tried on a machine that is booted so. */
class StagingPlanTest {

  private static final long MIB = 1 << 20;

  @Test
  void vendorsExampleIsTheVendorsExample() {
    StagingPlan plan = StagingPlan.of(65536, OptionalLong.empty(), OptionalLong.empty(), 2048, 256);
    assertEquals("mem=59392M memmap=59392M", plan.words());
    assertEquals(0xf00000000L, plan.staging().start());
    assertEquals(8, plan.staging().buffers());
    assertTrue(plan.objection().isEmpty());
    assertEquals(List.of(), plan.cautions());
  }

  /** A machine of that much memory, booted with these words. */
  private static String machine(long ram, String words, long limit) {
    long hole = 2048 * MIB;
    return MachineDump.of(
        DumpSysTree.defaultMachine()
            .with("/proc/cmdline", words + "\n")
            .with(
                "/proc/iomem",
                "00100000-6f2bcfff : System RAM\n"
                    + (limit > 4096
                        ? "100000000-" + Long.toHexString(limit * MIB - 1) + " : System RAM\n"
                        : ""))
            .with("/sys/firmware/memmap/2/end", "0x" + Long.toHexString(ram * MIB + hole - 1)));
  }

  /** What the rules find nothing wrong with, the driver takes. */
  @Test
  void everyPlanPassesTheRulesAndTheDriver() {
    for (int seed = 0; seed < 60; seed++) {
      Random random = new Random(seed);
      long ram = 1024L * (10 + random.nextInt(500));
      int buffer = 16 << random.nextInt(6);
      int contexts = 1 + random.nextInt(Math.min(64, 4095 / buffer));
      StagingPlan plan =
          StagingPlan.of(
              ram, OptionalLong.empty(), OptionalLong.empty(), (long) contexts * buffer, buffer);
      String about = "seed " + seed + ": " + plan;
      assertTrue(plan.objection().isEmpty(), about);
      assertEquals(contexts, plan.staging().buffers(), about);
      TestShell shell = TestShell.on("ofed-25.10", machine(ram, plan.words(), plan.limit()));
      Said set = shell.type(plan.staging().set());
      assertEquals(ExitStatus.DONE, set.status(), about);
      assertEquals(List.of(), set.rules(), about);
      Said load = shell.type("modules load nvmet_rdma");
      assertEquals(ExitStatus.DONE, load.status(), about);
      assertEquals(List.of(), load.rules(), about);
      // and what it printed is a plan that it finds nothing wrong with
      Said again = shell.type(plan.staging().plan());
      assertEquals(ExitStatus.DONE, again.status(), about + again.problems());
      assertFalse(again.text().contains("attention"), about);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--start 0x1000000 --size 2048M         | overlap with what the kernel has",
        "--start 0xe00000000 --size 2048M       | overlap with what the kernel has",
        "--start 60G --size 2048M --mem 61G     | overlap with what the kernel has",
        "--start 0xf00000100 --size 2048M       | is not a multiple of the page size, 4096",
        "--start 63G --size 2048M               | end behind the memory, which is 64 GiB",
        "--start 3G --size 256M --mem 2G        | below 4 GiB",
        "--contexts 16                          | HAZ-STAGING-4G",
        "--contexts 2000000000 --buffer 4000G   | HAZ-STAGING-4G",
        "--size 4G                              | HAZ-STAGING-4G",
        "--size 2100M                           | 52 MiB are unused",
        "--buffer 300M --contexts 4             | counts as 256 only",
        "--buffer 512M --size 256M              | less than offload_buffer_size=512",
        "--ram 4G                               | no room",
        "--mem 64G                              | end behind the memory",
        "--ram 1536K                            | no size in whole MiB",
        "--start here                           | no address"
      })
  void whatCannotBeIsRefusedWithItsReason(String words, String reason) {
    Said said = TestShell.on("ofed-4.1").type("plan-memory " + words);
    assertTrue(said.problem().message().contains(reason), said.problem().message());
    Problem problem = said.problem();
    // what it says to type instead works, where it says a whole line of the command
    for (String hint : problem.hints()) {
      int line = hint.indexOf(":  plan-memory");
      if (line >= 0 && !words.contains("--ram 4G")) {
        Said mended = TestShell.on("ofed-4.1").type(hint.substring(line + 3));
        assertEquals(List.of(), mended.problems(), hint);
      }
    }
  }

  @Test
  void smallestBufferIsThatOfTheDriver() {
    assertEquals(List.of(), TestShell.on("ofed-25.10").type("plan-memory --buffer 8M").problems());
    assertTrue(
        TestShell.on("ofed-4.6")
            .type("plan-memory --buffer 8M")
            .problem()
            .message()
            .contains("less than 16 MiB"));
  }

  @Test
  void machineThatIsBootedOtherwiseIsTold() {
    String text = TestShell.on("ofed-4.1").type("plan-memory --mem 40G").text();
    assertTrue(text.contains("kernel now  attention  uses 0x100000000 to 0xe7fffffff"), text);
    assertTrue(text.contains("mem=40960M memmap=40960M"), text);
    assertTrue(text.contains("update-grub"), text);
    assertTrue(text.contains("  reboot"), text);
  }

  @Test
  void machineThatTellsNothingIsAskedFor() {
    String bare = "nvmetsh machine 1\n";
    TestShell shell = TestShell.on("ofed-4.1", bare);
    assertEquals(Problem.Kind.USAGE, shell.type("plan-memory").problem().kind());
    String text = shell.type("plan-memory --ram 64G").text();
    assertTrue(text.contains("0xf00000000"), text);
    assertTrue(text.contains("/proc/iomem is shown to root alone"), text);
    assertTrue(text.contains("grubby --update-kernel=ALL"), text);
    assertTrue(text.contains("update-grub"), text);
  }

  @Test
  void placeOffASectionIsWarnedOf() {
    String text = TestShell.on("ofed-4.1").type("plan-memory --start 0xf00001000").text();
    assertTrue(text.contains("does not begin on a boundary of 128 MiB"), text);
  }

  @Test
  void contextsWithoutABufferAreCounted() {
    String text =
        TestShell.on("ofed-4.1").type("plan-memory --drives 4 --ports 3 --size 2G").text();
    assertTrue(text.contains("8 buffers for 12 contexts"), text);
  }
}
