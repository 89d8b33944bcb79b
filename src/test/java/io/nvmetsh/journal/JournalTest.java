package io.nvmetsh.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nvmetsh.TestShell;
import io.nvmetsh.plan.Change;
import io.nvmetsh.plan.Ground;
import io.nvmetsh.schema.KernelFlavor;
import io.nvmetsh.schema.NvmetPath;
import io.nvmetsh.schema.NvmetshException;
import io.nvmetsh.tree.TargetTree;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class JournalTest {

  private final TargetTree tree = TestShell.on("6.1").tree();
  private final KernelFlavor flavor = tree.flavor();
  private final Store store = new MemoryStore();
  private final Journal journal = new Journal(store);

  private Transaction begun() {
    Owner owner = new Owner("root", Optional.empty(), 1, Instant.EPOCH, "create /hosts/h");
    Head head = new Head(0, owner, "6.1", "boot", Optional.empty(), List.of());
    Transaction transaction = journal.begin(() -> {}, head);
    List<Change> changes = List.of(new Change.Create(NvmetPath.parse("/hosts/h")));
    transaction.begin(Step.of(List.of(), "create /hosts/h", changes, Ground.of(changes, tree)));
    return transaction;
  }

  @Test
  void theGroundsOfWhatRunsAreInItsFile() {
    Transaction transaction = begun();
    assertEquals(1, transaction.steps());
    List<Ground> grounds = journal.grounds(transaction, flavor);
    assertEquals(1, grounds.size());
    assertEquals(NvmetPath.parse("/hosts/h"), grounds.get(0).changes().get(0).path());
  }

  /** As when the disk is full for a moment, and the script goes on. */
  @Test
  void aLineCutShortHidesNoLaterOne() {
    Transaction transaction = begun();
    String file = "journal/" + store.names("journal").get(0);
    List<String> lines = new ArrayList<>(store.lines(file).orElseThrow());
    lines.add(lines.size() - 1, lines.get(lines.size() - 1).substring(0, 40));
    store.replace(file, lines);
    assertEquals(1, journal.grounds(transaction, flavor).size());
  }

  /** It is not taken for nothing having been done. */
  @Test
  void aFileThatIsGoneIsMissed() {
    Transaction transaction = begun();
    for (String name : store.names("journal")) {
      store.delete("journal/" + name);
    }
    NvmetshException missed =
        assertThrows(NvmetshException.class, () -> journal.grounds(transaction, flavor));
    assertTrue(missed.problem().message().contains("the way back"), missed.problem().message());
  }
}
