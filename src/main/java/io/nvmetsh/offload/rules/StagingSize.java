package io.nvmetsh.offload.rules;

import io.nvmetsh.offload.Finding;
import io.nvmetsh.offload.OffloadRule;
import io.nvmetsh.offload.OffloadView;
import io.nvmetsh.offload.Staging;
import io.nvmetsh.plan.Change;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

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
    Staging staging = Staging.of(view.inventory().parameters("nvmet_rdma"));
    return findings(view, staging, StagingSize::reload);
  }

  @Override
  public List<Finding> step(Change change, OffloadView before, OffloadView after) {
    Optional<Map<String, String>> given = before.given(change, "nvmet_rdma");
    return given.isEmpty()
        ? List.of()
        : findings(
            before,
            Staging.of(given.get()),
            change instanceof Change.SetOptions ? StagingSize::options : StagingSize::reload);
  }

  private List<Finding> findings(
      OffloadView view, Staging staging, Function<Optional<Staging>, List<String>> mend) {
    if (!staging.isAsked()) {
      return List.of();
    }
    if (staging.ignored().isPresent()) {
      return List.of(
          warning(
              "nvmet_rdma",
              "the staging memory is ignored: " + staging.ignored().get(),
              mend.apply(completed(view, staging))));
    }
    return staging.waste().isEmpty()
        ? List.of()
        : List.of(
            warning(
                "nvmet_rdma", staging.waste().get(), mend.apply(Optional.of(staging.rounded()))));
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
    return Optional.of(new Staging(start.get(), staging.size(), most).rounded());
  }

  private static List<String> options(Optional<Staging> staging) {
    return List.of(staging.map(Staging::set).orElse("plan-memory"));
  }

  private static List<String> reload(Optional<Staging> staging) {
    return List.of(
        "modules unload nvmet_rdma", staging.map(Staging::load).orElse("modules load nvmet_rdma"));
  }
}
