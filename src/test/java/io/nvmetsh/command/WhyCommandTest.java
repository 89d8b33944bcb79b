package io.nvmetsh.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nvmetsh.TestShell;
import io.nvmetsh.schema.ExitStatus;
import io.nvmetsh.schema.NvmetPath;
import io.nvmetsh.schema.Problem;
import java.util.List;
import org.junit.jupiter.api.Test;

class WhyCommandTest {

  private final TestShell shell =
      TestShell.on("6.12")
          .has(
              "create /subsystems/s",
              "create /subsystems/s/namespaces/1 device_path=/dev/nvme0n1",
              "create /ports/1 addr_trtype=tcp addr_adrfam=ipv4 addr_traddr=127.0.0.1"
                  + " addr_trsvcid=4420");

  private String why(String words) {
    TestShell.Said said = shell.type("why " + words);
    assertEquals(List.of(), said.problems());
    return said.text();
  }

  @Test
  void namesWhatHostsMiss() {
    String text = why("/subsystems/s/namespaces/1");
    assertTrue(text.contains("it is not enabled"), text);
    assertTrue(text.contains("linked to no port"), text);
    assertTrue(text.contains("no host may connect"), text);
    shell.has("set /subsystems/s attr_allow_any_host=1", "link s /ports/1");
    shell.has("enable /subsystems/s/namespaces/1");
    assertFalse(why("/subsystems/s/namespaces/1").contains("hosts see it"));
    shell.has("set /subsystems/s/namespaces/1 ana_grpid=3");
    assertTrue(why("/subsystems/s/namespaces/1").contains("/ports/1 has no ANA group 3"));
    shell.has("create /ports/1/ana_groups/3");
    assertTrue(why("/subsystems/s/namespaces/1").contains("group 3 is inaccessible on /ports/1"));
  }

  /** Each line it offers for a namespace is one to type, and then hosts see it. */
  @Test
  void whatHelpsHelps() {
    shell.has(
        "link /subsystems/s /ports/1",
        "set /subsystems/s attr_allow_any_host=1",
        "enable /subsystems/s/namespaces/1");
    String text = why("/subsystems/s/namespaces/1");
    assertFalse(text.contains("hosts see it"), text);
  }

  @Test
  void saysWhatIsLockedAndWhatHoldsIt() {
    shell.has("link s /ports/1");
    String text = why("/ports/1");
    assertTrue(text.contains("set addr_adrfam, addr_traddr and"), text);
    assertTrue(text.contains("while subsystems are linked (the kernel answers EACCES)"), text);
    assertTrue(text.contains("unlink it first:  unlink /ports/1/subsystems/s"), text);
    assertTrue(text.contains("cannot be removed while it holds /ports/1/subsystems/s"), text);
    assertTrue(why("/subsystems/s").contains("linked into /ports/1 (the kernel answers EBUSY)"));
  }

  @Test
  void ofAnAttributeItSaysWhetherItCanBeSet() {
    assertTrue(why("/ports/1/addr_trtype").contains("nothing is known that stands in the way"));
    shell.has("link s /ports/1");
    String text = why("/ports/1/addr_trtype");
    assertTrue(text.contains("while subsystems are linked"), text);
    assertTrue(text.contains("nvmet_is_port_enabled"), text);
  }

  @Test
  void theLastRefusalComesFirstUntilSomethingChanges() {
    shell.has("link s /ports/1");
    Problem refused = shell.type("delete /ports/1 --force").problem();
    assertEquals(Problem.Kind.REFUSED, refused.kind());
    String text = why("");
    assertTrue(text.startsWith("the last refusal\n  " + refused.message()), text);
    assertTrue(text.contains("path   /ports/1"), text);
    assertTrue(why("/ports/1").startsWith("the last refusal"));
    assertFalse(why("/subsystems/s").startsWith("the last refusal"));
    shell.has("create /hosts/h");
    assertFalse(why("/ports/1").startsWith("the last refusal"));
  }

  @Test
  void whatDoesNotExistHasARefusalAtMost() {
    assertEquals(Problem.Kind.NOT_FOUND, shell.type("why /ports/9").problem().kind());
    shell.type("create /ports/65536 --force");
    assertTrue(why("/ports/65536").contains("port id 65536 is not in 0 to 65535"));
  }

  @Test
  void offloadIsPartOfIt() {
    TestShell vendor = TestShell.on("ofed-4.1").has("create /subsystems/s");
    vendor.has("create /subsystems/s/namespaces/1 device_path=/dev/nvme0n1");
    String text = vendor.type("why /subsystems/s").text();
    assertTrue(text.contains("offload"), text);
  }

  @Test
  void tabCompletesDirectoriesAndAttributes() {
    List<String> offered =
        LineCompletion.candidates(shell.session().context(), "why /ports/1/addr_tr").stream()
            .map(Candidate::value)
            .toList();
    assertTrue(offered.contains("/ports/1/addr_trtype"), offered.toString());
  }

  @Test
  void nothingIsChanged() {
    assertEquals(ExitStatus.DONE, shell.type("why /").status());
    assertTrue(shell.tree().isDirectory(NvmetPath.parse("/ports/1")));
  }
}
