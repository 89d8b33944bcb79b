package io.nvmetsh.kernel.sim;

import java.security.SecureRandom;
import java.util.OptionalLong;

/**
 * Where serial numbers and UUIDs of new objects come from: nowhere predictable, unless a seed was
 * given. Then the n-th number drawn is the same in every run, and n is part of the saved state.
 */
final class SimRandom {

  private final OptionalLong seed;
  private long drawn;

  SimRandom(OptionalLong seed, long drawn) {
    this.seed = seed;
    this.drawn = drawn;
  }

  OptionalLong seed() {
    return seed;
  }

  long drawn() {
    return drawn;
  }

  long next() {
    drawn++;
    // A generator of its own for each number: most runs draw none, and loading one takes a while.
    return seed.isEmpty() ? new SecureRandom().nextLong() : mix(seed.getAsLong() + drawn * GAMMA);
  }

  // SplitMix64 (Steele, Lea, Flood 2014), which needs no state but the count.

  private static final long GAMMA = 0x9e3779b97f4a7c15L;

  private static long mix(long z) {
    z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }

  /** Sixteen hexadecimal digits. */
  String hex() {
    String digits = Long.toHexString(next());
    return "0".repeat(16 - digits.length()) + digits;
  }

  /** uuid_gen: version 4. */
  String uuid() {
    String a = hex();
    String b = hex();
    char variant = Character.forDigit(8 | (Character.digit(b.charAt(0), 16) & 3), 16);
    return a.substring(0, 8)
        + "-"
        + a.substring(8, 12)
        + "-4"
        + a.substring(13)
        + "-"
        + variant
        + b.substring(1, 4)
        + "-"
        + b.substring(4);
  }
}
