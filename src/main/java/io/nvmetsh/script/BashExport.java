package io.nvmetsh.script;

import io.nvmetsh.command.BashWords;
import io.nvmetsh.command.Effect;
import io.nvmetsh.command.Requirement;
import io.nvmetsh.command.SecretMask;
import io.nvmetsh.device.ModuleConfig;
import io.nvmetsh.device.OptionsText;
import io.nvmetsh.plan.Change;
import io.nvmetsh.schema.KeySource;
import io.nvmetsh.schema.NodeKind;
import io.nvmetsh.schema.NvmetPath;
import io.nvmetsh.schema.NvmetSchema;
import io.nvmetsh.schema.Placeholder;
import io.nvmetsh.schema.Printable;
import io.nvmetsh.script.ScriptPlan.Line;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A script as plain bash, for a machine without nvmetsh: {@code mkdir}, {@code printf}, {@code ln},
 * {@code rm}, {@code rmdir} and {@code modprobe}, one operation a line, under the line it comes
 * from. It writes what nvmetsh writes, one write a value and no newline behind it, and stops where
 * nvmetsh stops: at the first failure.
 */
public final class BashExport implements Change.Cases<String> {

  private static final String PCI = "pci_device_path";

  private final Script script;
  private final ScriptPlan plan;
  private final SecretMask mask = new SecretMask();
  private final List<String> lines = new ArrayList<>();

  /** The parameters that stand for keys, by the very change that sets one. */
  private final IdentityHashMap<Change, String> keys = new IdentityHashMap<>();

  private boolean targetNeeded = true;

  private BashExport(Script script, ScriptPlan plan) {
    this.script = script;
    this.plan = plan;
  }

  /** The lines of the bash script. */
  public static List<String> lines(Script script, ScriptPlan plan) {
    return new BashExport(script, plan).lines();
  }

  private List<String> lines() {
    head();
    parameters();
    addresses();
    lines.addAll(BashRequirements.functions(required()));
    checks(true);
    for (Line line : plan.lines()) {
      if (line.declared().isEmpty()) {
        line(line);
      }
    }
    return lines;
  }

  private void head() {
    lines.add("#!/bin/bash");
    lines.add("# Made by nvmetsh from " + Printable.text(script.name()) + ". Run it as root.");
    for (Map.Entry<String, String> entry : script.head().entrySet()) {
      if (!Script.FOOT.contains(entry.getKey())) {
        lines.add(Script.headLine(entry.getKey(), entry.getValue()));
      }
    }
    lines.add("set -euo pipefail");
    lines.add("trap 'echo \"$0: stopped at line $LINENO; what stands above it is done\" >&2' ERR");
    lines.add("");
    lines.add("NVMET=${NVMET:-/sys/kernel/config/nvmet}");
  }

  private List<Requirement> required() {
    List<Requirement> required = new ArrayList<>();
    for (Line line : plan.lines()) {
      line.required().filter(each -> !line.step().mayFail()).ifPresent(required::add);
    }
    return required;
  }

  /**
   * What the script relies on, looked at before anything is done.
   *
   * @param machine what is about the machine; else what is about the target
   */
  private void checks(boolean machine) {
    for (Requirement each : required()) {
      if (BashRequirements.isOfMachine(each) == machine) {
        check(each);
      }
    }
  }

  private void check(Requirement required) {
    List<String> check = BashRequirements.check(required);
    String line = Placeholder.shown(required.line());
    lines.add("");
    lines.add(
        (check.isEmpty() ? "# bash does not look at:  " : "# ") + Printable.text(mask.line(line)));
    lines.addAll(check);
  }

  /** What nvmetsh finds out when it runs the line: the drive behind a device given by then. */
  private void addresses() {
    for (Line line : plan.lines()) {
      if (line.changes().stream().anyMatch(change -> brings(line, change))) {
        lines.add("");
        lines.add(
            "# the PCI address of the drive behind a block device; nothing where there is none");
        lines.add("drive_address() {");
        lines.add("  local device");
        lines.add("  device=$(readlink -f -- \"$1\") || return 0");
        lines.add(
            "  device=$(readlink -f -- \"${SYSFS:-/sys}/class/block/${device##*/}/device/device\") ||"
                + " return 0");
        lines.add("  device=${device##*/}");
        lines.add("  if [[ $device =~ ^[0-9a-f]{4,}:[0-9a-f]{2}:[0-9a-f]{2}\\.[0-7]$ ]]; then");
        lines.add("    printf %s \"$device\"");
        lines.add("  fi");
        lines.add("}");
        return;
      }
    }
  }

  /**
   * Whether a device brings its drive's address along, and which that is depends on a parameter.
   */
  private boolean brings(Line line, Change change) {
    return change instanceof Change.SetAttribute set
        && set.path().name().equals("device_path")
        && set.row().owner() == NodeKind.NAMESPACE
        && Placeholder.isIn(set.value())
        && NvmetSchema.row(NodeKind.NAMESPACE, PCI).since().covers(plan.flavor())
        && line.changes().stream()
            .noneMatch(other -> other.path().equals(set.path().parent().child(PCI)));
  }

  private void parameters() {
    for (Line line : plan.lines()) {
      if (line.declared().isPresent()) {
        Effect.Declare declared = line.declared().get();
        String name = declared.name();
        lines.add(
            declared.initial().filter(text -> mask.values(text).equals(text)).isPresent()
                ? "[ -n \"${"
                    + name
                    + ":-}\" ] || "
                    + name
                    + "="
                    + BashWords.quote(declared.initial().get())
                : needed(name));
      }
    }
    for (Line line : plan.lines()) {
      for (Change change : line.changes()) {
        if (change instanceof Change.SetAttribute set && set.isSecret()) {
          key(set);
        }
      }
    }
  }

  private static String needed(String name) {
    return ": \"${" + name + ":?give it in the environment:  " + name + "=... bash $0}\"";
  }

  /** No key is copied: what the script has in clear, or asks for, is another parameter. */
  private void key(Change.SetAttribute set) {
    Optional<KeySource> source = KeySource.in(set.value());
    boolean parameter = source.isEmpty() && Placeholder.isIn(set.value());
    if (parameter || set.value().isEmpty()) {
      return;
    }
    String name = set.path().name() + (keys.isEmpty() ? "" : "_" + (keys.size() + 1));
    keys.put(set, name);
    boolean read = source.filter(each -> each.kind() == KeySource.Kind.READ).isPresent();
    lines.add(
        read ? name + "=$(cat -- " + BashWords.quote(source.get().file()) + ")" : needed(name));
  }

  private void line(Line line) {
    String text = Printable.text(mask.line(line.step().text()));
    if (line.required().isPresent() && !line.step().mayFail()) {
      if (!targetNeeded && line.required().get().fact() == Requirement.Fact.ATTRIBUTE) {
        // there may have been no directory to have it when the script began
        check(line.required().get());
      }
      return;
    }
    if (line.changes().isEmpty()) {
      lines.add("# nothing to do in bash:  " + text);
      return;
    }
    if (targetNeeded && line.changes().stream().anyMatch(Change::isOfTree)) {
      // not before: the script may load the modules that make the target
      targetNeeded = false;
      lines.add("");
      target();
    }
    lines.add("");
    lines.add("# " + text);
    for (String note : line.notes()) {
      lines.add("# " + Printable.text(note));
    }
    for (Change change : line.changes()) {
      change(line, change);
    }
  }

  private void change(Line line, Change change) {
    if (change instanceof Change.SetAttribute set) {
      check(set);
    }
    String operation = change.match(this);
    if (line.ifMissing() && change instanceof Change.Create create) {
      operation = "[ -d " + BashWords.path(create.path()) + " ] || " + operation;
    }
    lines.add(line.step().mayFail() ? operation + " || true" : operation);
    if (brings(line, change)) {
      String address =
          "\"$(drive_address " + BashWords.quote(((Change.SetAttribute) change).value());
      lines.add("if [ -n " + address + ")\" ]; then");
      NvmetPath path = change.path().parent().child(PCI);
      lines.add("  printf %s " + address + ")\" > " + BashWords.path(path));
      lines.add("fi");
    }
  }

  /** What must be there before the first change. */
  private void target() {
    lines.add(
        "[ -d \"$NVMET\"/subsystems ] || { echo \"$0: no nvmet at $NVMET: modprobe nvmet, and mount"
            + " configfs\" >&2; exit 1; }");
    for (NvmetPath path : plan.assumed()) {
      String word = BashWords.path(path);
      lines.add("[ -e " + word + " ] || { printf '%s is not there\\n' " + word + " >&2; exit 1; }");
    }
    checks(false);
  }

  /** The driver's parser runs on with a null pointer on anything else (MLNX_OFED 4.1, 4.2). */
  private void check(Change.SetAttribute set) {
    if (set.path().name().equals(PCI) && Placeholder.isIn(set.value())) {
      String word = BashWords.quote(set.value());
      lines.add(
          "[[ "
              + word
              + " =~ ^(clear|[0-9a-fA-F]{1,4}:[0-9a-fA-F]{1,2}:[0-9a-fA-F]{1,2}\\.[0-7])$ ]] ||"
              + " { printf '%s is no PCI address\\n' "
              + word
              + " >&2; exit 1; }");
    }
  }

  @Override
  public String create(Change.Create change) {
    return "mkdir " + BashWords.path(change.path());
  }

  @Override
  public String delete(Change.Delete change) {
    return "rmdir " + BashWords.path(change.path());
  }

  @Override
  public String set(Change.SetAttribute change) {
    // a write of nothing never reaches the kernel's store function
    String key = keys.get(change);
    String value = key == null ? change.value() : Placeholder.of(key);
    String written = value.isEmpty() ? "printf '\\n'" : "printf %s " + BashWords.quote(value);
    return written + " > " + BashWords.path(change.path());
  }

  @Override
  public String link(Change.Link change) {
    return "ln -s " + BashWords.path(change.target()) + " " + BashWords.path(change.path());
  }

  @Override
  public String unlink(Change.Unlink change) {
    return "rm " + BashWords.path(change.path());
  }

  @Override
  public String loadModule(Change.LoadModule change) {
    StringBuilder line = new StringBuilder("modprobe -- ").append(BashWords.quote(change.name()));
    for (Map.Entry<String, String> parameter : change.parameters().entrySet()) {
      line.append(' ').append(BashWords.quote(parameter.getKey() + "=" + parameter.getValue()));
    }
    return line.toString();
  }

  @Override
  public String unloadModule(Change.UnloadModule change) {
    return "modprobe -r -- " + BashWords.quote(change.name());
  }

  /** Of equal options the last one counts, so that the line is simply added. */
  @Override
  public String setOptions(Change.SetOptions change) {
    return "printf '%s\\n' "
        + BashWords.quote(OptionsText.line(change.name(), change.options()))
        + " >> "
        + ModuleConfig.OWN_FILE;
  }

  /** Whole lines of the module go, or the words of a parameter and the lines that had no other. */
  @Override
  public String unsetOptions(Change.UnsetOptions change) {
    String line = "^options " + change.name();
    List<String> steps = new ArrayList<>();
    for (String parameter : change.parameters()) {
      steps.add("s/ " + parameter + "=[^ ]*//g");
    }
    steps.add(change.parameters().isEmpty() ? "d" : "/" + line + " *$/d");
    return "[ ! -e "
        + ModuleConfig.OWN_FILE
        + " ] || sed -i -e "
        + BashWords.quote("/" + line + " /{" + String.join(";", steps) + "}")
        + " "
        + ModuleConfig.OWN_FILE;
  }
}
