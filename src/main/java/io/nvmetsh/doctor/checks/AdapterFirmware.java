package io.nvmetsh.doctor.checks;

import io.nvmetsh.device.RdmaDevice;
import io.nvmetsh.doctor.Area;
import io.nvmetsh.doctor.Check;
import io.nvmetsh.doctor.Machine;
import io.nvmetsh.doctor.Observation;
import io.nvmetsh.offload.rules.FirmwareRelease;
import java.util.ArrayList;
import java.util.List;

/** The firmware of the adapters that could offload. */
public record AdapterFirmware() implements Check {

  @Override
  public Area area() {
    return Area.ADAPTERS;
  }

  @Override
  public List<Observation> look(Machine machine) {
    List<Observation> seen = new ArrayList<>();
    for (RdmaDevice device : machine.adapters()) {
      seen.add(observe(device));
    }
    return seen;
  }

  private static Observation observe(RdmaDevice device) {
    String firmware = "firmware " + device.firmware();
    if (device.firmware().isEmpty()) {
      return Observation.unknown(device.name(), "its driver does not tell its firmware");
    } else if (!FirmwareRelease.isCompared(device)) {
      return Observation.unknown(
          device.name(), firmware + "; the least release is known for ConnectX-5 alone");
    }
    return FirmwareRelease.isTooOld(device)
        ? Observation.warning(new FirmwareRelease().id(), device.name(), firmware)
            .needs(FirmwareRelease.LEAST_RELEASE + " or later")
            .elsewhere(FirmwareRelease.UPDATE)
        : Observation.ok(
            device.name(), firmware + ", needed is " + FirmwareRelease.LEAST_RELEASE + " or later");
  }
}
