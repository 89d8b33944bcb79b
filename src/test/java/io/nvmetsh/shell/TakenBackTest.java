package io.nvmetsh.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A script of sixty changes, refused by the kernel at every single one of them in turn. */
class TakenBackTest {

  private final SixtyChanges changes;

  TakenBackTest(@TempDir Path folder) throws IOException {
    this.changes = new SixtyChanges(folder);
  }

  @Test
  void withUndoTheTargetIsAsItWas() throws IOException {
    String start = changes.tree("start");
    for (int change = 1; change <= SixtyChanges.COUNT; change++) {
      changes.copy("start", "refused");
      Program refused = replay(change + "=EIO");
      assertEquals(3, refused.status(), refused.talk());
      assertTrue(refused.talk().contains("the kernel answers EIO"), refused.talk());
      assertEquals(start, changes.tree("refused"), "refused at change " + change);
      assertEquals(List.of(), changes.journal("refused"), "nothing of it is left to take back");
    }
  }

  /** What could not be taken back is told, and kept as a script that takes it back. */
  @Test
  void whatRemainsIsToldExactly() throws IOException {
    String start = changes.tree("start");
    int remained = 0;
    for (int change = 2; change <= SixtyChanges.COUNT; change++) {
      changes.copy("start", "refused");
      // the change after the one that is refused is the first of the way back
      Program refused = replay(change + "=EIO," + (change + 1) + "=EBUSY");
      String title = "refused at change " + change + ": " + refused.talk();
      if (refused.status() == 3) {
        // the way back was none
        assertEquals(start, changes.tree("refused"), title);
        continue;
      }
      remained++;
      assertEquals(4, refused.status(), title);
      assertTrue(refused.talk().contains("not all could be taken back"), title);
      assertNotEquals(start, changes.tree("refused"), title);
      Program failed = changes.run("refused", "failed");
      List<String> lines = new ArrayList<>(failed.data().lines().toList());
      lines.removeIf(line -> line.startsWith("#"));
      for (String line : lines) {
        assertTrue(refused.talk().contains("remains to be done:  " + line), title + line);
      }
      Path rest = Files.writeString(changes.file("rest.nvmetsh"), String.join("\n", lines));
      Program replayed = changes.run("refused", "--yes=stor1", "replay", rest.toString());
      assertEquals(0, replayed.status(), title + replayed.talk());
      assertEquals(start, changes.tree("refused"), title);
    }
    assertTrue(remained > SixtyChanges.COUNT / 2, remained + " remained");
  }

  private Program replay(String faults) {
    return changes.run(
        "refused",
        "--sim-fault",
        faults,
        "--yes",
        "replay",
        changes.file("from-elsewhere.nvmetsh").toString(),
        "--on-error=undo");
  }
}
