package io.nvmetsh.device;

import java.util.Optional;

/**
 * An IP address of this machine: what an RDMA or TCP port can listen on.
 *
 * @param text canonical, as to write into {@code addr_traddr}; IPv6 in the form of RFC 5952, with
 *     {@code %interface} for a link-local one
 * @param netDevice the interface; absent when nothing tells
 * @param up whether the interface has a link
 * @param rdma the RDMA device that serves the address; absent when none does
 */
public record LocalAddress(
    String text,
    Optional<String> netDevice,
    boolean up,
    boolean loopback,
    boolean linkLocal,
    Optional<RdmaDevice> rdma) {

  public boolean isIpv6() {
    return text.indexOf(':') >= 0;
  }

  public boolean isRdmaCapable() {
    return rdma.isPresent();
  }
}
