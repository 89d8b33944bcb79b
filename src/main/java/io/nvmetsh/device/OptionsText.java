package io.nvmetsh.device;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The text of our own file of modprobe.d(5): one line for each module that was given options. Lines
 * that are not about the module stay as somebody wrote them. The real file and that of a simulated
 * machine are written by the same rules.
 */
public final class OptionsText {

  private static final String HEAD =
      """
      # Options of kernel modules: written by nvmetsh (modules set), read by modprobe(8).
      # Where other files set the same parameter, the last file by name counts.
      """;

  private OptionsText() {}

  /** The text in which a module has these options beside those that it has already. */
  public static String with(String text, String module, SortedMap<String, String> options) {
    SortedMap<String, String> all = new TreeMap<>(options(text, module));
    all.putAll(options);
    return replaced(text, module, all);
  }

  /**
   * The text in which a module does not have these options any more; empty when no module has any.
   *
   * @param parameters none for all
   */
  public static String without(String text, String module, Set<String> parameters) {
    SortedMap<String, String> left = new TreeMap<>(options(text, module));
    left.keySet().removeIf(name -> parameters.isEmpty() || parameters.contains(name));
    return replaced(text, module, left);
  }

  private static Map<String, String> options(String text, String module) {
    Map<String, String> options = new LinkedHashMap<>();
    for (ModprobeText.Line line : ModprobeText.lines(text)) {
      if (isOptions(line, module)) {
        for (String word : ModprobeText.words(line.rest())) {
          ModuleOption option = ModuleOption.of(module, word, ModuleConfig.OWN_FILE, 1);
          options.put(option.parameter(), option.value());
        }
      }
    }
    return options;
  }

  private static boolean isOptions(ModprobeText.Line line, String module) {
    return line.command().equals("options")
        && KernelReader.spelled(line.module()).equals(KernelReader.spelled(module));
  }

  /** The first line of the module becomes its only one; a new one goes to the end. */
  private static String replaced(String text, String module, Map<String, String> options) {
    List<String> lines = new ArrayList<>(SysValues.lines(text));
    int place = lines.size();
    List<ModprobeText.Line> old = ModprobeText.lines(text);
    for (int i = old.size() - 1; i >= 0; i--) {
      if (isOptions(old.get(i), module)) {
        place = old.get(i).number() - 1;
        lines.subList(place, old.get(i).last()).clear();
      }
    }
    if (!options.isEmpty()) {
      lines.add(place, line(module, options));
    }
    String whole = lines.isEmpty() ? "" : String.join("\n", lines) + "\n";
    if (whole.equals(HEAD)) {
      return "";
    }
    return text.isEmpty() && !whole.isEmpty() ? HEAD + whole : whole;
  }

  /** The line of a file that gives a module these options. */
  public static String line(String module, Map<String, String> options) {
    StringBuilder line = new StringBuilder("options ").append(KernelReader.spelled(module));
    for (Map.Entry<String, String> option : options.entrySet()) {
      String value = option.getValue();
      // next_arg of the kernel: blanks are part of a value that is quoted
      boolean blank = value.indexOf(' ') >= 0;
      line.append(' ').append(option.getKey()).append('=');
      line.append(blank ? "\"" + value + "\"" : value);
    }
    return line.toString();
  }
}
