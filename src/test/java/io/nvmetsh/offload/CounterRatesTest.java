package io.nvmetsh.offload;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nvmetsh.offload.CounterRates.Moving;
import io.nvmetsh.offload.CounterRates.Sample;
import io.nvmetsh.schema.NvmetPath;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How fast counters move, by the time that has really passed. */
class CounterRatesTest {

  private static final NvmetPath NAMESPACE = NvmetPath.parse("/subsystems/s/namespaces/1");
  private static final long SECOND = 1_000_000_000L;
  private static final OptionalDouble NOT_KNOWN = OptionalDouble.empty();

  private final CounterRates rates = new CounterRates();

  private static OffloadCounter counter(NvmetPath object, long total) {
    OptionalLong known = total < 0 ? OptionalLong.empty() : OptionalLong.of(total);
    return new OffloadCounter(object, "", "read_cmds", known, false);
  }

  private Sample look(long total, long nanos) {
    return rates.next(List.of(counter(NAMESPACE, total)), nanos);
  }

  @Test
  void theFirstLookHasNoRate() {
    Sample first = look(5, 7 * SECOND);
    assertEquals(NOT_KNOWN, first.seconds());
    assertEquals(NOT_KNOWN, first.counters().get(0).perSecond());
  }

  @ParameterizedTest
  @CsvSource({
    "100, 140, 2000000000,  20",
    "100, 140, 2500000000,  16",
    "100, 100, 2000000000,   0",
    "0,     1,  100000000,  10",
  })
  void theRateIsByTheTimeThatPassed(long before, long now, long nanos, double rate) {
    look(before, SECOND);
    Moving moving = look(now, SECOND + nanos).counters().get(0);
    assertEquals(rate, moving.perSecond().orElseThrow(), 1e-9);
    assertEquals(rate > 0, moving.moved());
  }

  /** The clock of a process may be below zero, and goes through it. */
  @Test
  void theClockBeginsAnywhere() {
    look(1, Long.MAX_VALUE - SECOND);
    assertEquals(
        2, look(5, Long.MAX_VALUE + SECOND).counters().get(0).perSecond().orElseThrow(), 1e-9);
  }

  @Test
  void whatGoesBackwardsWasBegunAnew() {
    look(100, 0);
    Moving reset = look(3, SECOND).counters().get(0);
    assertEquals(NOT_KNOWN, reset.perSecond());
    assertFalse(reset.moved());
    assertEquals(4, look(7, 2 * SECOND).counters().get(0).perSecond().orElseThrow(), 1e-9);
  }

  @Test
  void whatIsNotCountedHasNoRateNorWhatIsCountedSinceThen() {
    look(-1, 0);
    assertEquals(NOT_KNOWN, look(50, SECOND).counters().get(0).perSecond());
    assertTrue(look(51, 2 * SECOND).counters().get(0).moved());
    assertEquals(NOT_KNOWN, look(-1, 3 * SECOND).counters().get(0).perSecond());
  }

  @Test
  void noTimeIsNoRate() {
    look(1, 0);
    assertEquals(NOT_KNOWN, look(2, 0).counters().get(0).perSecond());
  }

  @Test
  void eachObjectIsComparedWithItself() {
    NvmetPath other = NvmetPath.parse("/subsystems/s/namespaces/2");
    rates.next(List.of(counter(NAMESPACE, 10), counter(other, 1000)), 0);
    List<Moving> moving =
        rates.next(List.of(counter(other, 1001), counter(NAMESPACE, 12)), SECOND).counters();
    assertEquals(1, moving.get(0).perSecond().orElseThrow(), 1e-9);
    assertEquals(2, moving.get(1).perSecond().orElseThrow(), 1e-9);
  }

  /** A context of another port may get the number of one that has gone. */
  @Test
  void aNumberThatIsTakenAnewIsAnother() {
    NvmetPath context = NAMESPACE.child("offload_ctxs").child("0");
    OptionalLong some = OptionalLong.of(5);
    rates.next(List.of(new OffloadCounter(context, "10.9.1.1:4420", "read_cmd", some, false)), 0);
    OffloadCounter other = new OffloadCounter(context, "10.9.2.1:4420", "read_cmd", some, false);
    assertEquals(NOT_KNOWN, rates.next(List.of(other), SECOND).counters().get(0).perSecond());
  }
}
