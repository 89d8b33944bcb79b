package io.nvmetsh.plan.hazards;

import io.nvmetsh.plan.Change;
import io.nvmetsh.plan.Hazard;
import io.nvmetsh.plan.Scene;
import io.nvmetsh.plan.TypedLines;
import io.nvmetsh.schema.KernelFlavor;
import io.nvmetsh.schema.NodeKind;
import io.nvmetsh.schema.NvmetPath;
import io.nvmetsh.tree.Namespace;
import io.nvmetsh.tree.Subsystem;
import java.util.Optional;

/** Recent drivers visit every namespace directory, also those whose block device is not open. */
public record OffloadedIdleNamespace() implements Hazard {

  @Override
  public String id() {
    return "HAZ-OFFLOAD-IDLE-NS";
  }

  @Override
  public String title() {
    return "a namespace that is not enabled in a subsystem whose attr_offload is written, or that"
        + " is offloaded and linked";
  }

  @Override
  public String effect() {
    return "the driver looks at its block device, which is not open, through a null pointer, when"
        + " attr_offload is written or a host connects";
  }

  @Override
  public String where() {
    return "DOCA-OFED 3.1 (MLNX_OFED 25.07) and later";
  }

  @Override
  public Evidence evidence() {
    return Evidence.READ;
  }

  @Override
  public boolean isIn(KernelFlavor flavor) {
    return flavor.ofed().isEmpty() || flavor.ofed().get().atLeast(25, 7);
  }

  @Override
  public Optional<Trip> trip(Scene scene) {
    Optional<NvmetPath> path = subsystem(scene);
    if (path.isEmpty()) {
      return Optional.empty();
    }
    Subsystem subsystem = new Subsystem(scene.after(), path.get());
    boolean written = scene.write(NodeKind.SUBSYSTEM, "attr_offload").isPresent();
    if (!written && !scene.after().isOn(path.get(), "attr_offload")) {
      return Optional.empty();
    }
    for (Namespace namespace : subsystem.namespaces()) {
      if (!namespace.isEnabled() && (written || subsystem.isLinked())) {
        return Optional.of(
            written
                ? written(namespace)
                : scene.linking().isPresent() ? linked(namespace) : connected(namespace));
      }
    }
    return Optional.empty();
  }

  /** The subsystem that the change may bring into the state. */
  private static Optional<NvmetPath> subsystem(Scene scene) {
    Change change = scene.change();
    if (scene.linking().isPresent()) {
      return Optional.of(scene.linking().get().path());
    }
    boolean touches =
        scene.write(NodeKind.SUBSYSTEM, "attr_offload").isPresent()
            || scene.write(NodeKind.NAMESPACE, "enable").isPresent()
            || (change instanceof Change.Create
                && change.path().kind().filter(NodeKind.NAMESPACE::equals).isPresent());
    return touches ? Optional.of(change.path().ancestor(2)) : Optional.empty();
  }

  private static Trip written(Namespace namespace) {
    return Trip.of(
        namespace.path(),
        "is not enabled, so attr_offload of its subsystem cannot be written",
        before(namespace));
  }

  private static Trip linked(Namespace namespace) {
    return Trip.of(
        namespace.path(),
        "is not enabled, so its subsystem, which is offloaded, cannot be linked",
        before(namespace));
  }

  /** What to type before the change; without a device there is nothing to enable. */
  private static String[] before(Namespace namespace) {
    String delete = TypedLines.of(new Change.Delete(namespace.path()));
    return namespace.device().isEmpty()
        ? new String[] {"delete it first:  " + delete}
        : new String[] {
          "enable it first:  "
              + TypedLines.of(new Change.SetAttribute(namespace.path().child("enable"), "1")),
          "or, if it is not wanted:  " + delete
        };
  }

  private static Trip connected(Namespace namespace) {
    Change.Unlink unlink = new Change.Unlink(namespace.subsystem().links().get(0));
    return Trip.of(
        namespace.path(),
        "would not be enabled in an offloaded subsystem that hosts can connect to",
        "unlink the subsystem while you change it:  " + TypedLines.of(unlink),
        "a namespace that is not wanted is deleted, not disabled:  "
            + TypedLines.of(new Change.Delete(namespace.path())));
  }
}
