package io.nvmetsh.schema;

/**
 * A release of the kernel or of MLNX_OFED, as far as it decides what nvmet looks like: the first
 * two numbers. Ordered; {@code 25.10} is after {@code 4.6}.
 */
public record Release(int major, int minor) implements Comparable<Release> {

  /** Reads the leading {@code major.minor} of texts such as {@code 6.12.95+deb12-amd64}. */
  public static Release parse(String text) {
    int dot = text.indexOf('.');
    if (dot <= 0) {
      throw new IllegalArgumentException("not a release: " + text);
    }
    int end = dot + 1;
    while (end < text.length() && Character.isDigit(text.charAt(end))) {
      end++;
    }
    return new Release(
        Integer.parseInt(text.substring(0, dot)), Integer.parseInt(text.substring(dot + 1, end)));
  }

  public boolean atLeast(int major, int minor) {
    return this.major > major || (this.major == major && this.minor >= minor);
  }

  @Override
  public int compareTo(Release other) {
    return major != other.major
        ? Integer.compare(major, other.major)
        : Integer.compare(minor, other.minor);
  }

  @Override
  public String toString() {
    return major + "." + minor;
  }
}
