package io.nvmetsh.schema;

import java.util.Comparator;

/**
 * Orders names the way people count: {@code nvme2} before {@code nvme10}. Total and consistent with
 * equals, so it can order the keys of maps.
 */
public final class NaturalOrder implements Comparator<String> {

  public static final NaturalOrder INSTANCE = new NaturalOrder();

  private NaturalOrder() {}

  @Override
  public int compare(String a, String b) {
    return compare(a, b, 0);
  }

  /** Where two texts that begin alike can be compared from: behind that, but not in a number. */
  public static int alike(String text, int common) {
    int from = common;
    while (from > 0 && isDigit(text.charAt(from - 1))) {
      from--;
    }
    return from;
  }

  /**
   * The order of two texts that are known to begin alike.
   *
   * @param from how many characters need no look, by {@link #alike}
   */
  public int compare(String a, String b, int from) {
    int i = startOfDifference(a, b, from);
    int j = i;
    while (i < a.length() && j < b.length()) {
      if (isDigit(a.charAt(i)) && isDigit(b.charAt(j))) {
        int endA = endOfDigits(a, i);
        int endB = endOfDigits(b, j);
        int order = compareNumbers(a, i, endA, b, j, endB);
        if (order != 0) {
          return order;
        }
        i = endA;
        j = endB;
      } else {
        int order = Character.compare(a.charAt(i), b.charAt(j));
        if (order != 0) {
          return order;
        }
        i++;
        j++;
      }
    }
    int order = Integer.compare(a.length() - i, b.length() - j);
    return order != 0 ? order : a.compareTo(b);
  }

  /** Names of one group begin alike; where they part within a number, that is where it begins. */
  private static int startOfDifference(String a, String b, int from) {
    int common = Math.min(a.length(), b.length());
    int at = from;
    while (at < common && a.charAt(at) == b.charAt(at)) {
      at++;
    }
    return alike(a, at);
  }

  private static int compareNumbers(String a, int i, int endA, String b, int j, int endB) {
    while (i < endA && a.charAt(i) == '0') {
      i++;
    }
    while (j < endB && b.charAt(j) == '0') {
      j++;
    }
    int order = Integer.compare(endA - i, endB - j);
    while (order == 0 && i < endA) {
      order = Character.compare(a.charAt(i++), b.charAt(j++));
    }
    return order;
  }

  private static int endOfDigits(String text, int from) {
    int end = from;
    while (end < text.length() && isDigit(text.charAt(end))) {
      end++;
    }
    return end;
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }
}
