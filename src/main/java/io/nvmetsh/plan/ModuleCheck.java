package io.nvmetsh.plan;

import io.nvmetsh.device.Inventory;
import io.nvmetsh.device.KernelModule;
import io.nvmetsh.device.ModuleConfig;
import io.nvmetsh.device.ModuleOption;
import io.nvmetsh.schema.Problem;
import io.nvmetsh.tree.TargetTree;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Whether a module can be loaded with these parameters, or unloaded. A parameter that the module
 * lacks is passed over with a line in the kernel log, which would look done.
 */
final class ModuleCheck implements Check {

  /** What nvme has in mainline, 4.8 to 7.3 (drivers/nvme/host/pci.c). */
  private static final List<String> NVME =
      List.of(
          "use_threaded_interrupts",
          "use_cmb_sqes",
          "max_host_mem_size_mb",
          "sgl_threshold",
          "io_queue_depth",
          "write_queues",
          "poll_queues",
          "noacpi",
          "quirks");

  private static final List<String> NVMET_RDMA = List.of("use_srq", "srq_size");

  private final TargetTree tree;
  private final Inventory inventory;

  ModuleCheck(TargetTree tree, Inventory inventory) {
    this.tree = tree;
    this.inventory = inventory;
  }

  @Override
  public Optional<Problem> loadModule(Change.LoadModule load) {
    return parameters(load.name(), load.parameters());
  }

  /** What cannot be given now cannot be given at the next boot either. */
  @Override
  public Optional<Problem> setOptions(Change.SetOptions set) {
    Optional<KernelModule> module = inventory.module(set.name());
    return module.isPresent() && module.get().builtIn()
        ? Optional.of(builtIn(set))
        : parameters(set.name(), set.options());
  }

  @Override
  public Optional<Problem> unsetOptions(Change.UnsetOptions unset) {
    ModuleConfig config = inventory.moduleConfig();
    Set<String> own = config.own(unset.name()).keySet();
    Set<String> missing = new TreeSet<>(unset.parameters());
    missing.removeAll(own);
    if (missing.isEmpty() && !own.isEmpty()) {
      return Optional.empty();
    }
    String what = missing.isEmpty() ? "options" : String.join(", ", missing);
    Problem problem =
        Problem.of(
                Problem.Kind.NOT_FOUND,
                "module " + unset.name() + " has no " + what + " in " + ModuleConfig.OWN_FILE)
            .with("value", unset.name());
    for (ModuleOption other : config.said(unset.name())) {
      if (missing.isEmpty() || missing.contains(other.parameter())) {
        problem =
            problem.hint(other.parameter() + "=" + other.value() + " is said by " + other.place());
      }
    }
    return Optional.of(problem.hint("see what it will be loaded with:  modules"));
  }

  /** modprobe has nothing to load, and the kernel does not read its files. */
  private static Problem builtIn(Change.SetOptions set) {
    return Problem.of(
            Problem.Kind.CONFLICT,
            "module "
                + set.name()
                + " is built into the kernel, which takes no options from modprobe.d",
            "boot the kernel with: " + ReloadCheck.bootWords(set.name(), set.options()),
            ChangeCheck.FORCE)
        .with("value", set.name());
  }

  private Optional<Problem> parameters(String module, Map<String, String> values) {
    for (Map.Entry<String, String> each : values.entrySet()) {
      Optional<Problem> problem = unknown(module, each.getKey());
      if (problem.isEmpty()) {
        problem = ModuleValues.problem(module, each.getKey(), each.getValue(), tree.flavor());
      }
      if (problem.isPresent()) {
        return problem;
      }
    }
    return Optional.empty();
  }

  private Optional<Problem> unknown(String module, String parameter) {
    boolean vendor = ModuleValues.isOfVendor(parameter);
    boolean known =
        switch (module.replace('-', '_')) {
          case "nvme" -> parameter.equals("num_p2p_queues") || NVME.contains(parameter);
          case "nvmet_rdma" ->
              ModuleValues.STAGING.contains(parameter) || NVMET_RDMA.contains(parameter);
          case "nvmet" -> false;
          default -> true;
        };
    if (inventory.parameter(module, parameter).isPresent()) {
      return Optional.empty();
    }
    if (!known) {
      return Optional.of(
          ModuleValues.about(
              module,
              parameter,
              Problem.Kind.NOT_FOUND,
              "has no parameter " + parameter,
              "see what there is:  modules",
              ChangeCheck.FORCE));
    }
    return vendor && tree.flavor().ofed().isEmpty()
        ? Optional.of(notVendor(module, parameter))
        : Optional.empty();
  }

  private Problem notVendor(String module, String parameter) {
    return ModuleValues.about(
        module,
        parameter,
        Problem.Kind.UNSUPPORTED,
        "has no parameter "
            + parameter
            + " in "
            + tree.flavor().describe()
            + "; it exists from MLNX_OFED 4.1 on",
        "see what is loaded:  modules",
        ChangeCheck.FORCE);
  }

  @Override
  public Optional<Problem> unloadModule(Change.UnloadModule unload) {
    Optional<KernelModule> module = inventory.module(unload.name());
    if (module.isEmpty()) {
      return Optional.of(
          Problem.of(
                  Problem.Kind.NOT_FOUND,
                  "module " + unload.name() + " is not loaded",
                  "see what is:  modules")
              .with("value", unload.name()));
    }
    if (module.get().builtIn()) {
      return Optional.of(
          Cause.MODULE_IN_USE.foresees(
              Problem.of(
                      Problem.Kind.CONFLICT,
                      "module "
                          + unload.name()
                          + " is built into the kernel and cannot be unloaded",
                      "see what can be:  modules")
                  .with("value", unload.name())));
    }
    return module.get().references() == 0 ? Optional.empty() : Optional.of(inUse(module.get()));
  }

  private static Problem inUse(KernelModule module) {
    Problem problem =
        Cause.MODULE_IN_USE.foresees(
            Problem.of(
                    Problem.Kind.CONFLICT,
                    "module "
                        + module.name()
                        + " has "
                        + module.references()
                        + (module.references() == 1 ? " user" : " users")
                        + " and cannot be unloaded"
                        + Cause.MODULE_IN_USE.answer())
                .with("value", module.name()));
    for (String holder : module.holders()) {
      problem =
          problem.hint(
              "unload what uses it first:  " + TypedLines.of(new Change.UnloadModule(holder)));
    }
    return module.holders().isEmpty()
        ? problem.hint("enabled namespaces and linked ports are users; see them:  tree")
        : problem;
  }
}
