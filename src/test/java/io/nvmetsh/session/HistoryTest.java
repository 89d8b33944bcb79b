package io.nvmetsh.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nvmetsh.schema.ExitStatus;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HistoryTest {

  @Test
  void showsWhatWasTypedAndNotWhatScriptsRan(@TempDir Path folder) {
    SimShell shell = SimShell.typed("6.12", folder, "y").with("s", "create /ports/1\n");
    shell.session().history().add("ls");
    shell.run("pwd");
    shell.run("  ");
    shell.run("replay s");
    shell.run("set /hosts/h dhchap_key=secret");
    shell.said();
    assertEquals(ExitStatus.DONE, shell.run("history"));
    assertEquals("ls\npwd\nreplay s\nset /hosts/h dhchap_key=***\nhistory", shell.said());
    assertEquals(ExitStatus.DONE, shell.run("history 2"));
    assertEquals("history\nhistory 2", shell.said());
    assertEquals(ExitStatus.USAGE, shell.run("history 0"));
  }

  @Test
  void linesThatNobodyTypedAreNotKept(@TempDir Path folder) {
    SimShell shell = SimShell.of("6.12", folder).must("pwd");
    shell.run("history");
    assertTrue(shell.said().isEmpty());
  }
}
