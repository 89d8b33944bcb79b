package io.nvmetsh.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A rehearsal sees what is kept and what it keeps itself; nobody else sees the latter. */
class RehearsalStoreTest {

  private final Store live = new MemoryStore();
  private final Store rehearsed = new Journal(live).rehearsed().store();

  @BeforeEach
  void twoFiles() {
    live.replace("f/a", List.of("1"));
    live.replace("f/b", List.of("2"));
  }

  private static Optional<List<String>> lines(String... lines) {
    return Optional.of(List.of(lines));
  }

  @Test
  void whatIsReplacedOrDeletedIsSoInTheRehearsalAlone() {
    rehearsed.replace("f/a", List.of("3"));
    rehearsed.replace("f/c", List.of("4"));
    rehearsed.delete("f/b");
    assertEquals(List.of("a", "c"), rehearsed.names("f"));
    assertEquals(lines("3"), rehearsed.lines("f/a"));
    assertEquals(Optional.empty(), rehearsed.lines("f/b"));
    assertEquals(List.of("a", "b"), live.names("f"));
    assertEquals(lines("1"), live.lines("f/a"));
    rehearsed.replace("f/b", List.of("5"));
    assertEquals(lines("5"), rehearsed.lines("f/b"));
    assertEquals(lines("2"), live.lines("f/b"));
  }

  @Test
  void whatIsRenamedIsNoLongerUnderItsOldName() {
    rehearsed.rename("f/a", "f/z");
    assertEquals(List.of("b", "z"), rehearsed.names("f"));
    assertEquals(lines("1"), rehearsed.lines("f/z"));
    assertEquals(List.of("a", "b"), live.names("f"));
  }

  @Test
  void whatGrowsGrowsFromWhatWasThere() {
    try (Store.Log log = rehearsed.resume("f/a")) {
      log.append("and");
    }
    try (Store.Log log = rehearsed.begin("f/b")) {
      log.append("anew");
    }
    assertEquals(lines("1", "and"), rehearsed.lines("f/a"));
    assertEquals(lines("anew"), rehearsed.lines("f/b"));
    assertEquals(lines("1"), live.lines("f/a"));
    assertEquals(lines("2"), live.lines("f/b"));
  }
}
