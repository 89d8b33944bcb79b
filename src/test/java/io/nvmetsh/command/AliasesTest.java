package io.nvmetsh.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nvmetsh.TestShell;
import io.nvmetsh.kernel.Refusal;
import io.nvmetsh.schema.NvmetPath;
import io.nvmetsh.schema.Problem;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A hand that knows nvmetcli or the file system is at home. */
class AliasesTest {

  private final TestShell shell = TestShell.on("6.12");

  private String tree() {
    return shell.type("tree /").text();
  }

  private static final String TARGET =
      """
      /
      |- hosts                2
      |  |- h1
      |  `- h2
      |- ports                1
      |  `- 1                 rdma 10.9.1.1:4420, 1 subsystem
      |     `- subsystems     1 linked
      |        `- testnqn     -> /subsystems/testnqn
      `- subsystems           1
         `- testnqn           1 namespace, 1 host
            |- allowed_hosts  1 linked
            |  `- h1          -> /hosts/h1
            `- namespaces     1
               `- 1           /dev/nvme0n1, enabled"""
          .stripIndent();

  @Test
  void nvmetclisSession() {
    shell.has(
        "cd /subsystems",
        "create testnqn",
        "cd testnqn/namespaces",
        "create 1",
        "cd 1",
        "set device path=/dev/nvme0n1",
        "set device nguid=ef90689c-6c46-d44c-89c1-4067801309a8",
        "enable",
        "cd /hosts",
        "create h1",
        "create h2",
        "cd /subsystems/testnqn/allowed_hosts/",
        "create h1",
        "create h2",
        "delete h2",
        "cd /ports",
        "create 1",
        "cd 1/",
        "set addr adrfam=ipv4 trtype=rdma traddr=10.9.1.1 trsvcid=4420",
        "cd subsystems",
        "create testnqn");
    assertEquals(TARGET, tree());
    shell.has("cd /ports/1/ana_groups", "create 2", "cd 2", "set ana state=optimized");
    assertEquals(
        "optimized", shell.tree().value(NvmetPath.parse("/ports/1/ana_groups/2/ana_state")).get());
  }

  @Test
  void theFileSystemsSession() {
    shell.has(
        "mkdir /subsystems/testnqn",
        "mkdir /sys/kernel/config/nvmet/subsystems/testnqn/namespaces/1",
        "set /subsystems/testnqn/namespaces/1 device_path=/dev/nvme0n1 enable=1",
        "mkdir -p /hosts/h1",
        "mkdir -p /hosts/h1",
        "mkdir /hosts/h2",
        "cd /subsystems/testnqn/allowed_hosts",
        "ln -s ../../../hosts/h1 h1",
        "mkdir /ports/1",
        "set /ports/1 addr_trtype=rdma addr_adrfam=ipv4 addr_traddr=10.9.1.1 addr_trsvcid=4420",
        "ln -s /sys/kernel/config/nvmet/subsystems/testnqn"
            + " /sys/kernel/config/nvmet/ports/1/subsystems/testnqn");
    assertEquals(TARGET, tree());
    assertEquals("addr_trtype  rdma", shell.type("cat /ports/1/addr_trtype").text());
    shell.has(
        "rm /ports/1/subsystems/testnqn",
        "rmdir /ports/1",
        "rm -r /subsystems/testnqn",
        "rm -rf /subsystems/testnqn",
        "rm -f /subsystems/testnqn /hosts/h1",
        "rmdir /hosts/h2");
    assertEquals(
        """
        /
        |- hosts       none
        |- ports       none
        `- subsystems  none"""
            .stripIndent(),
        tree());
  }

  @Test
  void parentsAreMadeOnlyWhenAsked() {
    assertEquals(Problem.Kind.NOT_FOUND, shell.refuses("mkdir /subsystems/a/namespaces/1").kind());
    shell.has("mkdir -p /subsystems/a/namespaces/1", "mkdir -p /subsystems/a/namespaces/2");
    assertEquals(
        List.of("1", "2"), shell.tree().directories(NvmetPath.parse("/subsystems/a/namespaces")));
    assertFalse(shell.type("mkdir /subsystems/a").problems().isEmpty());
    assertEquals(List.of("unchanged"), shell.type("create --if-missing /subsystems/a").notes());
  }

  @Test
  void theNextFreeIdIsTakenAndSaid() throws Refusal {
    shell.has("create /ports/1");
    shell.target().configfs().mkdir(NvmetPath.of("ports", "0x3"));
    assertEquals(List.of("/ports/2: the next free id"), shell.type("create /ports").notes());
    assertEquals(List.of("/ports/4: the next free id"), shell.type("/ports create").notes());
    assertEquals(
        List.of("/ports/1/ana_groups/2: the next free id"),
        shell.type("create /ports/1/ana_groups").notes());
    assertTrue(shell.refuses("create /hosts").message().contains("a host needs a name"));
  }

  @Test
  void nvmetclisLinksAreOfferedToo() {
    shell.has("create /subsystems/a", "create /subsystems/b", "create -p /ports/1");
    shell.has(
        "set /ports/1 addr_trtype=loop", "create /ports/1/subsystems/a", "cd /ports/1/subsystems");
    assertEquals(List.of("b"), new Tab(shell).words("create "));
    assertEquals(
        List.of("/ports/1/subsystems/b"), new Tab(shell).words("create /ports/1/subsystems/"));
    assertEquals("/subsystems has no c", shell.refuses("create c").message());
  }
}
