package io.nvmetsh.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nvmetsh.TestShell;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ConnectCmdCommandTest {

  private final TestShell shell =
      TestShell.on("6.12")
          .has(
              "create -p /subsystems/testsubsystem/namespaces/1",
              "set /subsystems/testsubsystem attr_allow_any_host=1",
              "set /subsystems/testsubsystem/namespaces/1 device_path=/dev/nvme0n1 enable=1",
              "create /ports/1 addr_trtype=rdma addr_adrfam=ipv4 addr_traddr=10.9.1.1"
                  + " addr_trsvcid=4420",
              "create /ports/2 addr_trtype=tcp addr_adrfam=ipv6 addr_traddr=fd00:10:9:1::1"
                  + " addr_trsvcid=4421");

  private void prints(String line, String expected) {
    TestShell.Said said = shell.type(line);
    assertEquals(List.of(), said.problems());
    assertEquals(expected.strip(), said.text());
  }

  @Test
  void printsTheStepsOfTheVendorsPage() {
    shell.has("link testsubsystem /ports/1");
    prints(
        "connect-cmd",
        """
        modprobe nvme-rdma
        # /ports/1 at 10.9.1.1
        nvme discover -t rdma -a 10.9.1.1 -s 4420
        nvme connect -t rdma -n testsubsystem -a 10.9.1.1 -s 4420
        """);
  }

  @Test
  void printsEveryPathOnce() {
    shell.has(
        "create /subsystems/b attr_allow_any_host=1",
        "link testsubsystem /ports/1",
        "link testsubsystem /ports/2",
        "link b /ports/2");
    prints(
        "connect-cmd --bare",
        """
        modprobe nvme-rdma
        modprobe nvme-tcp
        nvme discover -t rdma -a 10.9.1.1 -s 4420
        nvme connect -t rdma -n testsubsystem -a 10.9.1.1 -s 4420
        nvme discover -t tcp -a fd00:10:9:1::1 -s 4421
        nvme connect -t tcp -n b -a fd00:10:9:1::1 -s 4421
        nvme connect -t tcp -n testsubsystem -a fd00:10:9:1::1 -s 4421
        """);
    prints(
        "connect-cmd --bare /subsystems/b",
        """
        modprobe nvme-tcp
        nvme discover -t tcp -a fd00:10:9:1::1 -s 4421
        nvme connect -t tcp -n b -a fd00:10:9:1::1 -s 4421
        """);
    prints(
        "/ports/1/subsystems connect-cmd --bare",
        """
        modprobe nvme-rdma
        nvme discover -t rdma -a 10.9.1.1 -s 4420
        nvme connect -t rdma -n testsubsystem -a 10.9.1.1 -s 4420
        """);
  }

  @Test
  void hostsAreNamedAndTheirKeysAreNot() {
    shell.has(
        "create /subsystems/b",
        "create /hosts/h1",
        "create /hosts/h2",
        "set /hosts/h1 dhchap_key=DHHC-1:00:c2VjcmV0c2VjcmV0:",
        "link /hosts/h1 /subsystems/b",
        "link /hosts/h2 /subsystems/b",
        "link b /ports/1");
    prints(
        "connect-cmd",
        """
        modprobe nvme-rdma
        # /ports/1 at 10.9.1.1
        nvme discover -t rdma -a 10.9.1.1 -s 4420
        # hosts can connect to it and see nothing: no namespace is enabled
        # on the host h1 only
        # it must prove itself: add --dhchap-secret with its key
        nvme connect -t rdma -n b -a 10.9.1.1 -s 4420 --hostnqn h1
        # on the host h2 only
        nvme connect -t rdma -n b -a 10.9.1.1 -s 4420 --hostnqn h2
        """);
    prints(
        "connect-cmd --bare --host h2",
        """
        modprobe nvme-rdma
        nvme discover -t rdma -a 10.9.1.1 -s 4420 --hostnqn h2
        nvme connect -t rdma -n b -a 10.9.1.1 -s 4420 --hostnqn h2
        """);
    assertEquals(
        "/: nothing to connect to, h3 may not connect",
        shell.refuses("connect-cmd --host h3").message());
  }

  /** A wildcard is no address that a client could use. */
  @Test
  void everyAddressOfAWildcardIsPrinted() {
    shell.has(
        "set /ports/1 addr_traddr=0.0.0.0",
        "link testsubsystem /ports/1",
        "set /ports/2 addr_traddr=::",
        "link testsubsystem /ports/2");
    prints(
        "connect-cmd --bare",
        """
        modprobe nvme-rdma
        modprobe nvme-tcp
        nvme discover -t rdma -a 10.9.1.1 -s 4420
        nvme connect -t rdma -n testsubsystem -a 10.9.1.1 -s 4420
        nvme discover -t rdma -a 10.9.2.1 -s 4420
        nvme connect -t rdma -n testsubsystem -a 10.9.2.1 -s 4420
        nvme discover -t rdma -a 10.9.3.1 -s 4420
        nvme connect -t rdma -n testsubsystem -a 10.9.3.1 -s 4420
        nvme discover -t tcp -a fd00:10:9:1::1 -s 4421
        nvme connect -t tcp -n testsubsystem -a fd00:10:9:1::1 -s 4421
        """);
  }

  @Test
  void aLinkLocalAddressNeedsTheClientsOwnInterface() {
    shell.has(
        "set /ports/2 addr_traddr=fe80::e42:a1ff:fe10:1a40%enp130s0f0",
        "link testsubsystem /ports/2");
    String text = shell.type("connect-cmd").text();
    assertTrue(text.contains("# a link-local address: put the client's own interface"), text);
  }

  @Test
  void thisMachineItselfNeedsNoAddress() {
    shell.has("create /ports/3 addr_trtype=loop", "link testsubsystem /ports/3");
    prints(
        "connect-cmd --bare",
        """
        modprobe nvme-loop
        nvme connect -t loop -n testsubsystem
        """);
  }

  @Test
  void aSecuredPortIsConnectedToWithTls() {
    shell.has("set /ports/2 addr_tsas=tls1.3", "link testsubsystem /ports/2");
    prints(
        "connect-cmd --bare",
        """
        modprobe nvme-tcp
        nvme discover -t tcp -a fd00:10:9:1::1 -s 4421
        nvme connect -t tcp -n testsubsystem -a fd00:10:9:1::1 -s 4421 --tls
        """);
  }

  @Test
  void saysWhatIsMissing() {
    assertEquals(
        "/: nothing to connect to, no subsystem is linked to a port",
        shell.refuses("connect-cmd").message());
    assertEquals(
        List.of("link it to a port:  link testsubsystem /ports/1"),
        shell.refuses("connect-cmd /subsystems/testsubsystem").hints());
    assertEquals(
        List.of("link one:  link NQN /ports/2"), shell.refuses("connect-cmd /ports/2").hints());
    shell.has("create /subsystems/b", "link b /ports/1");
    assertEquals(
        List.of(
            "allow any host:  set /subsystems/b attr_allow_any_host=1",
            "or one:  link /hosts/NQN /subsystems/b"),
        shell.refuses("connect-cmd /ports/1").hints());
  }

  /** What is printed is run as root on another machine: no name may be code there. */
  @Test
  void namesStayNames() throws Exception {
    List<String> names =
        List.of("it's $(reboot) `x`; y", "-n", "a\"b\\c", "caf\u00e9", "*", "#x", "$HOME & ~");
    for (String name : names) {
      shell.has(
          "create -- " + Words.quote("/subsystems/" + name),
          "set " + Words.quote("/subsystems/" + name) + " attr_allow_any_host=1",
          "link " + Words.quote("/subsystems/" + name) + " /ports/1");
    }
    List<String> connected = new ArrayList<>();
    for (String line : runByBash(shell.type("connect-cmd").text())) {
      if (line.startsWith("connect|")) {
        connected.add(line.substring("connect|-t|rdma|-n|".length(), line.indexOf("|-a|")));
      }
    }
    assertEquals(names.stream().sorted().toList(), connected.stream().sorted().toList());
  }

  @Test
  void bareLinesHaveNoComments() {
    shell.has("link testsubsystem /ports/1");
    assertFalse(shell.type("connect-cmd --bare").text().contains("#"));
  }

  /** The arguments of every nvme command in a script, as bash passes them. */
  private static List<String> runByBash(String script) throws IOException, InterruptedException {
    String stubs = "modprobe() { :; }; nvme() { local IFS='|'; printf '%s\\n' \"$*\"; }\n";
    Process bash = new ProcessBuilder("bash", "-eu", "-c", stubs + script).start();
    String out = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    String errors = new String(bash.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
    assertTrue(bash.waitFor(10, TimeUnit.SECONDS));
    assertEquals("", errors);
    assertEquals(0, bash.exitValue());
    return out.lines().toList();
  }
}
