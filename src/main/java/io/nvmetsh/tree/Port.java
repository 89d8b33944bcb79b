package io.nvmetsh.tree;

import io.nvmetsh.device.IpAddress;
import io.nvmetsh.schema.NaturalOrder;
import io.nvmetsh.schema.NvmetPath;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A port's directory, in the field's words. */
public record Port(TargetTree tree, NvmetPath path) {

  public String transport() {
    return tree.value(path, "addr_trtype", "");
  }

  public String family() {
    return tree.value(path, "addr_adrfam", "");
  }

  public String address() {
    return tree.value(path, "addr_traddr", "");
  }

  public String service() {
    return tree.value(path, "addr_trsvcid", "");
  }

  /** The address as one of IP; empty when it is not set or something else. */
  public Optional<IpAddress> ip() {
    return IpAddress.parse(address());
  }

  /** Whether its transport is one that listens on IP addresses. */
  public boolean isOnIp() {
    return transport().equals("rdma") || transport().equals("tcp");
  }

  public NvmetPath linksDirectory() {
    return path.child("subsystems");
  }

  /** Whether it listens: nvmet enables a port with its first link. */
  public boolean isLinked() {
    return !tree.glance(linksDirectory(), 1).isEmpty();
  }

  /** The subsystems it exports; some of them where there are very many. */
  public List<Subsystem> subsystems() {
    List<Subsystem> subsystems = new ArrayList<>();
    List<String> names = new ArrayList<>(tree.glance(linksDirectory(), TargetTree.MANY));
    names.sort(NaturalOrder.INSTANCE);
    for (String name : names) {
      tree.linkTarget(linksDirectory().child(name))
          .ifPresent(target -> subsystems.add(new Subsystem(tree, target)));
    }
    return subsystems;
  }
}
