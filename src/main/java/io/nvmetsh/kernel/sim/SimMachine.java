package io.nvmetsh.kernel.sim;

import io.nvmetsh.device.ModuleConfig;
import io.nvmetsh.device.SysTree;
import io.nvmetsh.schema.Feature;
import io.nvmetsh.schema.NaturalOrder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;

/**
 * The machine of a simulated kernel: a dump of some machine, with this kernel and the state of its
 * modules laid over it. Drives are gone while their driver is not loaded; the vendor's files are
 * there with the vendor's kernel only.
 */
final class SimMachine implements SysTree {

  private static final String NVME = "/sys/class/nvme";
  private static final String BLOCK = "/sys/class/block";
  private static final String MODULE = "/sys/module/";
  private static final String MODULES = "/proc/modules";
  private static final String P2P_QUEUES = "num_p2p_queues";

  /** What drives of this sort commonly grant: 128 I/O queues, of which the host keeps one. */
  private static final int MOST_P2P_QUEUES = 127;

  private final SysTree base;
  private final SimProfile profile;
  private final SimModules modules;
  private final Set<String> modulesAtStart;

  private int changes = -1;
  private final Map<String, String> files = new HashMap<>();
  private final Set<String> directories = new HashSet<>();
  private final Set<String> gone = new HashSet<>();

  SimMachine(SysTree base, SimProfile profile, SimModules modules) {
    this.base = base;
    this.profile = profile;
    this.modules = modules;
    this.modulesAtStart = Set.copyOf(modules.loaded().keySet());
  }

  // What is laid over the dump.

  private void update() {
    if (changes == modules.changes()) {
      return;
    }
    changes = modules.changes();
    files.clear();
    directories.clear();
    gone.clear();
    put(MODULES, "");
    if (!profile.isRunning()) {
      putKernel();
    }
    for (String module : modulesAtStart) {
      if (!modules.isLoaded(module)) {
        gone.add(MODULE + module);
      }
    }
    for (String module : modules.loaded().keySet()) {
      put(MODULE + module + "/initstate", "live\n");
      for (Map.Entry<String, String> entry : modules.parameters(module).entrySet()) {
        put(MODULE + module + "/parameters/" + entry.getKey(), entry.getValue() + "\n");
      }
    }
    modules.writtenOptions().ifPresent(this::updateOptions);
    updateDrives();
  }

  private void updateOptions(String text) {
    if (text.isEmpty()) {
      gone.add(ModuleConfig.OWN_FILE);
    } else {
      put(ModuleConfig.OWN_FILE, text);
    }
  }

  /** The kernel that the dumped machine did not run. */
  private void putKernel() {
    put("/proc/sys/kernel/osrelease", profile.release() + "\n");
    put("/boot/config-" + profile.release(), config());
    // nvmet's debugfs: nobody connects to a simulated kernel, and it says so
    putDirectory("/sys/kernel/debug/nvmet");
    if (profile.flavor().ofed().isPresent()) {
      put(MODULE + "mlx_compat/initstate", "live\n");
      put(MODULE + "mlx5_core/version", profile.ofedVersion() + "\n");
    } else {
      gone.add(MODULE + "mlx_compat");
      gone.add(MODULE + "mlx5_core/version");
      for (String parameter : SimModules.VENDOR_PARAMETERS) {
        gone.add(MODULE + "nvme/parameters/" + parameter);
        gone.add(MODULE + "nvmet_rdma/parameters/" + parameter);
      }
    }
  }

  private String config() {
    StringBuilder text = new StringBuilder("# Linux " + profile.release() + "\n");
    for (Feature feature : Feature.values()) {
      if (profile.flavor().has(feature)) {
        text.append(feature.option()).append("=y\n");
      }
    }
    return text.toString();
  }

  private void updateDrives() {
    boolean asFound = profile.isRunning() && !modules.wasReloaded("nvme");
    for (String controller : base.list(NVME)) {
      String at = NVME + "/" + controller;
      boolean pci = base.read(at + "/transport").orElse("").strip().equals("pcie");
      Optional<String> real = base.realPath(at);
      if (pci && real.isPresent()) {
        if (!modules.isLoaded("nvme")) {
          gone.add(real.get());
          gone.add(at);
          gone.add("/dev/" + controller);
          base.realPath(at + "/device").ifPresent(device -> gone.add(device + "/driver"));
        } else if (!asFound && profile.flavor().ofed().isPresent()) {
          String queues = Long.toString(p2pQueues(at));
          boolean named = profile.has(Quirk.P2P_QUEUES_NAMED);
          put(real.get() + "/" + P2P_QUEUES, (named ? P2P_QUEUES + ": " : "") + queues + "\n");
        } else if (!asFound) {
          gone.add(real.get() + "/" + P2P_QUEUES);
        }
      }
    }
    if (!modules.isLoaded("nvme")) {
      for (String name : base.list(BLOCK)) {
        if (isGone(base.realPath(BLOCK + "/" + name).orElse(""))) {
          gone.add(BLOCK + "/" + name);
          gone.add("/sys/block/" + name);
          gone.add("/dev/" + name);
        }
      }
    }
  }

  /** What the drive was granted: as asked for, as far as it has queues. */
  private long p2pQueues(String controller) {
    if (!modules.wasReloaded("nvme")) {
      String text = base.read(controller + "/" + P2P_QUEUES).orElse("").strip();
      try {
        return Long.parseLong(text.substring(text.indexOf(':') + 1).strip());
      } catch (NumberFormatException e) {
        // A machine without the vendor's driver: as if it had been loaded as the module says.
      }
    }
    String asked = modules.parameters("nvme").getOrDefault(P2P_QUEUES, "0");
    return Math.max(0, Math.min(Long.parseLong(asked), MOST_P2P_QUEUES));
  }

  private void put(String file, String content) {
    files.put(file, content);
    putDirectory(parent(file));
  }

  private void putDirectory(String directory) {
    for (String at = directory; directories.add(at) && !at.equals("/"); at = parent(at)) {}
  }

  // Reading.

  @Override
  public List<String> list(String directory) {
    update();
    String real = place(directory);
    if (isGone(real)) {
      return List.of();
    }
    Set<String> names = new TreeSet<>(NaturalOrder.INSTANCE);
    for (String name : base.list(real)) {
      if (gone.isEmpty() || !isGone(place(child(real, name)))) {
        names.add(name);
      }
    }
    if (directories.contains(real)) {
      for (String path : files.keySet()) {
        if (path.length() > real.length() && path.startsWith(child(real, ""))) {
          int start = child(real, "").length();
          int slash = path.indexOf('/', start);
          String name = path.substring(start, slash < 0 ? path.length() : slash);
          if (!isGone(child(real, name))) {
            names.add(name);
          }
        }
      }
    }
    return new ArrayList<>(names);
  }

  @Override
  public Optional<String> read(String file) {
    update();
    String real = place(file);
    if (isGone(real)) {
      return Optional.empty();
    }
    // What uses a module changes without any module being loaded.
    String content = real.equals(MODULES) ? modules.table() : files.get(real);
    return content != null ? Optional.of(content) : base.read(real);
  }

  @Override
  public OptionalInt word(String file, int offset) {
    update();
    String real = place(file);
    return isGone(real) ? OptionalInt.empty() : base.word(real, offset);
  }

  @Override
  public Optional<String> link(String path) {
    update();
    return isGone(path) || isGone(place(path)) ? Optional.empty() : base.link(path);
  }

  @Override
  public Optional<String> realPath(String path) {
    update();
    String real = place(path);
    return kind(real) == FileKind.ABSENT ? Optional.empty() : Optional.of(real);
  }

  @Override
  public FileKind kind(String path) {
    update();
    String real = place(path);
    if (isGone(real)) {
      return FileKind.ABSENT;
    } else if (files.containsKey(real)) {
      return FileKind.REGULAR;
    }
    return directories.contains(real) ? FileKind.DIRECTORY : base.kind(real);
  }

  /** A path with its links followed, as far as the dump has it. */
  private String place(String path) {
    Optional<String> real = base.realPath(path);
    if (real.isPresent() || path.equals("/")) {
      return real.orElse(path);
    }
    return child(place(parent(path)), path.substring(path.lastIndexOf('/') + 1));
  }

  private boolean isGone(String path) {
    for (String at = path; at.length() > 1 && !gone.isEmpty(); at = parent(at)) {
      if (gone.contains(at)) {
        return true;
      }
    }
    return false;
  }

  private static String parent(String path) {
    int slash = path.lastIndexOf('/');
    return slash <= 0 ? "/" : path.substring(0, slash);
  }

  private static String child(String directory, String name) {
    return directory.endsWith("/") ? directory + name : directory + "/" + name;
  }
}
