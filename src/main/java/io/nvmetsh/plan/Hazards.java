package io.nvmetsh.plan;

import io.nvmetsh.device.Inventory;
import io.nvmetsh.plan.hazards.DiscoveryNewline;
import io.nvmetsh.plan.hazards.DuplicateNsid;
import io.nvmetsh.plan.hazards.FullPage;
import io.nvmetsh.plan.hazards.HugeNsid;
import io.nvmetsh.plan.hazards.LongTraddr;
import io.nvmetsh.plan.hazards.NullPath;
import io.nvmetsh.plan.hazards.OffloadedFile;
import io.nvmetsh.plan.hazards.OffloadedIdleNamespace;
import io.nvmetsh.plan.hazards.OffloadedLargeBlocks;
import io.nvmetsh.plan.hazards.OffloadedOtherNsid;
import io.nvmetsh.plan.hazards.OffloadedPartition;
import io.nvmetsh.plan.hazards.OffloadedWildcard;
import io.nvmetsh.plan.hazards.PciReenable;
import io.nvmetsh.plan.hazards.PciSyntax;
import io.nvmetsh.plan.hazards.StagingTooLarge;
import io.nvmetsh.schema.Problem;
import io.nvmetsh.tree.TargetTree;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The roster of what must never be sent to a kernel. */
public final class Hazards {

  private static final List<Hazard> ALL =
      List.of(
          new NullPath(),
          new DuplicateNsid(),
          new HugeNsid(),
          new PciSyntax(),
          new PciReenable(),
          new OffloadedWildcard(),
          new OffloadedFile(),
          new OffloadedPartition(),
          new OffloadedIdleNamespace(),
          new OffloadedOtherNsid(),
          new OffloadedLargeBlocks(),
          new StagingTooLarge(),
          new LongTraddr(),
          new FullPage(),
          new DiscoveryNewline());

  private Hazards() {}

  /** Every hazard there is, in the order of the reference. */
  public static List<Hazard> all() {
    return ALL;
  }

  /** The hazard of that id. */
  public static Optional<Hazard> find(String id) {
    for (Hazard hazard : ALL) {
      if (hazard.id().equals(id)) {
        return Optional.of(hazard);
      }
    }
    return Optional.empty();
  }

  static Optional<Problem> refusal(Change change, TargetTree tree, Inventory inventory) {
    Scene scene = Scene.of(change, tree, inventory);
    for (Hazard hazard : ALL) {
      if (hazard.isIn(tree.flavor())) {
        Optional<Hazard.Trip> trip = hazard.trip(scene);
        if (trip.isPresent()) {
          return Optional.of(refusal(hazard, trip.get()));
        }
      }
    }
    return Optional.empty();
  }

  private static Problem refusal(Hazard hazard, Hazard.Trip trip) {
    String message =
        trip.path() + ": " + trip.what() + "; " + hazard.effect() + " (" + hazard.id() + ")";
    List<String> hints = new ArrayList<>(trip.hints());
    hints.add("not sent, whatever is forced; more:  explain " + hazard.id());
    return new Problem(Problem.Kind.HAZARD, message, hints, List.of())
        .with("path", trip.path().toString())
        .with("rule", hazard.id());
  }
}
