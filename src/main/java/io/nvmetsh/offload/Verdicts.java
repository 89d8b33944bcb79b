package io.nvmetsh.offload;

import io.nvmetsh.device.Inventory;
import io.nvmetsh.offload.Verdict.State;
import io.nvmetsh.schema.NvmetPath;
import io.nvmetsh.schema.Quoting;
import io.nvmetsh.tree.Namespace;
import io.nvmetsh.tree.Port;
import io.nvmetsh.tree.Subsystem;
import io.nvmetsh.tree.TargetTree;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Answers "is it offloaded, and if not, why not" for each couple of subsystem and port. */
public final class Verdicts {

  private final OffloadView view;
  private final Supplier<List<String>> log;

  /** Without a look at the kernel's log. */
  public Verdicts(TargetTree tree, Inventory inventory) {
    this(tree, inventory, List::of);
  }

  /**
   * @param log what the kernel's log still has of nvmet, oldest first
   */
  public Verdicts(TargetTree tree, Inventory inventory, Supplier<List<String>> log) {
    this.view = new OffloadView(tree, inventory);
    this.log = log;
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
    Optional<Evidence> evidence =
        port.flatMap(each -> Evidence.of(view, subsystem, each, log.get()));
    State state = State.HOLDS;
    for (Finding reason : reasons) {
      if (decides(reason)) {
        state = State.OFF;
      }
    }
    if (evidence.filter(Evidence::proves).isPresent()) {
      // what is seen to work works, whatever else is wrong
      state = State.ON;
    }
    return new Verdict(subsystem, path, state, reasons, evidence.map(Evidence::text));
  }

  private static boolean decides(Finding finding) {
    return finding.severity() == Finding.Severity.WARNING
        && OffloadRules.find(finding.rule()).map(OffloadRule::decides).orElse(true);
  }

  private Finding notAsked(Subsystem subsystem) {
    if (view.dialect() == Dialect.ATTR_OFFLOAD) {
      return step(Finding.Severity.NOTE, subsystem, "attr_offload is 0", List.of(on(subsystem)));
    }
    boolean ready = subsystem.namespaces().stream().anyMatch(each -> view.drive(each).isPresent());
    return step(
        Finding.Severity.NOTE,
        subsystem,
        "no namespace has a pci_device_path",
        ready ? List.of(on(subsystem)) : List.of());
  }

  private static String on(Subsystem subsystem) {
    return "offload on " + Quoting.path(subsystem.path());
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
    if (port.isPresent()
        && view.tree().value(port.get().path(), "addr_tractive", "1").strip().equals("0")) {
      missing.add(
          new Finding(
              Finding.Severity.WARNING,
              "",
              port.get().path().toString(),
              "addr_tractive is 0: nothing listens there, its RDMA device has gone",
              List.of("nics")));
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
}
