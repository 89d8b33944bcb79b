package io.nvmetsh.device;

import java.util.List;

/**
 * Where a device sits on PCI Express.
 *
 * @param hostBridge the root bus that the way up ends at, {@code pci0000:80}
 * @param devices the device itself, then each bridge above it; the last is on the root bus
 */
public record PciPath(String hostBridge, List<String> devices) {

  public PciPath {
    devices = List.copyOf(devices);
  }

  /** The root port that it is behind; itself where it is on the root bus. */
  public String rootPort() {
    return devices.get(devices.size() - 1);
  }
}
