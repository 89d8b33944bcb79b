package io.nvmetsh.kernel.sim;

import io.nvmetsh.device.Inventory;
import io.nvmetsh.device.KernelModule;
import io.nvmetsh.device.ModuleConfig;
import io.nvmetsh.device.SysTree;
import io.nvmetsh.kernel.Configfs;
import io.nvmetsh.kernel.Modules;
import io.nvmetsh.kernel.Target;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** A simulated kernel on a dumped machine, with nvmet loaded, as a target to work on. */
public final class SimTarget {

  private static final List<String> OURS = List.of("nvme_core", "nvme", "nvmet", "nvmet_rdma");

  private final SimProfile profile;
  private final SimKernel kernel;
  private final SimMachine machine;
  private final Mortality mortality;
  private Optional<StateLog> log = Optional.empty();

  private SimTarget(SimProfile profile, SysTree dump, SimRandom random) {
    this.profile = profile;
    Inventory inventory = new Inventory(dump);
    SimLog log = new SimLog(profile);
    SimModules modules =
        new SimModules(
            profile,
            log,
            new MemoryMap(inventory.kernelMemory().orElse(List.of())),
            dump.read(ModuleConfig.OWN_FILE).orElse(""),
            atStart(inventory, dump, profile));
    noteParameters(inventory, modules);
    this.machine = new SimMachine(dump, profile, modules);
    modules.setConfig(() -> new Inventory(machine).moduleConfig());
    this.kernel = SimKernel.start(profile, new InventoryWorld(machine), modules, log, random);
    this.mortality = new Mortality(log);
  }

  private static List<KernelModule> atStart(Inventory inventory, SysTree dump, SimProfile profile) {
    List<KernelModule> modules = new ArrayList<>();
    for (KernelModule module : inventory.modules()) {
      if (profile.flavor().ofed().isPresent() || !module.name().equals("mlx_compat")) {
        modules.add(module);
      }
    }
    for (String name : OURS) {
      Optional<KernelModule> module = inventory.module(name);
      if (module.isPresent() && module.get().builtIn()) {
        modules.add(module.get());
      } else if (module.isEmpty()
          && name.equals("nvme")
          && !dump.list("/sys/class/nvme").isEmpty()) {
        // The dump does not say so, but without it there were no drives.
        modules.add(new KernelModule(name, false, 0, List.of()));
      }
    }
    return modules;
  }

  private static void noteParameters(Inventory inventory, SimModules modules) {
    for (String name : OURS) {
      for (Map.Entry<String, String> entry : inventory.parameters(name).entrySet()) {
        modules.note(name, entry.getKey(), entry.getValue());
      }
    }
  }

  /** A kernel that nothing was done to yet, on the machine of a dump. */
  public static SimTarget start(SimProfile profile, SysTree dump) {
    return start(profile, dump, OptionalLong.empty());
  }

  /**
   * @param seed where serial numbers and UUIDs come from; without one they are unpredictable
   */
  public static SimTarget start(SimProfile profile, SysTree dump, OptionalLong seed) {
    SimTarget target = new SimTarget(profile, dump, new SimRandom(seed, 0));
    if (!target.kernel.nvmet().modules().request(Nvmet.NAME)) {
      throw new IllegalStateException("nvmet does not load");
    }
    return target;
  }

  /** The kernel that a machine runs, on that machine, with nothing configured yet. */
  static SimTarget running(SimProfile profile, SysTree sys) {
    SimTarget target = new SimTarget(profile, sys, new SimRandom(OptionalLong.empty(), 0));
    target.kernel.nvmet().modules().request(Nvmet.NAME);
    return target;
  }

  /**
   * The kernel that was saved to a file; a new one when there is no such file yet.
   *
   * @throws io.nvmetsh.schema.NvmetshException when the file is damaged, of another kernel, or
   *     where none can be written
   */
  public static SimTarget resume(SimProfile profile, SysTree dump, Path file) {
    SimState.checkPlace(file);
    if (!Files.exists(file)) {
      // what is made up has to be the same when the log is repeated; and what an unsaved kernel
      // was is in the file before anything is done to it
      SimTarget fresh = start(profile, dump, OptionalLong.of(new SecureRandom().nextLong()));
      fresh.log = Optional.of(new StateLog(file, 0));
      fresh.save(file);
      return fresh;
    }
    SimState state = SimState.load(file, profile);
    SimTarget target = new SimTarget(profile, dump, new SimRandom(state.seed(), state.drawn()));
    state.restore(target.kernel);
    StateLog log = new StateLog(file, state.operations());
    log.repeat(target.kernel);
    target.log = Optional.of(log);
    return target;
  }

  /**
   * Writes the kernel's whole state to a file, which only its owner may read: keys are in it. Of
   * one that went down nothing is kept: the file stays as it was.
   *
   * @throws io.nvmetsh.schema.NvmetshException when that does not work
   */
  public void save(Path file) {
    if (log.filter(StateLog::isEmpty).isPresent() && Files.exists(file)) {
      return;
    }
    if (!mortality.isDown()) {
      SimState.save(kernel, log.map(StateLog::operations).orElse(0L), file);
    }
    log.ifPresent(StateLog::clear);
  }

  public SimKernel kernel() {
    return kernel;
  }

  public Target target() {
    return target(false, List.of());
  }

  /**
   * @param hazards whether it may be sent what brings a kernel down; it then goes down like one
   * @param faults what goes wrong with it
   */
  public Target target(boolean hazards, List<Fault> faults) {
    SimModules simulated = kernel.nvmet().modules();
    Configfs files = hazards ? mortality.of(kernel) : kernel;
    Modules modules = hazards ? mortality.of(simulated) : simulated;
    List<Passage> passages = new ArrayList<>();
    log.ifPresent(passages::add);
    passages.addAll(faults);
    for (Passage passage : passages) {
      files = passage.of(files);
      modules = passage.of(modules);
    }
    return new Target(
        files,
        machine,
        modules,
        kernel.log(),
        profile.flavor(),
        "sim " + profile.name(),
        true,
        hazards);
  }
}
