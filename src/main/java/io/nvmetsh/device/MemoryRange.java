package io.nvmetsh.device;

/**
 * A range of physical addresses.
 *
 * @param first the first byte
 * @param last the last byte, in the range
 */
public record MemoryRange(long first, long last) {

  /** Whether any byte is in both. */
  public boolean overlaps(MemoryRange other) {
    return first <= other.last && other.first <= last;
  }
}
