package io.nvmetsh.offload;

import io.nvmetsh.device.Inventory;
import io.nvmetsh.offload.Verdict.State;
import io.nvmetsh.plan.KernelNumber;
import io.nvmetsh.plan.TypedLines;
import io.nvmetsh.schema.NvmetPath;
import io.nvmetsh.tree.Namespace;
import io.nvmetsh.tree.Port;
import io.nvmetsh.tree.Subsystem;
import io.nvmetsh.tree.TargetTree;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Answers "is it offloaded, and if not, why not" for each couple of subsystem and port. */
public final class Verdicts {

  private final OffloadView view;

  public Verdicts(TargetTree tree, Inventory inventory) {
    this.view = new OffloadView(tree, inventory);
  }

  public Dialect dialect() {
    return view.dialect();
  }

  /** The verdicts on the subsystems at or below a directory, or linked to the port that it is. */
  public List<Verdict> below(NvmetPath path) {
    Scope scope = Scope.below(view.tree(), path);
    boolean ofPort = path.depth() > 1 && path.name(0).equals("ports");
    List<Verdict> verdicts = new ArrayList<>();
    for (NvmetPath subsystem : scope.subsystems()) {
      verdicts.addAll(of(view.subsystem(subsystem), ofPort ? path.ancestor(2) : NvmetPath.ROOT));
    }
    return verdicts;
  }

  /**
   * @param within the only port of interest, or the root for all
   */
  private List<Verdict> of(Subsystem subsystem, NvmetPath within) {
    List<Verdict> verdicts = new ArrayList<>();
    for (Port port : subsystem.ports()) {
      if (port.path().isAtOrBelow(within)) {
        verdicts.add(of(subsystem, Optional.of(port)));
      }
    }
    if (verdicts.isEmpty()) {
      verdicts.add(of(subsystem, Optional.empty()));
    }
    return verdicts;
  }

  private Verdict of(Subsystem subsystem, Optional<Port> port) {
    Optional<NvmetPath> path = port.map(Port::path);
    if (view.dialect() == Dialect.NONE) {
      List<Finding> reasons = OffloadRules.find("OFF-VER-OFED").orElseThrow().machine(view);
      return new Verdict(subsystem, path, State.IMPOSSIBLE, reasons, Optional.empty());
    }
    if (!subsystem.asksForOffload()) {
      return new Verdict(
          subsystem, path, State.NOT_ASKED, List.of(notAsked(subsystem)), Optional.empty());
    }
    List<Finding> reasons = new ArrayList<>(missing(subsystem, port));
    reasons.addAll(
        OffloadRules.findings(view, List.of(subsystem), port.map(List::of).orElse(List.of())));
    State state = State.HOLDS;
    for (Finding reason : reasons) {
      if (decides(reason)) {
        state = State.OFF;
      }
    }
    return new Verdict(subsystem, path, state, reasons, evidence(subsystem));
  }

  private static boolean decides(Finding finding) {
    return finding.severity() == Finding.Severity.WARNING
        && OffloadRules.find(finding.rule()).map(OffloadRule::decides).orElse(true);
  }

  private Finding notAsked(Subsystem subsystem) {
    if (view.dialect() == Dialect.ATTR_OFFLOAD) {
      return step(
          Finding.Severity.NOTE,
          subsystem,
          "attr_offload is 0",
          subsystem.isLinked()
              ? Mend.relink(subsystem, List.of(on(subsystem)))
              : List.of(on(subsystem)));
    }
    return step(Finding.Severity.NOTE, subsystem, "no namespace has a pci_device_path", List.of());
  }

  private static String on(Subsystem subsystem) {
    return TypedLines.set(subsystem.path(), "attr_offload", "1");
  }

  /** Steps not made yet, which are nobody's fault and no rule's. */
  private List<Finding> missing(Subsystem subsystem, Optional<Port> port) {
    List<Finding> missing = new ArrayList<>();
    boolean enabled = false;
    for (Namespace namespace : subsystem.namespaces()) {
      enabled |= namespace.isEnabled() && namespace.asksForOffload();
    }
    // linked too early, it is OFF-ORDER that says so
    if (!enabled && (port.isEmpty() || view.dialect() == Dialect.ATTR_OFFLOAD)) {
      missing.add(
          step(Finding.Severity.WARNING, subsystem, "no namespace is enabled", enable(subsystem)));
    }
    if (port.isEmpty()) {
      missing.add(
          step(Finding.Severity.WARNING, subsystem, "linked to no port", somePort(subsystem)));
    }
    return missing;
  }

  private static List<String> enable(Subsystem subsystem) {
    for (Namespace namespace : subsystem.namespaces()) {
      if (namespace.asksForOffload() && namespace.device().isPresent()) {
        return List.of(Mend.enable(namespace));
      }
    }
    return List.of();
  }

  /** A port that is ready and takes no subsystem yet. */
  private List<String> somePort(Subsystem subsystem) {
    for (Port port : view.ports()) {
      if (!port.isLinked() && port.transport().equals("rdma") && port.ip().isPresent()) {
        return List.of(Mend.link(subsystem, port.path()));
      }
    }
    return List.of();
  }

  private static Finding step(
      Finding.Severity severity, Subsystem subsystem, String summary, List<String> mend) {
    return new Finding(severity, "", subsystem.path().toString(), summary, mend);
  }

  /** The driver's counters: -1 where nothing is offloaded, and absent before 4.4. */
  private Optional<String> evidence(Subsystem subsystem) {
    long commands = 0;
    boolean counts = false;
    for (Namespace namespace : subsystem.namespaces()) {
      for (String counter : List.of("offload_read_cmds", "offload_write_cmds")) {
        Optional<String> value = view.tree().value(namespace.path().child(counter));
        if (value.isPresent() && !value.get().equals("-1")) {
          counts = true;
          commands += KernelNumber.parse(value.get()).orElse(0);
        }
      }
    }
    if (!counts) {
      return Optional.empty();
    }
    return Optional.of(
        commands == 0
            ? "the adapter counts, no command yet"
            : "the adapter has served " + commands + " commands");
  }
}
