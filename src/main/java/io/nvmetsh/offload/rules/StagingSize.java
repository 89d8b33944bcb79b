package io.nvmetsh.offload.rules;

import io.nvmetsh.offload.Finding;
import io.nvmetsh.offload.OffloadRule;
import io.nvmetsh.offload.OffloadView;
import io.nvmetsh.offload.Staging;
import io.nvmetsh.plan.Change;
import java.util.List;
import java.util.Optional;

/** Staging memory that is passed over or left unused without a word. */
public record StagingSize() implements OffloadRule {

  @Override
  public String id() {
    return "OFF-MEM-SIZE";
  }

  @Override
  public String title() {
    return "the size of the staging memory is a multiple of offload_buffer_size, a power of two";
  }

  @Override
  public String explanation() {
    return """
        The memory is divided into N = offload_mem_size / offload_buffer_size buffers; the rest is
        unused. Without offload_mem_start or offload_mem_size, or where a buffer is larger than the
        whole, all of it is passed over without a word. A buffer is described to the adapter by the
        logarithm of its size, so one that is no power of two counts as the next smaller one.""";
  }

  @Override
  public boolean decides() {
    return false;
  }

  @Override
  public List<Finding> machine(OffloadView view) {
    return findings(view, Staging.of(view.inventory().parameters("nvmet_rdma")));
  }

  @Override
  public List<Finding> step(Change change, OffloadView before, OffloadView after) {
    return change instanceof Change.LoadModule load
            && load.name().replace('-', '_').equals("nvmet_rdma")
        ? findings(before, Staging.of(load.parameters()))
        : List.of();
  }

  private List<Finding> findings(OffloadView view, Staging staging) {
    if (!staging.isAsked()) {
      return List.of();
    }
    if (staging.ignored().isPresent()) {
      return List.of(
          warning(
              "nvmet_rdma",
              "the staging memory is ignored: " + staging.ignored().get(),
              reload(completed(view, staging))));
    }
    if (!staging.isPowerOfTwo()) {
      long buffer = Long.highestOneBit(staging.buffer());
      return List.of(
          warning(
              "nvmet_rdma",
              "offload_buffer_size=" + staging.buffer() + " counts as " + buffer + " only",
              reload(Optional.of(rounded(staging, buffer)))));
    }
    return staging.isWhole()
        ? List.of()
        : List.of(
            warning(
                "nvmet_rdma",
                "offload_mem_size="
                    + staging.size()
                    + " is no multiple of offload_buffer_size="
                    + staging.buffer()
                    + ": "
                    + staging.size() % staging.buffer()
                    + " MiB are unused",
                reload(Optional.of(rounded(staging, staging.buffer())))));
  }

  private static Staging rounded(Staging staging, long buffer) {
    return new Staging(staging.start(), staging.size() / buffer * buffer, buffer);
  }

  /** With what is missing; empty when no free memory is known. */
  private static Optional<Staging> completed(OffloadView view, Staging staging) {
    Optional<Long> start =
        staging.start() != 0 ? Optional.of(staging.start()) : Staging.free(view.inventory());
    if (start.isEmpty() || staging.size() == 0) {
      return Optional.empty();
    }
    long buffer = staging.buffer() == 0 ? 128 : staging.buffer();
    long most = Long.highestOneBit(Math.min(buffer, staging.size()));
    return Optional.of(rounded(new Staging(start.get(), staging.size(), most), most));
  }

  private static List<String> reload(Optional<Staging> staging) {
    return List.of(
        "modules unload nvmet_rdma", staging.map(Staging::load).orElse("modules load nvmet_rdma"));
  }
}
