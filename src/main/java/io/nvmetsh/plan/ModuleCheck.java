package io.nvmetsh.plan;

import io.nvmetsh.device.Inventory;
import io.nvmetsh.device.KernelModule;
import io.nvmetsh.schema.KernelFlavor;
import io.nvmetsh.schema.Problem;
import io.nvmetsh.tree.TargetTree;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Whether a module can be loaded with these parameters, or unloaded. A parameter that the module
 * lacks is passed over with a line in the kernel log, which would look done.
 */
final class ModuleCheck implements Check {

  private static final int PAGE = 4096;

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
  private static final List<String> OFFLOAD =
      List.of("offload_mem_start", "offload_mem_size", "offload_buffer_size");

  private final TargetTree tree;
  private final Inventory inventory;

  ModuleCheck(TargetTree tree, Inventory inventory) {
    this.tree = tree;
    this.inventory = inventory;
  }

  @Override
  public Optional<Problem> loadModule(Change.LoadModule load) {
    for (Map.Entry<String, String> each : load.parameters().entrySet()) {
      Optional<Problem> problem = unknown(load, each.getKey());
      if (problem.isEmpty()) {
        problem = value(load, each.getKey(), each.getValue());
      }
      if (problem.isPresent()) {
        return problem;
      }
    }
    return Optional.empty();
  }

  private Optional<Problem> unknown(Change.LoadModule load, String parameter) {
    boolean vendor = parameter.equals("num_p2p_queues") || OFFLOAD.contains(parameter);
    Optional<KernelModule> module = inventory.module(load.name());
    boolean known =
        switch (load.name().replace('-', '_')) {
          case "nvme" -> parameter.equals("num_p2p_queues") || NVME.contains(parameter);
          case "nvmet_rdma" -> OFFLOAD.contains(parameter) || NVMET_RDMA.contains(parameter);
          case "nvmet" -> false;
          default -> true;
        };
    if (module.isPresent() && inventory.parameter(load.name(), parameter).isPresent()) {
      return Optional.empty();
    }
    if (!known) {
      return Optional.of(
          about(
              load,
              parameter,
              Problem.Kind.NOT_FOUND,
              "has no parameter " + parameter,
              "see what there is:  modules",
              ChangeCheck.FORCE));
    }
    return vendor && tree.flavor().ofed().isEmpty()
        ? Optional.of(notVendor(load, parameter))
        : Optional.empty();
  }

  private Problem notVendor(Change.LoadModule load, String parameter) {
    return about(
        load,
        parameter,
        Problem.Kind.UNSUPPORTED,
        "has no parameter "
            + parameter
            + " in "
            + tree.flavor().describe()
            + "; it exists in MLNX_OFED 4.1",
        "see what is loaded:  modules",
        ChangeCheck.FORCE);
  }

  private Optional<Problem> value(Change.LoadModule load, String parameter, String text) {
    if (!parameter.equals("num_p2p_queues") && !OFFLOAD.contains(parameter)) {
      return Optional.empty();
    }
    OptionalLong number = KernelNumber.parse(text);
    if (number.isEmpty()) {
      return Optional.of(invalid(load, parameter, text, "is not a number"));
    }
    long value = number.getAsLong();
    return switch (parameter) {
      case "num_p2p_queues" -> queues(load, text, value);
      case "offload_mem_start" -> start(load, text, value);
      case "offload_mem_size" -> size(load, text, value);
      default -> buffer(load, text, value);
    };
  }

  private Optional<Problem> queues(Change.LoadModule load, String text, long value) {
    return value > 65534
        ? Optional.of(invalid(load, "num_p2p_queues", text, "is not in 0 to 65534"))
        : Optional.empty();
  }

  /** The pool's start must be page aligned, else the module is not loaded. */
  private Optional<Problem> start(Change.LoadModule load, String text, long value) {
    if (value % PAGE == 0) {
      return Optional.empty();
    }
    String clause = "is not a multiple of the page size, 4096" + Cause.MODULE_PARAMETER.answer();
    String below = "0x" + Long.toHexString(value - value % PAGE);
    return Optional.of(
        invalid(load, "offload_mem_start", text, clause)
            .hint("the page it is in begins at:  offload_mem_start=" + below));
  }

  private Optional<Problem> size(Change.LoadModule load, String text, long value) {
    return value > 4294967295L
        ? Optional.of(invalid(load, "offload_mem_size", text, "is not in 0 to 4095, in MiB"))
        : Optional.empty();
  }

  /** Least sizes: none up to 4.2, then 16 MiB, from 5.1 on 8 MiB. */
  private Optional<Problem> buffer(Change.LoadModule load, String text, long value) {
    KernelFlavor flavor = tree.flavor();
    long least =
        flavor.ofed().isEmpty() || !flavor.ofed().get().atLeast(4, 3)
            ? 0
            : flavor.ofed().get().atLeast(5, 1) ? 8 : 16;
    return value < least || value > 4294967295L
        ? Optional.of(
            invalid(
                load,
                "offload_buffer_size",
                text,
                "is less than " + least + " MiB" + Cause.MODULE_PARAMETER.answer()))
        : Optional.empty();
  }

  private static Problem invalid(
      Change.LoadModule load, String parameter, String value, String clause) {
    return Cause.MODULE_PARAMETER.foresees(
        about(
                load,
                parameter,
                Problem.Kind.INVALID,
                parameter + "=" + value + " " + clause,
                "the arithmetic:  help modules")
            .with("value", value));
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

  static Problem about(
      Change.LoadModule load,
      String parameter,
      Problem.Kind kind,
      String message,
      String... hints) {
    return Problem.of(kind, "module " + load.name() + ": " + message, hints)
        .with("value", load.name())
        .with("rule", parameter);
  }
}
