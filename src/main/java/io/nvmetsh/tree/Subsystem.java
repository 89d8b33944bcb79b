package io.nvmetsh.tree;

import io.nvmetsh.schema.NvmetPath;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A subsystem's directory, in the field's words. */
public record Subsystem(TargetTree tree, NvmetPath path) {

  public String nqn() {
    return path.name();
  }

  public List<Namespace> namespaces() {
    List<Namespace> namespaces = new ArrayList<>();
    for (String nsid : tree.directories(path.child("namespaces"))) {
      namespaces.add(new Namespace(tree, path.child("namespaces").child(nsid)));
    }
    return namespaces;
  }

  public boolean allowsAnyHost() {
    return tree.isOn(path, "attr_allow_any_host");
  }

  public boolean isPassthru() {
    return tree.isOn(path.child("passthru"), "enable");
  }

  /**
   * Whether it is meant to be served by the network card: {@code attr_offload} is on, or, with the
   * oldest vendor driver, a namespace has the PCI address of its drive.
   */
  public boolean asksForOffload() {
    if (tree.isOn(path, "attr_offload")) {
      return true;
    }
    for (Namespace namespace : namespaces()) {
      Optional<String> address = tree.value(namespace.path().child("pci_device_path"));
      if (address.isEmpty()) {
        return false; // this kernel has no such file, here or in any other namespace
      }
      if (namespace.pciAddress().isPresent()) {
        return true;
      }
    }
    return false;
  }

  /**
   * The links by which ports export it. Of a port with very many only the link of the subsystem's
   * own name is looked for, which is what every tool makes.
   */
  public List<NvmetPath> links() {
    List<NvmetPath> links = new ArrayList<>();
    for (String port : tree.directories(NvmetPath.of("ports"))) {
      NvmetPath directory = NvmetPath.of("ports", port, "subsystems");
      NvmetPath link = directory.child(path.name());
      if (leadsHere(link)) {
        links.add(link);
      } else {
        underAnotherName(directory, links);
      }
    }
    return links;
  }

  private void underAnotherName(NvmetPath directory, List<NvmetPath> links) {
    if (tree.isLarge(directory)) {
      return;
    }
    for (String name : tree.linkNames(directory)) {
      if (leadsHere(directory.child(name))) {
        links.add(directory.child(name));
      }
    }
  }

  private boolean leadsHere(NvmetPath link) {
    return tree.linkTarget(link).filter(path::equals).isPresent();
  }

  public boolean isLinked() {
    return !links().isEmpty();
  }

  /** The ports that export it. */
  public List<Port> ports() {
    List<Port> ports = new ArrayList<>();
    for (NvmetPath link : links()) {
      ports.add(new Port(tree, link.ancestor(2)));
    }
    return ports;
  }
}
