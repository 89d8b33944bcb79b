package io.nvmetsh.tree;

import java.util.HashMap;
import java.util.Map;

/**
 * One of many equal things, to be held instead of the others: ten thousand directories say the same
 * few names and values, in texts that were read one by one. Only so many different ones are known,
 * since those that occur once, such as serial numbers, are not worth it.
 */
final class Pool<T> {

  private static final int MOST = 1000;

  private final Map<T, T> known = new HashMap<>();

  /** Something that equals this, and must not be changed. */
  T one(T thing) {
    T first = known.get(thing);
    if (first != null) {
      return first;
    }
    if (known.size() < MOST) {
      known.put(thing, thing);
    }
    return thing;
  }
}
