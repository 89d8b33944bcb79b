package io.nvmetsh.device;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Whether the kernel lets one PCI device use memory that another offers: below one bridge that does
 * not redirect, or through a host bridge that is known to pass it on (calc_map_type_and_dist,
 * cpu_supports_p2pdma and pci_p2pdma_whitelist in drivers/pci/p2pdma.c, as of Linux 6.18).
 */
final class PeerReach {

  private static final int INTEL = 0x8086;

  /** Those that pass it on, and whether only between devices of the same host bridge. */
  private static final Map<Integer, Boolean> HOST_BRIDGES =
      Map.ofEntries(
          Map.entry(0x3c00, true),
          Map.entry(0x3c01, true),
          Map.entry(0x2f00, true),
          Map.entry(0x2f01, true),
          Map.entry(0x2020, false),
          Map.entry(0x2030, false),
          Map.entry(0x2031, false),
          Map.entry(0x2032, false),
          Map.entry(0x2033, false),
          Map.entry(0x09a2, false));

  /** {@code cpu:type:x86,ven0002fam0017mod0031:feature:...} on an AMD processor of family 17h. */
  private static final String PROCESSOR = "/sys/devices/system/cpu/modalias";

  private static final String AMD = ",ven0002fam";
  private static final int ZEN = 0x17;

  private final SysTree tree;
  private final PciTopology topology;
  private final PciReader pci;

  PeerReach(SysTree tree, PciTopology topology, PciReader pci) {
    this.tree = tree;
    this.topology = topology;
    this.pci = pci;
  }

  /** What stands between them; empty when nothing does. */
  Optional<String> barrier(String provider, String client) {
    if (provider.equals(client)) {
      return Optional.empty();
    }
    Optional<PciPath> from = topology.path(provider);
    Optional<PciPath> to = topology.path(client);
    if (from.isEmpty() || to.isEmpty()) {
      return Optional.of("where " + (from.isEmpty() ? provider : client) + " is, is not known");
    }
    Route route = Route.between(from.get(), to.get());
    boolean below = route.turn().compareTo(Route.Turn.ROOT_PORT) <= 0;
    List<String> redirecting =
        route.devices().stream().filter(each -> topology.redirects(each).orElse(false)).toList();
    if ((below && redirecting.isEmpty()) || isZen() || isPassedOn(from.get(), to.get())) {
      return Optional.empty();
    }
    return Optional.of(
        below
            ? "ACS redirects what they would send each other: " + String.join(", ", redirecting)
            : "they do not share an upstream bridge, and no host bridge is known to pass it on");
  }

  private boolean isZen() {
    String processor = tree.read(PROCESSOR).orElse("");
    int family = processor.indexOf(AMD) + AMD.length();
    return processor.contains(AMD)
        && family + 4 <= processor.length()
        && SysValues.parse(processor.substring(family, family + 4), 16).orElse(0L) >= ZEN;
  }

  private boolean isPassedOn(PciPath from, PciPath to) {
    boolean same = from.hostBridge().equals(to.hostBridge());
    return isKnown(from, same) && isKnown(to, same);
  }

  /** The kernel looks at function 0 of the root bus, or at the root port that comes first there. */
  private boolean isKnown(PciPath path, boolean same) {
    String bus = path.hostBridge().replaceFirst("^pci", "");
    for (String address : List.of(bus + ":00.0", path.rootPort())) {
      Optional<PciDevice> bridge = pci.device(address);
      if (bridge.isPresent()) {
        Boolean sameOnly =
            bridge.get().vendorId() == INTEL ? HOST_BRIDGES.get(bridge.get().deviceId()) : null;
        return sameOnly != null && (same || !sameOnly);
      }
    }
    return false;
  }
}
