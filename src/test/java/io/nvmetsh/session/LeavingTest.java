package io.nvmetsh.session;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is said of changes that would be gone. */
class LeavingTest {

  @TempDir Path folder;

  @Test
  void changesThatNoFileHasAreNotLeftUnsaid() {
    SimShell shell = SimShell.real("6.12", folder, true);
    Session session = shell.session();
    assertTrue(session.mayLeave());
    shell.must("create /hosts/a");
    shell.run("exit");
    assertFalse(session.isOver());
    String said = shell.said();
    assertTrue(said.contains("is in no file"), said);
    shell.must("create /hosts/b", "exit");
    assertFalse(session.isOver(), "what was said was not said of what came later");
    shell.must("save part.json --only /hosts/a", "create /hosts/c");
    assertFalse(session.mayLeave());
    assertTrue(session.mayLeave());
    shell.must("create /hosts/d", "save all.json", "exit");
    assertTrue(session.isOver());
  }

  @Test
  void nobodyIsKeptWhereNothingIsLost() {
    for (SimShell shell :
        new SimShell[] {SimShell.typed("6.12", folder, ""), SimShell.real("6.12", folder, false)}) {
      shell.must("create /hosts/a", "exit");
      assertTrue(shell.session().isOver());
    }
    SimShell looked = SimShell.real("6.12", folder, true);
    looked.must("ls /", "create /hosts/a --dry-run", "exit");
    assertTrue(looked.session().isOver());
  }
}
