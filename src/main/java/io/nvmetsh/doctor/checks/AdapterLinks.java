package io.nvmetsh.doctor.checks;

import io.nvmetsh.device.RdmaDevice;
import io.nvmetsh.device.RdmaPort;
import io.nvmetsh.doctor.Area;
import io.nvmetsh.doctor.Check;
import io.nvmetsh.doctor.Machine;
import io.nvmetsh.doctor.Observation;
import io.nvmetsh.doctor.Observation.Level;
import java.util.ArrayList;
import java.util.List;

/** Whether a port could listen on the adapters that could offload. */
public record AdapterLinks() implements Check {

  @Override
  public Area area() {
    return Area.ADAPTERS;
  }

  @Override
  public List<Observation> look(Machine machine) {
    boolean enough = !machine.readyAdapters().isEmpty();
    List<Observation> seen = new ArrayList<>();
    for (RdmaDevice device : machine.adapters()) {
      Observation observation = observe(machine, device);
      boolean spare = enough && observation.isInTheWay();
      seen.add(spare ? observation.at(Level.NOTE) : observation);
    }
    return seen;
  }

  private static Observation observe(Machine machine, RdmaDevice device) {
    String netDevice = device.netDevices().isEmpty() ? "INTERFACE" : device.netDevices().get(0);
    List<String> addresses = machine.addresses(device);
    if (!device.isActive()) {
      return Observation.warning("", device.name(), "its link is " + state(device))
          .needs("an active link")
          .elsewhere("see to the cable and the switch, then  ip link set " + netDevice + " up");
    } else if (addresses.isEmpty()) {
      return Observation.warning("", device.name(), link(device) + ", without an address")
          .needs("an IP address that a port can listen on")
          .elsewhere("ip address add ADDRESS/LENGTH dev " + netDevice);
    }
    return Observation.ok(device.name(), link(device) + ", " + String.join(" ", addresses));
  }

  private static String state(RdmaDevice device) {
    List<String> states = new ArrayList<>();
    for (RdmaPort port : device.ports()) {
      states.add(port.state().isEmpty() ? "unknown" : port.state());
    }
    return states.isEmpty() ? "unknown" : String.join(", ", states);
  }

  private static String link(RdmaDevice device) {
    for (RdmaPort port : device.ports()) {
      if (port.isActive()) {
        return port.linkLayer() + " " + port.rate();
      }
    }
    return "";
  }
}
