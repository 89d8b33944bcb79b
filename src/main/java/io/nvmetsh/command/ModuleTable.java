package io.nvmetsh.command;

import io.nvmetsh.command.Document.Cell;
import io.nvmetsh.command.Document.Column;
import io.nvmetsh.command.Document.Section;
import io.nvmetsh.command.Document.Table;
import io.nvmetsh.command.Document.Tone;
import io.nvmetsh.device.Inventory;
import io.nvmetsh.device.KernelModule;
import io.nvmetsh.device.ModuleOption;
import io.nvmetsh.plan.KernelNumber;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The modules of a target as they are, and as they would be when they are loaded next. */
final class ModuleTable {

  private static final List<Column> COLUMNS =
      List.of(
          new Column("module", "module"),
          new Column("state", "state"),
          new Column("version", "version"),
          new Column("references", "used"),
          new Column("parameters", "parameters"),
          new Column("help", "what it is for"));

  private static final List<Column> NEXT =
      List.of(
          new Column("module", "module"),
          new Column("parameter", "parameter"),
          new Column("now", "now"),
          new Column("then", "then"),
          new Column("by", "says"));

  private final Inventory inventory;
  private final boolean all;

  private ModuleTable(Inventory inventory, boolean all) {
    this.inventory = inventory;
    this.all = all;
  }

  /**
   * @param all whether parameters are shown that have nothing to do with a target
   */
  static Document of(Inventory inventory, boolean all) {
    return new ModuleTable(inventory, all).document();
  }

  private Document document() {
    List<List<Cell>> rows = new ArrayList<>();
    List<List<Cell>> next = new ArrayList<>();
    for (TargetModules.Module module : TargetModules.MODULES) {
      Optional<KernelModule> found = inventory.module(module.name());
      if (found.isPresent() || !module.optional()) {
        Map<String, String> now = now(module.name());
        addNext(module.name(), now, next);
        rows.add(
            List.of(
                Cell.of(module.name(), Tone.STRONG),
                state(found),
                inventory.moduleVersion(module.name()).map(Cell::of).orElseGet(Cell::unknown),
                references(found),
                Cell.of(words(now)),
                Cell.of(module.help())));
      }
    }
    List<Section> sections = new ArrayList<>();
    sections.add(new Section("modules", "", new Table(COLUMNS, rows)));
    if (!next.isEmpty()) {
      sections.add(
          new Section("next", "otherwise when loaded next, as at boot", new Table(NEXT, next)));
    }
    return new Document.Sections(sections);
  }

  private static Cell state(Optional<KernelModule> module) {
    if (module.isEmpty()) {
      return Cell.of("not loaded", Tone.FAINT);
    }
    return Cell.of(module.get().builtIn() ? "built in" : "loaded", Tone.GOOD);
  }

  private static Cell references(Optional<KernelModule> module) {
    return module.isEmpty() || module.get().builtIn()
        ? Cell.unknown()
        : Cell.of(Integer.toString(module.get().references()), (Object) module.get().references());
  }

  private Map<String, String> now(String module) {
    Map<String, String> values = new TreeMap<>();
    if (all) {
      values.putAll(inventory.parameters(module));
    } else {
      for (TargetModules.Parameter each : TargetModules.of(module)) {
        inventory.parameter(module, each.name()).ifPresent(value -> values.put(each.name(), value));
      }
    }
    return values;
  }

  private static String words(Map<String, String> values) {
    List<String> words = new ArrayList<>();
    values.forEach((name, value) -> words.add(name + "=" + value));
    return String.join(" ", words);
  }

  /** What it would have then and has not now, and who says so. */
  private void addNext(String module, Map<String, String> now, List<List<Cell>> rows) {
    Map<String, ModuleOption> said = inventory.moduleConfig().options(module);
    for (ModuleOption option : said.values()) {
      String value = now.getOrDefault(option.parameter(), "");
      if (!now.containsKey(option.parameter()) || !same(value, option.value())) {
        rows.add(next(module, option.parameter(), value, option.value(), option.place()));
      }
    }
    for (TargetModules.Parameter each : TargetModules.of(module)) {
      String value = now.get(each.name());
      if (value != null && !said.containsKey(each.name()) && !same(value, each.initial())) {
        rows.add(next(module, each.name(), value, each.initial(), "nobody, it is the default"));
      }
    }
  }

  private static List<Cell> next(
      String module, String parameter, String now, String then, String place) {
    return List.of(
        Cell.of(module, Tone.STRONG),
        Cell.of(parameter),
        now.isEmpty() ? Cell.unknown() : Cell.of(now),
        Cell.of(then, Tone.WARN),
        Cell.of(place));
  }

  /** A flag is shown as Y or N, however it was given (param_get_bool). */
  private static boolean same(String shown, String given) {
    return shown.equals(given)
        || KernelNumber.same(shown, given)
        || (shown.equals("Y") && (given.isEmpty() || given.equals("1") || given.equals("y")))
        || (shown.equals("N") && (given.equals("0") || given.equals("n")));
  }
}
