package io.nvmetsh.device;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;

/** Reads what the kernel says of itself: release, modules, memory. */
final class KernelReader {

  private static final String MODULES = "/sys/module/";
  private static final String MODULES_OF = "/lib/modules/";

  private final SysTree tree;
  private final SysValues values;

  KernelReader(SysTree tree) {
    this.tree = tree;
    this.values = new SysValues(tree);
  }

  String release() {
    return values.text("/proc/sys/kernel/osrelease");
  }

  String hostName() {
    return values.text("/proc/sys/kernel/hostname");
  }

  Optional<String> commandLine() {
    return values.value("/proc/cmdline");
  }

  /**
   * The release of MLNX_OFED or DOCA-OFED whose modules are loaded, as its mlx5_core calls itself,
   * {@code 4.1-1.0.2}. Around Linux 4 the kernel's own mlx5_core had a version too ({@code 5.0-0}):
   * {@code mlx_compat}, which only the vendor has, tells them apart.
   */
  Optional<String> ofedRelease() {
    return tree.kind(MODULES + "mlx_compat") == SysTree.FileKind.DIRECTORY
        ? values.value(MODULES + "mlx5_core/version")
        : Optional.empty();
  }

  /** As distributions install it beside the kernel. */
  Optional<String> configuration() {
    Optional<String> text = tree.read("/boot/config-" + release());
    return text.isPresent() ? text : tree.read(MODULES_OF + release() + "/config");
  }

  /** {@code nvme 36864 4 - Live 0x0}; users, if any, stand in place of the dash: {@code a,b,}. */
  List<KernelModule> loaded() {
    List<KernelModule> modules = new ArrayList<>();
    for (String line : SysValues.lines(values.rawText("/proc/modules"))) {
      List<String> words = SysValues.words(line);
      if (words.size() > 3) {
        Optional<Long> references = SysValues.parse(words.get(2), 10);
        List<String> holders = new ArrayList<>();
        for (String holder : words.get(3).split(",", -1)) {
          if (!holder.isEmpty() && !holder.equals("-") && !holder.startsWith("[")) {
            holders.add(holder);
          }
        }
        modules.add(
            new KernelModule(
                words.get(0),
                false,
                references.isPresent() ? references.get().intValue() : 0,
                holders));
      }
    }
    return modules;
  }

  /**
   * A module that is not loaded but may be built in. One without parameters and version leaves no
   * trace in /sys; the list that is installed with the kernel has all.
   */
  Optional<KernelModule> builtIn(String name) {
    boolean found = tree.kind(MODULES + name) == SysTree.FileKind.DIRECTORY;
    if (!found) {
      String list = values.rawText(MODULES_OF + release() + "/modules.builtin");
      for (String line : SysValues.lines(list)) {
        found |= line.endsWith(".ko") && moduleOf(line).equals(name);
      }
    }
    return found ? Optional.of(new KernelModule(name, true, 0, List.of())) : Optional.empty();
  }

  /**
   * What depmod(8) listed, {@code kernel/drivers/nvme/host/nvme.ko.xz: ...}, and what is built in.
   */
  Optional<Set<String>> installed() {
    String at = MODULES_OF + release();
    List<String> lines = SysValues.lines(values.rawText(at + "/modules.dep"));
    if (lines.isEmpty()) {
      return Optional.empty();
    }
    Set<String> names = new HashSet<>();
    for (String line : lines) {
      int colon = line.indexOf(':');
      names.add(moduleOf(colon < 0 ? line : line.substring(0, colon)));
    }
    for (String line : SysValues.lines(values.rawText(at + "/modules.builtin"))) {
      names.add(moduleOf(line));
    }
    return Optional.of(names);
  }

  /** {@code kernel/drivers/nvme/host/nvme-core.ko} is {@code nvme_core}. */
  static String moduleOf(String file) {
    String name = Links.name(file);
    int dot = name.indexOf('.');
    return spelled(dot < 0 ? name : name.substring(0, dot));
  }

  /** As the kernel spells a module's name. */
  static String spelled(String module) {
    return module.replace('-', '_');
  }

  Optional<String> version(String module) {
    return values.value(MODULES + spelled(module) + "/version");
  }

  Optional<String> parameter(String module, String parameter) {
    return values.value(MODULES + spelled(module) + "/parameters/" + parameter);
  }

  Map<String, String> parameters(String module) {
    Map<String, String> parameters = new TreeMap<>();
    for (String name : tree.list(MODULES + spelled(module) + "/parameters")) {
      Optional<String> value = parameter(module, name);
      if (value.isPresent()) {
        parameters.put(name, value.get());
      }
    }
    return parameters;
  }

  /**
   * What the firmware says is memory, whatever the kernel was told to leave alone
   * (firmware_map_add_entry); only root may read it.
   */
  Optional<List<MemoryRange>> installedMemory() {
    String map = "/sys/firmware/memmap";
    List<MemoryRange> ranges = new ArrayList<>();
    for (String entry : tree.list(map)) {
      String at = map + "/" + entry;
      if (values.text(at + "/type").equals("System RAM")) {
        Optional<Long> first = hex(values.text(at + "/start"));
        Optional<Long> last = hex(values.text(at + "/end"));
        if (first.isPresent() && last.isPresent()) {
          ranges.add(new MemoryRange(first.get(), last.get()));
        }
      }
    }
    return ranges.isEmpty() ? Optional.empty() : Optional.of(List.copyOf(ranges));
  }

  private static Optional<Long> hex(String text) {
    return SysValues.parse(text.startsWith("0x") ? text.substring(2) : text, 16);
  }

  /**
   * The address that the kernel was told to end at: the least of {@code mem=SIZE} and {@code
   * memmap=SIZE}, which mean the same where no place follows the size (parse_memopt and
   * parse_memmap_one of arch/x86/kernel/e820.c).
   */
  OptionalLong memoryLimit() {
    OptionalLong least = OptionalLong.empty();
    for (String word : SysValues.words(commandLine().orElse(""))) {
      int equals = word.indexOf('=');
      String name = equals < 0 ? "" : word.substring(0, equals);
      if (name.equals("mem") || name.equals("memmap")) {
        OptionalLong bytes = MemorySize.parse(word.substring(equals + 1));
        boolean less = bytes.isPresent() && bytes.getAsLong() < least.orElse(Long.MAX_VALUE);
        least = less ? bytes : least;
      }
    }
    return least;
  }

  /**
   * What the kernel uses as memory: {@code 00100000-7fffffff : System RAM}. Who is not root sees
   * zeros for every address; then the answer is not known.
   */
  Optional<List<MemoryRange>> memory() {
    List<MemoryRange> ranges = new ArrayList<>();
    boolean known = false;
    for (String line : SysValues.lines(values.rawText("/proc/iomem"))) {
      int dash = line.indexOf('-');
      int colon = line.indexOf(" : ");
      if (dash < 0 || colon < dash || !line.substring(colon + 3).startsWith("System RAM")) {
        continue;
      }
      Optional<Long> first = SysValues.parse(line.substring(0, dash).strip(), 16);
      Optional<Long> last = SysValues.parse(line.substring(dash + 1, colon), 16);
      if (first.isPresent() && last.isPresent()) {
        known |= last.get() != 0;
        ranges.add(new MemoryRange(first.get(), last.get()));
      }
    }
    return known ? Optional.of(List.copyOf(ranges)) : Optional.empty();
  }
}
