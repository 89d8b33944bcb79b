package io.nvmetsh.device;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What modprobe(8) is told about modules: the files of modprobe.d(5), then the kernel's command
 * line. It says what a module gets when it is loaded next, which need not be what it has now.
 *
 * <p>All options are added together in this order, and the kernel obeys the last of equal
 * parameters. So the command line has the last word, but for what is given to modprobe itself.
 */
public final class ModuleConfig {

  /** The file of ours; what it says can be said by other files, too. */
  public static final String OWN_FILE = "/etc/modprobe.d/nvmetsh.conf";

  /** Of files of one name the one in the first directory counts (default_config_paths of kmod). */
  private static final String[] DIRECTORIES = {
    "/etc/modprobe.d",
    "/run/modprobe.d",
    "/usr/local/lib/modprobe.d",
    "/usr/lib/modprobe.d",
    "/lib/modprobe.d"
  };

  private final List<ModuleOption> options = new ArrayList<>();
  private final List<ModuleOverride> overrides = new ArrayList<>();

  ModuleConfig(SysTree tree) {
    for (String file : files(tree)) {
      String text = tree.read(file).orElse("");
      for (ModprobeText.Line line : ModprobeText.lines(text)) {
        add(line, file);
      }
    }
    for (String word : ModprobeText.words(tree.read(ModuleOption.COMMAND_LINE).orElse(""))) {
      addBootWord(word);
    }
  }

  /**
   * The files that count, in the order in which they are read: by their names, whatever directory
   * they are in. One that is hidden by another is not even looked at, so no dump has it.
   */
  private static List<String> files(SysTree tree) {
    SortedMap<String, String> files = new TreeMap<>();
    for (String directory : DIRECTORIES) {
      for (String name : tree.list(directory)) {
        if (name.endsWith(".conf") && !name.startsWith(".")) {
          files.putIfAbsent(name, directory + "/" + name);
        }
      }
    }
    return List.copyOf(files.values());
  }

  private void add(ModprobeText.Line line, String file) {
    String module = KernelReader.spelled(line.module());
    switch (line.command()) {
      case "options" -> {
        for (String word : ModprobeText.words(line.rest())) {
          options.add(ModuleOption.of(module, word, file, line.number()));
        }
      }
      case "blacklist" ->
          overrides.add(
              new ModuleOverride(ModuleOverride.Kind.BLACKLIST, module, "", file, line.number()));
      case "install" ->
          overrides.add(
              new ModuleOverride(
                  ModuleOverride.Kind.INSTALL, module, line.rest(), file, line.number()));
      default -> {} // aliases and dependencies change no parameter
    }
  }

  /** {@code nvme.num_p2p_queues=2} or {@code modprobe.blacklist=nvme,nvmet}. */
  private void addBootWord(String word) {
    int equals = word.indexOf('=');
    int dot = word.indexOf('.');
    if (dot <= 0 || (equals >= 0 && equals < dot)) {
      return;
    }
    String blacklist = "modprobe.blacklist=";
    if (word.startsWith(blacklist)) {
      for (String name : word.substring(blacklist.length()).split(",", -1)) {
        if (!name.isEmpty()) {
          overrides.add(
              new ModuleOverride(
                  ModuleOverride.Kind.BLACKLIST,
                  KernelReader.spelled(name),
                  "",
                  ModuleOption.COMMAND_LINE,
                  1));
        }
      }
    } else {
      String module = KernelReader.spelled(word.substring(0, dot));
      options.add(ModuleOption.of(module, word.substring(dot + 1), ModuleOption.COMMAND_LINE, 1));
    }
  }

  /** Everything that is said for a module, in the order in which the kernel is told it. */
  public List<ModuleOption> said(String module) {
    String spelled = KernelReader.spelled(module);
    List<ModuleOption> said = new ArrayList<>();
    for (ModuleOption option : options) {
      if (option.module().equals(spelled)) {
        said.add(option);
      }
    }
    return List.copyOf(said);
  }

  /** What a module's parameters will be, by their names: the last that is said for each. */
  public Map<String, ModuleOption> options(String module) {
    Map<String, ModuleOption> last = new LinkedHashMap<>();
    for (ModuleOption option : said(module)) {
      last.put(option.parameter(), option);
    }
    return last;
  }

  /** What our own file says for a module. */
  public Map<String, String> own(String module) {
    Map<String, String> own = new LinkedHashMap<>();
    for (ModuleOption option : said(module)) {
      if (option.file().equals(OWN_FILE)) {
        own.put(option.parameter(), option.value());
      }
    }
    return own;
  }

  /** The lines that keep a module from being loaded as it otherwise would be. */
  public List<ModuleOverride> overrides(String module) {
    String spelled = KernelReader.spelled(module);
    List<ModuleOverride> found = new ArrayList<>();
    for (ModuleOverride override : overrides) {
      if (override.module().equals(spelled)) {
        found.add(override);
      }
    }
    return List.copyOf(found);
  }
}
