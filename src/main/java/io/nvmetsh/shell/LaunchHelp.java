package io.nvmetsh.shell;

import java.util.ArrayList;
import java.util.List;

/** What {@code nvmetsh --help} shows. */
final class LaunchHelp {

  private static final int COLUMN = 24;

  private LaunchHelp() {}

  static List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add("nvmetsh: a shell for the kernel's NVMe-over-Fabrics target and its offload");
    lines.add("");
    lines.add("  nvmetsh [OPTION...]                  interactive, on this machine's kernel");
    lines.add("  nvmetsh [OPTION...] COMMAND [ARG...] one command, then exit");
    lines.add("  nvmetsh [OPTION...] -f FILE | -      a script, or standard input; never asks");
    lines.add("");
    for (LaunchOptions.Option option : LaunchOptions.OPTIONS) {
      lines.add(line(option));
    }
    lines.add("");
    lines.add("The commands:  nvmetsh --sim help");
    lines.add(
        "Exit status: 0 done, 1 usage or refused by a check, 2 changes pending, 3 refused by");
    lines.add(
        "the kernel, 4 done in part, 5 locked, 6 not supported here, 70 a bug, 130 interrupted");
    return lines;
  }

  private static String line(LaunchOptions.Option option) {
    String letter = option.letter() == 0 ? "    " : "-" + option.letter() + ", ";
    String value = option.value();
    String name =
        "  "
            + letter
            + "--"
            + option.name()
            + (value.isEmpty() || value.startsWith("[") ? value : " " + value);
    return name + " ".repeat(Math.max(2, COLUMN + 4 - name.length())) + option.help();
  }
}
