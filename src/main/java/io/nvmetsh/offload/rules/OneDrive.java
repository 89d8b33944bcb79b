package io.nvmetsh.offload.rules;

import io.nvmetsh.device.NvmeDrive;
import io.nvmetsh.offload.Finding;
import io.nvmetsh.offload.Mend;
import io.nvmetsh.offload.OffloadRule;
import io.nvmetsh.offload.OffloadView;
import io.nvmetsh.tree.Namespace;
import io.nvmetsh.tree.Subsystem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The vendor demands one drive and no driver checks it. */
public record OneDrive() implements OffloadRule {

  @Override
  public String id() {
    return "OFF-NS-DRIVE";
  }

  @Override
  public String title() {
    return "the namespaces of an offloaded subsystem sit on one physical NVMe drive";
  }

  @Override
  public String explanation() {
    return """
        The vendor's pages demand it in all releases; no driver compares the drives, so nothing is
        refused and what the hardware does is not promised. Export each drive as a subsystem.""";
  }

  @Override
  public List<Finding> subsystem(OffloadView view, Subsystem subsystem) {
    List<String> where = new ArrayList<>();
    List<String> mend = new ArrayList<>();
    Optional<NvmeDrive> first = Optional.empty();
    for (Namespace namespace : subsystem.namespaces()) {
      Optional<NvmeDrive> drive = view.drive(namespace);
      if (drive.isEmpty()) {
        continue;
      }
      where.add(namespace.nsid() + " on " + drive.get().name());
      first = first.isPresent() ? first : drive;
      if (!drive.get().pciAddress().equals(first.get().pciAddress())) {
        mend.add(Mend.delete(namespace));
      }
    }
    return mend.isEmpty()
        ? List.of()
        : List.of(
            warning(
                subsystem.path(),
                "its namespaces sit on different drives: " + String.join(", ", where),
                mend));
  }
}
