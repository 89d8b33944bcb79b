package io.nvmetsh.command;

import io.nvmetsh.device.NvmeDrive;
import io.nvmetsh.device.SysTree.FileKind;
import io.nvmetsh.offload.Dialect;
import io.nvmetsh.offload.Finding;
import io.nvmetsh.offload.OffloadRules;
import io.nvmetsh.offload.Verdict;
import io.nvmetsh.offload.Verdicts;
import io.nvmetsh.plan.Change;
import io.nvmetsh.plan.Excerpt;
import io.nvmetsh.plan.OnError;
import io.nvmetsh.plan.Plan;
import io.nvmetsh.plan.Transition;
import io.nvmetsh.plan.TypedLines;
import io.nvmetsh.schema.NodeKind;
import io.nvmetsh.schema.NvmetPath;
import io.nvmetsh.schema.Placeholder;
import io.nvmetsh.schema.Problem;
import io.nvmetsh.schema.Quoting;
import io.nvmetsh.tree.DraftTree;
import io.nvmetsh.tree.Namespace;
import io.nvmetsh.tree.Port;
import io.nvmetsh.tree.Snapshot;
import io.nvmetsh.tree.Subsystem;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * {@code offload on} and {@code offload off}: the target as it is, but for what this kernel's
 * driver is asked by, and the way there. What a script says so means the same to every driver.
 */
final class OffloadSwitch {

  /** The verbs. */
  static final Set<String> WORDS = Set.of("on", "off");

  private static final String ADDRESS = "pci_device_path";

  private final Context context;
  private final boolean on;
  private final Dialect dialect;
  private final List<String> notes = new ArrayList<>();

  private OffloadSwitch(Context context, boolean on) {
    this.context = context;
    this.on = on;
    this.dialect = Dialect.of(context.tree());
  }

  static Effect of(Context context, Arguments arguments) {
    OffloadSwitch verb = new OffloadSwitch(context, arguments.required(0).equals("on"));
    Set<NvmetPath> subsystems = verb.subsystems(arguments.words());
    List<Change> changes = verb.changes(subsystems);
    return new Effect.Apply(
        new Plan(changes, arguments.has("force")),
        verb.notes,
        ErrorOptions.manner(arguments, OnError.UNDO));
  }

  private Set<NvmetPath> subsystems(List<String> words) {
    Set<NvmetPath> subsystems = new LinkedHashSet<>();
    if (words.size() == 1) {
      subsystems.add(subsystem(context.here()));
    }
    for (String word : words.subList(1, words.size())) {
      subsystems.add(subsystem(new Lookup(context).directory(word)));
    }
    return subsystems;
  }

  private NvmetPath subsystem(NvmetPath path) {
    if (path.depth() < 2 || path.ancestor(2).kind().filter(NodeKind.SUBSYSTEM::equals).isEmpty()) {
      throw Problem.of(
              Problem.Kind.USAGE,
              "offload " + verb() + ": " + path + " is no subsystem and in none",
              "name it:  offload " + verb() + " " + someSubsystem())
          .with("path", path.toString())
          .asException();
    }
    return path.ancestor(2);
  }

  private String someSubsystem() {
    NvmetPath group = NvmetPath.of("subsystems");
    List<String> names = context.tree().glance(group, 1);
    return Words.quote(group.child(names.isEmpty() ? "NQN" : names.get(0)).toString());
  }

  private String verb() {
    return on ? "on" : "off";
  }

  private List<Change> changes(Set<NvmetPath> subsystems) {
    if (dialect == Dialect.NONE) {
      if (on) {
        NvmetPath first = subsystems.iterator().next();
        throw impossible(context, first + " cannot be offloaded")
            .with("path", first.toString())
            .asException();
      }
      notes.add("this is " + context.flavor().describe() + ": nothing is offloaded");
      return List.of();
    }
    Snapshot now = Excerpt.of(context.tree(), subsystems);
    Snapshot wanted = Snapshot.of(now);
    for (NvmetPath path : subsystems) {
      if (dialect == Dialect.ATTR_OFFLOAD) {
        wanted.set(path.child("attr_offload"), on ? "1" : "0");
      } else {
        addresses(new Subsystem(context.tree(), path), wanted);
      }
    }
    List<Change> changes = Transition.of(now, wanted);
    refusePrecluded(subsystems, changes);
    for (Change change : changes) {
      if (change instanceof Change.Create) {
        notes.add(
            change.path()
                + " is made anew, with all its values: "
                + (dialect == Dialect.PCI_DEVICE_PATH
                    ? "enabled once with pci_device_path, it cannot be again"
                    : "while attr_offload is written, there is no namespace that is not enabled"));
      }
    }
    if (changes.isEmpty() && on) {
      subsystems.forEach(this::sayWhyNot);
    }
    return changes;
  }

  /** That no driver is there to be asked. */
  static Problem impossible(Context context, String what) {
    return Problem.of(
            Problem.Kind.UNSUPPORTED,
            what
                + ": this is "
                + context.flavor().describe()
                + ", which has neither attr_offload nor pci_device_path",
            "what it takes:  explain OFF-VER-OFED",
            "what this machine has:  modules")
        .with("rule", "OFF-VER-OFED");
  }

  /** Where each namespace asks for itself, by the address of the drive behind it. */
  private void addresses(Subsystem subsystem, Snapshot wanted) {
    boolean any = false;
    for (Namespace namespace : subsystem.namespaces()) {
      if (!on) {
        wanted.set(namespace.path().child(ADDRESS), "N/A");
      } else if (namespace.device().isPresent()) {
        any = true;
        address(namespace, namespace.device().get())
            .ifPresent(address -> wanted.set(namespace.path().child(ADDRESS), address));
      }
    }
    if (on && !any) {
      notes.add(
          subsystem.path()
              + " has no namespace with a device yet, and this driver is asked by each namespace:"
              + " there is nothing to set, and device_path will bring pci_device_path along");
    }
  }

  /** The address of the drive behind a device; empty where there is no such drive. */
  private Optional<String> address(Namespace namespace, String device) {
    Optional<String> address = context.inventory().driveBehind(device).map(NvmeDrive::pciAddress);
    boolean known =
        address.isPresent()
            || Placeholder.isIn(device)
            || context.inventory().fileKind(device) != FileKind.ABSENT;
    if (!known) {
      throw Problem.of(
              Problem.Kind.CONFLICT,
              namespace.path() + ": which drive is behind " + device + " is not known here",
              "say it:  " + TypedLines.set(namespace.path(), ADDRESS, "DDDD:BB:SS.F"),
              "see the drives:  devices")
          .with("path", namespace.path().toString())
          .asException();
    }
    if (address.isPresent() && !address.equals(namespace.pciAddress())) {
      notes.add(ADDRESS + "=" + address.get() + ": the drive behind " + device);
    }
    return address;
  }

  /** What rules know cannot work is not begun. */
  private void refusePrecluded(Set<NvmetPath> subsystems, List<Change> changes) {
    DraftTree then = new DraftTree(context.tree());
    changes.forEach(change -> change.applyTo(then));
    List<Finding> findings = OffloadRules.precluding(then, context.inventory(), subsystems);
    if (!on) {
      // a plain subsystem may have any device
      findings.removeIf(finding -> !finding.path().startsWith("/ports/"));
    }
    if (findings.isEmpty()) {
      return;
    }
    Finding first = findings.get(0);
    Problem problem =
        Problem.of(
                Problem.Kind.CONFLICT,
                first.path() + ": " + first.summary() + " (" + first.rule() + ")")
            .with("path", first.path())
            .with("rule", first.rule());
    for (Finding finding : findings) {
      if (!finding.equals(first)) {
        problem =
            problem.hint(
                "besides, "
                    + finding.path()
                    + ": "
                    + finding.summary()
                    + " ("
                    + finding.rule()
                    + ")");
      }
      for (String line : finding.mend()) {
        problem = problem.hint("mend:  " + line);
      }
    }
    Optional<String> together = together(then, subsystems, first);
    if (together.isPresent()) {
      problem = problem.hint("or all of them together:  " + together.get());
    }
    throw problem.hint("more:  explain " + first.rule()).asException();
  }

  /** The line that switches all subsystems of a port, where it may have several. */
  private Optional<String> together(DraftTree then, Set<NvmetPath> subsystems, Finding finding) {
    boolean several = !on || context.flavor().ofed().filter(ofed -> ofed.atLeast(4, 9)).isPresent();
    if (!finding.rule().equals("OFF-PORT-ALL") || !several) {
      return Optional.empty();
    }
    Set<NvmetPath> all = new LinkedHashSet<>(subsystems);
    for (Subsystem other : new Port(then, NvmetPath.parse(finding.path())).subsystems()) {
      all.add(other.path());
    }
    StringBuilder line = new StringBuilder("offload " + verb());
    all.forEach(path -> line.append(' ').append(Quoting.path(path)));
    return Optional.of(line.toString());
  }

  /** An order to which there is nothing to add need not have helped. */
  private void sayWhyNot(NvmetPath subsystem) {
    for (Verdict verdict : new Verdicts(context.tree(), context.inventory()).below(subsystem)) {
      if (verdict.state() == Verdict.State.OFF && verdict.port().isPresent()) {
        notes.add(
            "offload is asked for already, and off all the same; why:  offload "
                + Quoting.path(subsystem));
        return;
      }
    }
  }
}
