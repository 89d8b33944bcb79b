package io.nvmetsh.plan;

import io.nvmetsh.schema.KernelFlavor;
import io.nvmetsh.schema.Problem;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What the parameters of the vendor's modules take. A value that they do not take keeps a module
 * from being loaded at all, be it now or at the next boot.
 */
public final class ModuleValues {

  private static final int PAGE = 4096;

  /** Those of nvmet_rdma that say where staging buffers are. */
  static final List<String> STAGING =
      List.of("offload_mem_start", "offload_mem_size", "offload_buffer_size");

  private ModuleValues() {}

  /** Whether only the vendor's modules have a parameter. */
  static boolean isOfVendor(String parameter) {
    return parameter.equals("num_p2p_queues") || STAGING.contains(parameter);
  }

  /** What is wrong with a value; empty also when nothing is known of the parameter. */
  public static Optional<Problem> problem(
      String module, String parameter, String text, KernelFlavor flavor) {
    if (!isOfVendor(parameter)) {
      return Optional.empty();
    }
    OptionalLong number = KernelNumber.parse(text);
    if (number.isEmpty()) {
      return Optional.of(invalid(module, parameter, text, "is not a number"));
    }
    long value = number.getAsLong();
    return switch (parameter) {
      case "num_p2p_queues" -> queues(module, text, value);
      case "offload_mem_start" -> start(module, text, value);
      case "offload_mem_size" -> size(module, text, value);
      default -> buffer(module, text, value, flavor);
    };
  }

  private static Optional<Problem> queues(String module, String text, long value) {
    return value > 65534
        ? Optional.of(invalid(module, "num_p2p_queues", text, "is not in 0 to 65534"))
        : Optional.empty();
  }

  /** The pool's start must be page aligned, else the module is not loaded. */
  private static Optional<Problem> start(String module, String text, long value) {
    if (value % PAGE == 0) {
      return Optional.empty();
    }
    String clause = "is not a multiple of the page size, 4096" + Cause.MODULE_PARAMETER.answer();
    String below = "0x" + Long.toHexString(value - value % PAGE);
    return Optional.of(
        invalid(module, "offload_mem_start", text, clause)
            .hint("the page it is in begins at:  offload_mem_start=" + below));
  }

  private static Optional<Problem> size(String module, String text, long value) {
    return value > 4294967295L
        ? Optional.of(invalid(module, "offload_mem_size", text, "is not in 0 to 4095, in MiB"))
        : Optional.empty();
  }

  /** Least sizes: none up to 4.2, then 16 MiB, from 5.1 on 8 MiB. */
  private static Optional<Problem> buffer(
      String module, String text, long value, KernelFlavor flavor) {
    long least =
        flavor.ofed().isEmpty() || !flavor.ofed().get().atLeast(4, 3)
            ? 0
            : flavor.ofed().get().atLeast(5, 1) ? 8 : 16;
    return value < least || value > 4294967295L
        ? Optional.of(
            invalid(
                module,
                "offload_buffer_size",
                text,
                "is less than " + least + " MiB" + Cause.MODULE_PARAMETER.answer()))
        : Optional.empty();
  }

  private static Problem invalid(String module, String parameter, String value, String clause) {
    return Cause.MODULE_PARAMETER.foresees(
        about(
                module,
                parameter,
                Problem.Kind.INVALID,
                parameter + "=" + value + " " + clause,
                "the arithmetic:  help modules")
            .with("value", value));
  }

  static Problem about(
      String module, String parameter, Problem.Kind kind, String message, String... hints) {
    return Problem.of(kind, "module " + module + ": " + message, hints)
        .with("value", module)
        .with("rule", parameter);
  }
}
