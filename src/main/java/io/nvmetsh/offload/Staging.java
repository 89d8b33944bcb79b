package io.nvmetsh.offload;

import io.nvmetsh.device.Inventory;
import io.nvmetsh.device.MemoryRange;
import io.nvmetsh.plan.KernelNumber;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The static staging memory of nvmet_rdma: where it begins, and sizes in MiB.
 *
 * @param start physical address of the first byte; 0 for none
 * @param size of the whole
 * @param buffer of each buffer; one context of offload takes one
 */
public record Staging(long start, long size, long buffer) {

  static final long MIB = 1 << 20;

  /** Memory is known to the kernel in sections of this size on x86-64 (SECTION_SIZE_BITS). */
  static final long SECTION = 128 * MIB;

  private static final long USUAL_BUFFER = 128;

  /** What parameters of nvmet_rdma say; those left out have their defaults. */
  public static Staging of(Map<String, String> parameters) {
    return new Staging(
        number(parameters, "offload_mem_start", 0),
        number(parameters, "offload_mem_size", 0),
        number(parameters, "offload_buffer_size", USUAL_BUFFER));
  }

  private static long number(Map<String, String> parameters, String name, long otherwise) {
    return KernelNumber.parse(parameters.getOrDefault(name, "")).orElse(otherwise);
  }

  /** Whether anybody wants it. */
  public boolean isAsked() {
    return start != 0 || size != 0;
  }

  /** Why the driver would pass the parameters over without a word; empty when it does not. */
  public Optional<String> ignored() {
    if (start == 0) {
      return Optional.of("offload_mem_start is not given");
    } else if (size == 0) {
      return Optional.of("offload_mem_size is not given");
    } else if (buffer == 0) {
      return Optional.of("offload_buffer_size is 0");
    }
    return size < buffer
        ? Optional.of("offload_mem_size=" + size + " is less than offload_buffer_size=" + buffer)
        : Optional.empty();
  }

  /** How many contexts get a buffer: N = size / buffer. */
  public long buffers() {
    return ignored().isPresent() ? 0 : size / buffer;
  }

  /** What of it would be left unused without a word; empty when nothing is. */
  public Optional<String> waste() {
    if (Long.bitCount(buffer) != 1) {
      long counts = Long.highestOneBit(buffer);
      return Optional.of("offload_buffer_size=" + buffer + " counts as " + counts + " only");
    }
    return size % buffer == 0
        ? Optional.empty()
        : Optional.of(
            "offload_mem_size="
                + size
                + " is no multiple of offload_buffer_size="
                + buffer
                + ": "
                + size % buffer
                + " MiB are unused");
  }

  /** The same without what would be unused. */
  public Staging rounded() {
    long whole = Long.highestOneBit(buffer);
    return new Staging(start, size / whole * whole, whole);
  }

  MemoryRange range() {
    return new MemoryRange(start, start + size * MIB - 1);
  }

  /** The first memory of the kernel's that it overlaps; empty also when that is not known. */
  public Optional<MemoryRange> mapped(Inventory inventory) {
    return overlap(inventory, range());
  }

  /** The same for the sections it touches, which the kernel may count as its own. */
  public Optional<MemoryRange> sharing(Inventory inventory) {
    MemoryRange range = range();
    return overlap(
        inventory,
        new MemoryRange(
            range.first() / SECTION * SECTION, (range.last() / SECTION + 1) * SECTION - 1));
  }

  private static Optional<MemoryRange> overlap(Inventory inventory, MemoryRange range) {
    for (MemoryRange memory : inventory.kernelMemory().orElse(List.of())) {
      if (memory.overlaps(range)) {
        return Optional.of(memory);
      }
    }
    return Optional.empty();
  }

  /**
   * Where memory begins that the kernel was told to leave alone ({@code mem=}); empty when it was
   * not, or does not tell.
   */
  public static Optional<Long> free(Inventory inventory) {
    String commandLine = " " + inventory.kernelCommandLine().orElse("");
    List<MemoryRange> memory = inventory.kernelMemory().orElse(List.of());
    if (!commandLine.contains(" mem=") || memory.isEmpty()) {
      return Optional.empty();
    }
    long last = 0;
    for (MemoryRange range : memory) {
      last = Math.max(last, range.last());
    }
    return Optional.of((last / SECTION + 1) * SECTION);
  }

  /** As parameters of nvmet_rdma. */
  public SortedMap<String, String> parameters() {
    SortedMap<String, String> parameters = new TreeMap<>();
    parameters.put("offload_mem_start", "0x" + Long.toHexString(start));
    parameters.put("offload_mem_size", Long.toString(size));
    parameters.put("offload_buffer_size", Long.toString(buffer));
    return parameters;
  }

  /** The line that loads nvmet_rdma with it. */
  public String load() {
    return "modules load nvmet_rdma " + words();
  }

  /** The line that has nvmet_rdma loaded with it from now on. */
  public String set() {
    return "modules set nvmet_rdma " + words();
  }

  /** The line that says how to boot so that the kernel leaves it alone. */
  public String plan() {
    return "plan-memory --start 0x"
        + Long.toHexString(start)
        + " --size "
        + size
        + "M --buffer "
        + buffer
        + "M";
  }

  /** The parameters in the order in which the vendor's page has them. */
  private String words() {
    return "offload_mem_start=0x"
        + Long.toHexString(start)
        + " offload_mem_size="
        + size
        + " offload_buffer_size="
        + buffer;
  }
}
