package io.nvmetsh.device;

import java.util.ArrayList;
import java.util.List;

/**
 * The way from one PCI device to another.
 *
 * @param distance as the kernel counts it: steps up from both to what they share, or to the host
 *     bridge (calc_map_type_and_dist in drivers/pci/p2pdma.c)
 * @param devices those whose access control is looked at on the way, as that function does: both
 *     ends, the bridges above them, and the one they share
 */
public record Route(Turn turn, int distance, List<String> devices) {

  /** Where the way turns; the earlier, the better. */
  public enum Turn {
    SAME_DEVICE("one device"),
    SWITCH("the same switch"),
    ROOT_PORT("the same root port"),
    ROOT_COMPLEX("the same root complex"),
    OTHER_ROOT_COMPLEX("another root complex");

    private final String words;

    Turn(String words) {
      this.words = words;
    }

    public String words() {
      return words;
    }
  }

  public Route {
    devices = List.copyOf(devices);
  }

  public static Route between(PciPath a, PciPath b) {
    List<String> seen = new ArrayList<>();
    for (int up = 0; up < a.devices().size(); up++) {
      String at = a.devices().get(up);
      seen.add(at);
      int down = b.devices().indexOf(at);
      if (down >= 0) {
        seen.addAll(b.devices().subList(0, down));
        return new Route(turn(at, a, up + down), up + down, seen);
      }
    }
    seen.addAll(b.devices());
    Turn turn = a.hostBridge().equals(b.hostBridge()) ? Turn.ROOT_COMPLEX : Turn.OTHER_ROOT_COMPLEX;
    return new Route(turn, a.devices().size() + b.devices().size(), seen);
  }

  private static Turn turn(String shared, PciPath path, int distance) {
    if (distance == 0) {
      return Turn.SAME_DEVICE;
    }
    return shared.equals(path.rootPort()) ? Turn.ROOT_PORT : Turn.SWITCH;
  }
}
