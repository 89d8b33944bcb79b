package io.nvmetsh.doctor.checks;

import io.nvmetsh.device.NvmeDrive;
import io.nvmetsh.device.RdmaDevice;
import io.nvmetsh.device.Route.Turn;
import io.nvmetsh.doctor.Area;
import io.nvmetsh.doctor.Check;
import io.nvmetsh.doctor.Machine;
import io.nvmetsh.doctor.Machine.Pair;
import io.nvmetsh.doctor.Observation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The way from each drive to the adapter that is nearest to it. */
public record NearestAdapter() implements Check {

  @Override
  public Area area() {
    return Area.WAYS;
  }

  @Override
  public List<Observation> look(Machine machine) {
    List<Pair> pairs = new ArrayList<>();
    List<Observation> seen = new ArrayList<>();
    for (NvmeDrive drive : machine.drives()) {
      Optional<Pair> nearest = machine.nearest(drive);
      if (nearest.isPresent()) {
        pairs.add(nearest.get());
        seen.add(observe(machine, nearest.get()));
      }
    }
    Optional<Pair> best =
        pairs.stream()
            .filter(pair -> pair.route().turn() != Turn.OTHER_ROOT_COMPLEX)
            .filter(pair -> machine.isReady(pair.adapter()))
            .min(Machine.NEARER);
    if (pairs.size() > 1 && best.isPresent()) {
      seen.add(
          0,
          Observation.ok(
              "best pair", best.get().drive().name() + " with " + adapter(machine, best.get())));
    }
    return seen;
  }

  private static Observation observe(Machine machine, Pair pair) {
    String found =
        "nearest is "
            + adapter(machine, pair)
            + ": "
            + pair.route().turn().words()
            + nodes(pair)
            + ", distance "
            + pair.route().distance();
    String drive = pair.drive().name();
    if (pair.route().turn() != Turn.OTHER_ROOT_COMPLEX) {
      return Observation.ok(drive, found);
    } else if (pair.onOneNode().orElse(false)) {
      return Observation.note(
          drive, found + "; whether this platform forwards between the two nothing here tells");
    }
    return Observation.warning("", drive, found)
        .needs("one root complex, better one switch: few platforms forward between two")
        .elsewhere("put the drive or the adapter into another slot");
  }

  private static String adapter(Machine machine, Pair pair) {
    RdmaDevice adapter = pair.adapter();
    List<String> addresses = machine.addresses(adapter);
    return adapter.name() + (addresses.isEmpty() ? "" : " (" + addresses.get(0) + ")");
  }

  private static String nodes(Pair pair) {
    Optional<Integer> drive = pair.drive().numaNode();
    Optional<Integer> adapter = pair.adapter().numaNode();
    if (drive.isEmpty() || adapter.isEmpty()) {
      return ", NUMA nodes unknown";
    }
    return drive.equals(adapter)
        ? ", NUMA node " + drive.get()
        : ", NUMA nodes " + drive.get() + " and " + adapter.get();
  }
}
