package io.nvmetsh.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class EditorParserTest {

  @Test
  void aPastedBlockIsItsLines() {
    assertEquals(
        List.of("create /ports/1", "  pwd"), EditorParser.lines("create /ports/1\r\n\n  pwd\n \n"));
  }

  @Test
  void aLineThatGoesOnIsOne() {
    assertEquals(
        List.of("set /ports/1 \\\n  addr_trtype=rdma", "pwd"),
        EditorParser.lines("set /ports/1 \\\n  addr_trtype=rdma\npwd"));
  }

  @Test
  void aBackslashThatIsEscapedEndsNothing() {
    assertEquals(List.of("create a\\\\", "pwd"), EditorParser.lines("create a\\\\\npwd"));
  }

  @Test
  void aLineThatIsNeverFinishedIsKept() {
    assertEquals(List.of("create a\\"), EditorParser.lines("create a\\"));
  }

  @Test
  void nothingIsNoLine() {
    assertEquals(List.of(), EditorParser.lines(" "));
  }
}
