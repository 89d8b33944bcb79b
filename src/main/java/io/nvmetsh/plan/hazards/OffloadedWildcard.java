package io.nvmetsh.plan.hazards;

import io.nvmetsh.device.IpAddress;
import io.nvmetsh.plan.Change;
import io.nvmetsh.plan.Hazard;
import io.nvmetsh.plan.Scene;
import io.nvmetsh.plan.TypedLines;
import io.nvmetsh.schema.KernelFlavor;
import io.nvmetsh.tree.Namespace;
import io.nvmetsh.tree.Port;
import java.util.List;
import java.util.Optional;

/** A listener on no particular address has no device whose capability could be asked for. */
public record OffloadedWildcard() implements Hazard {

  @Override
  public String id() {
    return "HAZ-OFFLOAD-WILDCARD";
  }

  @Override
  public String title() {
    return "link an offloaded subsystem to a port on 0.0.0.0, :: or a loopback address";
  }

  @Override
  public String effect() {
    return "the driver asks for the capabilities of a device that is not there, through a null"
        + " pointer";
  }

  @Override
  public String where() {
    return "MLNX_OFED 4.3 and later, probably 4.1 and 4.2 too";
  }

  @Override
  public Evidence evidence() {
    return Evidence.READ;
  }

  @Override
  public boolean isIn(KernelFlavor flavor) {
    return true;
  }

  @Override
  public Optional<Trip> trip(Scene scene) {
    if (scene.change() instanceof Change.Link link && scene.linking().isPresent()) {
      Port port = new Port(scene.after(), link.path().ancestor(2));
      return scene.linking().get().asksForOffload() ? trip(port) : Optional.empty();
    }
    List<Namespace> namespaces = scene.offloadedNamespaces();
    if (!namespaces.isEmpty()) {
      for (Port port : namespaces.get(0).subsystem().ports()) {
        Optional<Trip> trip = trip(port);
        if (trip.isPresent()) {
          return trip;
        }
      }
    }
    return Optional.empty();
  }

  private static Optional<Trip> trip(Port port) {
    Optional<IpAddress> ip = port.ip();
    if (ip.isEmpty()
        || !port.transport().equals("rdma")
        || !(ip.get().isWildcard() || ip.get().isLoopback())) {
      return Optional.empty();
    }
    return Optional.of(
        Trip.of(
            port.path(),
            "listens on "
                + port.address()
                + (ip.get().isWildcard() ? ", which is no address of one adapter," : ", loopback,")
                + " and cannot export an offloaded subsystem",
            "see the addresses of this machine:  nics",
            "while nothing is linked:  " + TypedLines.set(port.path(), "addr_traddr", "ADDRESS")));
  }
}
