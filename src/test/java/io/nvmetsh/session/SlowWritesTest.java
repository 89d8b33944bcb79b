package io.nvmetsh.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.mockito.Mockito.inOrder;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.verifyNoInteractions;

import io.nvmetsh.plan.Applier;
import io.nvmetsh.plan.Change;
import io.nvmetsh.schema.NvmetPath;
import io.nvmetsh.schema.Problem;
import io.nvmetsh.script.Script;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.mockito.InOrder;

class SlowWritesTest {

  private static final Change PORT = new Change.Create(NvmetPath.parse("/ports/1"));

  private long nanos = 5_000_000_000L;
  private final Output output = mock(Output.class);
  private final Applier.Witness journal = mock(Applier.Witness.class);
  private final SlowWrites writes = new SlowWrites(journal, output, () -> nanos);

  @Test
  void moreThanASecondIsSaidOnceItIsWrittenDown() {
    nanos += 2_340_000_000L;
    writes.made(PORT);
    InOrder order = inOrder(journal, output);
    order.verify(journal).made(PORT);
    order.verify(output).timing("the kernel took 2.3 s for: mkdir /ports/1");
  }

  @Test
  void eachChangeHasItsOwnTime() {
    nanos += 900_000_000L;
    writes.made(PORT);
    nanos += 900_000_000L;
    writes.made(PORT);
    verifyNoInteractions(output);
  }

  @Test
  void noRecordingKeepsIt() {
    LineLog ofScript = new LineLog(output, true);
    Script script = Script.parse("a.nvmetsh", "create ports/1\n");
    LineLog ofLine = new LineLog(new ScriptOutput(ofScript, script, false, false, false), true);
    SlowWrites slow = new SlowWrites(journal, ofLine, () -> nanos);
    nanos += 2_000_000_000L;
    slow.made(PORT);
    verify(output).timing("the kernel took 2.0 s for: mkdir /ports/1");
    assertEquals(List.of(), ofLine.shown());
    assertEquals(List.of(), ofScript.shown());
  }

  @Test
  void aRefusalCanTakeLongToo() {
    Problem why = Problem.of(Problem.Kind.CONFLICT, "no");
    nanos += 61_000_000_000L;
    writes.refused(PORT, why);
    verify(journal).refused(PORT, why);
    verify(output).timing("the kernel took 61.0 s for: mkdir /ports/1");
  }
}
