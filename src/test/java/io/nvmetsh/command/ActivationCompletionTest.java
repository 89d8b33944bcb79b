package io.nvmetsh.command;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Only what can be deactivated, or activated, is offered, and no way that leads to none. */
class ActivationCompletionTest {

  private final Tab tab = Tab.onTarget();

  @Test
  void portsWithLinksCanBeDeactivated() {
    assertEquals(List.of("/ports/1"), tab.words("deactivate /ports/"));
    assertEquals(List.of(), tab.words("activate /ports/"));
    assertEquals("rdma 10.9.1.1:4420, 1 subsystem", tab.beside("deactivate /ports/", "/ports/1"));
    tab.has("deactivate /ports/1");
    assertEquals(List.of(), tab.words("deactivate /ports/"));
    assertEquals(List.of("/ports/1"), tab.words("activate /ports/"));
    assertEquals(
        "rdma 10.9.1.1:4420, deactivated (1 link kept)",
        tab.beside("activate /ports/", "/ports/1"));
    tab.has("cd /ports");
    assertEquals(List.of("1"), tab.words("activate "));
  }

  @Test
  void whatHasASwitchIsOfferedWhereItIsTheOtherWay() {
    assertEquals(List.of("/subsystems/testsubsystem/..."), tab.words("deactivate /subsystems/"));
    assertEquals(
        List.of("/subsystems/nqn.2024-01.io.example:b/..."), tab.words("activate /subsystems/"));
    assertEquals(
        List.of("/subsystems/testsubsystem/namespaces/1"),
        tab.words("deactivate /subsystems/testsubsystem/namespaces/"));
    assertEquals(List.of(), tab.words("activate /subsystems/testsubsystem/namespaces/"));
  }

  @Test
  void aPortIsTheWayToItsReferralsToo() {
    tab.has(
        "create /ports/2/referrals/r addr_trtype=rdma addr_adrfam=ipv4 addr_traddr=10.9.9.9"
            + " addr_trsvcid=4420");
    assertEquals(List.of("/ports/2/..."), tab.words("activate /ports/"));
    tab.has("enable /ports/2/referrals/r");
    assertEquals(List.of(), tab.words("activate /ports/"));
    assertEquals(List.of("/ports/1", "/ports/2/..."), tab.words("deactivate /ports/"));
    assertEquals(List.of("/ports/2/referrals/r"), tab.words("deactivate /ports/2/referrals/"));
  }

  @Test
  void nothingFollowsTheOnePath() {
    assertEquals(List.of(), tab.words("deactivate /ports/1 /"));
  }
}
