package io.nvmetsh.offload.rules;

import io.nvmetsh.device.BlockDevice;
import io.nvmetsh.device.NvmeDrive;
import io.nvmetsh.offload.Finding;
import io.nvmetsh.offload.Mend;
import io.nvmetsh.offload.OffloadRule;
import io.nvmetsh.offload.OffloadView;
import io.nvmetsh.plan.TypedLines;
import io.nvmetsh.tree.Namespace;
import io.nvmetsh.tree.Subsystem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Only the whole subsystem is offloaded; with attr_offload the switch is the subsystem's own. */
public record AllNamespacesOffloaded() implements OffloadRule {

  @Override
  public String id() {
    return "OFF-NS-ALL";
  }

  @Override
  public boolean precludes() {
    return true;
  }

  @Override
  public String title() {
    return "a subsystem is offloaded only if all its namespaces are";
  }

  @Override
  public String explanation() {
    return """
        In MLNX_OFED 4.1 and 4.2 each namespace asks for offload by its pci_device_path. The first
        namespace enabled decides for the subsystem; enabling one of the other kind afterwards is
        refused with EINVAL. Later releases ask the subsystem, so its namespaces cannot differ.""";
  }

  @Override
  public List<Finding> subsystem(OffloadView view, Subsystem subsystem) {
    List<Finding> findings = new ArrayList<>();
    for (Namespace namespace : subsystem.namespaces()) {
      boolean counts = namespace.isEnabled() || namespace.device().isPresent();
      if (counts && !namespace.asksForOffload()) {
        findings.add(
            warning(
                namespace.path(),
                "namespace "
                    + namespace.nsid()
                    + " has no pci_device_path, so "
                    + subsystem.nqn()
                    + " cannot be offloaded as a whole",
                mend(view, namespace)));
      }
    }
    return findings;
  }

  private static List<String> mend(OffloadView view, Namespace namespace) {
    boolean whole =
        view.device(namespace)
            .filter(device -> device.kind() == BlockDevice.Kind.NVME_NAMESPACE)
            .isPresent();
    Optional<NvmeDrive> drive = view.drive(namespace);
    if (!whole || drive.isEmpty()) {
      return List.of(Mend.delete(namespace));
    }
    String set = TypedLines.set(namespace.path(), "pci_device_path", drive.get().pciAddress());
    if (!namespace.isEnabled()) {
      return List.of(set);
    }
    return List.of("disable " + namespace.path(), set, "enable " + namespace.path());
  }
}
