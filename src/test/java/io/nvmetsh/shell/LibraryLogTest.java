package io.nvmetsh.shell;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.System.Logger.Level;
import org.junit.jupiter.api.Test;

class LibraryLogTest {

  private final ByteArrayOutputStream said = new ByteArrayOutputStream();
  private final System.Logger logger =
      new LibraryLog(new PrintStream(said, true, UTF_8))
          .getLogger("org.jline", LibraryLogTest.class.getModule());

  @Test
  void aWarningIsALineThatMovesNoCursor() {
    logger.log(Level.WARNING, "Failed to save history", new IOException("no space\u001b[2J left"));
    logger.log(Level.ERROR, "{0} of {1}", 1, 2);
    assertEquals(
        """
        nvmetsh: org.jline: Failed to save history: java.io.IOException: no space\\x1b[2J left
        nvmetsh: org.jline: 1 of 2
        """,
        said.toString(UTF_8));
  }

  @Test
  void whatIsLessThanAWarningIsNotSaid() {
    logger.log(Level.INFO, "started");
    logger.log(Level.DEBUG, () -> "never asked for");
    assertFalse(logger.isLoggable(Level.INFO));
    assertEquals("", said.toString(UTF_8));
  }

  @Test
  void javaFindsIt() {
    assertTrue(
        System.getLogger("org.jline").getClass().getName().startsWith(LibraryLog.class.getName()));
  }
}
