package io.nvmetsh.shell;

import io.nvmetsh.command.BootRestoreCommand;
import io.nvmetsh.device.DirSysTree;
import io.nvmetsh.device.DumpSysTree;
import io.nvmetsh.device.SysTree;
import io.nvmetsh.kernel.KernelProbe;
import io.nvmetsh.kernel.Modules;
import io.nvmetsh.kernel.Refusal;
import io.nvmetsh.kernel.Target;
import io.nvmetsh.kernel.sim.Fault;
import io.nvmetsh.kernel.sim.SimProfile;
import io.nvmetsh.kernel.sim.SimTarget;
import io.nvmetsh.kernel.sim.StateLock;
import io.nvmetsh.schema.NvmetshException;
import io.nvmetsh.schema.Problem;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;

/** Opens the kernel that the options ask for. A simulated one is never chosen silently. */
final class Targets {

  private Targets() {}

  /**
   * A kernel, and what is to be done after each line so that nothing of it is lost.
   *
   * @param keep writes a simulated kernel's state to its file; does nothing for a real one
   * @param release lets others have that file
   */
  record Opened(Target target, Runnable keep, Runnable release) implements AutoCloseable {

    /** One that nothing is kept of. */
    Opened(Target target) {
      this(target, () -> {}, () -> {});
    }

    @Override
    public void close() {
      release.run();
    }
  }

  /**
   * @throws io.nvmetsh.schema.NvmetshException when there is no nvmet here, no such profile, or a
   *     file that cannot be read
   */
  static Opened open(LaunchOptions options) {
    return options.sim().isPresent() ? simulated(options) : real(options);
  }

  private static Opened simulated(LaunchOptions options) {
    SysTree machine =
        options.machine().isPresent()
            ? DumpSysTree.load(Path.of(options.machine().get()))
            : DumpSysTree.defaultMachine();
    String name = options.sim().get();
    SimProfile profile =
        name.equals(LaunchOptions.MACHINES_OWN) ? SimProfile.of(machine) : SimProfile.named(name);
    List<Fault> faults = options.simFault().map(Fault::parseAll).orElse(List.of());
    if (options.simState().isEmpty()) {
      return new Opened(SimTarget.start(profile, machine).target(options.simHazards(), faults));
    }
    Path state = Path.of(options.simState().get());
    StateLock lock = StateLock.take(state);
    try {
      SimTarget kernel = SimTarget.resume(profile, machine, state);
      return new Opened(
          kernel.target(options.simHazards(), faults), () -> kernel.save(state), lock::close);
    } catch (NvmetshException e) {
      lock.close();
      throw e;
    }
  }

  private static Opened real(LaunchOptions options) {
    SysTree machine = new DirSysTree();
    Path root = options.root().map(Path::of).orElse(KernelProbe.ROOT);
    if (options.command().contains(BootRestoreCommand.NAME)
        && KernelProbe.isUnloaded(root, machine)) {
      load();
    }
    return new Opened(Target.real(root, machine));
  }

  /** When the machine has just started nobody else has done it. nvmet takes no options. */
  private static void load() {
    try {
      Modules.running().load("nvmet", new TreeMap<>());
    } catch (Refusal refusal) {
      throw Problem.of(
              Problem.Kind.UNSUPPORTED,
              "module nvmet cannot be loaded: " + refusal.words(),
              "see why:  modprobe nvmet")
          .asException();
    }
  }
}
