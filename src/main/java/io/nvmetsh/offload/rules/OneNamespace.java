package io.nvmetsh.offload.rules;

import io.nvmetsh.offload.Finding;
import io.nvmetsh.offload.Mend;
import io.nvmetsh.offload.OffloadRule;
import io.nvmetsh.offload.OffloadView;
import io.nvmetsh.tree.Namespace;
import io.nvmetsh.tree.Subsystem;
import java.util.ArrayList;
import java.util.List;

/** Early drivers give the hardware one namespace and no more. */
public record OneNamespace() implements OffloadRule {

  @Override
  public String id() {
    return "OFF-NS-ONE";
  }

  @Override
  public boolean precludes() {
    return true;
  }

  @Override
  public String title() {
    return "an offloaded subsystem takes one namespace (before MLNX_OFED 4.9)";
  }

  @Override
  public String explanation() {
    return """
        The vendor's page for 4.1 allows one namespace in an offloaded subsystem; 4.1 and 4.2 do not
        check it, 4.3 to 4.7 refuse the second with EINVAL. From 4.9 and 5.0 on the adapter's limits
        decide. Several drives are exported as several subsystems.""";
  }

  @Override
  public List<Finding> subsystem(OffloadView view, Subsystem subsystem) {
    List<Namespace> namespaces = subsystem.namespaces();
    if (namespaces.size() < 2 || !view.isBefore(4, 9)) {
      return List.of();
    }
    Namespace kept = kept(namespaces);
    List<String> nsids = new ArrayList<>();
    List<String> mend = new ArrayList<>();
    for (Namespace namespace : namespaces) {
      nsids.add(namespace.nsid());
      if (!namespace.path().equals(kept.path())) {
        mend.add(Mend.delete(namespace));
      }
    }
    return List.of(
        warning(
            subsystem.path(),
            "an offloaded subsystem takes one namespace, this one would have "
                + namespaces.size()
                + ": "
                + String.join(", ", nsids),
            mend));
  }

  /** The one that is most likely meant: in use, else asking, else first. */
  private static Namespace kept(List<Namespace> namespaces) {
    for (Namespace namespace : namespaces) {
      if (namespace.isEnabled()) {
        return namespace;
      }
    }
    for (Namespace namespace : namespaces) {
      if (namespace.pciAddress().isPresent()) {
        return namespace;
      }
    }
    return namespaces.get(0);
  }
}
