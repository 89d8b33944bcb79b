package io.nvmetsh.kernel.sim;

import io.nvmetsh.device.KernelModule;
import io.nvmetsh.device.ModuleConfig;
import io.nvmetsh.device.ModuleOption;
import io.nvmetsh.device.OptionsText;
import io.nvmetsh.kernel.Errno;
import io.nvmetsh.kernel.Modules;
import io.nvmetsh.kernel.Refusal;
import io.nvmetsh.kernel.Refusal.Operation;
import io.nvmetsh.schema.Feature;
import io.nvmetsh.schema.NvmetPath;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/** The simulated kernel's modules: which are loaded, with which parameters, and what uses them. */
final class SimModules implements Modules {

  private static final String P2P_QUEUES = "num_p2p_queues";
  private static final long MOST_P2P_QUEUES = 65534;

  /** Parameters that mainline modules ignore. */
  static final List<String> VENDOR_PARAMETERS =
      List.of(P2P_QUEUES, "offload_mem_start", "offload_mem_size", "offload_buffer_size");

  private final SimProfile profile;
  private final SimLog log;
  private final MemoryMap memory;
  private final String dumpedOptions;
  private final Map<String, KernelModule> atStart = new TreeMap<>();
  private final SortedMap<String, SortedMap<String, String>> loaded = new TreeMap<>();
  private final Set<String> reloaded = new HashSet<>();
  private Optional<String> options = Optional.empty();
  private @Nullable Supplier<ModuleConfig> config;
  private @Nullable ToIntFunction<String> users;
  private int changes;

  /**
   * @param dumpedOptions what the machine has in its own file of options
   * @param atStart the modules that are there to begin with, built in or loaded
   */
  SimModules(
      SimProfile profile,
      SimLog log,
      MemoryMap memory,
      String dumpedOptions,
      Collection<KernelModule> atStart) {
    this.profile = profile;
    this.log = log;
    this.memory = memory;
    this.dumpedOptions = dumpedOptions;
    for (KernelModule module : atStart) {
      this.atStart.put(module.name(), module);
      loaded.put(module.name(), new TreeMap<>());
    }
  }

  /** The parameters that a module was loaded with before anyone looked. */
  void note(String module, String parameter, String value) {
    SortedMap<String, String> parameters = loaded.get(module);
    if (parameters != null && knows(parameter)) {
      parameters.put(parameter, value);
    }
  }

  /** How often the target uses a module, which other modules do as well. */
  void setUsers(ToIntFunction<String> users) {
    this.users = users;
  }

  /** What modprobe is told, with what was written here among it. */
  void setConfig(Supplier<ModuleConfig> config) {
    this.config = config;
  }

  /** The file of options, once it was written; empty where it is what the dump shows. */
  Optional<String> writtenOptions() {
    return options;
  }

  void writeOptions(String text) {
    options = Optional.of(text);
    changes++;
  }

  @Override
  public void setOptions(String name, SortedMap<String, String> values) {
    writeOptions(OptionsText.with(optionsFile(), name, values));
  }

  @Override
  public void unsetOptions(String name, SortedSet<String> parameters) {
    writeOptions(OptionsText.without(optionsFile(), name, parameters));
  }

  private String optionsFile() {
    return options.orElse(dumpedOptions);
  }

  /** What modprobe gives a module: what it is told, and then what is asked for. */
  private SortedMap<String, String> given(String module, SortedMap<String, String> asked) {
    SortedMap<String, String> given = new TreeMap<>();
    if (config != null) {
      for (ModuleOption option : config.get().options(module).values()) {
        given.put(option.parameter(), option.value());
      }
    }
    given.putAll(asked);
    return given;
  }

  /**
   * The target was there before these modules were looked at: of a module's references, those that
   * are the target's are not others'.
   */
  void countTarget() {
    for (KernelModule module : List.copyOf(atStart.values())) {
      boolean targetsAlone = module.name().startsWith("nvmet") || module.name().equals("nvme_loop");
      int others = module.references() - module.holders().size() - uses(module.name());
      atStart.put(
          module.name(),
          new KernelModule(
              module.name(),
              module.builtIn(),
              module.holders().size() + (targetsAlone ? 0 : Math.max(0, others)),
              module.holders()));
    }
  }

  boolean isLoaded(String module) {
    return loaded.containsKey(module);
  }

  /** Every module that is there, with the parameters it was loaded with. */
  SortedMap<String, SortedMap<String, String>> loaded() {
    return Collections.unmodifiableSortedMap(loaded);
  }

  /** The modules of a saved kernel. */
  void restore(SortedMap<String, SortedMap<String, String>> saved, Set<String> savedReloaded) {
    loaded.clear();
    loaded.putAll(saved);
    reloaded.clear();
    reloaded.addAll(savedReloaded);
    changes++;
  }

  /** Differs after every load and unload. */
  int changes() {
    return changes;
  }

  /** Whether a module was loaded since the start, and so does not show what the dump shows. */
  boolean wasReloaded(String module) {
    return reloaded.contains(module);
  }

  Set<String> reloaded() {
    return Collections.unmodifiableSet(reloaded);
  }

  SortedMap<String, String> parameters(String module) {
    return loaded.getOrDefault(module, Collections.emptySortedMap());
  }

  /** As {@code /proc/modules} shows them. */
  String table() {
    StringBuilder table = new StringBuilder();
    for (String module : loaded.keySet()) {
      if (!isBuiltIn(module)) {
        Set<String> holders = holders(module);
        int references = holders.size() + others(module) + uses(module);
        table.append(module).append(" 16384 ").append(references).append(' ');
        for (String holder : holders) {
          table.append(holder).append(',');
        }
        table.append(holders.isEmpty() ? "- Live 0x0\n" : " Live 0x0\n");
      }
    }
    return table.toString();
  }

  /** request_module: without parameters, and whether it worked. */
  boolean request(String module) {
    try {
      load(module, new TreeMap<>());
      return true;
    } catch (Refusal e) {
      return false;
    }
  }

  @Override
  public void load(String name, SortedMap<String, String> parameters) throws Refusal {
    String module = name.replace('-', '_');
    if (isLoaded(module)) {
      return;
    }
    if (!profile.hasModule(module) && !atStart.containsKey(module)) {
      throw refusal(
          name,
          Errno.ENOENT,
          "modprobe: FATAL: Module "
              + name
              + " not found in directory /lib/modules/"
              + profile.release());
    }
    for (String needed : dependencies(module)) {
      load(needed, new TreeMap<>());
    }
    try {
      loaded.put(module, initialise(module, given(module, parameters)));
      reloaded.add(module);
      changes++;
    } catch (Deny e) {
      throw refusal(
          name,
          e.errno(),
          "modprobe: ERROR: could not insert '" + module + "': " + e.errno().words());
    }
  }

  @Override
  public void unload(String name) throws Refusal {
    String module = name.replace('-', '_');
    if (!isLoaded(module)) {
      return;
    }
    if (isBuiltIn(module)) {
      throw refusal(name, Errno.EBUSY, "modprobe: FATAL: Module " + module + " is builtin.");
    }
    if (isInUse(module)) {
      throw refusal(name, Errno.EBUSY, "modprobe: FATAL: Module " + module + " is in use.");
    }
    loaded.remove(module);
    changes++;
    for (String needed : dependencies(module)) {
      if (!isBuiltIn(needed) && !isInUse(needed)) {
        unload(needed);
      }
    }
  }

  /**
   * Whether a transport's module registers what it is for. The stub that MLNX_OFED has where it
   * does not know the kernel is loaded, and uses nothing of nvmet; loading it anew makes it no
   * other.
   */
  boolean provides(String module) {
    KernelModule core = atStart.get("nvmet");
    KernelModule found = atStart.get(module);
    boolean isStub =
        profile.flavor().ofed().isPresent()
            && core != null
            && found != null
            && !core.builtIn()
            && !found.builtIn()
            && !core.holders().contains(module);
    return isLoaded(module) && !isStub;
  }

  private boolean isBuiltIn(String module) {
    KernelModule known = atStart.get(module);
    return known != null && known.builtIn();
  }

  private boolean isInUse(String module) {
    return !holders(module).isEmpty() || others(module) > 0 || uses(module) > 0;
  }

  private int uses(String module) {
    return users == null ? 0 : users.applyAsInt(module);
  }

  /** The loaded modules that need it. */
  private Set<String> holders(String module) {
    Set<String> holders = new TreeSet<>();
    KernelModule known = atStart.get(module);
    for (String other : loaded.keySet()) {
      boolean isHeld = known != null && known.holders().contains(other);
      // a stub that was there at the start needs nothing of what its module would
      boolean isAsFound = known != null && atStart.containsKey(other) && !wasReloaded(other);
      if (isHeld || (!isAsFound && dependencies(other).contains(module))) {
        holders.add(other);
      }
    }
    return holders;
  }

  /** What else used it on the dumped machine, such as a mounted drive; that goes on. */
  private int others(String module) {
    KernelModule known = atStart.get(module);
    return known == null || wasReloaded(module)
        ? 0
        : Math.max(0, known.references() - known.holders().size());
  }

  /** As far as the modules of the target are concerned. */
  private List<String> dependencies(String module) {
    return switch (module) {
      case "nvme" -> List.of("nvme_core");
      case "nvmet" -> profile.flavor().has(Feature.PASSTHRU) ? List.of("nvme_core") : List.of();
      case "nvmet_rdma", "nvmet_tcp", "nvmet_fc" -> List.of("nvmet");
      case "nvme_loop" -> List.of("nvmet", "nvme_core");
      default -> List.of();
    };
  }

  /**
   * What the module's initialisation makes of its parameters; those it does not know are ignored.
   */
  private SortedMap<String, String> initialise(String module, SortedMap<String, String> given)
      throws Deny {
    SortedMap<String, String> values = new TreeMap<>();
    if (profile.flavor().ofed().isPresent()) {
      if (module.equals("nvme")) {
        values.put(P2P_QUEUES, Long.toString(p2pQueues(given.getOrDefault(P2P_QUEUES, "0"))));
      } else if (module.equals("nvmet_rdma")) {
        initialiseStaging(given, values);
      }
    }
    for (Map.Entry<String, String> parameter : given.entrySet()) {
      if (knows(parameter.getKey())) {
        values.putIfAbsent(parameter.getKey(), parameter.getValue());
      }
    }
    return values;
  }

  private boolean knows(String parameter) {
    return profile.flavor().ofed().isPresent() || !VENDOR_PARAMETERS.contains(parameter);
  }

  private long p2pQueues(String text) throws Deny {
    if (!profile.has(Quirk.P2P_QUEUES_CHECKED)) {
      return KernelNumber.signed(text, 0);
    }
    long queues = KernelNumber.unsigned(text, 0, 0xffff_ffffL);
    if (queues > MOST_P2P_QUEUES) {
      throw new Deny(Errno.EINVAL);
    }
    return queues;
  }

  /** nvmet_rdma's pool of staging buffers; all sizes are MiB. */
  private void initialiseStaging(SortedMap<String, String> given, SortedMap<String, String> values)
      throws Deny {
    long start = KernelNumber.unsigned(given.getOrDefault("offload_mem_start", "0"), 0, -1);
    long size = KernelNumber.unsigned(given.getOrDefault("offload_mem_size", "0"), 0, 0xffff_ffffL);
    long buffer = buffer(given.getOrDefault("offload_buffer_size", "128"));
    if (start != 0 && size != 0 && buffer != 0 && size >= buffer) {
      // The product is kept in 32 bits, so that 4096 MiB and more wrap around.
      long bytes = (size << 20) & 0xffff_ffffL;
      if (start % 4096 != 0 || memory.maps(start, bytes)) {
        throw new Deny(Errno.EINVAL);
      }
      log.print(
          "nvmet_rdma",
          "offload_mem_start=0x"
              + Long.toHexString(start)
              + " pool_size="
              + size / buffer
              + ", buf_size="
              + buffer);
    }
    values.put("offload_mem_start", Long.toUnsignedString(start));
    values.put("offload_mem_size", Long.toString(size));
    values.put("offload_buffer_size", Long.toString(buffer));
  }

  private long buffer(String text) throws Deny {
    long least =
        profile.has(Quirk.STAGING_BUFFER_16) ? 16 : profile.has(Quirk.STAGING_BUFFER_8) ? 8 : 0;
    long size = KernelNumber.unsigned(text, 0, least == 0 ? 0xffff_ffffL : 0x7fff_ffffL);
    if (size < least) {
      throw new Deny(Errno.EINVAL);
    }
    return size;
  }

  private static Refusal refusal(String name, Errno errno, String line) {
    return new Refusal(Operation.MODPROBE, NvmetPath.ROOT.child(name), errno, List.of(line));
  }
}
