package io.nvmetsh.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KmsgTest {

  private final Path directory;
  private final Path device;
  private final Path clock;

  KmsgTest(@TempDir Path directory) throws IOException {
    this.directory = directory;
    device = directory.resolve("kmsg");
    clock = directory.resolve("debug");
    // The log's clock is a second behind.
    Files.writeString(
        clock,
        """
        Sched Debug Version: v0.11, 6.1.0-56-amd64 #1
        ktime                                   : 10000.000000
        sched_clk                               : 9001.000000
        cpu_clk                                 : 9000.000000
        """);
    Files.writeString(
        device,
        """
        6,100,7000000,-;nvmet: adding nsid 1 to subsystem s
        6,101,7500000,-;eth0: link is up
         SUBSYSTEM=net
         DEVICE=n2; nvmet is not meant
        3,102,8000000,-,caller=T1;nvmet: Invalid value 'x\\x0a' for trtype
        3,103,8000500,c;nvme_loop: target not found
        garbage with nvmet
        3,x,y,-;nvmet garbage
        """);
  }

  private Kmsg kmsg() {
    return new Kmsg(device, List.of(directory.resolve("no such clock"), clock));
  }

  @Test
  void givesTheLinesOfNvmet() {
    assertEquals(
        List.of(
            "nvmet: adding nsid 1 to subsystem s",
            "nvmet: Invalid value 'x\\x0a' for trtype",
            "nvme_loop: target not found"),
        kmsg().lines());
    assertEquals(KernelLog.State.READABLE, kmsg().state());
  }

  /** Our second 9 is the log's second 8. */
  @Test
  void givesTheLinesSinceAMomentOfOurClock() {
    assertEquals(
        List.of("nvmet: Invalid value 'x\\x0a' for trtype", "nvme_loop: target not found"),
        kmsg().since(9_000_000_000L));
    assertEquals(List.of(), kmsg().since(9_500_000_000L));
    assertEquals(3, kmsg().since(0).size());
  }

  @Test
  void aLineBelongsToOneOperation() {
    Kmsg kmsg = kmsg();
    assertEquals(2, kmsg.since(9_000_000_000L).size());
    assertEquals(List.of(), kmsg.since(0));
  }

  /** Our 9.005 is the log's 8.005, or a tick less. */
  @Test
  void anUnstableClockIsRightToATick() throws IOException {
    long moment = 9_005_000_000L;
    assertEquals(List.of(), kmsg().since(moment));
    Files.writeString(clock, Files.readString(clock) + "sched_clock_stable() : 1\n");
    assertEquals(List.of(), kmsg().since(moment));
    Files.writeString(clock, Files.readString(clock).replace("() : 1", "() : 0"));
    assertEquals(2, kmsg().since(moment).size());
  }

  @Test
  void saysWhyThereIsNothing() throws IOException {
    Kmsg noClock = new Kmsg(device, List.of(directory.resolve("nowhere")));
    assertEquals(KernelLog.State.NO_CLOCK, noClock.state());
    assertEquals(List.of(), noClock.since(0));
    Files.writeString(clock, "ktime : soon\n\ncpu_clk : 1.5\n");
    assertEquals(KernelLog.State.NO_CLOCK, kmsg().state());
    Kmsg absent = new Kmsg(directory.resolve("nowhere"), List.of(clock));
    assertEquals(KernelLog.State.ABSENT, absent.state());
    assertEquals(List.of(), absent.lines());
    assertEquals(List.of(), absent.since(0));
  }

  /** Like the device, a pipe that nobody closes blocks its reader at the end. */
  @Test
  void doesNotWaitForLinesThatDoNotCome() throws IOException, InterruptedException {
    Path pipe = directory.resolve("pipe");
    assertEquals(0, new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor());
    Process writer =
        new ProcessBuilder(
                "sh",
                "-c",
                "exec 3<>\"$1\"; cat \"$2\" >&3; exec sleep 60",
                "sh",
                pipe.toString(),
                device.toString())
            .start();
    try {
      List<String> lines = new Kmsg(pipe, List.of(clock)).lines();
      for (int i = 0; lines.isEmpty() && i < 100; i++) {
        lines = new Kmsg(pipe, List.of(clock)).lines();
      }
      assertEquals(3, lines.size());
    } finally {
      writer.destroy();
    }
  }
}
