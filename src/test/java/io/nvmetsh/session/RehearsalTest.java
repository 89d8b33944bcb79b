package io.nvmetsh.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nvmetsh.TestShell;
import io.nvmetsh.TestShell.Said;
import io.nvmetsh.schema.ExitStatus;
import io.nvmetsh.schema.NvmetPath;
import io.nvmetsh.session.Rehearsed.End;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A rehearsal of a script with a fault names the line and the errno that the run then gives, on a
 * target where much is there already, and leaves that target as it is.
 */
class RehearsalTest {

  @TempDir Path folder;

  /** What is there already: subsystems, ports that listen, hosts, namespaces in use. */
  private static final List<String> BUSY =
      List.of(
          "create /hosts/web1",
          "create /hosts/web2",
          "create /subsystems/a attr_allow_any_host=1",
          "create /subsystems/a/namespaces/1 device_path=/dev/nvme0n1 --force",
          "enable /subsystems/a/namespaces/1",
          "create /subsystems/a/namespaces/7",
          "create /subsystems/b",
          "link /hosts/web1 /subsystems/b",
          "create /subsystems/b/namespaces/1 device_path=/dev/nvme1n1 --force",
          "create /ports/1 addr_trtype=rdma addr_adrfam=ipv4 addr_traddr=10.9.1.1"
              + " addr_trsvcid=4420",
          "create /ports/2 addr_trtype=rdma addr_adrfam=ipv4 addr_traddr=10.9.2.1"
              + " addr_trsvcid=4420",
          "link a /ports/1",
          "create /ports/1/referrals/r addr_trtype=rdma addr_adrfam=ipv4 addr_traddr=10.9.9.9"
              + " addr_trsvcid=4420 enable=1");

  private static final String ALL = "5.10 6.1 6.12 7.3 ofed-4.1 ofed-4.6 ofed-5.0 ofed-25.10";
  private static final String LINUX = "5.10 6.1 6.12 7.3";
  private static final String WITH_TCP = LINUX + " ofed-5.0 ofed-25.10";

  /**
   * @param line the first that fails; 0 for none
   * @param errno empty where the kernel is not concerned
   */
  private record Fault(String what, String kernels, int line, String errno, String script) {}

  private static Fault fault(String what, String kernels, int line, String errno, String script) {
    return new Fault(what, kernels, line, errno, script);
  }

  private static String port(int number, String trtype, String traddr) {
    return "create /ports/"
        + number
        + " addr_trtype="
        + trtype
        + " addr_adrfam=ipv4 addr_traddr="
        + traddr
        + " addr_trsvcid=4420 --force\n";
  }

  /** What the checks know, each in its words. */
  private static final List<Fault> FORETOLD =
      List.of(
          fault("made two lines before", ALL, 3, "EEXIST", "mkdir /hosts/h\npwd\nmkdir /hosts/h"),
          fault("a port that listens", ALL, 2, "EACCES", "pwd\nset /ports/1 addr_trsvcid=1"),
          fault("an exported subsystem", ALL, 2, "EBUSY", "pwd\nrmdir /subsystems/a"),
          fault("a host with access", ALL, 1, "EBUSY", "rmdir /hosts/web1"),
          fault(
              "an enabled namespace",
              ALL,
              2,
              "EBUSY",
              "pwd\nset /subsystems/a/namespaces/1 device_path=/dev/nvme2n1 -f"),
          fault("not empty", ALL, 1, "ENOTEMPTY", "rmdir /ports/1"),
          fault("made by the kernel", ALL, 1, "EPERM", "rmdir /ports/2/referrals"),
          fault("no place for it", ALL, 2, "EPERM", "pwd\nmkdir /subsystems/a/x"),
          fault("a host on a port", ALL, 1, "EINVAL", "link /hosts/web1 /ports/2"),
          fault("any host and one", ALL, 1, "EINVAL", "link /hosts/web1 /subsystems/a"),
          fault(
              "no address of ours",
              LINUX,
              1,
              "EADDRNOTAVAIL",
              "create /ports/4 addr_traddr=9.9.9.9"),
          fault("no address at all", ALL, 2, "EINVAL", "create /ports/4\nlink b /ports/4"),
          fault(
              "the address of the line before",
              ALL,
              3,
              "EADDRINUSE",
              port(4, "rdma", "10.9.1.1") + "pwd\nlink b /ports/4"),
          fault("no device", ALL, 2, "EINVAL", "pwd\nenable /subsystems/a/namespaces/7"),
          fault(
              "a device that is gone",
              LINUX,
              3,
              "ENOENT",
              """
              create /subsystems/c
              create /subsystems/c/namespaces/1 device_path=/dev/nvme9n1 -f
              enable /subsystems/c/namespaces/1
              """),
          fault("a module in use", ALL, 2, "EBUSY", "pwd\nmodules unload nvmet"),
          fault(
              "a flag beside the list",
              ALL,
              1,
              "EINVAL",
              "set /subsystems/b attr_allow_any_host=1"),
          fault(
              "offload of what is exported",
              "ofed-4.6 ofed-5.0",
              1,
              "EBUSY",
              "set /subsystems/a attr_offload=1"),
          fault(
              "passthru beside namespaces",
              "6.12 7.3 ofed-25.10",
              2,
              "EINVAL",
              "set /subsystems/a/passthru device_path=/dev/nvme2\nenable /subsystems/a/passthru"),
          // no errno: the kernel would not have been asked
          fault(
              "a word that is none",
              ALL,
              2,
              "",
              "pwd\nset /subsystems/a attr_allow_any_host=maybe"),
          fault("not there", ALL, 2, "", "rmdir /hosts/web2\nrmdir /hosts/web2"),
          fault("not this kernel", LINUX, 2, "", "pwd\nset /subsystems/a attr_offload=1"));

  /** What only the kernel finds. */
  private static final List<Fault> ANSWERED =
      List.of(
          fault(
              "nothing", ALL, 0, "", "mkdir /subsystems/c\nrmdir /subsystems/c\nrmdir /hosts/web2"),
          fault(
              "a wildcard beside an address",
              WITH_TCP,
              4,
              "EADDRINUSE",
              port(4, "tcp", "10.9.1.1")
                  + "link b /ports/4\n"
                  + port(5, "tcp", "0.0.0.0")
                  + "link b /ports/5"),
          fault(
              "an RDMA wildcard beside an address",
              WITH_TCP,
              2,
              "EADDRNOTAVAIL",
              port(5, "rdma", "0.0.0.0") + "link b /ports/5"),
          fault(
              "a forced address",
              WITH_TCP,
              2,
              "EADDRNOTAVAIL",
              port(5, "tcp", "9.9.9.9") + "link b /ports/5 -f"),
          fault(
              "RDMA on a plain interface",
              ALL,
              2,
              "ENODEV",
              port(5, "rdma", "192.0.2.10") + "link b /ports/5 -f"),
          fault(
              "a transport without a module",
              "5.10 6.1",
              2,
              "EINVAL",
              "create /ports/5 addr_trtype=loop -f\nlink b /ports/5 -f"),
          fault(
              "a transport that nobody loads",
              LINUX,
              2,
              "EINVAL",
              """
              create /ports/5 addr_trtype=fc addr_adrfam=fc addr_traddr=nn-0x1000000044001123:pn-0x2000000055001123 -f
              link b /ports/5 -f
              """),
          fault(
              "a transport without hardware",
              LINUX,
              3,
              "ENXIO",
              """
              modules load nvmet_fc
              create /ports/5 addr_trtype=fc addr_adrfam=fc addr_traddr=nn-0x1000000044001123:pn-0x2000000055001123 -f
              link b /ports/5 -f
              """),
          fault("a module that is none", ALL, 2, "ENOENT", "pwd\nmodules load foo"),
          fault(
              "a controller passed through twice",
              "6.12 7.3 ofed-25.10",
              5,
              "EINVAL",
              """
              create /subsystems/c
              create /subsystems/d
              set /subsystems/c/passthru device_path=/dev/nvme2 enable=1
              set /subsystems/d/passthru device_path=/dev/nvme2
              enable /subsystems/d/passthru
              """),
          fault(
              "a second offloaded subsystem",
              "ofed-4.1",
              3,
              "EINVAL",
              "enable /subsystems/b/namespaces/1\npwd\nlink b /ports/1"),
          fault(
              "a PCI address of nothing",
              "ofed-4.1",
              1,
              "EAGAIN",
              "set /subsystems/b/namespaces/1 pci_device_path=0000:99:00.0 -f"),
          fault(
              "a second offloaded namespace",
              "ofed-4.6",
              5,
              "EINVAL",
              """
              create /subsystems/c attr_offload=1
              create /subsystems/c/namespaces/1 device_path=/dev/nvme2n1 -f
              enable /subsystems/c/namespaces/1
              create /subsystems/c/namespaces/2 device_path=/dev/nvme2n1 -f
              enable /subsystems/c/namespaces/2
              """),
          fault(
              "peer memory of nothing",
              "7.3",
              1,
              "ENODEV",
              "set /subsystems/b/namespaces/1 p2pmem=0000:99:00.0 -f"),
          fault(
              "in the middle of a line",
              "ofed-4.1",
              1,
              "EINVAL",
              "create /ports/5 addr_trsvcid=1 addr_trtype=tcp --force"));

  private static List<Arguments> each() {
    List<Arguments> each = new ArrayList<>();
    List<Fault> faults = new ArrayList<>(FORETOLD);
    faults.addAll(ANSWERED);
    for (Fault fault : faults) {
      for (String kernel : fault.kernels.split(" ", -1)) {
        each.add(Arguments.of(kernel, fault.what, fault));
      }
    }
    return each;
  }

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource("each")
  void agreesWithTheRun(String kernel, String what, Fault fault) {
    TestShell shell = TestShell.on(kernel).has(BUSY.toArray(String[]::new));
    End end = Rehearsed.twice(shell, folder, fault.script + "\n", "");
    assertEquals(fault.line + " " + fault.errno, end.line() + " " + end.errno(), end.toString());
  }

  @Test
  void aLineThatIsTypedIsRehearsedToo() {
    TestShell shell = TestShell.on("6.12").has(BUSY.toArray(String[]::new));
    shell.has(port(5, "rdma", "0.0.0.0").strip());
    Said said = shell.type("link b /ports/5 --dry-run");
    assertEquals(ExitStatus.KERNEL_REFUSED, said.status());
    assertEquals(
        "would fail: symlink /ports/5/subsystems/b -> /subsystems/b: the kernel answers"
            + " EADDRNOTAVAIL (Cannot assign requested address)",
        said.problem().message());
    assertEquals(ExitStatus.DONE, shell.type("delete -r /ports/5 --dry-run").status());
    assertEquals(said.problem().about(), shell.type("link b /ports/5").problem().about());
  }

  @Test
  void ofALineThatWouldAskItIsSaid() {
    SimShell shell = SimShell.of("6.12", folder);
    shell.must(BUSY.toArray(String[]::new));
    assertEquals(ExitStatus.DONE, shell.run("unlink a /ports/1 --dry-run"));
    assertTrue(shell.said().contains("would ask first: This disconnects hosts"));
    // a script is not asked, and fails there
    shell.with("s", "pwd\nunlink a /ports/1\n");
    for (String line : List.of("replay s --dry-run", "replay s")) {
      assertEquals(ExitStatus.USAGE, shell.run(line));
      assertTrue(shell.said().contains("s:2: not done: This disconnects hosts"), line);
    }
    assertEquals(ExitStatus.DONE, shell.run("replay s --dry-run --yes"));
  }

  @Test
  void theCopyHasWhatTheKernelMadeUpAndWhatIsSecret() {
    SimShell shell = SimShell.of("6.12", folder);
    shell.must(
        "create /subsystems/a",
        "create /hosts/h",
        "set /hosts/h dhchap_key=DHHC-1:00:ia6zGodOr4SEG0Zzaw398rpY0wqipUWj4jWjUh4HWUz6aQ2n:");
    String serial = shell.value("/subsystems/a/attr_serial").strip();
    shell.with(
        "s",
        "set /subsystems/a attr_serial="
            + serial
            + "\nset /hosts/h"
            + " dhchap_key=DHHC-1:00:ia6zGodOr4SEG0Zzaw398rpY0wqipUWj4jWjUh4HWUz6aQ2n:\n");
    assertEquals(ExitStatus.DONE, shell.run("replay s --dry-run"));
    // both are there already
    String said = shell.said();
    assertEquals(2, said.split("note: unchanged", -1).length - 1, said);
    assertTrue(!said.contains("ia6z"), said);
  }

  @Test
  void whatIsRehearsedIsNotRecorded() {
    SimShell shell = SimShell.of("6.12", folder);
    shell.must("record r --output").with("s", "create /hosts/h\nls /hosts\n");
    shell.must("replay s --dry-run", "create /hosts/other --dry-run", "create /hosts/g");
    shell.must("record off");
    List<String> lines = shell.text("r").lines().filter(line -> !line.startsWith("#")).toList();
    assertEquals(List.of("create /hosts/g"), lines);
  }

  /** Each script within another is rehearsed on what the lines before would have made. */
  @Test
  void scriptsWithinScriptsShareTheCopy() {
    SimShell shell = SimShell.of("6.12", folder);
    shell.with("inner", "create /subsystems/a/namespaces/1\n-create /subsystems/a\n");
    shell.with("s", "create /subsystems/a\nreplay inner\ndelete -r /subsystems/a\n");
    assertEquals(ExitStatus.DONE, shell.run("replay s --dry-run"));
    String said = shell.said();
    assertTrue(said.contains("error: would fail at s:2: inner:2: /subsystems/a exists"), said);
    assertTrue(said.endsWith("all 3 lines would be done"), said);
    assertEquals(List.of(), shell.tree().directories(NvmetPath.of("subsystems")));
  }
}
