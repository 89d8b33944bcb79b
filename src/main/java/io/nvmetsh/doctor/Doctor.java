package io.nvmetsh.doctor;

import io.nvmetsh.doctor.checks.AdapterFirmware;
import io.nvmetsh.doctor.checks.AdapterGenerations;
import io.nvmetsh.doctor.checks.AdapterLinks;
import io.nvmetsh.doctor.checks.AddressTranslation;
import io.nvmetsh.doctor.checks.DriveNamespaces;
import io.nvmetsh.doctor.checks.DriverRelease;
import io.nvmetsh.doctor.checks.KernelSupported;
import io.nvmetsh.doctor.checks.NearestAdapter;
import io.nvmetsh.doctor.checks.OptionsForBoot;
import io.nvmetsh.doctor.checks.PeerMemoryProviders;
import io.nvmetsh.doctor.checks.QueuesForNeed;
import io.nvmetsh.doctor.checks.Redirection;
import io.nvmetsh.doctor.checks.StagingMemory;
import io.nvmetsh.doctor.checks.TargetModules;
import io.nvmetsh.offload.OffloadView;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** The roster of checks, and the question asked of them. */
public final class Doctor {

  private static final List<Check> CHECKS =
      List.of(
          new KernelSupported(),
          new DriverRelease(),
          new TargetModules(),
          new OptionsForBoot(),
          new AdapterGenerations(),
          new AdapterFirmware(),
          new AdapterLinks(),
          new DriveNamespaces(),
          new QueuesForNeed(),
          new NearestAdapter(),
          new AddressTranslation(),
          new Redirection(),
          new StagingMemory(),
          new PeerMemoryProviders());

  private Doctor() {}

  /** Every check there is, in the order they are told. */
  public static List<Check> checks() {
    return CHECKS;
  }

  /**
   * What is seen of a machine, by area; an area of which nothing is to be said is left out. Things
   * of which the same is true are told together.
   */
  public static Map<Area, List<Observation>> examine(OffloadView view) {
    Machine machine = new Machine(view);
    Map<Area, List<Observation>> seen = new EnumMap<>(Area.class);
    for (Check check : CHECKS) {
      for (Observation observation : check.look(machine)) {
        add(observation, seen.computeIfAbsent(check.area(), area -> new ArrayList<>()));
      }
    }
    return seen;
  }

  private static void add(Observation observation, List<Observation> seen) {
    for (int i = 0; i < seen.size(); i++) {
      if (observation.saysTheSame(seen.get(i))) {
        seen.set(i, seen.get(i).and(observation));
        return;
      }
    }
    seen.add(observation);
  }
}
