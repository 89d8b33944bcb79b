package io.nvmetsh.device;

import java.util.List;
import java.util.Optional;

/**
 * An RDMA device: one function of an adapter, or a software one.
 *
 * @param name {@code mlx5_0}
 * @param hcaType {@code MT4119}; empty when the driver does not say
 * @param board the maker's board id (PSID), {@code MT_0000000012}
 * @param firmware {@code 16.35.2000}
 * @param pciAddress absent for software RDMA
 * @param virtualFunction whether it is an SR-IOV virtual function
 * @param netDevices the network interfaces of the function, {@code enp130s0f0}; VLANs and bonds on
 *     top of them are not listed
 */
public record RdmaDevice(
    String name,
    String hcaType,
    String board,
    String firmware,
    Optional<String> pciAddress,
    AdapterGeneration generation,
    boolean virtualFunction,
    Optional<Integer> numaNode,
    List<String> netDevices,
    List<RdmaPort> ports) {

  public RdmaDevice {
    netDevices = List.copyOf(netDevices);
    ports = List.copyOf(ports);
  }

  public AdapterGeneration.Offload offload() {
    return generation.offload();
  }

  public boolean isSoftware() {
    return generation == AdapterGeneration.SOFTWARE;
  }

  public boolean isActive() {
    for (RdmaPort port : ports) {
      if (port.isActive()) {
        return true;
      }
    }
    return false;
  }
}
