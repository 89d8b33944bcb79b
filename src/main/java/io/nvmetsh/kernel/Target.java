package io.nvmetsh.kernel;

import io.nvmetsh.device.SysTree;
import io.nvmetsh.schema.KernelFlavor;
import io.nvmetsh.schema.Problem;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A kernel with its machine: everything that can be read or changed.
 *
 * @param label what the prompt shows of it: {@code sim ofed-4.1}, or nothing for this machine
 * @param hazards whether it may be sent what brings a kernel down, to see what happens then: never
 *     a real one
 */
public record Target(
    Configfs configfs,
    SysTree sys,
    Modules modules,
    KernelLog log,
    KernelFlavor flavor,
    String label,
    boolean simulated,
    boolean hazards) {

  public Target {
    if (hazards && !simulated) {
      throw new IllegalArgumentException("no hazard is sent to a real kernel");
    }
  }

  /** One that is sent no hazard. */
  public Target(
      Configfs configfs,
      SysTree sys,
      Modules modules,
      KernelLog log,
      KernelFlavor flavor,
      String label,
      boolean simulated) {
    this(configfs, sys, modules, log, flavor, label, simulated, false);
  }

  /** Which start of the kernel this is; a target does not outlive one. Empty where none tells. */
  public String boot() {
    return sys.read("/proc/sys/kernel/random/boot_id").map(String::strip).orElse("");
  }

  /**
   * The running kernel.
   *
   * @param root {@link KernelProbe#ROOT}, another mount, or a copy of a tree
   * @throws io.nvmetsh.schema.NvmetshException when there is no target there
   */
  public static Target real(Path root, SysTree sys) {
    Optional<Problem> absence = KernelProbe.absence(root, sys);
    if (absence.isPresent()) {
      throw absence.get().asException();
    }
    Kmsg log = new Kmsg();
    return new Target(
        new SysfsConfigfs(root, log),
        sys,
        new Modprobe(log),
        log,
        KernelProbe.flavor(root, sys),
        "",
        false);
  }
}
