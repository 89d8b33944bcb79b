package io.nvmetsh.device;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.nvmetsh.device.Route.Turn;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Ways as calc_map_type_and_dist in drivers/pci/p2pdma.c counts them. */
class RouteTest {

  private static final PciPath DRIVE =
      path("pci0000:3a", "3d:00.0", "3c:04.0", "3b:00.0", "3a:00.0");

  private static PciPath path(String hostBridge, String... devices) {
    return new PciPath(hostBridge, List.of(devices));
  }

  @Test
  void behindOneSwitchTheWayTurnsAtItsUpstreamPort() {
    PciPath adapter = path("pci0000:3a", "3f:00.0", "3c:0c.0", "3b:00.0", "3a:00.0");
    assertEquals(
        new Route(Turn.SWITCH, 4, List.of("3d:00.0", "3c:04.0", "3b:00.0", "3f:00.0", "3c:0c.0")),
        Route.between(DRIVE, adapter));
  }

  @Test
  void behindOneRootPortItTurnsThere() {
    PciPath first = path("pci0000:80", "82:00.0", "80:02.0");
    PciPath second = path("pci0000:80", "82:00.1", "80:02.0");
    assertEquals(
        new Route(Turn.ROOT_PORT, 2, List.of("82:00.0", "80:02.0", "82:00.1")),
        Route.between(first, second));
  }

  @Test
  void elseItGoesAllTheWayUpFromBoth() {
    PciPath adapter = path("pci0000:3a", "40:00.0", "3a:02.0");
    Route route = Route.between(DRIVE, adapter);
    assertEquals(Turn.ROOT_COMPLEX, route.turn());
    assertEquals(6, route.distance());
    assertEquals(
        Turn.OTHER_ROOT_COMPLEX,
        Route.between(DRIVE, path("pci0000:ae", "af:00.0", "ae:00.0")).turn());
  }

  @Test
  void aDeviceIsNextToItself() {
    assertEquals(new Route(Turn.SAME_DEVICE, 0, List.of("3d:00.0")), Route.between(DRIVE, DRIVE));
  }
}
