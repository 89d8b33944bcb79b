package io.nvmetsh.kernel.sim;

import io.nvmetsh.device.MemoryRange;
import java.util.List;

/**
 * The memory that the kernel maps.
 *
 * @param ranges what it uses; of a machine that does not tell, nothing
 */
record MemoryMap(List<MemoryRange> ranges) {

  /** pfn_valid answers for whole memory sections, which are 128 MiB on x86-64. */
  private static final long SECTION = 128L << 20;

  /** Whether the kernel knows any page of a range. */
  boolean maps(long start, long length) {
    for (MemoryRange range : ranges) {
      if (length > 0
          && start / SECTION <= range.last() / SECTION
          && (start + length - 1) / SECTION >= range.first() / SECTION) {
        return true;
      }
    }
    return false;
  }
}
