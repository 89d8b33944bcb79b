package io.nvmetsh.script;

import io.nvmetsh.command.ChangeLines;
import io.nvmetsh.command.ParamCommand;
import io.nvmetsh.command.Requirement;
import io.nvmetsh.config.ConfigReader;
import io.nvmetsh.plan.Change;
import io.nvmetsh.plan.Transition;
import io.nvmetsh.plan.TypedLines;
import io.nvmetsh.schema.Attribute;
import io.nvmetsh.schema.KernelFlavor;
import io.nvmetsh.schema.NodeKind;
import io.nvmetsh.schema.NvmetPath;
import io.nvmetsh.schema.NvmetSchema;
import io.nvmetsh.schema.Placeholder;
import io.nvmetsh.schema.Printable;
import io.nvmetsh.tree.Snapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * nvmetcli's file as a script: the way from an empty target to what the file says, a line a step.
 * Keys of hosts become secret parameters, those that the file only says were there included.
 */
final class ConfigImport {

  /** What stands before the serial number of a drive, in our key of the file. */
  private static final String SERIAL = "serial ";

  private final ConfigReader.Config config;
  private final List<String> parameters = new ArrayList<>();

  private ConfigImport(ConfigReader.Config config) {
    this.config = config;
  }

  /** Whether a text is a configuration and no shell script: none of those begins so. */
  static boolean isConfig(String text) {
    String start = text.startsWith("\ufeff") ? text.substring(1) : text;
    return start.stripLeading().startsWith("{");
  }

  /**
   * @param name of the file
   * @param flavor of the kernel that the script is for
   * @throws io.nvmetsh.schema.NvmetshException when it is no configuration
   */
  static ShellImport.Result of(String name, String text, KernelFlavor flavor) {
    ConfigReader.Config config = ConfigReader.read(name, text, flavor);
    List<String> body = new ConfigImport(config).body();
    List<String> lines = new ArrayList<>();
    lines.add(Script.FIRST_LINE);
    lines.add(Script.headLine("reason", "imported from " + name));
    lines.addAll(body);
    return new ShellImport.Result(lines, config.notes(), config.notes().isEmpty());
  }

  private List<String> body() {
    hideKeys();
    List<String> lines = new ArrayList<>(parameters);
    config
        .modules()
        .forEach(
            (module, values) ->
                lines.add(TypedLines.of(new Change.LoadModule(module, new TreeMap<>(values)))));
    UnaskedOffload unasked = new UnaskedOffload();
    for (ChangeLines.Line line : ChangeLines.of(Transition.of(empty(), config.tree()))) {
      lines.addAll(meant(line));
      unasked.note(line, lines.size());
      lines.add(line.text());
    }
    if (NvmetSchema.of(NodeKind.NAMESPACE, config.tree().flavor()).stream()
        .anyMatch(row -> row.name().equals("pci_device_path"))) {
      unasked.refuse(lines);
    }
    return lines;
  }

  /** That the device which a line names is the drive that was behind the namespace. */
  private List<String> meant(ChangeLines.Line line) {
    List<String> required = new ArrayList<>();
    for (Change change : line.changes()) {
      if (change instanceof Change.SetAttribute set && set.path().name().equals("device_path")) {
        String drive = config.devices().getOrDefault(set.path().parent(), "");
        if (drive.startsWith(SERIAL)) {
          required.add(Requirement.drive(set.value(), drive.substring(SERIAL.length())).line());
        } else if (!drive.isEmpty()) {
          required.add("# it was then:  " + Printable.text(drive));
        }
      }
    }
    return required;
  }

  /** A parameter takes the place of each key, be it in the file or only said to have been there. */
  private void hideKeys() {
    Snapshot tree = config.tree();
    Set<NvmetPath> keys = new TreeSet<>(config.secrets());
    for (String host : tree.directories(NvmetPath.of("hosts"))) {
      for (Attribute row : NvmetSchema.of(NodeKind.HOST, tree.flavor())) {
        NvmetPath path = NvmetPath.of("hosts", host, row.name());
        if (row.isSecret() && !tree.value(path).orElse("").isBlank()) {
          keys.add(path);
        }
      }
    }
    int number = 0;
    for (NvmetPath key : keys) {
      number++;
      String name = key.name() + (number == 1 ? "" : "_" + number);
      parameters.add(ParamCommand.NAME + " " + name + " " + ParamCommand.SECRET);
      tree.set(key, Placeholder.of(name));
    }
  }

  /** A target of which nothing has been said. */
  private Snapshot empty() {
    Snapshot empty = new Snapshot(config.tree().flavor());
    for (Attribute row : NvmetSchema.of(NodeKind.ROOT, empty.flavor())) {
      if (row.initial().known()) {
        empty.set(NvmetPath.ROOT.child(row.name()), row.initial().text());
      }
    }
    return empty;
  }
}
