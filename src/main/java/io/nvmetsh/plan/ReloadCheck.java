package io.nvmetsh.plan;

import io.nvmetsh.device.Inventory;
import io.nvmetsh.device.KernelModule;
import io.nvmetsh.schema.Problem;
import java.util.Map;
import java.util.Optional;

/**
 * Whether loading a module would change anything. {@code modprobe} of a module that is loaded
 * reports success and leaves its parameters as they are, so that it would look done; nothing
 * overrules this.
 */
final class ReloadCheck implements Check {

  private final Inventory inventory;

  ReloadCheck(Inventory inventory) {
    this.inventory = inventory;
  }

  @Override
  public Optional<Problem> loadModule(Change.LoadModule load) {
    Optional<KernelModule> module = inventory.module(load.name());
    if (module.isEmpty()) {
      return Optional.empty();
    }
    for (Map.Entry<String, String> each : load.parameters().entrySet()) {
      Optional<String> now = inventory.parameter(load.name(), each.getKey());
      if (now.isEmpty() || !same(now.get(), each.getValue())) {
        return Optional.of(reload(load, module.get(), each.getKey(), now));
      }
    }
    return Optional.empty();
  }

  private static boolean same(String now, String wanted) {
    return now.equals(wanted) || KernelNumber.same(now, wanted);
  }

  private static Problem reload(
      Change.LoadModule load, KernelModule module, String parameter, Optional<String> now) {
    String state = module.builtIn() ? "is built into the kernel" : "is loaded";
    Problem problem =
        ModuleValues.about(
            load.name(),
            parameter,
            Problem.Kind.CONFLICT,
            state
                + " with "
                + (now.isEmpty() ? "no " + parameter : parameter + "=" + now.get())
                + "; parameters are read when a module is loaded, so nothing would change");
    if (!module.builtIn()) {
      problem =
          problem
              .hint("unload it first:  " + TypedLines.of(new Change.UnloadModule(load.name())))
              .hint("then:  " + TypedLines.of(load));
    }
    return problem.hint("or boot the kernel with: " + bootWords(load.name(), load.parameters()));
  }

  /** A blank, and what to add to the kernel's command line. */
  static String bootWords(String module, Map<String, String> parameters) {
    StringBuilder words = new StringBuilder();
    for (Map.Entry<String, String> each : parameters.entrySet()) {
      words.append(' ').append(module).append('.');
      words.append(each.getKey()).append('=').append(each.getValue());
    }
    return words.toString();
  }
}
