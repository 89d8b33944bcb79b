package io.nvmetsh.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nvmetsh.RandomTarget;
import io.nvmetsh.kernel.sim.SimProfile;
import io.nvmetsh.schema.KernelFlavor;
import io.nvmetsh.schema.NvmetPath;
import io.nvmetsh.schema.NvmetshException;
import io.nvmetsh.tree.Snapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigTest {

  private static final int TARGETS = 100;

  static List<String> profiles() {
    return SimProfile.names();
  }

  private static KernelFlavor flavor(String profile) {
    return RandomTarget.of(profile, 0).flavor();
  }

  private static String file(String name) throws IOException {
    return Files.readString(Path.of("src/test/resources/config", name));
  }

  private static ConfigWriter.Config written(Snapshot tree) {
    return ConfigWriter.of(tree, ConfigWriter.Besides.NOTHING);
  }

  @Test
  void nvmetclisFileIsWrittenByteForByte() throws IOException {
    String text = file("6.12.json");
    ConfigReader.Config read = ConfigReader.read("6.12.json", text, flavor("6.12"));
    assertEquals(List.of(), read.notes());
    assertEquals(text, written(read.tree()).text());
  }

  @Test
  void theFirstGenerationIsRead() throws IOException {
    ConfigReader.Config read =
        ConfigReader.read("old", file("first-generation.json"), flavor("6.12"));
    assertEquals(List.of(), read.notes());
    NvmetPath subsystem = NvmetPath.of("subsystems", "testnqn");
    assertTrue(read.tree().isOn(subsystem, "attr_allow_any_host"));
    assertEquals(
        subsystem,
        read.tree().linkTarget(NvmetPath.of("ports", "2", "subsystems", "testnqn")).orElseThrow());
    assertEquals("rdma", read.tree().value(NvmetPath.parse("/ports/2/addr_trtype")).orElseThrow());
  }

  /** Those that nvmetcli is shipped with; fc.json has an address that no simulated machine has. */
  @ParameterizedTest
  @ValueSource(strings = {"tcp", "rdma", "loop", "fc"})
  void nvmetclisSamplesAreRead(String name) throws IOException {
    ConfigReader.Config read =
        ConfigReader.read(name, file("samples/" + name + ".json"), flavor("6.12"));
    assertEquals(List.of(), read.notes());
    NvmetPath port = NvmetPath.of("ports", read.tree().directories(NvmetPath.of("ports")).get(0));
    assertEquals(name, read.tree().value(port.child("addr_trtype")).orElseThrow());
    assertEquals(1, read.tree().links(port.child("subsystems")).size());
    NvmetPath subsystem = read.tree().links(port.child("subsystems")).get(0).target();
    NvmetPath namespace = subsystem.child("namespaces").child("1");
    assertEquals("/dev/nvme0n1", read.tree().value(namespace.child("device_path")).orElseThrow());
    assertTrue(read.tree().isOn(namespace, "enable"));
  }

  @Test
  void aMistypedValueIsRefusedWithItsPlace() {
    NvmetshException no =
        assertThrows(
            NvmetshException.class,
            () ->
                ConfigReader.read(
                    "f.json",
                    "{\"ports\": [{\"portid\": 1, \"addr\": {\"trsvcid\": \"99999\"}}]}",
                    flavor("6.12")));
    assertEquals(
        "f.json: /ports/1/addr_trsvcid cannot be 99999: it is not in 0 to 65535",
        no.problem().message());
  }

  @ParameterizedTest
  @MethodSource("profiles")
  void whatIsReadIsWhatWasWritten(String profile) {
    int withExtra = 0;
    for (int seed = 0; seed < TARGETS; seed++) {
      Snapshot tree = RandomTarget.snapshot(RandomTarget.of(profile, seed));
      ConfigWriter.Config written = written(tree);
      ConfigReader.Config read = ConfigReader.read("file", written.text(), tree.flavor());
      String title = profile + ", seed " + seed + "\n" + written.text();
      assertEquals(List.of(), read.notes(), title);
      assertEquals(written.secrets(), read.secrets(), title);
      assertEquals(written.text(), again(read, written), title);
      withExtra += written.text().contains("\"nvmetsh\"") ? 1 : 0;
    }
    assertTrue(withExtra > 0, "nothing that nvmetcli cannot hold");
  }

  /** The names of secrets are all that is known of them. */
  private static String again(ConfigReader.Config read, ConfigWriter.Config written) {
    for (NvmetPath secret : written.secrets()) {
      read.tree().set(secret, "DHHC-1:00:secret:");
    }
    String text = written(read.tree()).text();
    assertFalse(text.contains("DHHC-1"), text);
    return text;
  }

  @Test
  void whatThisKernelLacksIsLeftOutAndSaid() throws IOException {
    ConfigReader.Config read = ConfigReader.read("f", file("6.12.json"), flavor("5.10"));
    assertTrue(
        read.notes().contains("this kernel has no addr_tsas, left out: /ports/1/addr_tsas"),
        read.notes().toString());
    assertTrue(
        read.notes().contains("this kernel has no passthru, left out: subsystems[0].passthru"),
        read.notes().toString());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{}",
        "[]",
        "null",
        "{\"hosts\": [",
        "{\"hosts\": []} x",
        "{\"hosts\": [], \"hosts\": []}",
        "{\"hosts\": {}}",
        "{\"hosts\": [{}]}",
        "{\"hosts\": [{\"nqn\": \"\"}]}",
        "{\"hosts\": [{\"nqn\": \"a\"}, {\"nqn\": \"a\"}]}",
        "{\"subsystems\": [{\"nqn\": \"../../x\"}]}",
        "{\"subsystems\": [{\"nqn\": \"a\", \"attr\": {\"/../x\": \"1\"}}]}",
        "{\"subsystems\": [{\"nqn\": \"a\", \"allowed_hosts\": [\"..\"]}]}",
        "{\"ports\": [{\"portid\": 1, \"referrals\": [{\"name\": \"../../../x\"}]}]}",
        "{\"ports\": [{\"portid\": 1, \"subsystems\": [\"a\\u0000\"]}]}",
        "{\"ports\": [{\"portid\": 1, \"addr\": \"x\"}]}",
        "{\"ports\": [{\"portid\": 1, \"addr\": {\"traddr\": null}}]}",
        "{\"ports\": [{\"portid\": 1, \"subsystems\": [1]}]}",
        "{\"hosts\": [], \"nvmetsh\": {\"attributes\": {\"/ports/1/x\": \"1\"}}}",
        "{\"hosts\": [], \"nvmetsh\": {\"links\": {\"/ports/1/subsystems/x\": \"/hosts/y\"}}}"
      })
  void whatIsNoConfigurationIsRefusedAsAWhole(String text) {
    NvmetshException no =
        assertThrows(
            NvmetshException.class, () -> ConfigReader.read("file.json", text, flavor("6.12")));
    assertTrue(no.problem().message().startsWith("file.json: "), no.problem().message());
    assertFalse(no.problem().hints().isEmpty());
  }
}
