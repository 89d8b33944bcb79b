package io.nvmetsh.plan.hazards;

import io.nvmetsh.plan.Change;
import io.nvmetsh.plan.Hazard;
import io.nvmetsh.plan.Scene;
import io.nvmetsh.plan.TypedLines;
import io.nvmetsh.schema.KernelFlavor;
import io.nvmetsh.schema.NodeKind;
import io.nvmetsh.schema.NvmetPath;
import java.util.Optional;

/** The store takes the name up to the newline and then is called again for the rest. */
public record DiscoveryNewline() implements Hazard {

  @Override
  public String id() {
    return "HAZ-DISCOVERY-NEWLINE";
  }

  @Override
  public String title() {
    return "discovery_nqn written with a newline";
  }

  @Override
  public String effect() {
    return "the value changes and the kernel reports EINVAL for it";
  }

  @Override
  public String where() {
    return "Linux 6.11 and later";
  }

  @Override
  public Evidence evidence() {
    return Evidence.OBSERVED;
  }

  @Override
  public boolean isIn(KernelFlavor flavor) {
    return true;
  }

  /** Nothing of ours writes a newline behind a value, so only one within it is left. */
  @Override
  public Optional<Trip> trip(Scene scene) {
    Optional<Change.SetAttribute> set = scene.write(NodeKind.ROOT, "discovery_nqn");
    return set.isPresent() && set.get().value().indexOf('\n') >= 0
        ? Optional.of(
            Trip.of(
                NvmetPath.ROOT,
                "discovery_nqn cannot hold a newline",
                "write it on one line:  " + TypedLines.set(NvmetPath.ROOT, "discovery_nqn", "NQN")))
        : Optional.empty();
  }
}
