package io.nvmetsh.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nvmetsh.kernel.Errno;
import io.nvmetsh.schema.ExitStatus;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Scripts whose objects are there already. */
class StandingTest {

  private static final String SCRIPT =
      """
      create /subsystems/disk1 attr_serial=S1
      set /subsystems/disk1 attr_model=M
      cd /subsystems/disk1/namespaces
      create 1 device_path=/dev/nvme0n1
      enable 1
      create /ports/1
      set /ports/1 addr_trtype=tcp addr_adrfam=ipv4 addr_traddr=10.9.1.1 addr_trsvcid=4420
      link disk1 /ports/1
      create /hosts/h
      link /hosts/h /subsystems/disk1
      """;

  private final SimShell shell;

  StandingTest(@TempDir Path folder) {
    this.shell = SimShell.of("6.12", folder).with("s", SCRIPT);
  }

  private String ends(ExitStatus status, String line) {
    shell.said();
    assertEquals(status, shell.run(line), shell::said);
    return shell.said();
  }

  @Test
  void whatIsSoAlreadyStays() {
    shell.must("replay s");
    String state = shell.state();
    assertEquals(
        9, ends(ExitStatus.DONE, "replay s").lines().filter("note: unchanged"::equals).count());
    assertEquals(state, shell.state());
    ends(ExitStatus.DONE, "replay s --dry-run");
  }

  /** Stopped at each line in turn, the script runs again from its beginning. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "/subsystems/disk1",
        "/subsystems/disk1/attr_serial",
        "/subsystems/disk1/attr_model",
        "/subsystems/disk1/namespaces/1",
        "/subsystems/disk1/namespaces/1/device_path",
        "/subsystems/disk1/namespaces/1/enable",
        "/ports/1",
        "/ports/1/addr_trtype",
        "/ports/1/addr_traddr",
        "/hosts/h"
      })
  void whatStoppedHalfWayRunsAgain(String refused) {
    shell.refuse(refused, Errno.EBUSY);
    assertTrue(shell.run("replay s") != ExitStatus.DONE);
    shell.accept(refused);
    ends(ExitStatus.DONE, "replay s");
    assertEquals("S1", shell.value("/subsystems/disk1/attr_serial").strip());
    assertTrue(shell.state().contains("allowed_hosts/h -> "), shell.state());
  }

  @Test
  void anotherOfTheNameStopsItBeforeItBegins() {
    shell.must("replay s");
    shell.must("disable /subsystems/disk1/namespaces/1 --yes");
    shell.must("set /subsystems/disk1/namespaces/1 device_path=/dev/nvme1n1");
    shell.must("set /subsystems/disk1 attr_serial=S2");
    String state = shell.state();
    assertEquals(
        """
        line  path                                        is            would be
           1  /subsystems/disk1/attr_serial               S2            S1
           4  /subsystems/disk1/namespaces/1/device_path  /dev/nvme1n1  /dev/nvme0n1
        error: s:1: what this line would make is there already, and is another
          nothing was done
          to make it what the script says:  replay --force s""",
        ends(ExitStatus.USAGE, "replay s"));
    assertEquals(10, shell.echoed().size());
    assertEquals(state, shell.state());
    ends(ExitStatus.USAGE, "replay --dry-run s");
    ends(ExitStatus.DONE, "replay --force s --yes");
    assertEquals("/dev/nvme0n1", shell.value("/subsystems/disk1/namespaces/1/device_path"));
  }

  @Test
  void onlyWhatTheScriptMakesIsCompared() {
    shell.must("create /ports/1 addr_trtype=rdma", "create /subsystems/x attr_serial=Z");
    shell.with("t", "set /ports/1 addr_trtype=tcp\nset /subsystems/x attr_serial=Y\n");
    ends(ExitStatus.DONE, "replay t");
    assertEquals("tcp", shell.value("/ports/1/addr_trtype"));
  }

  @Test
  void whatIsSetWhileInUseIsMeant() {
    shell.with(
        "t",
        """
        create /subsystems/x attr_allow_any_host=1
        create /ports/1 addr_trtype=tcp addr_adrfam=ipv4 addr_traddr=10.9.1.1 addr_trsvcid=4420
        link x /ports/1
        set /subsystems/x attr_allow_any_host=0
        """);
    ends(ExitStatus.DONE, "replay t");
    assertEquals("0", shell.value("/subsystems/x/attr_allow_any_host"));
    // as it is at the end it is the script's, too
    ends(ExitStatus.DONE, "replay t");
    assertEquals("0", shell.value("/subsystems/x/attr_allow_any_host"));
  }

  @Test
  void whatIsRemovedFirstIsNotStanding() {
    shell.must("create /subsystems/x attr_serial=OLD attr_allow_any_host=1");
    shell.with("t", "-delete /subsystems/x\ncreate /subsystems/x attr_serial=NEW\n");
    ends(ExitStatus.DONE, "replay t");
    assertEquals("NEW", shell.value("/subsystems/x/attr_serial").strip());
  }

  @Test
  void whatTheScriptMakesTwiceIsAMistake() {
    shell.with("t", "create /hosts/a\ncreate /hosts/a\n");
    assertTrue(ends(ExitStatus.USAGE, "replay t").contains("t:2: /hosts/a exists already"), "");
    // now it stands, and neither line makes it
    ends(ExitStatus.DONE, "replay t");
  }

  @Test
  void soIsWhatAnotherScriptWithinItMakesAgain() {
    shell.with("inner", "create /hosts/a\n").with("t", "create /hosts/a\nreplay inner\n");
    assertTrue(ends(ExitStatus.USAGE, "replay t").contains("inner:1: /hosts/a exists"), "");
    ends(ExitStatus.DONE, "replay inner");
  }

  @Test
  void typedLinesAreAsStrictAsEver() {
    shell.must("create /hosts/a");
    ends(ExitStatus.USAGE, "create /hosts/a");
  }

  @Test
  void keysAreNotShown() {
    String key = "DHHC-1:00:ia6zGodOr4SEG0Zzaw398rpY0wqipUWj4jWjUh4HWUz6aQ2n:";
    shell.must("create /hosts/k dhchap_key=" + key);
    shell.with("t", "param key secret\ncreate /hosts/k dhchap_key=${key}\n");
    shell.with("right", key).with("wrong", key.replace("00:ia6z", "00:aa6z"));
    ends(ExitStatus.DONE, "replay t --param key=@right");
    String said = shell.run("replay t --param key=@wrong") + shell.said();
    assertFalse(said.contains("6zGodOr4SEG"), said);
    assertTrue(said.contains("/hosts/k/dhchap_key  ***  another"), said);
  }
}
