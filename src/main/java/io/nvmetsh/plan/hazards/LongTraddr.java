package io.nvmetsh.plan.hazards;

import io.nvmetsh.plan.Change;
import io.nvmetsh.plan.Hazard;
import io.nvmetsh.plan.Scene;
import io.nvmetsh.plan.TypedLines;
import io.nvmetsh.schema.KernelFlavor;
import io.nvmetsh.schema.NodeKind;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** nvmet_addr_traddr_store accepts 256 bytes for a field of 256 that needs a final NUL. */
public record LongTraddr() implements Hazard {

  private static final int FIELD = 256;

  @Override
  public String id() {
    return "HAZ-TRADDR-256";
  }

  @Override
  public String title() {
    return "an addr_traddr of 256 bytes";
  }

  @Override
  public String effect() {
    return "it overwrites the field behind it and reads back with garbage";
  }

  @Override
  public String where() {
    return "Linux, all releases; longer ones are cut (up to 4.15) or answer EINVAL";
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
            .write(NodeKind.PORT, "addr_traddr")
            .or(() -> scene.write(NodeKind.REFERRAL, "addr_traddr"));
    if (set.isEmpty()) {
      return Optional.empty();
    }
    int bytes = set.get().value().getBytes(StandardCharsets.UTF_8).length;
    return bytes < FIELD
        ? Optional.empty()
        : Optional.of(
            Trip.of(
                set.get().path().parent(),
                "addr_traddr of " + bytes + " bytes is longer than 255",
                "an IP address is short:  "
                    + TypedLines.set(set.get().path().parent(), "addr_traddr", "ADDRESS")));
  }
}
