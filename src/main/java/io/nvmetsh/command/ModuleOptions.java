package io.nvmetsh.command;

import io.nvmetsh.device.Initramfs;
import io.nvmetsh.device.KernelModule;
import io.nvmetsh.device.ModuleConfig;
import io.nvmetsh.device.ModuleOption;
import io.nvmetsh.device.ModuleOverride;
import io.nvmetsh.plan.Change;
import io.nvmetsh.plan.KernelNumber;
import io.nvmetsh.plan.Plan;
import io.nvmetsh.plan.TypedLines;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;

/**
 * Options that a module is to be loaded with. To write them down is the smaller half: they count
 * when the module is loaded next, so it is said what that takes here.
 */
final class ModuleOptions {

  private final Context context;
  private final String module;
  private final ModuleConfig config;

  /**
   * @param module as the kernel spells it
   */
  ModuleOptions(Context context, String module) {
    this.context = context;
    this.module = module;
    this.config = context.inventory().moduleConfig();
  }

  Effect set(SortedMap<String, String> options, boolean force) {
    List<String> notes = new ArrayList<>();
    options.keySet().forEach(name -> othersSay(name, notes));
    toCount(options, notes);
    Change change = new Change.SetOptions(module, options);
    return new Effect.Apply(new Plan(List.of(change), force), notes);
  }

  /**
   * @param parameters none for all
   */
  Effect unset(SortedSet<String> parameters) {
    List<String> notes = new ArrayList<>();
    SortedMap<String, String> then = new TreeMap<>();
    for (String parameter : parameters.isEmpty() ? config.own(module).keySet() : parameters) {
      List<ModuleOption> others = others(parameter);
      othersSay(parameter, notes);
      then.put(
          parameter, others.isEmpty() ? initial(parameter) : others.get(others.size() - 1).value());
    }
    if (!then.isEmpty()) {
      toCount(then, notes);
    }
    Change change = new Change.UnsetOptions(module, parameters);
    return new Effect.Apply(new Plan(List.of(change), false), notes);
  }

  private String initial(String parameter) {
    for (TargetModules.Parameter each : TargetModules.of(module)) {
      if (each.name().equals(parameter)) {
        return each.initial();
      }
    }
    return "";
  }

  private List<ModuleOption> others(String parameter) {
    List<ModuleOption> others = new ArrayList<>();
    for (ModuleOption option : config.said(module)) {
      if (option.parameter().equals(parameter) && !option.file().equals(ModuleConfig.OWN_FILE)) {
        others.add(option);
      }
    }
    return others;
  }

  /** Both would be given, and one of them counts. */
  private void othersSay(String parameter, List<String> notes) {
    for (ModuleOption other : others(parameter)) {
      String said = parameter + "=" + other.value() + " is said by " + other.place() + ", too: ";
      notes.add(
          said
              + (isBefore(other.file())
                  ? "that comes before " + ModuleConfig.OWN_FILE + ", which counts"
                  : other.isOfCommandLine()
                      ? "what the kernel is booted with counts"
                      : "that comes after " + ModuleConfig.OWN_FILE + " and counts"));
    }
  }

  private static boolean isBefore(String file) {
    return !file.equals(ModuleOption.COMMAND_LINE)
        && name(file).compareTo(name(ModuleConfig.OWN_FILE)) < 0;
  }

  private static String name(String file) {
    return file.substring(file.lastIndexOf('/') + 1);
  }

  /** What has to be done until a module has these values. */
  private void toCount(Map<String, String> then, List<String> notes) {
    for (ModuleOverride override : config.overrides(module)) {
      if (override.kind() == ModuleOverride.Kind.INSTALL) {
        notes.add(
            "loading "
                + module
                + " runs a command instead, "
                + override.place()
                + ", which has to"
                + " obey options");
      }
    }
    Optional<KernelModule> found = context.inventory().module(module);
    if (found.isEmpty()) {
      String load = TypedLines.of(new Change.LoadModule(module, new TreeMap<>()));
      notes.add(module + " is not loaded; it has them from then on:  " + load);
    } else if (found.get().builtIn()) {
      notes.add(module + " is built in: what counts is what the kernel is booted with");
    } else if (isSo(then)) {
      notes.add(module + " is loaded so already, and stays so at the next boot");
    } else if (found.get().references() == 0) {
      notes.add(
          module
              + " has them when it is loaded anew, which can be done now:  "
              + TypedLines.of(new Change.UnloadModule(module)));
      notes.add("then:  " + TypedLines.of(new Change.LoadModule(module, new TreeMap<>())));
    } else {
      notes.add(inUse(found.get()));
    }
    initramfs(notes);
  }

  private boolean isSo(Map<String, String> then) {
    for (Map.Entry<String, String> each : then.entrySet()) {
      String now = context.inventory().parameter(module, each.getKey()).orElse("");
      if (!now.equals(each.getValue()) && !KernelNumber.same(now, each.getValue())) {
        return false;
      }
    }
    return true;
  }

  private String inUse(KernelModule found) {
    String users = found.references() == 1 ? "1 user" : found.references() + " users";
    String by = found.holders().isEmpty() ? "" : " (" + String.join(", ", found.holders()) + ")";
    return module
        + " is loaded and has "
        + users
        + by
        + ": until it can be unloaded and loaded anew, it takes a reboot";
  }

  /** What is loaded from there is loaded with the options that are written there. */
  private void initramfs(List<String> notes) {
    if (!Initramfs.mayHold(module)) {
      return;
    }
    Initramfs initramfs = Initramfs.of(context.inventory());
    String anew =
        initramfs
            .command()
            .map(command -> "before the reboot:  " + command)
            .orElse(
                "before the reboot; with what is not known (neither update-initramfs nor dracut is here)");
    notes.add(
        initramfs.needs().isPresent()
            ? initramfs.needs().get()
                + " is on an NVMe drive, so the initramfs holds "
                + module
                + " and a copy of its options; write it anew "
                + anew
            : "whether the initramfs holds "
                + module
                + " and a copy of its options is not known; to be sure, write it anew "
                + anew);
  }
}
