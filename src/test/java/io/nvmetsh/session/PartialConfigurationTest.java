package io.nvmetsh.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nvmetsh.TestShell;
import io.nvmetsh.TestShell.Said;
import io.nvmetsh.schema.ExitStatus;
import io.nvmetsh.schema.NvmetPath;
import io.nvmetsh.schema.Problem;
import io.nvmetsh.tree.Comparison;
import io.nvmetsh.tree.Snapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Part of a target saved, loaded, put into another; and files of a machine whose drives moved. */
class PartialConfigurationTest {

  private static final String[] TARGET = {
    "create /hosts/web1",
    "create /hosts/web2",
    "create /subsystems/a",
    "create /subsystems/a/namespaces/1 device_path=/dev/nvme0n1 enable=1",
    "link /hosts/web1 /subsystems/a",
    "create /subsystems/b attr_allow_any_host=1",
    "create /ports/1 addr_trtype=tcp addr_adrfam=ipv4 addr_traddr=10.9.1.1 addr_trsvcid=4420",
    "create /ports/2 addr_trtype=tcp addr_adrfam=ipv4 addr_traddr=10.9.1.1 addr_trsvcid=4421",
    "link a /ports/1",
    "link b /ports/1",
  };

  @TempDir Path folder;

  private TestShell target() {
    return TestShell.in(folder, "6.12").has(TARGET);
  }

  private static void isAs(Snapshot before, TestShell shell) {
    Snapshot after = Snapshot.of(shell.tree());
    assertEquals(List.of(), Comparison.of(before, after));
    assertEquals(List.of(), Comparison.of(after, before));
  }

  @Test
  void aSubsystemThatWasDeletedComesBackAloneAndExported() {
    TestShell shell = target().has("save all.json");
    Snapshot before = Snapshot.of(shell.tree());
    shell.has("delete -r /subsystems/a", "delete /hosts/web1");
    shell.has("create /subsystems/since", "set /subsystems/b attr_serial=S2");
    String plan = shell.type("plan all.json --only /subsystems/a").text();
    assertFalse(plan.contains("since") || plan.contains("/subsystems/b"), plan);
    shell.has(
        "load all.json --only /subsystems/a", "plan all.json --only /subsystems/a --exit-code");
    assertEquals(
        "S2", shell.tree().value(NvmetPath.parse("/subsystems/b/attr_serial")).get().strip());
    shell.has("delete /subsystems/since", "load all.json");
    isAs(before, shell);
  }

  @Test
  void aPartIsPutIntoWhateverIsThere() throws IOException {
    target().has("save a.json --only /subsystems/a");
    String text = Files.readString(folder.resolve("a.json"));
    assertTrue(text.contains("\"web1\"") && !text.contains("web2"), text);
    assertTrue(text.contains("\"ports\": []"), text);
    TestShell other = TestShell.in(folder, "6.12").has("create /subsystems/own", "load a.json");
    assertEquals(List.of("a", "own"), other.tree().directories(NvmetPath.of("subsystems")));
    assertEquals(List.of("web1"), other.tree().directories(NvmetPath.of("hosts")));
    other.has("diff a.json", "plan a.json --exit-code");
    other.has("cd /subsystems", "save here.json --only a", "diff a.json here.json");
  }

  @Test
  void aPortBringsWhatItExports() {
    target().has("save port.json --only /ports/1");
    TestShell other = TestShell.in(folder, "6.12").has("load port.json");
    assertEquals(List.of("a", "b"), other.tree().linkNames(NvmetPath.parse("/ports/1/subsystems")));
    assertEquals(List.of("1"), other.tree().directories(NvmetPath.of("ports")));
  }

  @Test
  void aMergeRemovesNothing() {
    target().has("save all.json");
    TestShell other =
        TestShell.in(folder, "6.12")
            .has("create /subsystems/own", "create /subsystems/b", "create /ports/9");
    String plan = other.type("plan all.json --merge").text();
    assertFalse(plan.lines().anyMatch(line -> line.startsWith("-")), plan);
    other.has("load all.json --merge", "plan all.json --merge --exit-code");
    assertEquals(List.of("a", "b", "own"), other.tree().directories(NvmetPath.of("subsystems")));
    assertEquals(List.of("1", "2", "9"), other.tree().directories(NvmetPath.of("ports")));
  }

  @Test
  void whatCannotBeHadAloneIsRefused() {
    TestShell shell = target().has("save all.json");
    for (String line :
        List.of(
            "save x.json --only /subsystems/a/namespaces/1",
            "load all.json --only /ports",
            "load all.json --only /subsystems/nothing")) {
      Problem no = shell.refuses(line);
      assertFalse(no.hints().isEmpty(), no.toString());
    }
    assertFalse(Files.exists(folder.resolve("x.json")));
  }

  @Test
  void filesAreComparedWhateverTheirOrder() throws IOException {
    target().has("save a.json");
    String text = Files.readString(folder.resolve("a.json"));
    String hosts = "{\n      \"dhchap\"";
    assertTrue(text.contains(hosts), text);
    Files.writeString(
        folder.resolve("b.json"),
        text.replace("web1", "web3").replace("web2", "web1").replace("web3", "web2"));
    Said diff = TestShell.in(folder, "6.12").type("diff a.json b.json");
    // the two hosts have changed places, and so has who is let in
    assertEquals(ExitStatus.PENDING, diff.status());
    assertEquals(2, diff.text().lines().skip(1).count(), diff.text());
    assertTrue(diff.text().contains("/subsystems/a/allowed_hosts/web1"), diff.text());
  }

  /** The names of drives go to whichever answers first. */
  @Test
  void anotherDriveUnderTheSameNameIsNotExported() throws IOException {
    target().has("save a.json --devices");
    assertTrue(Files.readString(folder.resolve("a.json")).contains("\"serial "));
    TestShell.in(folder, "6.12").has("load a.json");
    String machine = TestShell.defaultMachine();
    String serial = TestShell.on("6.12").inventory().drives().get(0).serial().strip();
    TestShell moved =
        TestShell.in(folder, "6.12", machine.replace(serial, serial.replaceFirst(".$", "Z")));
    Snapshot before = Snapshot.of(moved.tree());
    Problem no = moved.refuses("load a.json");
    assertTrue(no.message().contains("/dev/nvme0n1 is another drive"), no.message());
    isAs(before, moved);
    assertTrue(moved.type("plan a.json").text().contains("is another drive"));
    moved.has("load a.json --force");
  }

  @Test
  void aFileOfANewerFormIsRefused() throws IOException {
    target().has("save a.json --devices");
    String text = Files.readString(folder.resolve("a.json"));
    assertTrue(text.contains("\"format\": 1"), text);
    Files.writeString(folder.resolve("a.json"), text.replace("\"format\": 1", "\"format\": 2"));
    assertTrue(target().refuses("load a.json").message().contains("newer nvmetsh"));
  }
}
