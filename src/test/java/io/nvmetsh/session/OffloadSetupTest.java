package io.nvmetsh.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nvmetsh.kernel.Errno;
import io.nvmetsh.schema.ExitStatus;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code offload setup}: by options on every driver, by dialogue, and with wrong answers. */
class OffloadSetupTest {

  private static final String ANSWERS = " drive=/dev/nvme0n1 address=10.9.1.1 nqn=s hosts=any";
  private static final String LINE = "offload setup" + ANSWERS;
  private static final Path TWO_QUEUES =
      Path.of("src/test/resources/machines/cx6-ofed50-ha.machine");

  @TempDir Path folder;

  private SimShell shell(String profile) {
    return SimShell.of(profile, folder);
  }

  private static String verdicts(SimShell shell) {
    shell.said();
    assertEquals(ExitStatus.DONE, shell.run("offload"));
    return shell.said();
  }

  /** The line is refused with all of these words, and nothing is done. */
  private static void isRefused(SimShell shell, String line, ExitStatus status, String... words) {
    String before = shell.state();
    shell.said();
    assertEquals(status, shell.run(line), shell::said);
    String said = shell.said();
    for (String each : words) {
      assertTrue(said.contains(each), said);
    }
    assertEquals(before, shell.state());
  }

  // By options.

  @ParameterizedTest
  @ValueSource(strings = {"ofed-4.1", "ofed-4.6", "ofed-5.0", "ofed-25.10"})
  void oneLineIsAnOffloadedTarget(String profile) {
    SimShell shell = shell(profile).must("create /subsystems/other"); // else undo takes everything
    String before = shell.state();
    assertEquals(ExitStatus.DONE, shell.run("record r"));
    assertEquals(ExitStatus.DONE, shell.run(LINE), shell::said);
    String said = shell.said();
    assertTrue(said.contains("nvme connect -t rdma -n s -a 10.9.1.1 -s 4420"), said);
    assertFalse(said.contains("warning"), said);
    shell.must("record off");
    assertTrue(verdicts(shell).contains("s          1     conditions hold"));
    String state = shell.state();

    assertEquals(ExitStatus.DONE, shell.run(LINE));
    assertTrue(shell.said().contains("unchanged"));
    assertEquals(state, shell.state());

    SimShell fresh = shell(profile).must("create /subsystems/other");
    fresh.must("replay --verify r");
    assertEquals(state, fresh.state());
    assertFalse(shell.text("r").contains("\noffload "), shell.text("r"));

    shell.must("undo --yes");
    assertEquals(before, shell.state());
  }

  /** It does what the lines of the guide do that go step by step. */
  @ParameterizedTest
  @ValueSource(strings = {"ofed-4.1", "ofed-4.6", "ofed-5.0", "ofed-25.10"})
  void itIsWhatTheStepsAre(String profile) {
    SimShell shell = shell(profile);
    shell.must("replay " + Path.of("docs/examples/offloaded.nvmetsh").toAbsolutePath());
    SimShell other = shell(profile);
    other.must(LINE.replace("nqn=s", "nqn=testsubsystem"));
    assertEquals(shell.state(), other.state());
  }

  @Test
  void aDryRunShowsTheStepsAndDoesNothing() {
    SimShell shell = shell("ofed-4.1");
    String before = shell.state();
    assertEquals(ExitStatus.DONE, shell.run(LINE + " --dry-run"));
    String said = shell.said();
    assertTrue(said.contains("would: modprobe nvmet_rdma"), said);
    assertTrue(said.contains("would: symlink /ports/1/subsystems/s -> /subsystems/s"), said);
    assertFalse(said.contains("OFF-VER-MOD"), said);
    assertEquals(before, shell.state());
  }

  @Test
  void refusedHalfWayEverythingIsTakenBack() {
    SimShell shell = shell("ofed-5.0");
    String before = shell.state();
    shell.refuse("/subsystems/s/namespaces/1/enable", Errno.EINVAL);
    assertEquals(ExitStatus.KERNEL_REFUSED, shell.run(LINE));
    assertTrue(shell.said().contains("the target is as it was"));
    assertEquals(before, shell.state());
  }

  @Test
  void onlyTheHostsNamedMayConnect() {
    SimShell shell = shell("ofed-25.10");
    assertEquals(ExitStatus.DONE, shell.run(LINE.replace("any", "nqn.2024-01.io.example:h1,h2")));
    String said = shell.said();
    assertTrue(said.contains("--hostnqn nqn.2024-01.io.example:h1"), said);
    assertTrue(said.contains("--hostnqn h2"), said);
    assertEquals("0", shell.value("/subsystems/s/attr_allow_any_host"));
    assertTrue(shell.state().contains("/subsystems/s/allowed_hosts/h2 -> /hosts/h2"));
  }

  @Test
  void aScriptWithParametersSetsUp() {
    SimShell shell = shell("ofed-5.0");
    shell.with(
        "s",
        """
        # nvmetsh script 1
        param device
        offload setup drive=$device address=10.9.2.1 nqn=s hosts=any
        """);
    shell.must("replay s --param device=/dev/nvme1n1");
    assertEquals("/dev/nvme1n1", shell.value("/subsystems/s/namespaces/1/device_path"));
    SimShell elsewhere = shell("6.12");
    assertEquals(
        ExitStatus.UNSUPPORTED,
        elsewhere.run("replay " + folder.resolve("s") + " --param device=/dev/nvme1n1"));
    assertTrue(elsewhere.said().contains("s:3: this line asks for offload"));
  }

  // Two paths.

  @ParameterizedTest
  @ValueSource(strings = {"ofed-4.1", "ofed-4.6", "ofed-5.0", "ofed-25.10"})
  void twoAddressesAreTwoPaths(String profile) {
    SimShell shell = SimShell.ofMachine(profile, TWO_QUEUES, folder);
    String line = "offload setup drive=/dev/nvme0n1 address=10.9.1.23,10.9.2.23 nqn=s hosts=any";
    assertEquals(ExitStatus.DONE, shell.run(line), shell::said);
    String said = shell.said();
    assertTrue(said.contains("nvme connect -t rdma -n s -a 10.9.1.23 -s 4420"), said);
    assertTrue(said.contains("nvme connect -t rdma -n s -a 10.9.2.23 -s 4420"), said);
    String verdicts = verdicts(shell);
    assertTrue(verdicts.contains("s          1     conditions hold"), verdicts);
    assertTrue(verdicts.contains("s          2     conditions hold"), verdicts);
    assertEquals(ExitStatus.DONE, shell.run(line.replace(",10.9.2.23", " address=10.9.2.23")));
    assertTrue(shell.said().contains("unchanged"));
  }

  @Test
  void twoPathsTakeTwoQueues() {
    SimShell shell = shell("ofed-4.1");
    isRefused(
        shell,
        LINE.replace("10.9.1.1", "10.9.1.1,10.9.2.1"),
        ExitStatus.USAGE,
        "drive nvme0 was granted 1 P2P queue, and 2 are needed",
        "mend:  modules set nvme num_p2p_queues=2",
        "or with one path:  address=10.9.1.1",
        "OFF-Q-HA");
    shell.must("modules set nvme num_p2p_queues=2");
    shell.must(LINE.replace("10.9.1.1", "10.9.1.1,10.9.2.1") + " --force");
    assertEquals("10.9.2.1", shell.value("/ports/2/addr_traddr"));
  }

  // What is there already.

  @Test
  void aPortAtTheAddressIsUsed() {
    SimShell shell = shell("ofed-5.0");
    shell.must(
        "create /ports/7 addr_trtype=rdma addr_adrfam=ipv4 addr_traddr=10.9.1.1 addr_trsvcid=4430");
    assertEquals(ExitStatus.DONE, shell.run(LINE), shell::said);
    String said = shell.said();
    assertTrue(said.contains("/ports/7 listens on 10.9.1.1 and is used"), said);
    assertTrue(said.contains("-s 4430"), said);
    assertEquals("not there", shell.value("/ports/1/addr_traddr"));
  }

  /**
   * Before MLNX_OFED 4.9 an offloaded port takes one subsystem, and a second port another number.
   */
  @ParameterizedTest
  @CsvSource({"ofed-4.1, 4421", "ofed-4.6, 4421", "ofed-25.10, 4420"})
  void aPortIsSharedWhereItCanBe(String profile, String service) {
    SimShell shell = shell(profile).must(LINE);
    String second = "offload setup drive=/dev/nvme1n1 address=10.9.1.1 nqn=t hosts=any";
    assertEquals(ExitStatus.DONE, shell.run(second), shell::said);
    assertTrue(shell.said().contains("-n t -a 10.9.1.1 -s " + service));
    if (service.equals("4421")) {
      isRefused(
          shell,
          LINE.replace("nqn=s", "nqn=u").replace("nvme0n1", "nvme1n1"),
          ExitStatus.USAGE,
          "exported by subsystem t already",
          "write:  nqn=t");
    }
  }

  @Test
  void anotherSubsystemOfThatNameIsLeftAlone() {
    SimShell shell = shell("ofed-5.0").must(LINE);
    isRefused(
        shell,
        "offload setup drive=/dev/nvme1n1 address=10.9.2.1 nqn=s hosts=any",
        ExitStatus.USAGE,
        "/subsystems/s is there already, and exports /dev/nvme0n1",
        "write for instance:  nqn=nqn.2016-06.local.stor1:nvme1n1");
    shell.must("offload off /subsystems/s --yes");
    isRefused(
        shell,
        LINE,
        ExitStatus.USAGE,
        "there already, without offload",
        "offload on /subsystems/s");
  }

  @Test
  void whatIsTheSameIsExtended() {
    SimShell shell = shell("ofed-25.10").must("create /subsystems/s", LINE);
    assertEquals(
        ExitStatus.DONE, shell.run(LINE.replace("10.9.1.1", "10.9.2.1") + " --force"), shell::said);
    assertTrue(verdicts(shell).contains("s          2"));
  }

  @Test
  void whatWasShownIsRecordedWithIt() {
    SimShell shell = shell("ofed-4.6");
    shell.must("record --output r", LINE, "offload", "record off");
    shell("ofed-4.6").must("replay --verify r");
  }

  /** Bash has no need of this shell. */
  @Test
  void aScriptOfItIsExported() {
    SimShell shell = shell("ofed-25.10").with("s", "# nvmetsh script 1\n" + LINE + "\n");
    assertEquals(ExitStatus.DONE, shell.run("script export --bash s"), shell::said);
    String said = shell.said();
    assertTrue(said.contains("attr_offload"), said);
    assertTrue(said.contains("device_path"), said);
    assertEquals(ExitStatus.DONE, shell.run("script info s"), shell::said);
    assertTrue(shell.said().contains("MLNX_OFED 4.1 and later"));
  }

  // Wrong answers.

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "drive=/dev/nope | no block device is at /dev/nope | drive=/dev/nvme0n1",
        "drive=/dev/md0 | /dev/md0 is an md device, which cannot be offloaded (OFF-NS-PLAIN) | drive=/dev/nvme0n1",
        "drive=/dev/nvme3n1 | /dev/nvme3n1 is in use: nvme3n1p1 mounted at /srv/cache | drive=/dev/nvme0n1",
        "drive=/dev/nvme2n1 | held by dm-0 | drive=/dev/nvme0n1",
        "address=10.9.9.9 | this machine has no address 10.9.9.9 | address=10.9.1.1",
        "address=here | here is no IP address | nics",
        "address=10.9.3.1 | 10.9.3.1 is on mlx5_2, ConnectX-4, which cannot offload (OFF-PORT-RDMA) | address=10.9.1.1",
        "address=0.0.0.0 | this machine has no address 0.0.0.0 | address=10.9.1.1",
        "nqn=nqn.2024-13.io.example:x | has no month 01 to 12 | nqn=nqn.2024-01",
        "nqn=a/b | has a character that no name may have | nqn=nqn.2024-01",
        "hosts=any,h1 | not both | hosts=any",
        "hosts=nqn.x | begins like an NQN | hosts=nqn.2024-01",
        "service=http | is no number from 1 to 65535 | service=4420",
        "drve=/dev/nvme0n1 | no such answer: drve=/dev/nvme0n1 | did you mean:  drive=",
        "hosts= | hosts is not said in hosts= | hosts=any"
      })
  void aWrongAnswerIsToldWithARightOne(String word, String reason, String instead) {
    // the last of two is the one that counts, but for lists
    String key = word.substring(0, word.indexOf('=') + 1);
    String others = ANSWERS.replaceAll(" " + key + "\\S+", "");
    isRefused(
        shell("ofed-4.1"),
        "offload setup" + others + " " + word,
        ExitStatus.USAGE,
        reason,
        instead);
  }

  @Test
  void nobodyChoosesADriveUnasked() {
    isRefused(
        shell("ofed-4.1"),
        "offload setup address=10.9.1.1",
        ExitStatus.USAGE,
        "nobody is here to be asked for drive, nqn, hosts",
        "drive=/dev/nvme0n1 nqn=nqn.2016-06.local.stor1:nvme0n1 hosts=any");
  }

  @Test
  void whereThereIsNoOffloadItIsNotPossible() {
    isRefused(
        shell("6.12"),
        LINE,
        ExitStatus.UNSUPPORTED,
        "offload setup is not possible here: this is Linux 6.12",
        "explain OFF-VER-OFED");
  }

  // By dialogue.

  @Test
  void enterTakesWhatIsSuggested() {
    SimShell shell = shell("ofed-25.10").must("record r").answer("", "", "", "", "y");
    assertEquals(ExitStatus.DONE, shell.run("offload setup"), shell::said);
    assertEquals(
        List.of(
            "drive to export, the whole of it [/dev/nvme0n1]: ",
            "RDMA address to listen on, or two with a comma [10.9.1.1]: ",
            "name of the subsystem, its NQN [nqn.2016-06.local.stor1:nvme0n1]: ",
            "NQNs of hosts that may connect, or any [any]: ",
            "Do this? [y/N]: "),
        shell.asked());
    String said = shell.said();
    String line =
        "offload setup drive=/dev/nvme0n1 address=10.9.1.1"
            + " nqn=nqn.2016-06.local.stor1:nvme0n1 hosts=any";
    assertTrue(said.contains("without questions:  " + line), said);
    assertTrue(said.contains("would: symlink /ports/1/subsystems/"), said);
    assertTrue(said.contains("nvme connect -t rdma"), said);
    SimShell other = shell("ofed-25.10").must(line);
    assertEquals(other.state(), shell.state());
    shell.must("record off");
    SimShell replayed = shell("ofed-25.10").must("replay --verify r");
    assertEquals(replayed.state(), shell.state());
  }

  @Test
  void aWrongAnswerIsAskedAgain() {
    SimShell shell =
        shell("ofed-4.1")
            .answer("/dev/md0", "/dev/nvme1n1", "10.9.3.1", "10.9.1.1,10.9.2.1", "10.9.2.1")
            .answer("a/b", "s", "any, h", "h1, h2", "y");
    assertEquals(ExitStatus.DONE, shell.run("offload setup"), shell::said);
    assertEquals(11 - 1, shell.asked().size(), shell.asked()::toString);
    String said = shell.said();
    assertTrue(said.contains("/dev/md0 is an md device"), said);
    assertTrue(said.contains("ConnectX-4, which cannot offload"), said);
    assertTrue(said.contains("2 are needed"), said);
    assertTrue(said.contains("hosts=h1,h2"), said);
    assertEquals("10.9.2.1", shell.value("/ports/1/addr_traddr"));
  }

  @Test
  void onlyWhatIsMissingIsAsked() {
    SimShell shell = shell("ofed-5.0").answer("10.9.2.1", "y");
    assertEquals(
        ExitStatus.DONE,
        shell.run("offload setup drive=/dev/nvme0n1 nqn=s hosts=any"),
        shell::said);
    assertEquals(2, shell.asked().size());
    assertEquals("10.9.2.1", shell.value("/ports/1/addr_traddr"));
  }

  @Test
  void whoLeavesChangesNothing() {
    SimShell shell = shell("ofed-5.0").answer("", SimShell.DECLINED);
    isRefused(
        shell,
        "offload setup",
        ExitStatus.INTERRUPTED,
        "left: nothing is changed",
        "go on with it:  offload setup drive=/dev/nvme0n1");
    SimShell other = shell("ofed-5.0").answer("", "", "", "", "n");
    isRefused(other, "offload setup", ExitStatus.USAGE, "not done: nothing is changed");
  }

  /** What others do meanwhile is seen; no question comes twice but whether to do it. */
  @Test
  void nobodyIsAskedTwice() {
    SimShell shell = shell("ofed-25.10").answer("", "", "", "", "y", "y");
    shell.onAsk(
        () -> {
          if (shell.asked().size() == 2 || shell.asked().size() == 5) {
            assertEquals(ExitStatus.DONE, shell.beside().run("create /ports").status());
          }
        });
    assertEquals(ExitStatus.DONE, shell.run("offload setup"), shell::said);
    assertEquals(6, shell.asked().size(), shell.asked()::toString);
    assertEquals(shell.asked().get(4), shell.asked().get(5));
    assertEquals("10.9.1.1", shell.value("/ports/3/addr_traddr"));
    assertEquals("", shell.value("/ports/2/addr_traddr"));
  }

  @Test
  void whoAgreedBeforehandIsNotAskedAgain() {
    SimShell shell = shell("ofed-5.0").answer("", "", "", "");
    assertEquals(ExitStatus.DONE, shell.run("offload setup --yes"), shell::said);
    assertEquals(4, shell.asked().size());
    SimShell dry = shell("ofed-5.0").answer("", "", "", "");
    String before = dry.state();
    assertEquals(ExitStatus.DONE, dry.run("offload setup --dry-run"), dry::said);
    assertEquals(before, dry.state());
  }
}
