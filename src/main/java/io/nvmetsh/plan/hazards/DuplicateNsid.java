package io.nvmetsh.plan.hazards;

import io.nvmetsh.plan.Change;
import io.nvmetsh.plan.Hazard;
import io.nvmetsh.plan.KernelNumber;
import io.nvmetsh.plan.Scene;
import io.nvmetsh.plan.TypedLines;
import io.nvmetsh.schema.KernelFlavor;
import io.nvmetsh.schema.NodeKind;
import io.nvmetsh.schema.NvmetPath;
import io.nvmetsh.tree.Namespace;
import java.util.Optional;

/** Two directories that spell one nsid: BUG() in nvmet_ns_enable when it meets the twin. */
public record DuplicateNsid() implements Hazard {

  @Override
  public String id() {
    return "HAZ-NSID-TWICE";
  }

  @Override
  public String title() {
    return "two namespace directories that spell one nsid, such as 1 and 01, both enabled";
  }

  @Override
  public String effect() {
    return "with both enabled the kernel runs into a BUG, which takes the machine down";
  }

  @Override
  public String where() {
    return "up to Linux 5.4, and MLNX_OFED built on it; 5.10 to 6.12 answer EBUSY";
  }

  @Override
  public Evidence evidence() {
    return Evidence.READ;
  }

  @Override
  public boolean isIn(KernelFlavor flavor) {
    return !flavor.linux().atLeast(5, 10);
  }

  @Override
  public Optional<Trip> trip(Scene scene) {
    NvmetPath path =
        scene.change() instanceof Change.Create create
            ? create.path()
            : scene.enabling().map(Namespace::path).orElse(NvmetPath.ROOT);
    if (path.kind().filter(NodeKind.NAMESPACE::equals).isEmpty()) {
      return Optional.empty();
    }
    for (String other : scene.before().directories(path.parent())) {
      NvmetPath twin = path.parent().child(other);
      boolean matters =
          scene.change() instanceof Change.Create || scene.before().isOn(twin, "enable");
      if (!other.equals(path.name()) && KernelNumber.same(other, path.name()) && matters) {
        return Optional.of(
            Trip.of(
                path,
                "is nsid " + KernelNumber.parse(other).getAsLong() + " again, as is " + twin,
                "use the one that is there:  get " + twin,
                "or remove it:  " + TypedLines.of(new Change.Delete(twin))));
      }
    }
    return Optional.empty();
  }
}
