package io.nvmetsh.kernel.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nvmetsh.kernel.Errno;
import io.nvmetsh.kernel.Refusal;
import io.nvmetsh.schema.NvmetPath;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What hosts that connect change in the target, and what of the target keeps them out. */
class SimHostsTest {

  private static final NvmetPath LINK = NvmetPath.parse("/ports/1/subsystems/s");

  private SimKernel kernel = start("6.12");

  private static SimKernel start(String profile) {
    return Kernels.start(SimProfile.named(profile), FixedWorld.ofTraces());
  }

  /** A subsystem for any host, on a port of that transport. */
  private void export(String trtype, String... parameters) throws Refusal {
    kernel.mkdir(NvmetPath.parse("/subsystems/s"));
    write("/subsystems/s/attr_allow_any_host", "1");
    kernel.mkdir(NvmetPath.parse("/ports/1"));
    write("/ports/1/addr_trtype", trtype);
    write("/ports/1/addr_adrfam", "ipv4");
    write("/ports/1/addr_traddr", "10.9.9.1");
    write("/ports/1/addr_trsvcid", "4420");
    for (String parameter : parameters) {
      write("/ports/1/" + parameter, "1");
    }
    kernel.symlink(LINK, NvmetPath.parse("/subsystems/s"));
  }

  private void write(String attribute, String value) throws Refusal {
    kernel.write(NvmetPath.parse(attribute), value);
  }

  private String read(String attribute) throws Refusal {
    return kernel.read(NvmetPath.parse(attribute)).strip();
  }

  private boolean connect(String host) {
    return kernel.hosts().connect(host, LINK);
  }

  @ParameterizedTest
  @CsvSource({"5.10,false", "6.1,true", "6.12,true", "7.3,true"})
  void theIdentityFreezesOnceAHostHasSeenIt(String profile, boolean freezes) throws Refusal {
    kernel = start(profile);
    export("tcp");
    assertTrue(connect("h"));
    kernel.hosts().disconnect("h", LINK);
    if (freezes) {
      Refusal refusal =
          assertThrows(Refusal.class, () -> write("/subsystems/s/attr_model", "other"));
      assertEquals(Errno.EINVAL, refusal.errno());
      assertEquals(
          List.of("nvmet: Can't set model number. Linux is already assigned"), refusal.log());
    } else {
      write("/subsystems/s/attr_model", "other");
    }
  }

  /** cntlid_ida is one for all subsystems, and each takes from its own range. */
  @Test
  void controllerIdsRunOut() throws Refusal {
    export("tcp");
    write("/subsystems/s/attr_cntlid_max", "2");
    assertTrue(connect("g"));
    assertTrue(connect("h"));
    assertFalse(connect("i"));
    kernel.hosts().disconnect("g", LINK);
    assertTrue(connect("i"));
    assertEquals(
        Set.of("h ports/1/subsystems/s", "i ports/1/subsystems/s"), kernel.hosts().connected());
  }

  @Test
  void aHostThatIsNotNamedIsRefused() throws Refusal {
    export("tcp");
    write("/subsystems/s/attr_allow_any_host", "0");
    kernel.mkdir(NvmetPath.parse("/hosts/h"));
    kernel.symlink(NvmetPath.parse("/subsystems/s/allowed_hosts/h"), NvmetPath.parse("/hosts/h"));
    assertTrue(connect("h"));
    assertFalse(connect("g"));
    assertTrue(
        kernel.log().lines().contains("nvmet: connect by host g for subsystem s not allowed"));
    write("/hosts/h/dhchap_key", "DHHC-1:00:ia6zGodOr4SEG0Zzaw398rpY0wqipUWj4jWjUh4HWUz6aQ2n:");
    assertFalse(connect("h"), "without a key of its own");
  }

  /** nvmet_alloc_ctrl: a loop host reads the identifiers of the very drive it would see twice. */
  @Test
  void aLoopHostClearsIds() throws Refusal {
    export("loop");
    assertEquals("0", read("/subsystems/s/passthru/clear_ids"));
    assertTrue(connect("h"));
    assertEquals("1", read("/subsystems/s/passthru/clear_ids"));
  }

  @Test
  void theFirstRdmaHostShowsThatTheDeviceHasNoProtection() throws Refusal {
    export("rdma", "param_pi_enable");
    assertEquals("1", read("/ports/1/param_pi_enable"));
    assertTrue(connect("h"));
    assertEquals("0", read("/ports/1/param_pi_enable"));
  }

  /** nvmet_tcp_map_data: the Connect command carries 1024 bytes. */
  @Test
  void aTcpPortThatTakesNoDataTakesNoHost() throws Refusal {
    export("tcp", "param_inline_data_size");
    assertFalse(connect("h"));
  }

  @ParameterizedTest
  @CsvSource({"6.1,1", "6.12,0"})
  void newQueuesDropHosts(String profile, int left) throws Refusal {
    kernel = start(profile);
    export("tcp");
    assertTrue(connect("h"));
    write("/subsystems/s/attr_qid_max", "8");
    assertEquals(left, kernel.hosts().connected().size());
    kernel.unlink(LINK);
    assertEquals(Set.of(), kernel.hosts().connected());
  }
}
