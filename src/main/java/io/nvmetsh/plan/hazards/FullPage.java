package io.nvmetsh.plan.hazards;

import io.nvmetsh.plan.Change;
import io.nvmetsh.plan.Hazard;
import io.nvmetsh.plan.Scene;
import io.nvmetsh.plan.TypedLines;
import io.nvmetsh.schema.KernelFlavor;
import io.nvmetsh.schema.NodeKind;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * A value that fills the page it is read from: nvmet_ns_device_path_show and
 * nvmet_host_dhchap_key_show print it with sprintf, newline and NUL behind it.
 */
public record FullPage() implements Hazard {

  /** What one write takes at most (SIMPLE_ATTR_SIZE - 1); longer values are cut to it. */
  private static final int FULL = 4095;

  @Override
  public String id() {
    return "HAZ-PAGE-END";
  }

  @Override
  public String title() {
    return "a namespace's device_path, a dhchap_key or a dhchap_ctrl_key of 4095 bytes or more";
  }

  @Override
  public String effect() {
    return "whoever reads the attribute makes the kernel write a zero behind the page that it is"
        + " read from, into memory that belongs to something else";
  }

  @Override
  public String where() {
    return "Linux, all releases; seen on 7.3, where a link of configfs lost its target";
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
    Optional<Change.SetAttribute> set =
        scene
            .write(NodeKind.NAMESPACE, "device_path")
            .or(() -> scene.write(NodeKind.HOST, "dhchap_key"))
            .or(() -> scene.write(NodeKind.HOST, "dhchap_ctrl_key"));
    if (set.isEmpty()) {
      return Optional.empty();
    }
    String name = set.get().path().name();
    int bytes = set.get().value().getBytes(StandardCharsets.UTF_8).length;
    return bytes < FULL
        ? Optional.empty()
        : Optional.of(
            Trip.of(
                set.get().path().parent(),
                name + " of " + bytes + " bytes fills a page",
                "write a shorter one:  "
                    + TypedLines.set(set.get().path().parent(), name, "VALUE")));
  }
}
