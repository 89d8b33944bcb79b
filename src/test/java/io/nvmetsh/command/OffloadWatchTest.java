package io.nvmetsh.command;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.nvmetsh.command.Document.Tone;
import io.nvmetsh.offload.CounterRates;
import io.nvmetsh.offload.OffloadCounter;
import io.nvmetsh.schema.NvmetPath;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How counters of offload look: failures stand out, with colour and without. */
class OffloadWatchTest {

  private static final long SECOND = 1_000_000_000L;

  private static List<OffloadCounter> counters(long errors) {
    OptionalLong known = errors < 0 ? OptionalLong.empty() : OptionalLong.of(errors);
    return List.of(
        new OffloadCounter(
            NvmetPath.parse("/subsystems/s/namespaces/1"), "", "error_cmds", known, true));
  }

  private static List<Layout.Line> lines(long before, long now) {
    CounterRates rates = new CounterRates();
    rates.next(counters(before), 0);
    Document document = OffloadWatch.document(rates.next(counters(now), 2 * SECOND));
    return Layout.of(80, false).lines(document);
  }

  @ParameterizedTest
  @CsvSource({
    "0,  0, PLAIN, 'error_cmds 0 0'",
    "3,  3, WARN,  '! error_cmds 3 0'",
    "3,  8, BAD,   '!! error_cmds 8 2.5'",
    "8,  3, WARN,  '! error_cmds 3 -'",
    "-1, 3, WARN,  '! error_cmds 3 -'",
    "3, -1, PLAIN, 'error_cmds unknown -'",
  })
  void failuresStandOut(long before, long now, Tone tone, String text) {
    Layout.Line row = lines(before, now).get(4);
    assertEquals(text, row.text().strip().replaceAll(" +", " "));
    assertEquals(tone, row.spans().get(1).tone());
  }

  @Test
  void theColumnsAreAligned() {
    List<String> text = new ArrayList<>();
    lines(3, 8).forEach(line -> text.add(line.text()));
    assertEquals(
        """
        2.0 s later

        /subsystems/s/namespaces/1
          counter        total  per s
          !! error_cmds      8    2.5""",
        String.join("\n", text));
  }
}
