package io.nvmetsh.offload;

import io.nvmetsh.device.Inventory;
import io.nvmetsh.offload.rules.AllNamespacesOffloaded;
import io.nvmetsh.offload.rules.AllSubsystemsOffloaded;
import io.nvmetsh.offload.rules.CapableAdapter;
import io.nvmetsh.offload.rules.FirmwareRelease;
import io.nvmetsh.offload.rules.KernelRelease;
import io.nvmetsh.offload.rules.ModulesLoaded;
import io.nvmetsh.offload.rules.OfedRelease;
import io.nvmetsh.offload.rules.OneDrive;
import io.nvmetsh.offload.rules.OneNamespace;
import io.nvmetsh.offload.rules.OneSubsystem;
import io.nvmetsh.offload.rules.PciAddressMatches;
import io.nvmetsh.offload.rules.QueuesEnough;
import io.nvmetsh.offload.rules.QueuesGranted;
import io.nvmetsh.offload.rules.StagingBuffers;
import io.nvmetsh.offload.rules.StagingSize;
import io.nvmetsh.offload.rules.StagingUnmapped;
import io.nvmetsh.offload.rules.StepOrder;
import io.nvmetsh.offload.rules.WholeNvmeNamespace;
import io.nvmetsh.plan.Change;
import io.nvmetsh.schema.NvmetPath;
import io.nvmetsh.tree.DraftTree;
import io.nvmetsh.tree.Namespace;
import io.nvmetsh.tree.Port;
import io.nvmetsh.tree.Subsystem;
import io.nvmetsh.tree.TargetTree;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** The roster of offload rules, and the questions asked of them. */
public final class OffloadRules {

  /** By itself, so that a kernel without offload does not load the rules at each change. */
  private static final class Roster {
    static final List<OffloadRule> ALL =
        List.of(
            new AllNamespacesOffloaded(),
            new OneNamespace(),
            new OneDrive(),
            new PciAddressMatches(),
            new WholeNvmeNamespace(),
            new StepOrder(),
            new AllSubsystemsOffloaded(),
            new OneSubsystem(),
            new CapableAdapter(),
            new QueuesGranted(),
            new QueuesEnough(),
            new KernelRelease(),
            new OfedRelease(),
            new FirmwareRelease(),
            new ModulesLoaded(),
            new StagingUnmapped(),
            new StagingSize(),
            new StagingBuffers());
  }

  private OffloadRules() {}

  /** Every rule there is, in the order of the reference. */
  public static List<OffloadRule> all() {
    return Roster.ALL;
  }

  /** The rule of that id. */
  public static Optional<OffloadRule> find(String id) {
    for (OffloadRule rule : Roster.ALL) {
      if (rule.id().equals(id)) {
        return Optional.of(rule);
      }
    }
    return Optional.empty();
  }

  /**
   * What the changes would newly break: findings about the parts of the tree they touch, as they
   * will be, less those that hold already, and what is wrong with the step itself.
   */
  public static List<Finding> warnings(
      TargetTree before, List<Change> changes, TargetTree after, Inventory inventory) {
    OffloadView now = new OffloadView(before, inventory);
    if (now.dialect() == Dialect.NONE) {
      return List.of();
    }
    OffloadView then = new OffloadView(after, inventory);
    List<Finding> steps = steps(changes, before, then, inventory);
    Scope scope = Scope.of(changes, before, after);
    List<Finding> findings = findings(then, scope);
    Set<String> known = new HashSet<>();
    for (Finding finding : findings.isEmpty() ? findings : findings(now, scope)) {
      known.add(finding.rule() + finding.path() + finding.summary());
    }
    for (Finding step : steps) {
      known.add(step.rule() + step.path());
    }
    List<Finding> warnings = new ArrayList<>(steps);
    Set<String> loaded = new HashSet<>();
    for (Change change : changes) {
      if (change instanceof Change.LoadModule load) {
        loaded.add(load.name());
      }
    }
    for (Finding finding : findings) {
      boolean old = known.contains(finding.rule() + finding.path() + finding.summary());
      boolean mended = loaded.contains(finding.path()); // that a module is not there yet
      if (!old && !mended && !known.contains(finding.rule() + finding.path())) {
        warnings.add(finding);
      }
    }
    return warnings;
  }

  /** What is wrong with each change, on what those before it have made of the target. */
  private static List<Finding> steps(
      List<Change> changes, TargetTree before, OffloadView then, Inventory inventory) {
    List<Finding> findings = new ArrayList<>();
    Set<String> said = new HashSet<>();
    DraftTree draft = new DraftTree(before);
    for (Change change : changes) {
      OffloadView now = new OffloadView(draft, inventory);
      for (OffloadRule rule : Roster.ALL) {
        for (Finding finding : rule.step(change, now, then)) {
          if (said.add(finding.rule() + finding.path())) {
            findings.add(finding);
          }
        }
      }
      change.applyTo(draft);
    }
    return findings;
  }

  /** Everything that is wrong at or below a directory, and with what it is linked with. */
  public static List<Finding> findings(TargetTree tree, Inventory inventory, NvmetPath path) {
    return findings(new OffloadView(tree, inventory), Scope.below(tree, path));
  }

  private static List<Finding> findings(OffloadView view, Scope scope) {
    List<Subsystem> subsystems = new ArrayList<>();
    for (NvmetPath path : scope.subsystems()) {
      if (view.subsystem(path).asksForOffload()) {
        subsystems.add(view.subsystem(path));
      }
    }
    List<Port> ports = new ArrayList<>();
    for (NvmetPath path : scope.ports()) {
      if (view.asksForOffload(view.port(path))) {
        ports.add(view.port(path));
      }
    }
    return findings(view, subsystems, ports);
  }

  /**
   * What keeps subsystems from being offloaded whatever is asked for, where they are asked to be.
   *
   * @param then the target as it would be
   */
  public static List<Finding> precluding(
      TargetTree then, Inventory inventory, Collection<NvmetPath> subsystems) {
    OffloadView view = new OffloadView(then, inventory);
    List<Finding> findings = new ArrayList<>();
    for (NvmetPath path : subsystems) {
      Subsystem subsystem = view.subsystem(path);
      for (Namespace namespace : subsystem.namespaces()) {
        // where each asks for itself, one that cannot does not, and only the step tells
        namespace
            .device()
            .map(device -> new Change.SetAttribute(namespace.path().child("device_path"), device))
            .ifPresent(step -> precluding(rule -> rule.step(step, view, view), findings));
      }
      if (subsystem.asksForOffload()) {
        precluding(rule -> rule.subsystem(view, subsystem), findings);
      }
      for (Port port : subsystem.ports()) {
        if (view.asksForOffload(port)) {
          precluding(rule -> rule.port(view, port), findings);
        }
      }
    }
    return findings;
  }

  private static void precluding(
      Function<OffloadRule, List<Finding>> question, List<Finding> findings) {
    for (OffloadRule rule : Roster.ALL) {
      for (Finding finding : rule.precludes() ? question.apply(rule) : List.<Finding>of()) {
        boolean known = findings.stream().anyMatch(other -> other.path().equals(finding.path()));
        if (finding.severity() == Finding.Severity.WARNING && !known) {
          findings.add(finding);
        }
      }
    }
  }

  /** What the rules say of these, all of which have to do with offload. */
  static List<Finding> findings(OffloadView view, List<Subsystem> subsystems, List<Port> ports) {
    List<Finding> findings = new ArrayList<>();
    if (subsystems.isEmpty() && ports.isEmpty()) {
      return findings;
    }
    for (OffloadRule rule : Roster.ALL) {
      for (Subsystem subsystem : subsystems) {
        findings.addAll(rule.subsystem(view, subsystem));
      }
      for (Port port : ports) {
        findings.addAll(rule.port(view, port));
      }
      findings.addAll(rule.machine(view));
    }
    return findings;
  }
}
