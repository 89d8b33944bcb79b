package io.nvmetsh.doctor.checks;

import io.nvmetsh.device.Inventory;
import io.nvmetsh.doctor.Area;
import io.nvmetsh.doctor.Check;
import io.nvmetsh.doctor.Machine;
import io.nvmetsh.doctor.Observation;
import io.nvmetsh.offload.Finding;
import io.nvmetsh.offload.OffloadRules;
import io.nvmetsh.offload.Staging;
import io.nvmetsh.offload.rules.StagingUnmapped;
import io.nvmetsh.plan.hazards.StagingTooLarge;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The staging memory of nvmet_rdma, against the kernel's own memory. */
public record StagingMemory() implements Check {

  private static final String MODULE = "nvmet_rdma";
  private static final String START = "offload_mem_start";

  @Override
  public Area area() {
    return Area.STAGING;
  }

  @Override
  public List<Observation> look(Machine machine) {
    if (!machine.hasOffload()) {
      return List.of();
    }
    List<Observation> seen = new ArrayList<>();
    Map<String, String> parameters = machine.inventory().parameters(MODULE);
    Staging now = Staging.of(parameters);
    boolean isStub =
        machine.inventory().module(MODULE).isPresent() && !parameters.containsKey(START);
    if (!isStub) {
      seen.addAll(observe(machine.inventory(), MODULE, now));
    }
    Staging next = Staging.of(configured(machine.inventory()));
    if (next.isAsked() && !next.equals(now)) {
      seen.addAll(observe(machine.inventory(), MODULE + " at the next boot", next));
      next.ignored()
          .ifPresent(
              why ->
                  seen.add(
                      Observation.warning(
                          "OFF-MEM-SIZE",
                          MODULE + " at the next boot",
                          "the staging memory will be ignored: " + why)));
    }
    for (String rule : List.of("OFF-MEM-SIZE", "OFF-MEM-FEW")) {
      for (Finding finding : OffloadRules.find(rule).orElseThrow().machine(machine.view())) {
        seen.add(Observation.of(finding));
      }
    }
    return seen;
  }

  /** What the module is going to be loaded with. */
  private static Map<String, String> configured(Inventory inventory) {
    Map<String, String> values = new TreeMap<>();
    inventory
        .moduleConfig()
        .options(MODULE)
        .forEach((name, option) -> values.put(name, option.value()));
    return values;
  }

  private static List<Observation> observe(Inventory inventory, String about, Staging staging) {
    if (!staging.isAsked()) {
      Observation none =
          Observation.ok(about, "no memory set aside: buffers are taken from the kernel's");
      return List.of(
          Staging.free(inventory).isEmpty()
              ? none
              : Observation.note(
                  about,
                  "no memory asked for, and there is some that the kernel was told to leave alone,"
                      + " from 0x"
                      + Long.toHexString(Staging.free(inventory).get())));
    } else if (staging.ignored().isPresent()) {
      return List.of(); // OFF-MEM-SIZE says so
    } else if (staging.size() > StagingTooLarge.MOST_MIB) {
      return List.of(
          Observation.warning(new StagingTooLarge().id(), about, range(staging))
              .needs(
                  "at most "
                      + StagingTooLarge.MOST_MIB
                      + " MiB: beyond, buffers lie on top of each other"));
    }
    Optional<String> clause = StagingUnmapped.clause(inventory, staging);
    if (clause.isPresent()) {
      return List.of(
          Observation.warning(
                  new StagingUnmapped().id(), about, range(staging) + " " + clause.get())
              .needs("memory that the kernel was told to leave alone (mem=, memmap=)")
              .elsewhere("boot the kernel with less memory, or set another start"));
    }
    String found = range(staging) + ": " + staging.buffers() + " buffers";
    return List.of(
        inventory.kernelMemory().isEmpty()
            ? Observation.unknown(about, found + "; where the kernel's memory is only root is told")
            : Observation.ok(about, found + ", outside the kernel's memory"));
  }

  private static String range(Staging staging) {
    return staging.size() + " MiB from 0x" + Long.toHexString(staging.start());
  }
}
