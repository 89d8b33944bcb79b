package io.nvmetsh.offload.rules;

import io.nvmetsh.device.BlockDevice;
import io.nvmetsh.device.SysTree.FileKind;
import io.nvmetsh.offload.Dialect;
import io.nvmetsh.offload.Finding;
import io.nvmetsh.offload.Mend;
import io.nvmetsh.offload.OffloadRule;
import io.nvmetsh.offload.OffloadView;
import io.nvmetsh.plan.Change;
import io.nvmetsh.tree.Namespace;
import io.nvmetsh.tree.Subsystem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The hardware speaks to an NVMe drive itself: what lies between does not exist for it. */
public record WholeNvmeNamespace() implements OffloadRule {

  @Override
  public String id() {
    return "OFF-NS-PLAIN";
  }

  @Override
  public boolean precludes() {
    return true;
  }

  @Override
  public String title() {
    return "behind an offloaded namespace is a whole NVMe namespace: no logical volume, md device,"
        + " loop device or file";
  }

  @Override
  public String explanation() {
    return """
        The adapter sends NVMe commands to the drive's own queues. The driver refuses to enable a
        namespace on anything else with EINVAL. A partition it does not refuse, and the hardware
        then addresses the whole drive: nvmetsh never lets it (HAZ-OFFLOAD-PARTITION), as it never
        lets a file (HAZ-OFFLOAD-FILE).""";
  }

  @Override
  public List<Finding> subsystem(OffloadView view, Subsystem subsystem) {
    List<Finding> findings = new ArrayList<>();
    for (Namespace namespace : subsystem.namespaces()) {
      if (namespace.asksForOffload()) {
        findings.addAll(namespace(view, namespace));
      }
    }
    return findings;
  }

  /**
   * Where each namespace asks for itself, one on such a device cannot ask, and nothing else would
   * say why it will not be offloaded.
   */
  @Override
  public List<Finding> step(Change change, OffloadView before, OffloadView after) {
    if (after.dialect() != Dialect.PCI_DEVICE_PATH
        || !(change instanceof Change.SetAttribute set)
        || !set.path().name().equals("device_path")
        || set.path().depth() != 5) {
      return List.of();
    }
    Namespace namespace = new Namespace(after.tree(), set.path().parent());
    return namespace.asksForOffload() ? List.of() : namespace(after, namespace);
  }

  private List<Finding> namespace(OffloadView view, Namespace namespace) {
    Optional<String> path = namespace.device();
    Optional<String> clause = path.flatMap(each -> clause(view, each));
    return clause.isEmpty()
        ? List.of()
        : List.of(
            warning(
                namespace.path(),
                path.orElse("") + " " + clause.get() + ", which cannot be offloaded",
                Mend.moveTo(view, namespace)));
  }

  /** What is wrong with a device; what is not there is not this rule's. */
  private static Optional<String> clause(OffloadView view, String path) {
    Optional<BlockDevice> device = view.inventory().blockDevice(path);
    if (device.isEmpty()) {
      return view.inventory().fileKind(path) == FileKind.REGULAR
          ? Optional.of("is a file")
          : Optional.empty();
    }
    return switch (device.get().kind()) {
      case NVME_NAMESPACE ->
          view.inventory().driveBehind(path).isEmpty()
              ? Optional.of("is on a controller of another machine")
              : Optional.empty();
      case PARTITION -> Optional.of("is a partition of " + device.get().disk().orElse("a drive"));
      case MD -> Optional.of("is an md device");
      case OTHER -> Optional.of("is no NVMe drive");
      case LOGICAL_VOLUME, DEVICE_MAPPER, LOOP ->
          Optional.of("is a " + device.get().kind().title());
    };
  }
}
