package io.nvmetsh.doctor.checks;

import io.nvmetsh.device.NvmeDrive;
import io.nvmetsh.doctor.Area;
import io.nvmetsh.doctor.Check;
import io.nvmetsh.doctor.Machine;
import io.nvmetsh.doctor.Observation;
import io.nvmetsh.offload.Mend;
import io.nvmetsh.offload.rules.QueuesEnough;
import io.nvmetsh.offload.rules.QueuesGranted;
import io.nvmetsh.plan.KernelNumber;
import io.nvmetsh.tree.Subsystem;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** The peer-to-peer queues that the drives granted, against what is and can be configured. */
public record QueuesForNeed() implements Check {

  /** One for each port of a subsystem with a path too many: high availability. */
  private static final long TWO_PORTS = 2;

  @Override
  public Area area() {
    return Area.QUEUES;
  }

  @Override
  public List<Observation> look(Machine machine) {
    List<Observation> seen = new ArrayList<>();
    if (machine.hasOffload()) {
      List<Subsystem> subsystems = machine.view().subsystems();
      for (NvmeDrive drive : machine.drives()) {
        seen.add(observe(machine, drive, QueuesEnough.needed(machine.view(), subsystems, drive)));
      }
    }
    return seen;
  }

  private static Observation observe(Machine machine, NvmeDrive drive, long needed) {
    if (drive.p2pQueues().isEmpty()) {
      return Observation.warning(
              new QueuesGranted().id(), drive.name(), "its driver has no num_p2p_queues")
          .needs("MLNX_OFED's nvme");
    }
    long granted = drive.p2pQueues().get();
    String found =
        granted + (granted == 1 ? " queue" : " queues") + " granted" + asked(machine, granted);
    if (granted == 0) {
      return more(
              machine, Observation.warning(new QueuesGranted().id(), drive.name(), found), needed)
          .needs("1, or " + TWO_PORTS + " for two ports");
    } else if (granted < needed) {
      return more(
              machine, Observation.warning(new QueuesEnough().id(), drive.name(), found), needed)
          .needs(needed + ": one for each namespace on each port");
    }
    String all = found + ", " + needed + " needed by what is configured";
    return granted < TWO_PORTS && machine.readyAdapters().size() > 1
        ? more(machine, Observation.note(drive.name(), all), TWO_PORTS)
            .by(new QueuesEnough().id())
            .needs(TWO_PORTS + " for a subsystem on two ports, as for multipath")
        : Observation.ok(drive.name(), all);
  }

  /** A drive grants what it has left, which is never an error. */
  private static String asked(Machine machine, long granted) {
    OptionalLong asked =
        KernelNumber.parse(machine.inventory().parameter("nvme", "num_p2p_queues").orElse(""));
    return asked.isPresent() && asked.getAsLong() > granted
        ? " of " + asked.getAsLong() + " asked for"
        : "";
  }

  private static Observation more(Machine machine, Observation observation, long needed) {
    long queues = Math.max(1, needed);
    Observation mended = observation.mend(Mend.queues(machine.view(), queues));
    return Mend.boot(machine.view(), queues).map(mended::elsewhere).orElse(mended);
  }
}
