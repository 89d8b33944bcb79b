package io.nvmetsh.doctor.checks;

import io.nvmetsh.device.AdapterGeneration;
import io.nvmetsh.device.AdapterGeneration.Offload;
import io.nvmetsh.device.RdmaDevice;
import io.nvmetsh.doctor.Area;
import io.nvmetsh.doctor.Check;
import io.nvmetsh.doctor.Machine;
import io.nvmetsh.doctor.Observation;
import io.nvmetsh.doctor.Observation.Level;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Which of the RDMA devices could offload. */
public record AdapterGenerations() implements Check {

  private static final String RULE = "OFF-PORT-RDMA";

  /** Of these nobody has said, and no driver shows, that their firmware still offloads. */
  private static final Set<AdapterGeneration> UNPROVEN =
      EnumSet.of(
          AdapterGeneration.CONNECTX_8,
          AdapterGeneration.CONNECTX_9,
          AdapterGeneration.CONNECTX_10,
          AdapterGeneration.BLUEFIELD_3,
          AdapterGeneration.BLUEFIELD_4);

  @Override
  public Area area() {
    return Area.ADAPTERS;
  }

  @Override
  public List<Observation> look(Machine machine) {
    List<RdmaDevice> devices = machine.inventory().rdmaDevices();
    if (devices.isEmpty()) {
      Observation none =
          Observation.impossible(RULE, "adapters", "there is no RDMA device")
              .needs("a ConnectX-5 or later");
      return List.of(
          machine.inventory().module("mlx5_ib").isEmpty()
              ? none.mend(List.of("modules load mlx5_ib"))
              : none);
    }
    boolean others = !machine.adapters().isEmpty();
    List<Observation> seen = new ArrayList<>();
    for (RdmaDevice device : devices) {
      seen.add(observe(device, others));
    }
    return seen;
  }

  /**
   * @param others whether there is one that could
   */
  private static Observation observe(RdmaDevice device, boolean others) {
    String title = title(device);
    if (device.offload() == Offload.INCAPABLE) {
      Observation cannot =
          Observation.impossible(RULE, device.name(), title + ", which cannot offload");
      return others
          ? cannot.at(Level.NOTE)
          : cannot
              .needs("a ConnectX-5 or later")
              .elsewhere("put another adapter into this machine");
    }
    boolean known =
        device.offload() == Offload.CAPABLE
            && !device.virtualFunction()
            && !UNPROVEN.contains(device.generation());
    return known
        ? Observation.ok(
            device.name(), title + ", which can offload; that its firmware does shows at the link")
        : Observation.unknown(
            device.name(), title + "; whether that can offload shows only when a port is linked");
  }

  private static String title(RdmaDevice device) {
    return switch (device.generation()) {
      case UNKNOWN -> "of a generation that is not known";
      case NEWER_VIRTUAL_FUNCTION -> device.generation().title();
      default -> device.generation().title() + (device.virtualFunction() ? ", virtual" : "");
    };
  }
}
