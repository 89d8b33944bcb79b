package io.nvmetsh.kernel.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nvmetsh.device.DumpSysTree;
import io.nvmetsh.device.Inventory;
import io.nvmetsh.kernel.Configfs;
import io.nvmetsh.kernel.Errno;
import io.nvmetsh.kernel.Refusal;
import io.nvmetsh.schema.NvmetPath;
import io.nvmetsh.schema.NvmetshException;
import io.nvmetsh.schema.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SimStateTest {

  private static final DumpSysTree MACHINE = DumpSysTree.defaultMachine();

  private final Path directory;

  SimStateTest(@TempDir Path directory) {
    this.directory = directory;
  }

  private Path file() {
    return directory.resolve("kernel.json");
  }

  private static SimProfile profile() {
    return SimProfile.named("7.3");
  }

  private static NvmetPath path(String text) {
    return NvmetPath.parse(text);
  }

  /** Something of everything, hidden knowledge and odd characters included. */
  private static void configure(Configfs configfs) throws Refusal {
    configfs.mkdir(path("/subsystems/s"));
    configfs.mkdir(path("/subsystems/été \"x\""));
    configfs.write(path("/subsystems/s/attr_model"), "Mod 1");
    configfs.mkdir(path("/subsystems/s/namespaces/1"));
    configfs.write(path("/subsystems/s/namespaces/1/device_path"), "/dev/nvme0n1");
    configfs.write(path("/subsystems/s/namespaces/1/enable"), "1");
    configfs.mkdir(path("/hosts/h"));
    configfs.write(path("/hosts/h/dhchap_key"), "DHHC-1:00:secret:");
    configfs.symlink(path("/subsystems/s/allowed_hosts/h"), path("/hosts/h"));
    configfs.mkdir(path("/ports/0x1"));
    configfs.write(path("/ports/0x1/addr_trtype"), "rdma");
    configfs.write(path("/ports/0x1/addr_adrfam"), "ipv4");
    configfs.write(path("/ports/0x1/addr_traddr"), "10.9.1.1");
    configfs.write(path("/ports/0x1/addr_trsvcid"), "4420");
    configfs.mkdir(path("/ports/0x1/ana_groups/2"));
    configfs.write(path("/ports/0x1/ana_groups/2/ana_state"), "change");
    configfs.mkdir(path("/ports/0x1/referrals/r"));
    configfs.write(path("/ports/0x1/referrals/r/enable"), "1");
    configfs.symlink(path("/ports/0x1/subsystems/other name"), path("/subsystems/s"));
  }

  @Test
  void aSavedKernelGoesOnWhereItWas() throws Refusal {
    SimTarget before = SimTarget.start(profile(), MACHINE);
    configure(before.kernel());
    before.save(file());
    SimTarget after = SimTarget.resume(profile(), MACHINE, file());
    assertEquals(Trees.of(before.kernel()), Trees.of(after.kernel()));
    assertTrue(new Inventory(after.target().sys()).module("nvmet_rdma").isPresent());
    // What is enabled is still locked, what is linked still held.
    assertEquals(Errno.EACCES, refusal(after, "/ports/0x1/addr_traddr", "1"));
    assertEquals(Errno.EBUSY, refusal(after, "/subsystems/s/namespaces/1/device_path", "/dev/x"));
    assertEquals(
        Errno.EBUSY,
        assertThrows(Refusal.class, () -> after.kernel().rmdir(path("/hosts/h"))).errno());
    after.save(file());
    assertEquals(
        Trees.of(before.kernel()), Trees.of(SimTarget.resume(profile(), MACHINE, file()).kernel()));
  }

  private static Errno refusal(SimTarget target, String attribute, String value) {
    return assertThrows(Refusal.class, () -> target.kernel().write(path(attribute), value)).errno();
  }

  @Test
  void hostsAndWhatTheyHaveSeenAreKept() throws Refusal {
    SimTarget before = SimTarget.start(profile(), MACHINE);
    configure(before.kernel());
    before.kernel().mkdir(path("/hosts/g"));
    before.kernel().symlink(path("/subsystems/s/allowed_hosts/g"), path("/hosts/g"));
    SimNode root = before.kernel().nvmet().root();
    SimNode subsystem = root.group("subsystems").group("s");
    SimNode port = root.group("ports").group("0x1");
    assertTrue(before.kernel().hosts().connect("g", subsystem, port).isPresent());
    before.save(file());
    SimTarget after = SimTarget.resume(profile(), MACHINE, file());
    assertEquals(Errno.EINVAL, refusal(after, "/subsystems/s/attr_model", "other"));
    assertEquals(1, after.kernel().nvmet().controllers().size());
  }

  @Test
  void modulesAreKept() throws Refusal {
    SimProfile ofed = SimProfile.named("ofed-4.1");
    SimTarget before = SimTarget.start(ofed, MACHINE);
    TreeMap<String, String> parameters = new TreeMap<>();
    parameters.put("offload_buffer_size", "256");
    before.target().modules().load("nvmet-rdma", parameters);
    before.save(file());
    Inventory after = new Inventory(SimTarget.resume(ofed, MACHINE, file()).target().sys());
    assertEquals("256", after.parameter("nvmet_rdma", "offload_buffer_size").orElseThrow());
    assertEquals("1", after.parameter("nvme", "num_p2p_queues").orElseThrow());
  }

  @Test
  void optionsAreKeptAndObeyed() throws Refusal {
    SimProfile ofed = SimProfile.named("ofed-4.1");
    TreeMap<String, String> options = new TreeMap<>();
    options.put("offload_buffer_size", "64");
    SimTarget before = SimTarget.resume(ofed, MACHINE, file());
    before.target().modules().setOptions("nvmet_rdma", options);
    // not saved: the log has it
    SimTarget killed = SimTarget.resume(ofed, MACHINE, file());
    assertEquals(options, new Inventory(killed.target().sys()).moduleConfig().own("nvmet_rdma"));
    killed.save(file());
    SimTarget after = SimTarget.resume(ofed, MACHINE, file());
    after.target().modules().load("nvmet_rdma", new TreeMap<>());
    Inventory inventory = new Inventory(after.target().sys());
    assertEquals("64", inventory.parameter("nvmet_rdma", "offload_buffer_size").orElseThrow());
    after.target().modules().unsetOptions("nvmet_rdma", new TreeSet<>());
    after.save(file());
    Inventory last = new Inventory(SimTarget.resume(ofed, MACHINE, file()).target().sys());
    assertEquals(Map.of(), last.moduleConfig().own("nvmet_rdma"));
  }

  @Test
  void aSeedMakesEverythingTheSameAlsoAcrossAFile() throws Refusal {
    SimTarget one = SimTarget.start(profile(), MACHINE, OptionalLong.of(7));
    SimTarget two = SimTarget.start(profile(), MACHINE, OptionalLong.of(7));
    configure(one.kernel());
    two.save(file());
    SimTarget resumed = SimTarget.resume(profile(), MACHINE, file());
    configure(resumed.kernel());
    assertEquals(Trees.of(one.kernel()), Trees.of(resumed.kernel()));
    SimTarget three = SimTarget.start(profile(), MACHINE);
    configure(three.kernel());
    assertNotEquals(Trees.of(one.kernel()), Trees.of(three.kernel()));
  }

  @Test
  void onlyTheOwnerMayReadTheFile() throws IOException {
    SimTarget.start(profile(), MACHINE).save(file());
    assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file())));
    SimTarget.start(profile(), MACHINE).save(file());
    try (Stream<Path> files = Files.list(directory)) {
      assertEquals(List.of(file()), files.toList());
    }
  }

  @Test
  void withoutAFileTheKernelIsNew() throws Refusal {
    SimTarget target = SimTarget.resume(profile(), MACHINE, file());
    assertEquals(List.of(), target.kernel().list(path("/subsystems")));
  }

  @Test
  void theStateOfAnotherKernelIsNotTaken() {
    SimTarget.start(profile(), MACHINE).save(file());
    Problem problem = problem(SimProfile.named("ofed-4.1"));
    assertEquals(Problem.Kind.FILE, problem.kind());
    assertTrue(problem.message().contains("7.3"), problem.message());
    assertTrue(problem.hints().get(0).contains("--sim=7.3"), problem.hints().toString());
  }

  private Problem problem(SimProfile profile) {
    return assertThrows(NvmetshException.class, () -> SimTarget.resume(profile, MACHINE, file()))
        .problem();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "[]",
        "{\"format\": \"something else\"}",
        "\"kernel\"",
      })
  void whatIsNoStateIsRefused(String content) throws IOException {
    Files.writeString(file(), content);
    assertEquals(Problem.Kind.FILE, problem(profile()).kind());
  }

  /** Each replaces a piece of a good file. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"attr_model\"=>\"attr_madel\"",
        "\"other name\" : \"s\"=>\"other name\" : \"t\"",
        "\"0x1\"=>\"port one\"",
        "\"drawn\" : 4=>\"drawn\" : \"four\"",
        "\"Mod 1\"=>[1]",
        "\"param_mdts\" : \"0\"=>\"param_mdts\" : \"many\"",
        "\"namespaces\"=>\"name spaces\"",
        "\"directories\"=>\"links\"",
      })
  void aDamagedFileIsRefused(String damage) throws IOException, Refusal {
    SimTarget before = SimTarget.start(profile(), MACHINE);
    before.kernel().mkdir(path("/ports/0x1"));
    before.kernel().mkdir(path("/subsystems/s"));
    before.kernel().write(path("/subsystems/s/attr_model"), "Mod 1");
    before.kernel().write(path("/ports/0x1/addr_trtype"), "loop");
    before.kernel().symlink(path("/ports/0x1/subsystems/other name"), path("/subsystems/s"));
    before.kernel().mkdir(path("/subsystems/s/namespaces/1"));
    before.save(file());
    String good = Files.readString(file());
    int arrow = damage.indexOf("=>");
    String old = damage.substring(0, arrow);
    assertTrue(good.contains(old), () -> old + " is not in " + good);
    Files.writeString(file(), good.replace(old, damage.substring(arrow + 2)));
    Problem problem = problem(profile());
    assertEquals(Problem.Kind.FILE, problem.kind());
    assertTrue(problem.message().contains("damaged"), problem.message());
  }

  @Test
  void aFileThatCannotBeWrittenIsSaidSo() {
    SimTarget target = SimTarget.start(profile(), MACHINE);
    Path nowhere = directory.resolve("missing/kernel.json");
    Problem problem = assertThrows(NvmetshException.class, () -> target.save(nowhere)).problem();
    assertEquals(Problem.Kind.FILE, problem.kind());
  }
}
