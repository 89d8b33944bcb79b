package io.nvmetsh.schema;

import java.util.Optional;

/**
 * Where a part of nvmet exists: from which mainline kernel or MLNX_OFED release, until which (both
 * inclusive), and with which build option.
 */
public record Since(
    Source source, Release first, Optional<Release> last, Optional<Feature> feature) {

  /** Whose release numbers these are. */
  public enum Source {
    LINUX,
    OFED
  }

  public static Since linux(int major, int minor) {
    return new Since(Source.LINUX, new Release(major, minor), Optional.empty(), Optional.empty());
  }

  public static Since ofed(int major, int minor) {
    return new Since(Source.OFED, new Release(major, minor), Optional.empty(), Optional.empty());
  }

  public Since until(int major, int minor) {
    return new Since(source, first, Optional.of(new Release(major, minor)), feature);
  }

  public Since with(Feature needed) {
    return new Since(source, first, last, Optional.of(needed));
  }

  /** Whether a kernel of this flavor has the part. */
  public boolean covers(KernelFlavor flavor) {
    if (feature.isPresent() && !flavor.has(feature.get())) {
      return false;
    }
    Optional<Release> release =
        source == Source.LINUX ? Optional.of(flavor.linux()) : flavor.ofed();
    return release.isPresent()
        && release.get().compareTo(first) >= 0
        && (last.isEmpty() || release.get().compareTo(last.get()) <= 0);
  }

  /** As a person says it: {@code Linux 5.9}, {@code MLNX_OFED 4.1 to 4.2}. */
  public String describe() {
    String text = (source == Source.LINUX ? "Linux " : "MLNX_OFED ") + first;
    if (last.isPresent()) {
      text += " to " + last.get();
    }
    return feature.isPresent() ? text + ", with " + feature.get().option() : text;
  }

  /** Behind "exists": {@code from Linux 5.9 on}, {@code in MLNX_OFED 4.1 to 4.2}. */
  public String span() {
    String release = releases().describe();
    String text = last.isPresent() ? "in " + release : "from " + release + " on";
    return feature.isPresent() ? text + ", with " + feature.get().option() : text;
  }

  /** The build option that a kernel of this flavor lacks, where it lacks nothing else. */
  public Optional<Feature> lacking(KernelFlavor flavor) {
    return feature.filter(each -> !flavor.has(each) && releases().covers(flavor));
  }

  private Since releases() {
    return new Since(source, first, last, Optional.empty());
  }
}
