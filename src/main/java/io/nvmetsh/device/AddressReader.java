package io.nvmetsh.device;

import io.nvmetsh.schema.NaturalOrder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads the addresses of this machine from files alone, so that a dump has them too. The kernel
 * lists IPv6 addresses with their interface; IPv4 ones only without ({@code /proc/net/fib_trie}),
 * so the interface is that of the network the address is in ({@code /proc/net/route}), or, where
 * two interfaces are in one network, what the RDMA devices say.
 */
final class AddressReader {

  private static final String NET = "/sys/class/net/";

  private final SysTree tree;
  private final SysValues values;
  private final List<RdmaDevice> devices;
  private final List<Route> routes = new ArrayList<>();
  private final Map<String, RdmaDevice> ofNetDevice = new HashMap<>();
  private final Map<String, Boolean> stacked = new HashMap<>();
  private @Nullable GidTable gids;

  /** A network that an interface is in. */
  private record Route(String netDevice, long network, long mask) {

    boolean holds(long address) {
      return (address & mask) == network;
    }
  }

  AddressReader(SysTree tree, List<RdmaDevice> devices) {
    this.tree = tree;
    this.values = new SysValues(tree);
    this.devices = devices;
    for (RdmaDevice device : devices) {
      for (String netDevice : device.netDevices()) {
        ofNetDevice.putIfAbsent(netDevice, device);
      }
    }
  }

  List<LocalAddress> addresses() {
    readRoutes();
    List<LocalAddress> addresses = new ArrayList<>();
    for (String text : localIpv4(values.rawText("/proc/net/fib_trie"))) {
      addresses.add(ipv4(text, IpText.ipv4(text)));
    }
    for (String line : inet6()) {
      int blank = line.indexOf(' ');
      String text = IpText.ofDigits(line.substring(blank + 1));
      if (text != null) {
        addresses.add(ipv6(text, line.substring(0, blank)));
      }
    }
    return addresses;
  }

  /** Interface and digits; the kernel's order is that of a hash table, this one can be read. */
  private List<String> inet6() {
    List<String> found = new ArrayList<>();
    for (String line : SysValues.lines(values.rawText("/proc/net/if_inet6"))) {
      List<String> words = SysValues.words(line);
      if (words.size() > 5) {
        found.add(words.get(5) + " " + words.get(0));
      }
    }
    found.sort(NaturalOrder.INSTANCE);
    return found;
  }

  /** {@code |-- 10.9.1.1}, and on the line below it {@code /32 host LOCAL}. */
  static Set<String> localIpv4(String fibTrie) {
    Set<String> local = new LinkedHashSet<>();
    String address = "";
    for (String line : SysValues.lines(fibTrie)) {
      String text = line.strip();
      if (text.startsWith("|-- ")) {
        address = text.substring(4);
      } else if (text.equals("/32 host LOCAL") && IpText.ipv4(address) >= 0) {
        local.add(address);
      }
    }
    return local;
  }

  /**
   * Numbers are in hexadecimal and in the byte order of the machine; all that can hold such an
   * adapter and run the vendor's driver are little endian.
   */
  private void readRoutes() {
    for (String line : SysValues.lines(values.rawText("/proc/net/route"))) {
      List<String> words = SysValues.words(line);
      if (words.size() > 7 && words.get(2).equals("00000000")) {
        Optional<Long> network = SysValues.parse(words.get(1), 16);
        Optional<Long> mask = SysValues.parse(words.get(7), 16);
        if (network.isPresent() && mask.isPresent() && mask.get() != 0) {
          routes.add(
              new Route(
                  words.get(0), swapped(network.get().intValue()), swapped(mask.get().intValue())));
        }
      }
    }
  }

  private static long swapped(int value) {
    return Integer.toUnsignedLong(Integer.reverseBytes(value));
  }

  private LocalAddress ipv4(String text, long number) {
    if (number >> 24 == 127) {
      return new LocalAddress(text, Optional.of("lo"), isUp("lo"), true, false, Optional.empty());
    }
    boolean linkLocal = number >> 16 == (169 << 8 | 254);
    List<String> candidates = netDevicesOf(number);
    GidTable.Gid gid = candidates.size() == 1 ? null : gids().at(text);
    String netDevice = gid != null ? gid.netDevice() : plainest(candidates);
    if (netDevice == null) {
      // An address the kernel routes to itself is usable, whatever interface it is on.
      return new LocalAddress(text, Optional.empty(), true, false, linkLocal, Optional.empty());
    }
    return new LocalAddress(
        text,
        Optional.of(netDevice),
        isUp(netDevice),
        false,
        linkLocal,
        gid != null ? Optional.of(gid.device()) : rdma(netDevice, text));
  }

  private LocalAddress ipv6(String text, String netDevice) {
    boolean linkLocal =
        text.startsWith("fe8")
            || text.startsWith("fe9")
            || text.startsWith("fea")
            || text.startsWith("feb");
    boolean loopback = text.equals("::1");
    return new LocalAddress(
        linkLocal ? text + "%" + netDevice : text,
        Optional.of(netDevice),
        isUp(netDevice),
        loopback,
        linkLocal,
        loopback ? Optional.empty() : rdma(netDevice, text));
  }

  /** The interfaces with the narrowest network around an address. */
  private List<String> netDevicesOf(long address) {
    List<String> found = new ArrayList<>();
    long narrowest = 0;
    for (Route route : routes) {
      if (route.holds(address) && route.mask() >= narrowest) {
        if (route.mask() > narrowest) {
          found.clear();
        }
        narrowest = route.mask();
        if (!found.contains(route.netDevice())) {
          found.add(route.netDevice());
        }
      }
    }
    return found;
  }

  /**
   * Of several interfaces in one network one that is no RDMA device's: an address on such a one
   * would have been among the GIDs.
   */
  private @Nullable String plainest(List<String> netDevices) {
    for (String netDevice : netDevices) {
      if (netDevices.size() == 1 || !ofNetDevice.containsKey(netDevice)) {
        return netDevice;
      }
    }
    return netDevices.isEmpty() ? null : netDevices.get(0);
  }

  private Optional<RdmaDevice> rdma(String netDevice, String address) {
    RdmaDevice own = ofNetDevice.get(netDevice);
    if (own != null) {
      return Optional.of(own);
    }
    if (!isStacked(netDevice) && !someDeviceHasNoInterface()) {
      return Optional.empty();
    }
    RdmaDevice serving = gids().serving(netDevice);
    GidTable.Gid gid = serving == null ? gids().at(address) : null;
    return Optional.ofNullable(gid == null ? serving : gid.device());
  }

  /** Whether it is a VLAN, bond or the like: only these have {@code lower_*} links. */
  private boolean isStacked(String netDevice) {
    Boolean known = stacked.get(netDevice);
    if (known == null) {
      known = false;
      for (String name : tree.list(NET + netDevice)) {
        known |= name.startsWith("lower_") && tree.link(NET + netDevice + "/" + name).isPresent();
      }
      stacked.put(netDevice, known);
    }
    return known;
  }

  private boolean someDeviceHasNoInterface() {
    for (RdmaDevice device : devices) {
      if (device.netDevices().isEmpty()) {
        return true;
      }
    }
    return false;
  }

  private GidTable gids() {
    if (gids == null) {
      gids = new GidTable(tree, devices);
    }
    return gids;
  }

  /** Loopback and dummy interfaces have no carrier to speak of and say {@code unknown}. */
  private boolean isUp(String netDevice) {
    String state = values.text(NET + netDevice + "/operstate");
    return state.equals("up") || state.equals("unknown");
  }
}
