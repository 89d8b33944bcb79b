package io.nvmetsh.command;

import io.nvmetsh.device.LocalAddress;
import io.nvmetsh.device.RdmaDevice;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The addresses a port can listen on, those that suit its transport first. */
final class AddressCompletion {

  private final Context context;
  private final Offer offer;

  AddressCompletion(Context context, Offer offer) {
    this.context = context;
    this.offer = offer;
  }

  /**
   * @param transport the port's {@code addr_trtype}, empty when it is not set
   * @param family the port's {@code addr_adrfam}, empty when it is not set
   */
  void add(String transport, String family) {
    addOwn(transport, family);
    String limit = context.flavor().ofed().isPresent() ? "; never with offload" : "";
    if (fits("ipv4", transport, family)) {
      offer.add("0.0.0.0", "every IPv4 address of this machine" + limit);
    }
    if (fits("ipv6", transport, family)) {
      offer.add("::", "every IPv6 address of this machine" + limit);
    }
  }

  private static boolean fits(String wanted, String transport, String family) {
    boolean onIp = transport.isEmpty() || transport.equals("rdma") || transport.equals("tcp");
    return onIp && (family.isEmpty() || family.equals(wanted));
  }

  /** Those that are one of this machine's, and not all of them at once. */
  void addOwn(String transport, String family) {
    boolean v4 = fits("ipv4", transport, family);
    boolean v6 = fits("ipv6", transport, family);
    List<LocalAddress> addresses = new ArrayList<>();
    for (LocalAddress address : context.inventory().addresses()) {
      if ((address.isIpv6() ? v6 : v4) && offer.takes(address.text())) {
        addresses.add(address);
      }
    }
    if (!transport.equals("tcp")) {
      addresses.sort(Comparator.comparingInt(AddressCompletion::rank));
    }
    for (LocalAddress address : addresses) {
      offer.add(address.text(), describe(address, context.flavor().ofed().isPresent()));
    }
  }

  private static int rank(LocalAddress address) {
    if (address.rdma().isEmpty()) {
      return address.loopback() ? 4 : 3;
    }
    return switch (address.rdma().get().offload()) {
      case CAPABLE -> 0;
      case UNKNOWN -> 1;
      case INCAPABLE -> 2;
    };
  }

  /** {@code enp130s0f0, mlx5_0, RDMA, offload, link up}. */
  static String describe(LocalAddress address, boolean vendorDriver) {
    List<String> words = new ArrayList<>();
    address.netDevice().ifPresent(words::add);
    if (address.rdma().isPresent()) {
      words.add(address.rdma().get().name());
      words.add("RDMA");
      if (vendorDriver) {
        words.add(offload(address.rdma().get()));
      }
    } else {
      words.add("no RDMA");
    }
    words.add(address.up() ? "link up" : "link down");
    return String.join(", ", words);
  }

  /** Whether an adapter can offload, and if not, why. */
  static String offload(RdmaDevice device) {
    return switch (device.offload()) {
      case CAPABLE -> "offload";
      case INCAPABLE -> "no offload (" + device.generation().title() + ")";
      case UNKNOWN -> "offload unknown";
    };
  }
}
