package io.nvmetsh.offload.rules;

import io.nvmetsh.device.Inventory;
import io.nvmetsh.device.MemoryRange;
import io.nvmetsh.offload.Finding;
import io.nvmetsh.offload.OffloadRule;
import io.nvmetsh.offload.OffloadView;
import io.nvmetsh.offload.Staging;
import io.nvmetsh.plan.Change;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Staging memory is memory that the kernel was told to leave alone. */
public record StagingUnmapped() implements OffloadRule {

  @Override
  public String id() {
    return "OFF-MEM-MAPPED";
  }

  @Override
  public String title() {
    return "the staging memory (offload_mem_start, offload_mem_size) is outside what the kernel maps";
  }

  @Override
  public String explanation() {
    return """
        nvmet_rdma refuses to load with EINVAL, and without a line in the log, when a page of the
        range is known to the kernel. Memory is set aside at boot, such as with mem=59392M
        memmap=59392M on a machine of 64 GiB. The kernel knows memory in sections of 128 MiB, so the
        range should begin and end on such a boundary. What the kernel uses is read from
        /proc/iomem, which shows it to root alone.""";
  }

  @Override
  public boolean decides() {
    return false;
  }

  @Override
  public List<Finding> step(Change change, OffloadView before, OffloadView after) {
    Optional<Map<String, String>> given = before.given(change, "nvmet_rdma");
    Staging staging = Staging.of(given.orElse(Map.of()));
    Optional<MemoryRange> sharing = staging.sharing(before.inventory());
    boolean used = staging.ignored().isEmpty();
    if (used && change instanceof Change.SetOptions && sharing.isPresent()) {
      return List.of(
          note(
              "nvmet_rdma",
              range(staging)
                  + " is memory of the kernel as it is booted now, which has "
                  + text(sharing.get())
                  + "; it has to be booted without",
              List.of(staging.plan())));
    }
    Optional<String> clause = clause(before.inventory(), staging);
    return clause.isEmpty()
        ? List.of()
        : List.of(
            warning("nvmet_rdma", range(staging) + " " + clause.get(), elsewhere(before, staging)));
  }

  /** What is wrong with where the memory lies; empty also when nobody tells. */
  public static Optional<String> clause(Inventory inventory, Staging staging) {
    if (staging.ignored().isPresent()) {
      return Optional.empty(); // then nothing is mapped, and OFF-MEM-SIZE says so
    }
    Optional<MemoryRange> mapped = staging.mapped(inventory);
    if (mapped.isPresent()) {
      return Optional.of("is memory of the kernel, which has " + text(mapped.get()));
    }
    return staging
        .sharing(inventory)
        .map(
            shared ->
                "shares a section of 128 MiB with memory of the kernel, which has " + text(shared));
  }

  private static String range(Staging staging) {
    return "offload_mem_start=0x"
        + Long.toHexString(staging.start())
        + " offload_mem_size="
        + staging.size();
  }

  private static String text(MemoryRange range) {
    return "0x" + Long.toHexString(range.first()) + " to 0x" + Long.toHexString(range.last());
  }

  /** Memory behind the kernel's, where there is some; else buffers from the kernel itself. */
  private static List<String> elsewhere(OffloadView view, Staging staging) {
    Optional<Long> free = Staging.free(view.inventory());
    return List.of(
        free.isEmpty()
            ? "modules load nvmet_rdma"
            : new Staging(free.get(), staging.size(), staging.buffer()).load());
  }
}
