package io.nvmetsh.plan.hazards;

import io.nvmetsh.plan.Hazard;
import io.nvmetsh.plan.Scene;
import io.nvmetsh.plan.TypedLines;
import io.nvmetsh.schema.KernelFlavor;
import io.nvmetsh.tree.Namespace;
import java.util.List;
import java.util.Optional;

/** Enabling a buffered namespace that has no device: filp_open(NULL) in nvmet_file_ns_enable. */
public record NullPath() implements Hazard {

  @Override
  public String id() {
    return "HAZ-NULL-PATH";
  }

  @Override
  public String title() {
    return "enable a namespace with buffered_io=1 whose device_path was never set";
  }

  @Override
  public String effect() {
    return "the kernel dereferences a null file name: the writer dies and the subsystem stays"
        + " locked, or the machine goes down";
  }

  @Override
  public String where() {
    return "Linux 6.1 and 6.12; taken to be so from 5.19, where buffered_io=1 began to go straight"
        + " to a file, to 7.2. 5.10 and 7.3 answer EINVAL";
  }

  @Override
  public Evidence evidence() {
    return Evidence.OBSERVED;
  }

  @Override
  public List<String> log() {
    return List.of(
        "BUG: kernel NULL pointer dereference, address: 0000000000000000",
        "RIP: 0010:strlen",
        "Call Trace: getname_kernel, filp_open, nvmet_file_ns_enable [nvmet],"
            + " nvmet_ns_enable [nvmet], nvmet_ns_enable_store [nvmet], configfs_write_iter");
  }

  @Override
  public boolean isIn(KernelFlavor flavor) {
    return flavor.linux().atLeast(5, 19) && !flavor.linux().atLeast(7, 3);
  }

  @Override
  public Optional<Trip> trip(Scene scene) {
    Optional<Namespace> namespace = scene.enabling();
    if (namespace.isEmpty()
        || namespace.get().device().isPresent()
        || !scene.after().isOn(namespace.get().path(), "buffered_io")) {
      return Optional.empty();
    }
    return Optional.of(
        Trip.of(
            namespace.get().path(),
            "cannot be enabled with buffered_io=1 and no device_path",
            "set it first:  "
                + TypedLines.set(namespace.get().path(), "device_path", "/dev/nvme0n1")));
  }
}
