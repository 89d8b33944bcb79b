package io.nvmetsh.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nvmetsh.TestShell;
import io.nvmetsh.device.SeenThrough;
import io.nvmetsh.device.SysTree;
import io.nvmetsh.kernel.Target;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Tab on a machine that takes its time: each file read moves the clock. */
class PatienceTest {

  private static final String LINE = "create /subsystems/s/namespaces/1 device_path=";
  private static final String UNSEEN =
      "not looked at closely, as that takes this machine more than 300 ms";

  private final AtomicLong nanos = new AtomicLong(5);

  private List<Candidate> candidates(String line, long millisARead) {
    Target fast = TestShell.on("ofed-4.1").target();
    SysTree slow = new Slow(fast.sys(), nanos, millisARead * 1_000_000);
    TestShell shell =
        TestShell.of(
            Path.of("").toAbsolutePath(),
            new Target(fast.configfs(), slow, fast.modules(), fast.log(), fast.flavor(), "", true));
    shell.has("create /subsystems/s", "create /subsystems/s/namespaces/1");
    Context context = shell.session().context();
    return LineCompletion.within(context.within(new Patience(nanos::get)), line);
  }

  @Test
  void everythingIsDescribedInTime() {
    for (Candidate each : candidates(LINE, 0)) {
      assertFalse(each.description().isEmpty(), each.toString());
      assertEquals("", each.group());
    }
  }

  @Test
  void whatTakesTooLongIsOfferedUnseenAndSaysSo() {
    List<Candidate> quick = candidates(LINE, 0);
    long before = nanos.get();
    List<Candidate> slow = candidates(LINE, 20);
    for (Candidate each : slow) {
      assertEquals(UNSEEN, each.group());
    }
    assertFalse(slow.get(0).description().isEmpty(), "what was read in time is shown");
    assertTrue(slow.stream().anyMatch(each -> each.description().isEmpty()));
    List<String> values = slow.stream().map(Candidate::value).toList();
    for (Candidate each : quick) {
      assertTrue(values.contains(each.value()), each.value() + " is not among " + values);
    }
    long took = (nanos.get() - before) / 1_000_000;
    assertTrue(took < 500, "no more than the drive at hand is read to its end: " + took + " ms");
  }

  @Test
  void addressesLikewise() {
    String line = "create /subsystems/s/namespaces/1 pci_device_path=0000:";
    assertEquals(4, candidates(line, 0).size());
    List<Candidate> slow = candidates(line, 40);
    assertEquals(4, slow.size());
    assertEquals(UNSEEN, slow.get(0).group());
    assertFalse(slow.get(0).description().isEmpty());
    assertEquals("", slow.get(3).description());
  }

  @Test
  void aLineIsPatient() {
    assertFalse(Patience.ENDLESS.isOver());
  }

  @Test
  void overIsOver() {
    Patience patience = new Patience(nanos::get);
    nanos.addAndGet(300_000_000);
    assertFalse(patience.isOver());
    assertFalse(patience.isLost());
    nanos.addAndGet(1);
    assertTrue(patience.isOver());
    assertTrue(patience.isLost());
  }

  private record Slow(SysTree machine, AtomicLong nanos, long each) implements SeenThrough {

    private SysTree later() {
      nanos.addAndGet(each);
      return machine;
    }

    @Override
    public Optional<String> read(String file) {
      return later().read(file);
    }

    @Override
    public OptionalInt word(String file, int offset) {
      return later().word(file, offset);
    }
  }
}
