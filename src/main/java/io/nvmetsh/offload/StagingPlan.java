package io.nvmetsh.offload;

import io.nvmetsh.device.Inventory;
import io.nvmetsh.device.MemoryRange;
import io.nvmetsh.device.MemorySize;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * How the memory of a machine is divided: the kernel has what lies below an address, the staging
 * buffers lie above it. Between the two, and behind the buffers, 2 GiB are left unused, as in the
 * vendor's example: 64 GiB, of which the kernel has 58 and the buffers those from 60 to 62.
 *
 * @param ram what the machine has, in MiB
 * @param limit where the kernel's memory ends, in MiB: what {@code mem=} says is an address
 */
public record StagingPlan(long ram, long limit, Staging staging) {

  private static final long GAP = 2048;
  private static final long SECTION = Staging.SECTION / Staging.MIB;

  /** Below it firmware and devices have addresses of their own, with memory in between. */
  private static final long LOW = 4096;

  /**
   * Places buffers.
   *
   * @param limit where the kernel's memory is to end, in MiB; empty where that is free
   * @param start the first byte of the buffers; empty where that is free
   * @param size of all buffers, in MiB
   * @param buffer of one, in MiB
   */
  public static StagingPlan of(
      long ram, OptionalLong limit, OptionalLong start, long size, long buffer) {
    long first =
        start.isPresent()
            ? start.getAsLong()
            : (limit.isPresent() ? up(limit.getAsLong()) + GAP : down(ram - GAP - size))
                * Staging.MIB;
    long end = limit.orElse(Math.max(0, down(first / Staging.MIB - GAP)));
    return new StagingPlan(ram, end, new Staging(first, size, buffer));
  }

  private static long down(long mib) {
    return Math.floorDiv(mib, SECTION) * SECTION;
  }

  private static long up(long mib) {
    return down(mib + SECTION - 1);
  }

  /** What the kernel is booted with: the vendor's example has both, and both say the same. */
  public String words() {
    return "mem=" + limit + "M memmap=" + limit + "M";
  }

  /** Whether there is no room at all. */
  public boolean isFull() {
    return limit <= 0 || staging.start() < 0;
  }

  /** Why the buffers cannot lie there, whatever the machine is; empty when they can. */
  public Optional<String> objection() {
    long first = staging.start() / Staging.MIB;
    long last = first + staging.size();
    if (isFull()) {
      return Optional.of(
          "in "
              + MemorySize.text(ram)
              + " there is no room for "
              + MemorySize.text(staging.size()));
    } else if (first < limit) {
      return Optional.of(
          range() + ", overlap with what the kernel has, everything below " + at(limit));
    } else if (first < LOW) {
      return Optional.of(range() + ", are below 4 GiB, where firmware and devices have addresses");
    }
    return last > ram
        ? Optional.of(range() + ", end behind the memory, which is " + MemorySize.text(ram))
        : Optional.empty();
  }

  /** Why they had better lie elsewhere, in the order of weight. */
  public List<String> cautions() {
    List<String> cautions = new ArrayList<>();
    if (staging.start() / Staging.MIB < up(limit)) {
      cautions.add(
          "it begins in the section of 128 MiB in which the kernel's memory ends; the driver asks"
              + " for whole sections, and may refuse with EINVAL");
    } else if (staging.start() % Staging.SECTION != 0) {
      cautions.add("it does not begin on a boundary of 128 MiB, the kernel's unit of memory");
    }
    return cautions;
  }

  /** Memory of the machine's that the kernel has now and must not have. */
  public Optional<MemoryRange> taken(Inventory inventory) {
    return staging.sharing(inventory);
  }

  /** Whether a machine has memory there; empty when it does not tell. */
  public Optional<Boolean> isMemory(Inventory inventory) {
    MemoryRange range = staging.range();
    return inventory
        .installedMemory()
        .map(
            ranges ->
                ranges.stream()
                    .anyMatch(
                        each -> each.first() <= range.first() && range.last() <= each.last()));
  }

  /** What is installed in a machine, in MiB: what firmware keeps for itself is rounded off. */
  public static OptionalLong installed(Inventory inventory) {
    List<MemoryRange> ranges = inventory.installedMemory().orElse(List.of());
    long bytes = 0;
    for (MemoryRange range : ranges) {
      bytes += range.last() - range.first() + 1;
    }
    long gib = 1024 * Staging.MIB;
    return bytes == 0 ? OptionalLong.empty() : OptionalLong.of((bytes + gib - 1) / gib * 1024);
  }

  private String range() {
    String first = "0x" + Long.toHexString(staging.start());
    return "the buffers, " + MemorySize.text(staging.size()) + " from " + first + " on";
  }

  private static String at(long mib) {
    return "0x" + Long.toHexString(mib * Staging.MIB) + " (" + MemorySize.text(mib) + ")";
  }
}
