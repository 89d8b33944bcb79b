package io.nvmetsh.doctor.checks;

import io.nvmetsh.device.ModuleOption;
import io.nvmetsh.device.ModuleOverride;
import io.nvmetsh.doctor.Area;
import io.nvmetsh.doctor.Check;
import io.nvmetsh.doctor.Machine;
import io.nvmetsh.doctor.Observation;
import io.nvmetsh.plan.KernelNumber;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** The parameters that offload needs: as the modules have them, and as they will be loaded next. */
public record OptionsForBoot() implements Check {

  /**
   * A parameter that offload needs.
   *
   * @param initial what it is when nobody says anything
   */
  private record Parameter(String module, String name, String initial) {}

  private static final List<Parameter> PARAMETERS =
      List.of(
          new Parameter("nvme", "num_p2p_queues", "0"),
          new Parameter("nvmet_rdma", "offload_mem_start", "0"),
          new Parameter("nvmet_rdma", "offload_mem_size", "0"),
          new Parameter("nvmet_rdma", "offload_buffer_size", "128"));

  @Override
  public Area area() {
    return Area.SOFTWARE;
  }

  @Override
  public List<Observation> look(Machine machine) {
    List<Observation> seen = new ArrayList<>();
    if (machine.hasOffload()) {
      for (String module : List.of("nvme", "nvmet_rdma")) {
        for (ModuleOverride line : machine.inventory().moduleConfig().overrides(module)) {
          seen.add(Observation.note(module, overridden(line) + " (" + line.place() + ")"));
        }
        observe(machine, module).ifPresent(seen::add);
      }
    }
    return seen;
  }

  private static String overridden(ModuleOverride line) {
    return switch (line.kind()) {
      case BLACKLIST -> "is not loaded by itself at the next boot";
      case INSTALL -> "is replaced by a command at the next boot";
    };
  }

  private static Optional<Observation> observe(Machine machine, String module) {
    Map<String, String> now = machine.inventory().parameters(module);
    Map<String, ModuleOption> next = machine.inventory().moduleConfig().options(module);
    List<String> given = new ArrayList<>();
    List<String> chosen = new ArrayList<>();
    Set<String> places = new LinkedHashSet<>();
    boolean same = true;
    for (Parameter parameter : PARAMETERS) {
      if (parameter.module.equals(module)) {
        String value = now.getOrDefault(parameter.name, parameter.initial);
        ModuleOption option = next.get(parameter.name);
        String later = option == null ? parameter.initial : option.value();
        same &= KernelNumber.same(value, later);
        if (!KernelNumber.same(value, parameter.initial)) {
          given.add(parameter.name + "=" + spelled(parameter, value));
        }
        if (option != null) {
          chosen.add(parameter.name + "=" + later);
          places.add(option.place());
        }
      }
    }
    String words = String.join(" ", chosen);
    String where = " (" + String.join(", ", places) + ")";
    if (given.isEmpty() && chosen.isEmpty()) {
      return Optional.empty();
    } else if (same) {
      return Optional.of(Observation.ok(module, words + " now and at the next boot" + where));
    }
    String otherwise = String.join(" ", given);
    return Optional.of(
        chosen.isEmpty()
            ? Observation.note(module, otherwise + ", which no file has for the next boot")
                .mend(List.of("modules set " + module + " " + otherwise))
            : Observation.note(module, words + " at the next boot" + where));
  }

  /** An address reads better, and is written, in hexadecimal; the kernel shows it in decimal. */
  private static String spelled(Parameter parameter, String value) {
    OptionalLong number = KernelNumber.parse(value);
    return parameter.name.equals("offload_mem_start") && number.isPresent()
        ? "0x" + Long.toHexString(number.getAsLong())
        : value;
  }
}
