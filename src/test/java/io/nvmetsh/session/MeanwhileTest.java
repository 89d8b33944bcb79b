package io.nvmetsh.session;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nvmetsh.kernel.Refusal;
import io.nvmetsh.schema.NvmetPath;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What another administrator set, with {@code echo} and without nvmetsh, between two lines. */
class MeanwhileTest {

  @TempDir Path folder;
  private SimShell shell;

  @BeforeEach
  void aShellInASubsystem() {
    shell = SimShell.real("7.3", folder, true);
    shell.must("create /subsystems/s", "cd /subsystems/s");
  }

  private void echo(String path, String value) throws Refusal {
    shell.target().configfs().write(NvmetPath.parse(path), value);
  }

  private String before(String line) {
    shell.run(line);
    return shell.said();
  }

  @Test
  void whatWasSetHereIsTold() throws Refusal {
    echo("/subsystems/s/attr_allow_any_host", "1");
    String told =
        "/subsystems/s/attr_allow_any_host was 0 and is 1, set meanwhile, without nvmetsh";
    String said = before("pwd");
    assertTrue(said.contains(told), said);
    assertFalse(before("pwd").contains("meanwhile"));
    shell.must("set attr_allow_any_host=0");
    assertFalse(before("pwd").contains("meanwhile"));
  }

  @Test
  void whatWasSetElsewhereIsNot() throws Refusal {
    shell.must("create /subsystems/t");
    echo("/subsystems/t/attr_allow_any_host", "1");
    assertFalse(before("pwd").contains("meanwhile"));
  }

  @Test
  void aKeyIsNotShown() throws Refusal {
    shell.must("create /hosts/h", "cd /hosts/h");
    String key = "DHHC-1:00:ia6zGodOr4SEG0Zzaw398rpY0wqipUWj4jWjUh4HWUz6aQ2n:";
    echo("/hosts/h/dhchap_key", key);
    String said = before("pwd");
    assertTrue(said.contains("/hosts/h/dhchap_key set meanwhile, without nvmetsh"), said);
    assertFalse(said.contains("ia6zGod"), said);
  }
}
