package io.nvmetsh.offload.rules;

import io.nvmetsh.offload.Finding;
import io.nvmetsh.offload.OffloadRule;
import io.nvmetsh.offload.OffloadView;
import io.nvmetsh.schema.Release;
import java.util.List;
import java.util.Optional;

/** The kernel that runs, which need not be the one the vendor's nvmet descends from. */
public record KernelRelease() implements OffloadRule {

  @Override
  public String id() {
    return "OFF-VER-KERNEL";
  }

  @Override
  public String title() {
    return "the kernel is 4.8 or later";
  }

  @Override
  public String explanation() {
    return """
        The vendor's target modules are built for kernels from 4.8 on, and for the 3.10.0-693 of
        Red Hat Enterprise Linux 7.4. Each release also has a newest kernel, beyond which
        nvmet_rdma is replaced by an empty module.""";
  }

  @Override
  public Optional<String> noCommand() {
    return Optional.of("another kernel has to be installed and booted");
  }

  @Override
  public List<Finding> machine(OffloadView view) {
    String running = view.inventory().kernelRelease();
    boolean redHat = running.startsWith("3.10.0-");
    return running.isEmpty() || redHat || isLateEnough(running)
        ? List.of()
        : List.of(warning("kernel", "this is Linux " + running + ", offload needs 4.8", List.of()));
  }

  private static boolean isLateEnough(String running) {
    try {
      return Release.parse(running).atLeast(4, 8);
    } catch (IllegalArgumentException e) {
      return true; // not a release at all: nothing is known
    }
  }
}
