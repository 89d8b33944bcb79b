package io.nvmetsh.script;

import io.nvmetsh.command.BashWords;
import io.nvmetsh.command.Requirement;
import io.nvmetsh.command.Requirement.Fact;
import io.nvmetsh.schema.ExitStatus;
import io.nvmetsh.schema.NvmetPath;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What a script relies on, looked at by the bash script itself: before its first change, and with
 * the status that nvmetsh would end with. Bash knows no table of attributes, so it looks for one
 * where there is a directory to have it; which MLNX_OFED is installed it does not know at all.
 */
final class BashRequirements {

  private static final String SYSFS = "${SYSFS:-/sys}";

  private BashRequirements() {}

  /** Whether it is about the machine, and can be looked at before there is a target. */
  static boolean isOfMachine(Requirement required) {
    return required.fact() != Fact.PATH && required.fact() != Fact.ATTRIBUTE;
  }

  /** What the checks call. */
  static List<String> functions(List<Requirement> required) {
    List<String> lines = new ArrayList<>();
    if (required.isEmpty()) {
      return lines;
    }
    lines.add("");
    lines.add("unmet() {");
    lines.add(
        "  printf '%s: this script relies on a fact that is not so: %s\\n' \"$0\" \"$1\" >&2");
    lines.add("  exit \"$2\"");
    lines.add("}");
    if (required.stream().anyMatch(each -> !each.details().isEmpty())) {
      lines.add("");
      lines.add("# the serial, the model or the PCI address of a drive, as /sys has it");
      lines.add("drive_fact() {");
      lines.add("  local device place found");
      lines.add("  device=$(readlink -f -- \"$2\") || device=$2");
      lines.add("  device=${device##*/}");
      lines.add("  place=" + SYSFS + "/class/nvme/$device");
      lines.add("  [ -d \"$place\" ] || place=" + SYSFS + "/class/block/$device/device");
      lines.add(
          "  [ -d \"$place\" ] || place=$(readlink -f -- \""
              + SYSFS
              + "/class/block/$device\")/../device");
      lines.add("  if [ \"$1\" = pci ]; then");
      lines.add("    found=$(readlink -e -- \"$place/device\") || found=");
      lines.add("    printf %s \"${found##*/}\"");
      lines.add("  elif [ -r \"$place/$1\" ]; then");
      lines.add("    read -r found < \"$place/$1\" || true");
      lines.add("    printf %s \"$found\"");
      lines.add("  fi");
      lines.add("}");
    }
    return lines;
  }

  /** The lines that look whether it is so, and stop where it is not; none where bash cannot. */
  static List<String> check(Requirement required) {
    String what = BashWords.quote(required.what());
    return switch (required.fact()) {
      case DEVICE -> device(required, what);
      case ADDRESS ->
          List.of(
              "! command -v ip > /dev/null || [ -n \"$(ip -o addr show to "
                  + what
                  + " 2> /dev/null)\" ] || "
                  + unmet("'this machine has no address '" + what, ExitStatus.USAGE));
      case PATH -> {
        String path = BashWords.path(NvmetPath.ROOT.resolveTyped(required.what()));
        yield List.of(
            "[ -e " + path + " ] || " + unmet(what + "' is not there'", ExitStatus.USAGE));
      }
      case ATTRIBUTE -> attribute(NvmetPath.ROOT.resolveTyped(required.what()));
      case LINUX ->
          List.of(
              "[ \"$(printf '%s\\n' "
                  + what
                  + " \"$(uname -r)\" | sort -V | head -n 1)\" = "
                  + what
                  + " ] || "
                  + unmet("\"this is Linux $(uname -r), not \"" + what, ExitStatus.UNSUPPORTED));
      case TARGET ->
          required.what().equals("real")
              ? List.of()
              : List.of(unmet("'this target is real'", ExitStatus.UNSUPPORTED));
      case OFED -> List.of();
    };
  }

  private static List<String> device(Requirement required, String what) {
    List<String> lines = new ArrayList<>();
    lines.add(
        "[ -e "
            + what
            + " ] || [ -e \""
            + SYSFS
            + "/class/block/$(basename -- "
            + what
            + ")\" ] || "
            + unmet(what + "' is not there'", ExitStatus.USAGE));
    for (Map.Entry<String, String> each : required.details().entrySet()) {
      String found = "\"$(drive_fact " + each.getKey() + " " + what + ")\"";
      String wanted = BashWords.quote(each.getValue());
      String same =
          each.getKey().equals("pci")
              // several ways may lead to a drive: then it has no address of its own here
              ? "[[ " + found + " = @(|" + wanted + "|0000:" + wanted + ") ]]"
              : "[ " + found + " = " + wanted + " ]";
      String why =
          what + "' is another drive: " + each.getKey() + " '" + found + "', not '" + wanted;
      lines.add(same + " || " + unmet(why, ExitStatus.USAGE));
    }
    return lines;
  }

  /** Every directory that is as the path says has it, where {@code *} is any name. */
  private static List<String> attribute(NvmetPath path) {
    StringBuilder directories = new StringBuilder("\"$NVMET\"");
    for (NvmetPath each : path.parent().way()) {
      String name = each.name();
      directories.append('/').append(name.equals("*") ? "*" : BashWords.quote(name));
    }
    String name = BashWords.quote(path.name());
    return List.of(
        "for each in " + directories + "; do",
        "  [ ! -d \"$each\" ] || [ -e \"$each\"/"
            + name
            + " ] || "
            + unmet("\"$each has no \"" + name, ExitStatus.UNSUPPORTED),
        "done");
  }

  private static String unmet(String why, ExitStatus status) {
    return "unmet " + why + " " + status.code();
  }
}
