package io.nvmetsh.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.nvmetsh.kernel.Configfs.Entry;
import io.nvmetsh.kernel.Configfs.EntryType;
import io.nvmetsh.schema.Attribute;
import io.nvmetsh.schema.KernelFlavor;
import io.nvmetsh.schema.NodeKind;
import io.nvmetsh.schema.NvmetPath;
import io.nvmetsh.schema.NvmetSchema;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What we believe of nvmet's configfs, one method a belief: true of every kernel, simulated or
 * real. The comments name the kernel function that makes it so.
 */
public abstract class ConfigfsContract {

  private static final String DISCOVERY = "nqn.2014-08.org.nvmexpress.discovery";

  protected abstract Configfs configfs();

  protected abstract KernelFlavor flavor();

  /** A block device that nobody uses. */
  protected abstract String device();

  // Each test begins and ends with an empty target. A configured one is never touched.

  @BeforeEach
  final void beginEmpty() throws Refusal {
    for (String group : List.of("subsystems", "ports", "hosts")) {
      assertEquals(List.of(), configfs().list(NvmetPath.of(group)), "the target is not empty");
    }
  }

  @AfterEach
  final void endEmpty() throws Refusal {
    for (String port : names("/ports")) {
      removeAll("/ports/" + port + "/subsystems");
      removeAll("/ports/" + port + "/referrals");
      if (exists("/ports/" + port, "ana_groups")) {
        for (String group : names("/ports/" + port + "/ana_groups")) {
          if (!group.equals("1")) {
            configfs().rmdir(path("/ports/" + port + "/ana_groups").child(group));
          }
        }
      }
    }
    removeAll("/ports");
    for (String subsystem : names("/subsystems")) {
      NvmetPath at = path("/subsystems").child(subsystem);
      removeAll(at.child("namespaces"));
      removeAll(at.child("allowed_hosts"));
    }
    removeAll("/subsystems");
    removeAll("/hosts");
  }

  private void removeAll(String directory) throws Refusal {
    removeAll(path(directory));
  }

  private void removeAll(NvmetPath directory) throws Refusal {
    for (Entry entry : configfs().list(directory)) {
      if (entry.type() == EntryType.LINK) {
        configfs().unlink(directory.child(entry.name()));
      } else {
        configfs().rmdir(directory.child(entry.name()));
      }
    }
  }

  // Shorthand.

  protected static NvmetPath path(String text) {
    return NvmetPath.parse(text);
  }

  private void mkdir(String... directories) throws Refusal {
    for (String directory : directories) {
      configfs().mkdir(path(directory));
    }
  }

  private void write(String attribute, String value) throws Refusal {
    configfs().write(path(attribute), value);
  }

  private String read(String attribute) throws Refusal {
    return configfs().read(path(attribute));
  }

  private void link(String link, String target) throws Refusal {
    configfs().symlink(path(link), path(target));
  }

  private void refused(Errno errno, Executable operation) {
    assertEquals(errno, assertThrows(Refusal.class, operation).errno());
  }

  private List<String> names(String directory) throws Refusal {
    List<String> names = new ArrayList<>();
    for (Entry entry : configfs().list(path(directory))) {
      names.add(entry.name());
    }
    return names;
  }

  private boolean exists(String directory, String name) throws Refusal {
    return names(directory).contains(name);
  }

  private void makeSubsystem() throws Refusal {
    mkdir("/subsystems/s");
  }

  private void makeNamespace() throws Refusal {
    mkdir("/subsystems/s", "/subsystems/s/namespaces/1");
  }

  private void enableNamespace() throws Refusal {
    makeNamespace();
    write("/subsystems/s/namespaces/1/device_path", device());
    write("/subsystems/s/namespaces/1/enable", "1");
    assertEquals("1\n", read("/subsystems/s/namespaces/1/enable"));
  }

  private void makePort(String address, String service) throws Refusal {
    mkdir("/ports/1");
    write("/ports/1/addr_trtype", "tcp");
    write("/ports/1/addr_adrfam", "ipv4");
    write("/ports/1/addr_traddr", address);
    write("/ports/1/addr_trsvcid", service);
  }

  private void enablePort() throws Refusal {
    makeSubsystem();
    makePort("127.0.0.1", "4420");
    link("/ports/1/subsystems/s", "/subsystems/s");
  }

  // The shape of the tree.

  @Test
  void theRootHasItsThreeGroups() throws Refusal {
    assertTrue(names("/").containsAll(List.of("hosts", "ports", "subsystems")));
  }

  /** The schema has what the kernel lists, and the kernel what no build option can leave out. */
  @Test
  void everyDirectoryHasTheAttributesOfTheSchema() throws Refusal {
    makeNamespace();
    mkdir("/hosts/h", "/ports/1", "/ports/1/referrals/r", "/ports/1/ana_groups/2");
    for (String directory :
        List.of(
            "/",
            "/hosts/h",
            "/subsystems/s",
            "/subsystems/s/namespaces/1",
            "/ports/1",
            "/ports/1/referrals/r",
            "/ports/1/ana_groups/1",
            "/ports/1/ana_groups/2")) {
      NodeKind kind = path(directory).kind().orElseThrow();
      Set<String> possible = new TreeSet<>();
      Set<String> certain = new TreeSet<>();
      for (Attribute row : NvmetSchema.of(kind, flavor())) {
        possible.add(row.name());
        if (row.since().feature().isEmpty()) {
          certain.add(row.name());
        }
      }
      Set<String> actual = attributes(directory);
      assertTrue(possible.containsAll(actual), () -> directory + ": " + actual);
      assertTrue(actual.containsAll(certain), () -> directory + ": " + actual);
      assertTrue(kind.defaultGroups(flavor()).containsAll(directories(directory)), directory);
    }
  }

  private Set<String> attributes(String directory) throws Refusal {
    return named(directory, EntryType.ATTRIBUTE);
  }

  private Set<String> directories(String directory) throws Refusal {
    return named(directory, EntryType.DIRECTORY);
  }

  private Set<String> named(String directory, EntryType type) throws Refusal {
    Set<String> names = new TreeSet<>();
    for (Entry entry : configfs().list(path(directory))) {
      if (entry.type() == type) {
        names.add(entry.name());
      }
    }
    return names;
  }

  @Test
  void listingIsInNaturalOrder() throws Refusal {
    mkdir("/ports/10", "/ports/9", "/ports/1");
    assertEquals(List.of("1", "9", "10"), names("/ports"));
  }

  @Test
  void listingWhatIsNoDirectory() throws Refusal {
    makeSubsystem();
    refused(Errno.ENOENT, () -> names("/subsystems/t"));
    refused(Errno.ENOTDIR, () -> names("/subsystems/s/attr_allow_any_host"));
  }

  // configfs_mkdir

  @Test
  void mkdirOfWhatExists() throws Refusal {
    makeNamespace();
    refused(Errno.EEXIST, () -> mkdir("/subsystems/s"));
    refused(Errno.EEXIST, () -> mkdir("/subsystems/s/namespaces/1"));
    refused(Errno.EEXIST, () -> mkdir("/subsystems/s/namespaces"));
    refused(Errno.EEXIST, () -> mkdir("/subsystems/s/attr_allow_any_host"));
    refused(Errno.EEXIST, () -> mkdir("/subsystems"));
  }

  /** A name that exists is found before it is judged. */
  @Test
  void anExistingNameIsNotJudged() throws Refusal {
    mkdir("/ports/1");
    refused(Errno.EEXIST, () -> mkdir("/ports/1/ana_groups/1"));
    refused(Errno.EINVAL, () -> mkdir("/ports/1/ana_groups/01"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/x",
        "/subsystems/s/x",
        "/subsystems/s/allowed_hosts/x",
        "/subsystems/s/namespaces/1/x",
        "/ports/1/x",
        "/ports/1/subsystems/x",
        "/ports/1/referrals/r/x",
        "/ports/1/ana_groups/1/x",
        "/hosts/h/x"
      })
  void mkdirWhereNothingIsMade(String directory) throws Refusal {
    makeNamespace();
    mkdir("/ports/1", "/ports/1/referrals/r", "/hosts/h");
    refused(Errno.EPERM, () -> mkdir(directory));
  }

  @Test
  void mkdirWithoutAParent() {
    refused(Errno.ENOENT, () -> mkdir("/subsystems/s/namespaces/1"));
    refused(Errno.ENOENT, () -> mkdir("/ports/1/referrals/r"));
  }

  @Test
  void mkdirBelowAnAttribute() throws Refusal {
    makeSubsystem();
    refused(Errno.ENOTDIR, () -> mkdir("/subsystems/s/attr_allow_any_host/x"));
  }

  /** The name's length counts in bytes, and before the place is judged (configfs_lookup). */
  @Test
  void namesHaveAtMost255Bytes() throws Refusal {
    mkdir("/hosts/" + "h".repeat(255));
    refused(Errno.ENAMETOOLONG, () -> mkdir("/hosts/" + "h".repeat(256)));
    refused(Errno.ENAMETOOLONG, () -> mkdir("/hosts/" + "é".repeat(128)));
    refused(Errno.ENAMETOOLONG, () -> mkdir("/" + "h".repeat(256)));
  }

  /** nvmet_subsys_make and nvmet_hosts_make_group look at no character of a name. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "a b", "'", "\"", "$(date)", "a;b", "-x", ".hidden", "a\nb", "été", "nqn.", "*", "\\", "~"
      })
  void anyNameWillDo(String name) throws Refusal {
    configfs().mkdir(path("/subsystems").child(name));
    configfs().mkdir(path("/hosts").child(name));
    configfs()
        .symlink(
            path("/subsystems").child(name).child("allowed_hosts").child(name),
            path("/hosts").child(name));
    assertEquals(List.of(name), names("/subsystems"));
    assertEquals(
        path("/hosts").child(name),
        configfs().readlink(path("/subsystems").child(name).child("allowed_hosts").child(name)));
  }

  /** No path leads out of the tree, whatever a name holds. */
  @ParameterizedTest
  @ValueSource(strings = {"..", ".", "a/b", "../../etc", "a\0b"})
  void noNameLeadsElsewhere(String name) {
    refused(Errno.EINVAL, () -> configfs().mkdir(path("/hosts").child(name)));
    refused(Errno.EINVAL, () -> configfs().rmdir(path("/hosts").child(name)));
    refused(Errno.EINVAL, () -> configfs().unlink(path("/hosts").child(name)));
    refused(Errno.EINVAL, () -> configfs().read(path("/").child(name)));
    refused(Errno.EINVAL, () -> configfs().write(path("/").child(name), "x"));
    refused(Errno.EINVAL, () -> configfs().list(path("/").child(name)));
  }

  // configfs_rmdir

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/subsystems",
        "/ports",
        "/hosts",
        "/subsystems/s/namespaces",
        "/subsystems/s/allowed_hosts",
        "/ports/1/subsystems",
        "/ports/1/referrals",
        "/ports/1/ana_groups",
        "/ports/1/ana_groups/1"
      })
  void rmdirOfWhatTheKernelMade(String directory) throws Refusal {
    makeSubsystem();
    mkdir("/ports/1");
    refused(Errno.EPERM, () -> configfs().rmdir(path(directory)));
  }

  @Test
  void rmdirOfWhatIsNoDirectory() throws Refusal {
    makeSubsystem();
    mkdir("/hosts/h");
    link("/subsystems/s/allowed_hosts/h", "/hosts/h");
    refused(Errno.ENOENT, () -> configfs().rmdir(path("/subsystems/t")));
    refused(Errno.ENOTDIR, () -> configfs().rmdir(path("/subsystems/s/allowed_hosts/h")));
    refused(Errno.ENOTDIR, () -> configfs().rmdir(path("/subsystems/s/attr_allow_any_host")));
    assertEquals(List.of("h"), names("/subsystems/s/allowed_hosts"));
  }

  /** configfs_detach_prep */
  @Test
  void rmdirOfWhatIsLinked() throws Refusal {
    makeNamespace();
    mkdir("/hosts/h");
    link("/subsystems/s/allowed_hosts/other", "/hosts/h");
    refused(Errno.EBUSY, () -> configfs().rmdir(path("/hosts/h")));
    configfs().unlink(path("/subsystems/s/allowed_hosts/other"));
    configfs().rmdir(path("/hosts/h"));
  }

  @Test
  void rmdirOfASubsystemThatIsExportedIsBusyBeforeItIsNotEmpty() throws Refusal {
    enablePort();
    mkdir("/subsystems/s/namespaces/1");
    refused(Errno.EBUSY, () -> configfs().rmdir(path("/subsystems/s")));
  }

  @Test
  void rmdirOfWhatHoldsSomething() throws Refusal {
    makeNamespace();
    mkdir("/hosts/h", "/ports/1", "/ports/1/referrals/r", "/ports/2", "/ports/2/ana_groups/2");
    refused(Errno.ENOTEMPTY, () -> configfs().rmdir(path("/subsystems/s")));
    refused(Errno.ENOTEMPTY, () -> configfs().rmdir(path("/ports/1")));
    refused(Errno.ENOTEMPTY, () -> configfs().rmdir(path("/ports/2")));
    configfs().rmdir(path("/subsystems/s/namespaces/1"));
    link("/subsystems/s/allowed_hosts/h", "/hosts/h");
    refused(Errno.ENOTEMPTY, () -> configfs().rmdir(path("/subsystems/s")));
  }

  @Test
  void rmdirTakesAnEnabledNamespaceAndReferral() throws Refusal {
    enableNamespace();
    configfs().rmdir(path("/subsystems/s/namespaces/1"));
    mkdir("/ports/1", "/ports/1/referrals/r");
    write("/ports/1/referrals/r/enable", "1");
    configfs().rmdir(path("/ports/1/referrals/r"));
    assertEquals(List.of(), names("/subsystems/s/namespaces"));
    assertEquals(List.of(), names("/ports/1/referrals"));
  }

  // configfs_symlink, configfs_unlink

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/l",
        "/hosts/l",
        "/subsystems/l",
        "/subsystems/s/l",
        "/subsystems/s/namespaces/l",
        "/ports/1/l",
        "/ports/1/referrals/l"
      })
  void symlinkWhereNothingIsLinked(String link) throws Refusal {
    makeSubsystem();
    mkdir("/ports/1");
    refused(Errno.EPERM, () -> link(link, "/subsystems/s"));
    refused(Errno.EPERM, () -> link(link, "/subsystems/missing"));
  }

  @Test
  void symlinkToWhatIsNoItem() throws Refusal {
    makeSubsystem();
    mkdir("/ports/1", "/hosts/h");
    refused(Errno.ENOENT, () -> link("/ports/1/subsystems/s", "/subsystems/missing"));
    refused(
        Errno.ENOTDIR, () -> link("/ports/1/subsystems/s", "/subsystems/s/attr_allow_any_host"));
    refused(Errno.EINVAL, () -> link("/ports/1/subsystems/s", "/hosts/h"));
    refused(Errno.EINVAL, () -> link("/ports/1/subsystems/s", "/subsystems"));
    refused(Errno.EINVAL, () -> link("/ports/1/subsystems/s", "/subsystems/s/namespaces"));
    refused(Errno.EINVAL, () -> link("/subsystems/s/allowed_hosts/s", "/subsystems/s"));
    refused(Errno.EINVAL, () -> link("/subsystems/s/allowed_hosts/s", "/hosts"));
  }

  /** filename_create looks for the link's name before anything else is looked at. */
  @Test
  void symlinkOfAnExistingName() throws Refusal {
    makeSubsystem();
    mkdir("/hosts/h", "/hosts/i");
    link("/subsystems/s/allowed_hosts/h", "/hosts/h");
    refused(Errno.EEXIST, () -> link("/subsystems/s/allowed_hosts/h", "/hosts/i"));
    refused(Errno.EEXIST, () -> link("/subsystems/s/allowed_hosts/h", "/hosts/missing"));
    refused(Errno.EEXIST, () -> link("/subsystems/s/namespaces", "/hosts/i"));
  }

  @Test
  void oneHostIsLinkedOnce() throws Refusal {
    makeSubsystem();
    mkdir("/hosts/h");
    link("/subsystems/s/allowed_hosts/h", "/hosts/h");
    refused(Errno.EEXIST, () -> link("/subsystems/s/allowed_hosts/again", "/hosts/h"));
  }

  @Test
  void oneSubsystemIsLinkedOnceToAPort() throws Refusal {
    enablePort();
    refused(Errno.EEXIST, () -> link("/ports/1/subsystems/again", "/subsystems/s"));
  }

  /** configfs_get_target_path makes up where a link leads; its own name does not matter. */
  @Test
  void readlinkNamesTheItem() throws Refusal {
    makeSubsystem();
    mkdir("/hosts/h");
    link("/subsystems/s/allowed_hosts/other", "/hosts/h");
    assertEquals(path("/hosts/h"), configfs().readlink(path("/subsystems/s/allowed_hosts/other")));
    refused(Errno.EINVAL, () -> configfs().readlink(path("/hosts/h")));
    refused(Errno.ENOENT, () -> configfs().readlink(path("/subsystems/s/allowed_hosts/h")));
  }

  @Test
  void whatIsBehindALinkCanBeUsedThroughIt() throws Refusal {
    enablePort();
    write("/ports/1/subsystems/s/attr_allow_any_host", "1");
    assertEquals("1\n", read("/subsystems/s/attr_allow_any_host"));
    assertTrue(exists("/ports/1/subsystems/s", "namespaces"));
    refused(Errno.EEXIST, () -> mkdir("/ports/1/subsystems/s"));
  }

  @Test
  void unlinkOfWhatIsNoLink() throws Refusal {
    makeSubsystem();
    refused(Errno.EISDIR, () -> configfs().unlink(path("/subsystems/s")));
    refused(Errno.EISDIR, () -> configfs().unlink(path("/subsystems/s/namespaces")));
    refused(Errno.EPERM, () -> configfs().unlink(path("/subsystems/s/attr_allow_any_host")));
    refused(Errno.ENOENT, () -> configfs().unlink(path("/subsystems/s/allowed_hosts/h")));
    refused(Errno.ENOENT, () -> configfs().unlink(path("/subsystems/t/allowed_hosts/h")));
  }

  // Attribute files.

  @Test
  void readingAndWritingWhatIsNoAttribute() throws Refusal {
    makeSubsystem();
    refused(Errno.ENOENT, () -> read("/subsystems/s/missing"));
    refused(Errno.ENOENT, () -> read("/subsystems/t/attr_allow_any_host"));
    refused(Errno.EISDIR, () -> read("/subsystems/s"));
    refused(Errno.ENOENT, () -> write("/subsystems/s/missing", "1"));
    refused(Errno.EISDIR, () -> write("/subsystems/s/namespaces", "1"));
    refused(Errno.ENOTDIR, () -> write("/subsystems/s/attr_allow_any_host/x", "1"));
  }

  /** __configfs_open_file */
  @Test
  void revalidateSizeCanOnlyBeWritten() throws Refusal {
    makeNamespace();
    assumeTrue(exists("/subsystems/s/namespaces/1", "revalidate_size"));
    refused(Errno.EACCES, () -> read("/subsystems/s/namespaces/1/revalidate_size"));
    refused(Errno.EINVAL, () -> write("/subsystems/s/namespaces/1/revalidate_size", "1"));
  }

  /** kstrtobool looks at the first character only. */
  @Test
  void booleansAreReadByTheirFirstCharacter() throws Refusal {
    makeSubsystem();
    for (String value : List.of("1", "y", "Yes", "1junk", "on", "oN", "1\n")) {
      write("/subsystems/s/attr_allow_any_host", value);
      assertEquals("1\n", read("/subsystems/s/attr_allow_any_host"), value);
    }
    for (String value : List.of("0", "n", "No", "0x1", "off", "oF\n")) {
      write("/subsystems/s/attr_allow_any_host", value);
      assertEquals("0\n", read("/subsystems/s/attr_allow_any_host"), value);
    }
    for (String value : List.of(" 1", "2", "-1", "\n", "o", "ox", "+1")) {
      refused(Errno.EINVAL, () -> write("/subsystems/s/attr_allow_any_host", value));
    }
  }

  /** fill_write_buffer ends the text at a NUL. */
  @Test
  void aNulByteEndsTheValue() throws Refusal {
    makeSubsystem();
    assumeTrue(exists("/subsystems/s", "attr_model"));
    write("/subsystems/s/attr_model", "abc\0def");
    assertEquals("abc\n", read("/subsystems/s/attr_model"));
  }

  // Subsystems.

  /** nvmet_subsys_make */
  @Test
  void theDiscoverySubsystemsNameIsTaken() {
    refused(Errno.EINVAL, () -> mkdir("/subsystems/" + DISCOVERY));
    refused(Errno.EINVAL, () -> configfs().mkdir(path("/subsystems").child(DISCOVERY + "\n")));
  }

  /** nvmet_subsys_attr_allow_any_host_store, nvmet_allowed_hosts_allow_link */
  @Test
  void anyHostAndCertainHostsExcludeEachOther() throws Refusal {
    makeSubsystem();
    mkdir("/hosts/h");
    write("/subsystems/s/attr_allow_any_host", "1");
    refused(Errno.EINVAL, () -> link("/subsystems/s/allowed_hosts/h", "/hosts/h"));
    write("/subsystems/s/attr_allow_any_host", "0");
    link("/subsystems/s/allowed_hosts/h", "/hosts/h");
    refused(Errno.EINVAL, () -> write("/subsystems/s/attr_allow_any_host", "1"));
    write("/subsystems/s/attr_allow_any_host", "0");
  }

  /** nvmet_subsys_attr_serial_store */
  @Test
  void serialNumbers() throws Refusal {
    makeSubsystem();
    String serial = "/subsystems/s/attr_serial";
    assertFalse(read(serial).isBlank());
    refused(Errno.EINVAL, () -> write(serial, "\n"));
    if (flavor().linux().atLeast(5, 15)) {
      write(serial, "abc 1\n");
      assertEquals("abc 1" + " ".repeat(15) + "\n", read(serial));
      refused(Errno.EINVAL, () -> write(serial, "x".repeat(21)));
      refused(Errno.EINVAL, () -> write(serial, "é"));
    } else {
      write(serial, "0xABCxyz");
      assertEquals("abc\n", read(serial));
      refused(Errno.EINVAL, () -> write(serial, "xyz"));
    }
  }

  /** nvmet_subsys_attr_model_store */
  @Test
  void modelNumbers() throws Refusal {
    makeSubsystem();
    String model = "/subsystems/s/attr_model";
    assertEquals("Linux\n", read(model));
    write(model, "Model 1\n");
    assertEquals("Model 1\n", read(model));
    refused(Errno.EINVAL, () -> write(model, "\n"));
    refused(Errno.EINVAL, () -> write(model, "a\tb"));
    if (flavor().linux().atLeast(5, 13)) {
      refused(Errno.EINVAL, () -> write(model, "x".repeat(41)));
    } else {
      write(model, "x".repeat(41));
    }
  }

  /** sscanf and NVME_VS: no range is checked. */
  @Test
  void versionNumbers() throws Refusal {
    makeSubsystem();
    String version = "/subsystems/s/attr_version";
    assertEquals(flavor().linux().atLeast(6, 14) ? "2.1\n" : "1.3\n", read(version));
    List<String> pairs =
        List.of(
            "1.4",
            "1.4",
            "1.3.1",
            "1.3.1",
            " 2.0junk",
            "2.0",
            "01.010",
            "1.10",
            "1.3.0.9",
            "1.3",
            "70000.300.300",
            "4465.45.44",
            "-1.2",
            "281474976710655.2",
            "4294967297.1",
            "1.1");
    for (int i = 0; i < pairs.size(); i += 2) {
      write(version, pairs.get(i));
      assertEquals(pairs.get(i + 1) + "\n", read(version), pairs.get(i));
    }
    for (String bad : List.of("1", "x", "1.x", "+1.2", "\n")) {
      refused(Errno.EINVAL, () -> write(version, bad));
    }
  }

  /** {@code sscanf("%hu")} wraps; the order of the two is checked afterwards. */
  @Test
  void controllerIds() throws Refusal {
    makeSubsystem();
    String least = "/subsystems/s/attr_cntlid_min";
    String most = "/subsystems/s/attr_cntlid_max";
    assertEquals("1\n", read(least));
    assertEquals("65519\n", read(most));
    write(least, "70000");
    assertEquals("4464\n", read(least));
    write(least, " 5.5");
    assertEquals("5\n", read(least));
    refused(Errno.EINVAL, () -> write(most, "4"));
    refused(Errno.EINVAL, () -> write(least, "65520"));
    for (String bad : List.of("0", "0x10", "-1", "+5", "65536", "x")) {
      refused(Errno.EINVAL, () -> write(least, bad));
    }
    write(most, "6");
    if (flavor().linux().atLeast(6, 8)) {
      write(least, "6");
    } else {
      refused(Errno.EINVAL, () -> write(least, "6"));
    }
  }

  @Test
  void queueCounts() throws Refusal {
    makeSubsystem();
    assumeTrue(exists("/subsystems/s", "attr_qid_max"));
    String most = "/subsystems/s/attr_qid_max";
    assertEquals("128\n", read(most));
    write(most, "65537");
    assertEquals("1\n", read(most));
    refused(Errno.EINVAL, () -> write(most, "129"));
    refused(Errno.EINVAL, () -> write(most, "0"));
  }

  /** kstrtou32 takes octal and hexadecimal. */
  @Test
  void organisationIds() throws Refusal {
    makeSubsystem();
    assumeTrue(exists("/subsystems/s", "attr_ieee_oui"));
    String oui = "/subsystems/s/attr_ieee_oui";
    assertEquals("0x000000\n", read(oui));
    List<String> pairs =
        List.of("123456", "0x01e240", "0xABC\n", "0x000abc", "010", "0x000008", "+1", "0x000001");
    for (int i = 0; i < pairs.size(); i += 2) {
      write(oui, pairs.get(i));
      assertEquals(pairs.get(i + 1) + "\n", read(oui), pairs.get(i));
    }
    refused(Errno.EINVAL, () -> write(oui, "0x1000000"));
    refused(Errno.EINVAL, () -> write(oui, "08"));
    refused(Errno.EINVAL, () -> write(oui, "-1"));
    refused(Errno.EINVAL, () -> write(oui, "1 "));
    refused(Errno.ERANGE, () -> write(oui, "4294967296"));
  }

  // Namespaces.

  /** nvmet_ns_make: kstrtou32, then the two reserved numbers. */
  @Test
  void namespaceIds() throws Refusal {
    makeSubsystem();
    mkdir("/subsystems/s/namespaces/4294967294", "/subsystems/s/namespaces/0x10");
    for (String bad : List.of("0", "4294967295", "x", "-1", "1.5")) {
      refused(Errno.EINVAL, () -> mkdir("/subsystems/s/namespaces/" + bad));
    }
    refused(Errno.EINVAL, () -> mkdir("/subsystems/s/namespaces/1 "));
    refused(Errno.ERANGE, () -> mkdir("/subsystems/s/namespaces/4294967296"));
  }

  /** nvmet_ns_alloc since 6.14; before, nvmet_ns_enable. */
  @Test
  void oneNumberInTwoSpellings() throws Refusal {
    enableNamespace();
    if (flavor().linux().atLeast(6, 14)) {
      refused(Errno.ENOMEM, () -> mkdir("/subsystems/s/namespaces/01"));
    } else {
      mkdir("/subsystems/s/namespaces/01");
      write("/subsystems/s/namespaces/01/device_path", device());
      refused(Errno.EBUSY, () -> write("/subsystems/s/namespaces/01/enable", "1"));
    }
  }

  /** nvmet_ns_device_path_store cuts at a newline and looks at nothing. */
  @Test
  void devicePathsAreNotLookedAt() throws Refusal {
    makeNamespace();
    String device = "/subsystems/s/namespaces/1/device_path";
    assertEquals("(null)\n", read(device));
    write(device, "no such thing\nat all");
    assertEquals("no such thing\n", read(device));
    refused(Errno.EINVAL, () -> write(device, "\n"));
    assertEquals("no such thing\n", read(device));
  }

  /** uuid_parse; nvmet_ns_device_nguid_store. */
  @Test
  void namespaceIdentifiers() throws Refusal {
    makeNamespace();
    String uuid = "/subsystems/s/namespaces/1/device_uuid";
    write(uuid, "ED11ED14-565E-44C1-BBAE-5D7814379D12junk");
    assertEquals("ed11ed14-565e-44c1-bbae-5d7814379d12\n", read(uuid));
    refused(Errno.EINVAL, () -> write(uuid, "ed11ed14565e44c1bbae5d7814379d12"));
    String nguid = "/subsystems/s/namespaces/1/device_nguid";
    assertEquals("00000000-0000-0000-0000-000000000000\n", read(nguid));
    write(nguid, "ef:90:68:9c6c46d44c89c14067801309a8");
    assertEquals("ef90689c-6c46-d44c-89c1-4067801309a8\n", read(nguid));
    refused(Errno.EINVAL, () -> write(nguid, "ef90"));
    refused(Errno.EINVAL, () -> write(nguid, "zz90689c6c46d44c89c14067801309a8"));
  }

  @Test
  void anaGroupsOfNamespaces() throws Refusal {
    makeNamespace();
    String group = "/subsystems/s/namespaces/1/ana_grpid";
    assertEquals("1\n", read(group));
    write(group, "127");
    assertEquals("127\n", read(group));
    refused(Errno.EINVAL, () -> write(group, "0"));
    refused(Errno.EINVAL, () -> write(group, "129"));
    refused(Errno.ERANGE, () -> write(group, "4294967296"));
  }

  /** nvmet_bdev_ns_enable, nvmet_file_ns_enable */
  @Test
  void enablingOpensTheDevice() throws Refusal {
    makeNamespace();
    String device = "/subsystems/s/namespaces/1/device_path";
    String enable = "/subsystems/s/namespaces/1/enable";
    refused(Errno.EINVAL, () -> write(enable, "1"));
    write(device, "/dev/there-is-no-such-device");
    refused(Errno.ENOENT, () -> write(enable, "1"));
    write(device, "/dev/" + "x".repeat(256));
    refused(Errno.ENAMETOOLONG, () -> write(enable, "1"));
    write(device, "/tmp");
    refused(Errno.EISDIR, () -> write(enable, "1"));
    write(device, "/dev/zero");
    refused(Errno.EINVAL, () -> write(enable, "1"));
    for (String end : List.of("/", "/.", "/..", "/x")) {
      write(device, device() + end);
      refused(Errno.ENOTDIR, () -> write(enable, "1"));
    }
    assertEquals("0\n", read(enable));
    write(device, "/dev/.." + "//." + device());
    write(enable, "1");
    write(enable, "1");
    assertEquals("1\n", read(enable));
  }

  @Test
  void anEnabledNamespaceIsLocked() throws Refusal {
    enableNamespace();
    String at = "/subsystems/s/namespaces/1/";
    refused(Errno.EBUSY, () -> write(at + "device_path", "\n"));
    refused(Errno.EBUSY, () -> write(at + "device_uuid", "ed11ed14-565e-44c1-bbae-5d7814379d12"));
    refused(Errno.EBUSY, () -> write(at + "device_nguid", "junk"));
    refused(Errno.EINVAL, () -> write(at + "buffered_io", "1"));
    write(at + "ana_grpid", "2");
    if (exists(at, "p2pmem")) {
      refused(Errno.EBUSY, () -> write(at + "p2pmem", "0"));
    }
    write(at + "enable", "0");
    write(at + "enable", "0");
    write(at + "buffered_io", "1");
  }

  /** Nothing is exclusive: one device behind two namespaces. */
  @Test
  void twoNamespacesMayShareADevice() throws Refusal {
    enableNamespace();
    mkdir("/subsystems/s/namespaces/2");
    write("/subsystems/s/namespaces/2/device_path", device());
    write("/subsystems/s/namespaces/2/enable", "1");
    assertEquals("1\n", read("/subsystems/s/namespaces/2/enable"));
  }

  // Ports.

  /** nvmet_ports_make: kstrtou16, every failure is EINVAL. */
  @Test
  void portIds() throws Refusal {
    mkdir("/ports/0", "/ports/65535", "/ports/1", "/ports/01", "/ports/0x1");
    for (String bad : List.of("65536", "-1", "x", "99999999999999999999")) {
      refused(Errno.EINVAL, () -> mkdir("/ports/" + bad));
    }
  }

  @Test
  void wordsAreExact() throws Refusal {
    mkdir("/ports/1");
    assertEquals("\n", read("/ports/1/addr_trtype"));
    write("/ports/1/addr_trtype", "rdma\n");
    assertEquals("rdma\n", read("/ports/1/addr_trtype"));
    for (String bad : List.of("RDMA", "rdma ", "rdma\n\n", "x", "\n")) {
      refused(Errno.EINVAL, () -> write("/ports/1/addr_trtype", bad));
      refused(Errno.EINVAL, () -> write("/ports/1/addr_adrfam", bad));
      refused(Errno.EINVAL, () -> write("/ports/1/addr_treq", bad));
    }
    assertEquals("not specified\n", read("/ports/1/addr_treq"));
    write("/ports/1/addr_treq", "not required");
    assertEquals("not required\n", read("/ports/1/addr_treq"));
  }

  /** {@code sscanf("%s")}: the first word; the length counts before anything else. */
  @Test
  void addressesAreOneWord() throws Refusal {
    mkdir("/ports/1");
    write("/ports/1/addr_traddr", " not.an.address and more");
    assertEquals("not.an.address\n", read("/ports/1/addr_traddr"));
    write("/ports/1/addr_traddr", "\n");
    assertEquals("\n", read("/ports/1/addr_traddr"));
    refused(Errno.EINVAL, () -> write("/ports/1/addr_traddr", "\0x"));
    write("/ports/1/addr_traddr", "y".repeat(255));
    refused(Errno.EINVAL, () -> write("/ports/1/addr_traddr", "y".repeat(256) + "\n"));
    write("/ports/1/addr_trsvcid", "n".repeat(32));
    assertEquals("n".repeat(32) + "\n", read("/ports/1/addr_trsvcid"));
    refused(Errno.EINVAL, () -> write("/ports/1/addr_trsvcid", "n".repeat(32) + "\n"));
  }

  @Test
  void sizesAreIntegers() throws Refusal {
    mkdir("/ports/1");
    String size = "/ports/1/param_inline_data_size";
    assertEquals("-1\n", read(size));
    write(size, "0x10\n");
    assertEquals("16\n", read(size));
    write(size, "-2147483648");
    for (String bad : List.of("2147483648", "-2147483649", "x", " 1", "1 ", "\n")) {
      refused(Errno.EINVAL, () -> write(size, bad));
    }
  }

  /** nvmet_enable_port */
  @Test
  void aPortNeedsATransportAndAnAddress() throws Refusal {
    makeSubsystem();
    mkdir("/ports/1");
    refused(Errno.EINVAL, () -> link("/ports/1/subsystems/s", "/subsystems/s"));
    write("/ports/1/addr_trtype", "tcp");
    refused(Errno.EINVAL, () -> link("/ports/1/subsystems/s", "/subsystems/s"));
    write("/ports/1/addr_adrfam", "ipv4");
    refused(Errno.EINVAL, () -> link("/ports/1/subsystems/s", "/subsystems/s"));
    write("/ports/1/addr_traddr", "127.0.0.1");
    refused(Errno.EINVAL, () -> link("/ports/1/subsystems/s", "/subsystems/s"));
    write("/ports/1/addr_trsvcid", "70000");
    refused(Errno.EINVAL, () -> link("/ports/1/subsystems/s", "/subsystems/s"));
    write("/ports/1/addr_trsvcid", "4420");
    link("/ports/1/subsystems/s", "/subsystems/s");
  }

  @Test
  void theAddressMustBeOursAndFree() throws Refusal {
    makeSubsystem();
    makePort("192.0.2.77", "4420");
    refused(Errno.EADDRNOTAVAIL, () -> link("/ports/1/subsystems/s", "/subsystems/s"));
    // What the transport chose stays although the port does not.
    assertEquals("16384\n", read("/ports/1/param_inline_data_size"));
    write("/ports/1/addr_traddr", "127.0.0.1");
    link("/ports/1/subsystems/s", "/subsystems/s");
    mkdir("/ports/2");
    write("/ports/2/addr_trtype", "tcp");
    write("/ports/2/addr_adrfam", "ipv4");
    write("/ports/2/addr_traddr", "127.0.0.1");
    write("/ports/2/addr_trsvcid", "4420");
    refused(Errno.EADDRINUSE, () -> link("/ports/2/subsystems/s", "/subsystems/s"));
    write("/ports/2/addr_traddr", "0.0.0.0");
    refused(Errno.EADDRINUSE, () -> link("/ports/2/subsystems/s", "/subsystems/s"));
    write("/ports/2/addr_trsvcid", "4421");
    link("/ports/2/subsystems/s", "/subsystems/s");
  }

  /** nvmet_is_port_enabled; pi_enable and the lengths are judged before it. */
  @Test
  void anEnabledPortIsLocked() throws Refusal {
    enablePort();
    for (String attribute :
        List.of("addr_trtype", "addr_adrfam", "addr_treq", "param_inline_data_size")) {
      refused(Errno.EACCES, () -> write("/ports/1/" + attribute, "junk"));
    }
    refused(Errno.EACCES, () -> write("/ports/1/addr_traddr", "127.0.0.1"));
    refused(Errno.EINVAL, () -> write("/ports/1/addr_traddr", "y".repeat(257)));
    refused(Errno.EACCES, () -> write("/ports/1/addr_trsvcid", "4420"));
    refused(Errno.EINVAL, () -> write("/ports/1/addr_trsvcid", "n".repeat(33)));
    if (exists("/ports/1", "param_pi_enable")) {
      refused(Errno.EACCES, () -> write("/ports/1/param_pi_enable", "0"));
      refused(Errno.EINVAL, () -> write("/ports/1/param_pi_enable", "junk"));
    }
    configfs().unlink(path("/ports/1/subsystems/s"));
    write("/ports/1/addr_traddr", "127.0.0.2");
    assertEquals("tcp\n", read("/ports/1/addr_trtype"));
  }

  /** nvmet_tcp_add_port and nvmet_enable_port replace what is -1. */
  @Test
  void enablingSettlesTheSizes() throws Refusal {
    enablePort();
    assertEquals("16384\n", read("/ports/1/param_inline_data_size"));
    if (flavor().linux().atLeast(6, 9)) {
      assertEquals("1024\n", read("/ports/1/param_max_queue_size"));
    }
    configfs().unlink(path("/ports/1/subsystems/s"));
    assertEquals("16384\n", read("/ports/1/param_inline_data_size"));
  }

  @Test
  void aPortHasSeveralSubsystemsAndASubsystemSeveralPorts() throws Refusal {
    enablePort();
    mkdir("/subsystems/t");
    link("/ports/1/subsystems/t", "/subsystems/t");
    mkdir("/ports/2");
    write("/ports/2/addr_trtype", "tcp");
    write("/ports/2/addr_adrfam", "ipv4");
    write("/ports/2/addr_traddr", "127.0.0.1");
    write("/ports/2/addr_trsvcid", "4421");
    link("/ports/2/subsystems/s", "/subsystems/s");
    configfs().unlink(path("/ports/1/subsystems/s"));
    refused(Errno.EACCES, () -> write("/ports/1/addr_trsvcid", "4422"));
    configfs().unlink(path("/ports/1/subsystems/t"));
    write("/ports/1/addr_trsvcid", "4422");
  }

  @Test
  void protectionInformationNeedsRdma() throws Refusal {
    makeSubsystem();
    makePort("127.0.0.1", "4420");
    assumeTrue(exists("/ports/1", "param_pi_enable"));
    write("/ports/1/param_pi_enable", "1");
    refused(Errno.EINVAL, () -> link("/ports/1/subsystems/s", "/subsystems/s"));
  }

  /** nvmet_ana_groups_make_group: the state belongs to the number. */
  @Test
  void anaGroups() throws Refusal {
    mkdir("/ports/1");
    assertEquals("optimized\n", read("/ports/1/ana_groups/1/ana_state"));
    for (String bad : List.of("0", "129", "x")) {
      refused(Errno.EINVAL, () -> mkdir("/ports/1/ana_groups/" + bad));
    }
    refused(Errno.ERANGE, () -> mkdir("/ports/1/ana_groups/4294967296"));
    mkdir("/ports/1/ana_groups/3", "/ports/1/ana_groups/0x3");
    assertEquals("inaccessible\n", read("/ports/1/ana_groups/3/ana_state"));
    write("/ports/1/ana_groups/3/ana_state", "non-optimized\n");
    assertEquals("non-optimized\n", read("/ports/1/ana_groups/0x3/ana_state"));
    refused(Errno.EINVAL, () -> write("/ports/1/ana_groups/3/ana_state", "Optimized"));
    configfs().rmdir(path("/ports/1/ana_groups/0x3"));
    assertEquals("inaccessible\n", read("/ports/1/ana_groups/3/ana_state"));
  }

  /** nvmet_referral_enable_store, nvmet_addr_portid_store */
  @Test
  void referrals() throws Refusal {
    mkdir("/ports/1", "/ports/1/referrals/r");
    String at = "/ports/1/referrals/r/";
    assertEquals("0\n", read(at + "addr_portid"));
    refused(Errno.EINVAL, () -> write(at + "addr_portid", "65536"));
    write(at + "addr_portid", "0x10");
    assertEquals("16\n", read(at + "addr_portid"));
    refused(Errno.EINVAL, () -> write(at + "enable", "2"));
    write(at + "enable", "1");
    write(at + "enable", "1");
    refused(Errno.EINVAL, () -> write(at + "addr_portid", "x"));
    refused(Errno.EACCES, () -> write(at + "addr_portid", "1"));
    refused(Errno.EACCES, () -> write(at + "addr_traddr", "127.0.0.1"));
    write(at + "enable", "0");
    write(at + "addr_traddr", "127.0.0.1");
  }

  // What some kernels have.

  /** nvmet_passthru_ctrl_enable */
  @Test
  void passthruWantsAController() throws Refusal {
    makeSubsystem();
    assumeTrue(exists("/subsystems/s", "passthru"));
    String at = "/subsystems/s/passthru/";
    refused(Errno.EINVAL, () -> write(at + "enable", "1"));
    write(at + "device_path", "/dev/there-is-no-such-device");
    refused(Errno.ENOENT, () -> write(at + "enable", "1"));
    write(at + "device_path", device());
    refused(Errno.EINVAL, () -> write(at + "enable", "1"));
    refused(Errno.EINVAL, () -> write(at + "admin_timeout", "-1"));
    write(at + "enable", "0");
  }

  /** nvmet_root_discovery_nqn_store */
  @Test
  void theDiscoverySubsystemCanBeRenamed() throws Refusal {
    assumeTrue(exists("/", "discovery_nqn"));
    mkdir("/subsystems/testsub");
    refused(Errno.EINVAL, () -> write("/discovery_nqn", "test"));
    refused(Errno.EINVAL, () -> write("/discovery_nqn", "\n"));
    write("/discovery_nqn", "other");
    try {
      assertEquals("other\n", read("/discovery_nqn"));
      refused(Errno.EINVAL, () -> mkdir("/subsystems/other"));
      refused(Errno.EINVAL, () -> mkdir("/subsystems/" + DISCOVERY));
    } finally {
      write("/discovery_nqn", DISCOVERY);
    }
  }

  /** nvmet_auth_set_key looks at the hash id only. */
  @Test
  void hostKeys() throws Refusal {
    mkdir("/hosts/h");
    assumeTrue(exists("/hosts/h", "dhchap_key"));
    assertEquals("\n", read("/hosts/h/dhchap_key"));
    refused(Errno.EINVAL, () -> write("/hosts/h/dhchap_key", "x"));
    refused(Errno.EINVAL, () -> write("/hosts/h/dhchap_key", "DHHC-1:04:abc:"));
    write("/hosts/h/dhchap_key", "DHHC-1:00:abc: \n");
    assertEquals("DHHC-1:00:abc:\n", read("/hosts/h/dhchap_key"));
    refused(Errno.EINVAL, () -> write("/hosts/h/dhchap_hash", "sha256"));
    refused(Errno.EINVAL, () -> write("/hosts/h/dhchap_dhgroup", "ffdhe1"));
  }

  /** A refusal carries what was tried, where, and why. */
  @Test
  void aRefusalSaysWhatWasTried() throws Refusal {
    makeSubsystem();
    Refusal refusal =
        assertThrows(Refusal.class, () -> write("/subsystems/s/attr_version", "none"));
    assertEquals(Refusal.Operation.WRITE, refusal.operation());
    assertEquals(path("/subsystems/s/attr_version"), refusal.path());
    assertEquals(Errno.EINVAL, refusal.errno());
    assertEquals("Invalid argument", refusal.words());
  }
}
