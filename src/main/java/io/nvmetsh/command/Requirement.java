package io.nvmetsh.command;

import io.nvmetsh.device.Inventory;
import io.nvmetsh.device.NvmeDrive;
import io.nvmetsh.device.SysTree.FileKind;
import io.nvmetsh.schema.Attribute;
import io.nvmetsh.schema.KernelFlavor;
import io.nvmetsh.schema.NodeKind;
import io.nvmetsh.schema.NvmetPath;
import io.nvmetsh.schema.NvmetSchema;
import io.nvmetsh.schema.Problem;
import io.nvmetsh.schema.Quoting;
import io.nvmetsh.schema.Release;
import io.nvmetsh.tree.TargetTree;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A fact that a script relies on: about the kernel, the machine or the target. It is looked at
 * before the first line of the script runs, so that what cannot end well does not begin.
 *
 * @param what the attribute, device, address, path or release
 * @param details of a device, what it is known by
 */
public record Requirement(Fact fact, String what, Map<String, String> details) {

  /** The sorts of facts. */
  public enum Fact {
    ATTRIBUTE("attribute", "this kernel has it: subsystems/*/attr_offload"),
    DEVICE("device", "it is there, and is the drive that it was: serial=, model=, pci="),
    ADDRESS("address", "this machine has it"),
    PATH("path", "it is in the target already"),
    LINUX("linux", "nvmet is that of this kernel release or a later one"),
    OFED("ofed", "nvmet is that of this MLNX_OFED release or a later one"),
    TARGET("target", "it is real, or simulated");

    private final String word;
    private final String help;

    Fact(String word, String help) {
      this.word = word;
      this.help = help;
    }

    public String word() {
      return word;
    }

    String help() {
      return help;
    }
  }

  /** That this kernel has an attribute. */
  public static Requirement attribute(NvmetPath attribute) {
    StringBuilder path = new StringBuilder();
    for (NvmetPath each : attribute.way()) {
      boolean named = each.kind().filter(NodeKind::isMade).isPresent();
      path.append(path.isEmpty() ? "" : "/").append(named ? "*" : each.name());
    }
    return new Requirement(Fact.ATTRIBUTE, path.toString(), Map.of());
  }

  /** That something is in the target. */
  public static Requirement path(NvmetPath path) {
    return new Requirement(Fact.PATH, path.toString(), Map.of());
  }

  /** That this machine has an address. */
  public static Requirement address(String address) {
    return new Requirement(Fact.ADDRESS, address, Map.of());
  }

  /** That a device is there and, where it is a drive with a serial number, is that drive. */
  public static Requirement device(String path, Optional<NvmeDrive> drive) {
    return drive(path, drive.map(each -> each.serial().strip()).orElse(""));
  }

  /** The same where the serial number is known; empty when the device need only be there. */
  public static Requirement drive(String path, String serial) {
    return new Requirement(
        Fact.DEVICE, path, serial.isEmpty() ? Map.of() : Map.of("serial", serial));
  }

  /** The line that says so. */
  public String line() {
    StringBuilder line = new StringBuilder(RequireCommand.NAME);
    // any name; quotes would be for a shell, and this line is for ours
    boolean plain = Words.quote(what.replace('*', '_')).equals(what.replace('*', '_'));
    line.append(' ').append(fact.word()).append(' ').append(plain ? what : Words.quote(what));
    details.forEach((key, value) -> line.append(' ').append(Quoting.assignment(key, value)));
    return line.toString();
  }

  /**
   * What the words behind {@code require} say.
   *
   * @throws io.nvmetsh.schema.NvmetshException when they say nothing
   */
  public static Requirement of(Arguments arguments) {
    Fact fact = Fact.ATTRIBUTE;
    for (Fact each : Fact.values()) {
      fact = each.word().equals(arguments.required(0)) ? each : fact;
    }
    String what = arguments.required(1);
    Map<String, String> details = new LinkedHashMap<>();
    for (String word : arguments.words().subList(2, arguments.words().size())) {
      int equals = word.indexOf('=');
      String key = word.substring(0, Math.max(0, equals));
      if (fact != Fact.DEVICE || !List.of("serial", "model", "pci").contains(key)) {
        throw meaningless(
            Words.quote(word)
                + " says nothing of "
                + (fact == Fact.ADDRESS ? "an " : "a ")
                + fact.word(),
            "require device /dev/nvme0n1 serial=S439NA0M200417");
      }
      details.put(key, word.substring(equals + 1));
    }
    Requirement requirement = new Requirement(fact, what, details);
    requirement.check();
    return requirement;
  }

  private void check() {
    boolean release = what.matches("[0-9]{1,4}\\.[0-9]{1,4}");
    if ((fact == Fact.LINUX || fact == Fact.OFED) && !release) {
      throw meaningless(Words.quote(what) + " is no release", "require linux 6.1");
    } else if (fact == Fact.TARGET && !what.equals("real") && !what.equals("simulated")) {
      throw meaningless("a target is real or simulated", "require target real");
    } else if (fact == Fact.ATTRIBUTE && owner().isEmpty()) {
      throw meaningless(
          "attributes are not in " + Words.quote(what), "require attribute ports/*/addr_tsas");
    }
  }

  private static RuntimeException meaningless(String message, String example) {
    return Problem.of(
            Problem.Kind.USAGE,
            "require: " + message,
            "write for instance:  " + example,
            "more:  help require")
        .asException();
  }

  private NvmetPath path() {
    return NvmetPath.ROOT.resolveTyped(what);
  }

  private Optional<NodeKind> owner() {
    return path().isRoot() ? Optional.empty() : path().parent().kind();
  }

  /** Why it is not so; empty when it is. */
  public Optional<Problem> unmet(Context context) {
    return switch (fact) {
      case ATTRIBUTE -> attribute(context.tree());
      case DEVICE -> device(context.inventory());
      case ADDRESS ->
          context.inventory().address(what).isPresent()
              ? Optional.empty()
              : unmet(Problem.Kind.NOT_FOUND, "this machine has no address " + what, "nics");
      case PATH ->
          context.tree().isDirectory(path()) || context.tree().isLink(path())
              ? Optional.empty()
              : unmet(Problem.Kind.NOT_FOUND, path() + " is not there", "tree /");
      case LINUX -> release(context.flavor(), Optional.of(context.flavor().linux()));
      case OFED -> release(context.flavor(), context.flavor().ofed());
      case TARGET ->
          context.target().simulated() == what.equals("simulated")
              ? Optional.empty()
              : unmet(
                  Problem.Kind.UNSUPPORTED,
                  "this target is " + (context.target().simulated() ? "simulated" : "real"),
                  "help require");
    };
  }

  private static Optional<Problem> unmet(Problem.Kind kind, String message, String look) {
    return Optional.of(Problem.of(kind, message, "see what there is:  " + look));
  }

  private Optional<Problem> release(KernelFlavor flavor, Optional<Release> release) {
    return release.filter(found -> found.compareTo(Release.parse(what)) >= 0).isPresent()
        ? Optional.empty()
        : unmet(Problem.Kind.UNSUPPORTED, "this is " + flavor.describe(), "modules");
  }

  /** What is there decides; where nothing is, the table. */
  private Optional<Problem> attribute(TargetTree tree) {
    NvmetPath path = path();
    Optional<NvmetPath> example = example(tree, NvmetPath.ROOT, path.parent());
    NodeKind owner = owner().orElseThrow();
    Optional<Attribute> row = NvmetSchema.find(owner, path.name());
    boolean there =
        example.isPresent()
            ? tree.attributes(example.get()).contains(path.name())
            : row.filter(each -> each.since().covers(tree.flavor())).isPresent();
    if (there) {
      return Optional.empty();
    }
    String since = row.map(each -> "; it exists " + each.since().span()).orElse("");
    return unmet(
        Problem.Kind.UNSUPPORTED,
        "this is "
            + tree.flavor().describe()
            + ", where no "
            + owner.term()
            + " has "
            + path.name()
            + since,
        "explain " + Words.quote(path.name()));
  }

  /** A directory that is as the path says, where {@code *} is any name. */
  private static Optional<NvmetPath> example(TargetTree tree, NvmetPath from, NvmetPath pattern) {
    if (from.depth() == pattern.depth()) {
      return Optional.of(from);
    }
    String name = pattern.name(from.depth());
    List<String> names = name.equals("*") ? tree.glance(from, TargetTree.MANY) : List.of(name);
    for (String each : names) {
      Optional<NvmetPath> found =
          tree.isDirectory(from.child(each))
              ? example(tree, from.child(each), pattern)
              : Optional.empty();
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  private Optional<Problem> device(Inventory inventory) {
    Optional<NvmeDrive> drive = drive(inventory, what);
    if (drive.isEmpty() && inventory.fileKind(what) == FileKind.ABSENT) {
      return unmet(Problem.Kind.NOT_FOUND, what + " is not there", "devices");
    }
    List<String> others = new ArrayList<>();
    for (Map.Entry<String, String> detail : details.entrySet()) {
      String wanted = detail.getValue();
      String found = drive.map(each -> known(each, detail.getKey())).orElse("none");
      if (!same(detail.getKey(), wanted, found)) {
        others.add(detail.getKey() + " " + Words.quote(found) + ", not " + Words.quote(wanted));
      }
    }
    return others.isEmpty()
        ? Optional.empty()
        : unmet(
            Problem.Kind.CONFLICT,
            what + " is another drive: " + String.join("; ", others),
            "devices");
  }

  /** The drive behind a block device, or the drive itself. */
  public static Optional<NvmeDrive> drive(Inventory inventory, String path) {
    Optional<NvmeDrive> behind = inventory.driveBehind(path);
    return behind.isPresent() || !path.startsWith("/dev/")
        ? behind
        : inventory.drive(path.substring("/dev/".length()));
  }

  private static String known(NvmeDrive drive, String key) {
    return switch (key) {
      case "serial" -> drive.serial().strip();
      case "model" -> drive.model().strip();
      default -> drive.pciAddress();
    };
  }

  private static boolean same(String key, String wanted, String found) {
    return key.equals("pci")
        ? NvmetSchema.row(NodeKind.NAMESPACE, "pci_device_path").type().same(wanted, found)
        : wanted.strip().equals(found);
  }
}
