package io.nvmetsh.schema;

import java.util.Optional;
import java.util.Set;

/**
 * Which nvmet this is: the mainline kernel its code descends from, the MLNX_OFED release that
 * replaced it, if any, and the build options it has. For a vendor driver {@code linux} is the base
 * the driver was forked from, not the kernel that runs.
 */
public record KernelFlavor(Release linux, Optional<Release> ofed, Set<Feature> features) {

  public KernelFlavor {
    features = Set.copyOf(features);
  }

  public static KernelFlavor mainline(String release, Set<Feature> features) {
    return new KernelFlavor(Release.parse(release), Optional.empty(), features);
  }

  public static KernelFlavor vendor(String ofed, String base, Set<Feature> features) {
    return new KernelFlavor(Release.parse(base), Optional.of(Release.parse(ofed)), features);
  }

  public boolean has(Feature feature) {
    return features.contains(feature);
  }

  /** As a person says it: {@code Linux 6.1} or {@code MLNX_OFED 4.1 (nvmet of Linux 4.11)}. */
  public String describe() {
    return ofed.isPresent()
        ? "MLNX_OFED " + ofed.get() + " (nvmet of Linux " + linux + ")"
        : "Linux " + linux;
  }
}
