package io.nvmetsh.device;

import java.util.List;

/**
 * An NVMe controller reached over a fabric: this machine is a host of some other target there. Its
 * disks look like those of a drive and are none.
 *
 * @param transport {@code tcp}, {@code rdma}, {@code fc}, {@code loop}
 * @param address as the kernel shows it, {@code traddr=10.9.0.1,trsvcid=4420}
 */
public record FabricsController(
    String name, String transport, String address, String state, List<NvmeNamespace> namespaces) {

  public FabricsController {
    namespaces = List.copyOf(namespaces);
  }

  public String path() {
    return "/dev/" + name;
  }
}
