package io.nvmetsh.offload.rules;

import io.nvmetsh.offload.Dialect;
import io.nvmetsh.offload.Finding;
import io.nvmetsh.offload.Mend;
import io.nvmetsh.offload.OffloadRule;
import io.nvmetsh.offload.OffloadView;
import io.nvmetsh.plan.Change;
import io.nvmetsh.schema.NodeKind;
import io.nvmetsh.schema.NvmetPath;
import io.nvmetsh.tree.Namespace;
import io.nvmetsh.tree.Subsystem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Early drivers look at a subsystem once, when it is linked. */
public record StepOrder() implements OffloadRule {

  @Override
  public String id() {
    return "OFF-ORDER";
  }

  @Override
  public String title() {
    return "steps are made in an order in which offload takes: namespaces are enabled before the"
        + " link, and attr_offload is set before there are namespaces";
  }

  @Override
  public String explanation() {
    return """
        MLNX_OFED 4.1 and 4.2 look whether a subsystem is offloaded when it is linked. Linked before
        its namespace is enabled, it leaves the port without offload until it is unlinked and linked
        again, and nothing shows that. With attr_offload the switch cannot be written while the
        subsystem is linked or hosts are connected; written before there are namespaces it is safe
        in every release.""";
  }

  /** Linked, and nothing in it that the driver could have taken. */
  @Override
  public List<Finding> subsystem(OffloadView view, Subsystem subsystem) {
    if (view.dialect() != Dialect.PCI_DEVICE_PATH || hasTaken(subsystem) || !subsystem.isLinked()) {
      return List.of();
    }
    List<String> enable = new ArrayList<>();
    for (Namespace namespace : subsystem.namespaces()) {
      if (namespace.pciAddress().isPresent() && namespace.device().isPresent()) {
        enable.add(Mend.enable(namespace));
        break; // a second one would break OFF-NS-ONE
      }
    }
    return List.of(
        warning(
            subsystem.path(),
            "linked before its namespace is enabled: the port stays without offload",
            Mend.relink(subsystem, enable)));
  }

  private static boolean hasTaken(Subsystem subsystem) {
    for (Namespace namespace : subsystem.namespaces()) {
      if (namespace.isEnabled() && namespace.pciAddress().isPresent()) {
        return true;
      }
    }
    return false;
  }

  @Override
  public List<Finding> step(Change change, OffloadView before, OffloadView after) {
    if (!(change instanceof Change.SetAttribute set) || set.value().equals("0")) {
      return List.of();
    }
    NvmetPath directory = set.path().parent();
    Optional<NodeKind> kind = directory.kind();
    if (set.path().name().equals("enable") && kind.equals(Optional.of(NodeKind.NAMESPACE))) {
      return enabled(before, after, new Namespace(after.tree(), directory));
    }
    return set.path().name().equals("attr_offload")
        ? switched(before, before.subsystem(directory))
        : List.of();
  }

  private List<Finding> enabled(OffloadView before, OffloadView after, Namespace namespace) {
    Subsystem subsystem = namespace.subsystem();
    boolean late =
        after.dialect() == Dialect.PCI_DEVICE_PATH
            && namespace.pciAddress().isPresent()
            && !hasTaken(before.subsystem(subsystem.path()))
            && before.subsystem(subsystem.path()).isLinked();
    return late
        ? List.of(
            warning(
                subsystem.path(),
                "linked before its namespace is enabled: the port stays without offload until it"
                    + " is linked again",
                Mend.relink(subsystem, List.of())))
        : List.of();
  }

  private List<Finding> switched(OffloadView view, Subsystem subsystem) {
    for (Namespace namespace : subsystem.namespaces()) {
      if (!namespace.isEnabled() || view.drive(namespace).isEmpty()) {
        return List.of(
            note(
                subsystem.path(),
                "attr_offload is best set before there are namespaces: each must be an enabled NVMe"
                    + " drive by now",
                List.of()));
      }
    }
    return List.of();
  }
}
