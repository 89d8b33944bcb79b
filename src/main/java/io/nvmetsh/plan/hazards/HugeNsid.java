package io.nvmetsh.plan.hazards;

import io.nvmetsh.plan.Change;
import io.nvmetsh.plan.Hazard;
import io.nvmetsh.plan.KernelNumber;
import io.nvmetsh.plan.Scene;
import io.nvmetsh.plan.TypedLines;
import io.nvmetsh.schema.KernelFlavor;
import io.nvmetsh.schema.NvmetPath;
import io.nvmetsh.tree.Namespace;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A nsid so high that hosts count for minutes: nvme_scan_ns_list calls nvme_ns_remove_by_nsid for
 * every number below it, without ever giving the processor away.
 */
public record HugeNsid() implements Hazard {

  /** Below, a host is through in seconds, before its watchdog barks. */
  private static final long MOST = 0xfff_ffff;

  @Override
  public String id() {
    return "HAZ-NSID-HUGE";
  }

  @Override
  public String title() {
    return "enable a namespace whose nsid is above " + MOST;
  }

  @Override
  public String effect() {
    return "a Linux host that connects asks itself about every number below, one by one: a"
        + " processor of it is stuck for minutes (\"soft lockup\" in nvme_scan_ns_list,"
        + " nvme_find_get_ns), and it cannot disconnect meanwhile";
  }

  @Override
  public String where() {
    return "hosts that run Linux up to 6.12, whatever the target runs; seen with nsid 4294967294"
        + " and a host of 6.12. 7.3 skips the gap";
  }

  @Override
  public Evidence evidence() {
    return Evidence.OBSERVED;
  }

  @Override
  public boolean isIn(KernelFlavor flavor) {
    return true;
  }

  @Override
  public Optional<Trip> trip(Scene scene) {
    Optional<NvmetPath> path = scene.enabling().map(Namespace::path);
    OptionalLong nsid = path.map(it -> KernelNumber.parse(it.name())).orElse(OptionalLong.empty());
    if (nsid.isEmpty() || nsid.getAsLong() <= MOST) {
      return Optional.empty();
    }
    return Optional.of(
        Trip.of(
            path.get(),
            "cannot be enabled with nsid " + nsid.getAsLong(),
            "take a small number instead:  " + TypedLines.of(new Change.Delete(path.get()))));
  }
}
