package io.nvmetsh.tree;

import io.nvmetsh.schema.NvmetPath;
import io.nvmetsh.schema.PciAddress;
import java.util.Optional;

/** A namespace's directory, in the field's words. */
public record Namespace(TargetTree tree, NvmetPath path) {

  public String nsid() {
    return path.name();
  }

  public Subsystem subsystem() {
    return new Subsystem(tree, path.ancestor(2));
  }

  /** What is behind it; empty when that was never set. */
  public Optional<String> device() {
    return tree.value(path.child("device_path"))
        .filter(value -> !value.isEmpty() && !value.equals("(null)"));
  }

  /** The PCI address that asks for offload; empty when none is set, or there is no such thing. */
  public Optional<String> pciAddress() {
    return tree.value(path.child("pci_device_path"))
        .filter(
            value -> !value.isEmpty() && !value.equals("N/A") && !value.equals(PciAddress.CLEAR));
  }

  public boolean isEnabled() {
    return tree.isOn(path, "enable");
  }

  /** Whether this very namespace is meant to be served by the network card. */
  public boolean asksForOffload() {
    return pciAddress().isPresent() || tree.isOn(path.ancestor(2), "attr_offload");
  }
}
