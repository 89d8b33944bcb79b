package io.nvmetsh.command;

import io.nvmetsh.device.NvmeDrive;
import io.nvmetsh.device.SysTree.FileKind;
import io.nvmetsh.offload.Dialect;
import io.nvmetsh.plan.Change;
import io.nvmetsh.plan.ChangeCheck;
import io.nvmetsh.schema.Attribute;
import io.nvmetsh.schema.KeySource;
import io.nvmetsh.schema.NodeKind;
import io.nvmetsh.schema.NvmetPath;
import io.nvmetsh.schema.NvmetSchema;
import io.nvmetsh.schema.PciAddress;
import io.nvmetsh.schema.Placeholder;
import io.nvmetsh.schema.Problem;
import io.nvmetsh.schema.Quoting;
import io.nvmetsh.schema.ValueType.CandidateSource;
import io.nvmetsh.schema.ValueType.InvalidValue;
import io.nvmetsh.tree.DraftTree;
import io.nvmetsh.tree.Namespace;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * {@code key=value} words as changes of one directory's attributes. Knows the two conveniences that
 * come with them: nvmetcli's groups ({@code set addr trtype=rdma}), and the PCI address that the
 * oldest vendor driver wants beside the block device.
 */
final class Assignments {

  private static final String DEVICE = "device_path";
  private static final String PCI = "pci_device_path";

  private final Context context;
  private final NvmetPath directory;
  private final List<String> attributes;
  private final boolean isNew;
  private final List<Change> changes = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();
  private boolean forced;

  /** What is set in a directory that is there. */
  Assignments(Context context, NvmetPath directory, List<String> attributes) {
    this(context, directory, attributes, false);
  }

  /**
   * @param attributes the names of the directory's attributes
   * @param isNew whether the directory is made by the same line
   */
  Assignments(Context context, NvmetPath directory, List<String> attributes, boolean isNew) {
    this.isNew = isNew;
    this.context = context;
    this.directory = directory;
    this.attributes = attributes;
  }

  /** Whether a word is {@code key=value}; paths and NQNs may hold a {@code =}, too. */
  static boolean isAssignment(String word) {
    int equals = word.indexOf('=');
    return equals > 0 && Placeholder.isName(word.substring(0, equals));
  }

  /**
   * Whether a word is a group of attributes, as nvmetcli names them: {@code addr}, {@code attr}.
   */
  static boolean isGroup(String word, List<String> attributes) {
    for (String attribute : attributes) {
      if (attribute.startsWith(word + "_")) {
        return true;
      }
    }
    return false;
  }

  /** From now on a value that the attribute does not take is left to the kernel to refuse. */
  void force() {
    forced = true;
  }

  /**
   * @param group what the keys are prefixed with, without the underscore; empty for none
   */
  void add(String group, List<String> words) {
    for (String word : words) {
      int equals = word.indexOf('=');
      if (equals <= 0) {
        throw Problem.of(
                Problem.Kind.USAGE,
                "not an assignment: " + word,
                "write it as:  set " + (equals == 0 ? "ATTRIBUTE" : word) + "=VALUE")
            .asException();
      }
      String key = word.substring(0, equals);
      set(group.isEmpty() ? key : group + "_" + key, word.substring(equals + 1));
    }
    fillPciAddress();
  }

  void set(String key, String typed) {
    if (key.equals(PCI) && typed.equals(PciAddress.CLEAR) && !attributes.contains(key)) {
      // so a script that wants no offload runs where there is none to be had this way
      notes.add(PCI + ": there is nothing to clear, this is " + context.flavor().describe());
      return;
    }
    if (!attributes.contains(key)) {
      throw unknown(key);
    }
    changes.add(new Change.SetAttribute(directory.child(key), canonical(row(key), typed)));
  }

  /** That there is nothing to set. */
  RuntimeException nothing() {
    return Problem.of(
            Problem.Kind.USAGE,
            "set: nothing to set in " + directory,
            "write:  set " + Words.quote(directory.toString()) + " ATTRIBUTE=VALUE",
            "see what there is:  get --all " + Words.quote(directory.toString()))
        .asException();
  }

  List<Change> changes() {
    return changes;
  }

  List<String> notes() {
    return notes;
  }

  private Attribute row(String key) {
    return NvmetSchema.row(directory.kind().orElse(NodeKind.ROOT), key);
  }

  private String canonical(Attribute row, String typed) {
    if (Placeholder.isIn(typed)) {
      // the value is not known before the script runs; it is looked at then
      return typed;
    }
    try {
      Optional<KeySource> source = row.isSecret() ? KeySource.of(typed) : Optional.empty();
      return source.isPresent() ? source.get().placeholder() : row.type().canonical(typed);
    } catch (InvalidValue e) {
      // with hazards on, what a driver makes of it is to be seen
      if (forced || context.target().hazards()) {
        return typed;
      }
      Optional<Problem> hazard =
          hazard(changes, new Change.SetAttribute(directory.child(row.name()), typed));
      if (hazard.isPresent()) {
        throw hazard.get().asException();
      }
      String shown = row.isSecret() ? "the value" : Words.quote(typed);
      throw Problem.of(
              Problem.Kind.INVALID,
              directory
                  + ": "
                  + row.name()
                  + " takes "
                  + row.type().hint()
                  + "; "
                  + shown
                  + " "
                  + e.getMessage(),
              hints(row, typed))
          .with("path", directory.toString())
          .with("attribute", row.name())
          .with("value", row.isSecret() ? "***" : typed)
          .with("rule", row.type().name())
          .asException();
    }
  }

  /** A device is often called by its name alone. */
  private String[] hints(Attribute row, String typed) {
    String more = "more:  explain " + row.name();
    String path = "/dev/" + typed;
    boolean device =
        row.type().source() == CandidateSource.BLOCK_DEVICES
            && typed.matches("[A-Za-z0-9]+")
            && context.inventory().fileKind(path) == FileKind.BLOCK_DEVICE;
    return device
        ? new String[] {
          "in full:  "
              + (isNew ? "create " : "set ")
              + Words.quote(directory.toString())
              + " "
              + Quoting.assignment(row.name(), path),
          more
        }
        : new String[] {more};
  }

  /** That the directory has no such attribute, and why or what was meant. */
  RuntimeException unknown(String key) {
    Optional<Attribute> elsewhere = directory.kind().flatMap(kind -> NvmetSchema.find(kind, key));
    Problem problem =
        Problem.of(
                elsewhere.isPresent() ? Problem.Kind.UNSUPPORTED : Problem.Kind.NOT_FOUND,
                directory + " has no attribute " + key)
            .with("path", directory.toString())
            .with("attribute", key);
    if (elsewhere.isPresent()) {
      problem =
          problem.hint(
              "this is "
                  + context.flavor().describe()
                  + "; "
                  + key
                  + " exists "
                  + elsewhere.get().since().span());
      problem = isOtherDialect(key) ? problem.hint(offload()) : problem;
    } else {
      Optional<String> nearest = Nearest.of(key, attributes);
      if (nearest.isPresent()) {
        problem = problem.hint("did you mean:  " + nearest.get());
      }
    }
    return problem.hint(look()).asException();
  }

  /** Whether it asks for offload, and this driver is asked by another attribute. */
  private boolean isOtherDialect(String key) {
    Dialect dialect = Dialect.of(context.tree());
    return dialect != Dialect.NONE
        && !key.equals(dialect.attribute())
        && List.of(Dialect.values()).stream().anyMatch(each -> key.equals(each.attribute()));
  }

  private String offload() {
    NvmetPath subsystem = directory.depth() > 2 ? directory.ancestor(2) : directory;
    return "offload "
        + Dialect.of(context.tree()).words()
        + ":  offload on "
        + Words.quote(subsystem.toString());
  }

  /** What there is to set. Of a directory that is not made yet there is nothing to look at. */
  private String look() {
    if (!isNew) {
      return "see what there is:  get --all " + Words.quote(directory.toString());
    }
    List<String> writable =
        attributes.stream().filter(name -> Values.row(directory, name).isWritable()).toList();
    return writable.isEmpty()
        ? "make it without:  create " + Words.quote(directory.toString())
        : "it takes:  " + String.join(", ", writable);
  }

  /**
   * MLNX_OFED 4.1 wants the PCI address of the drive beside its block device. The machine knows it;
   * what was typed or set before wins.
   */
  private void fillPciAddress() {
    Namespace namespace = new Namespace(context.tree(), directory);
    if (!attributes.contains(PCI) || namespace.pciAddress().isPresent()) {
      return;
    }
    Optional<Change.SetAttribute> device = assigned(DEVICE);
    Optional<Change.SetAttribute> typed = assigned(PCI);
    if (typed.isPresent()) {
      // beside a new device it is written although it is so: a recording without it would be filled
      if (typed.get().value().equals(PciAddress.CLEAR)
          && device.filter(set -> !set.isMadeIn(context.tree())).isEmpty()) {
        changes.remove(typed.get());
      }
      return;
    }
    Optional<NvmeDrive> drive = device.flatMap(set -> context.inventory().driveBehind(set.value()));
    if (drive.isEmpty()) {
      return;
    }
    int behind = changes.indexOf(device.get()) + 1; // not at the end, since enable may follow
    Change fill = new Change.SetAttribute(directory.child(PCI), drive.get().pciAddress());
    Optional<Problem> hazard = hazard(changes.subList(0, behind), fill);
    if (hazard.isPresent()) {
      notes.add(PCI + " is not filled in; with it, " + hazard.get().message());
      return;
    }
    changes.add(behind, fill);
    notes.add(PCI + "=" + drive.get().pciAddress() + ": the drive behind " + device.get().value());
  }

  /** What a change would do to the kernel or the drive after the others. */
  private Optional<Problem> hazard(List<Change> before, Change change) {
    DraftTree draft = new DraftTree(context.tree());
    before.forEach(each -> each.applyTo(draft));
    return new ChangeCheck(context.inventory())
        .problem(change, draft, true)
        .filter(problem -> problem.kind() == Problem.Kind.HAZARD);
  }

  private Optional<Change.SetAttribute> assigned(String key) {
    for (Change change : changes) {
      if (change instanceof Change.SetAttribute set && set.path().name().equals(key)) {
        return Optional.of(set);
      }
    }
    return Optional.empty();
  }
}
