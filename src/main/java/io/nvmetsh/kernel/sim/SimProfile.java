package io.nvmetsh.kernel.sim;

import static io.nvmetsh.schema.Feature.AUTH;
import static io.nvmetsh.schema.Feature.INTEGRITY;
import static io.nvmetsh.schema.Feature.P2PDMA;
import static io.nvmetsh.schema.Feature.PASSTHRU;
import static io.nvmetsh.schema.Feature.TLS;

import io.nvmetsh.device.Inventory;
import io.nvmetsh.device.SysTree;
import io.nvmetsh.kernel.KernelProbe;
import io.nvmetsh.schema.Feature;
import io.nvmetsh.schema.KernelFlavor;
import io.nvmetsh.schema.Problem;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A kernel that can be simulated: which nvmet it is, what it calls itself, which modules it has.
 * The mainline ones are as Debian builds them.
 */
public final class SimProfile {

  private static final List<String> NAMES =
      List.of("5.10", "6.1", "6.12", "7.3", "ofed-4.1", "ofed-4.6", "ofed-5.0", "ofed-25.10");

  /** What every kernel has. */
  private static final Set<String> MODULES =
      Set.of("nvme_core", "nvme", "nvmet", "nvmet_rdma", "nvmet_fc");

  private final String name;
  private final String release;
  private final String ofedVersion;
  private final KernelFlavor flavor;
  private final Set<String> modules;
  private final boolean running;
  private final Set<Quirk> quirks;

  private SimProfile(
      String name,
      String release,
      String ofedVersion,
      KernelFlavor flavor,
      Set<String> modules,
      boolean running) {
    this.name = name;
    this.release = release;
    this.ofedVersion = ofedVersion;
    this.flavor = flavor;
    this.modules = Set.copyOf(modules);
    this.running = running;
    this.quirks = EnumSet.noneOf(Quirk.class);
    for (Quirk quirk : Quirk.values()) {
      if (quirk.covers(flavor)) {
        quirks.add(quirk);
      }
    }
  }

  /** Only what is asked for is put together: a start needs one of them. */
  private static SimProfile make(String name) {
    return switch (name) {
      // spotless:off
      case "5.10"       -> linux(name, "5.10.0-32-amd64",      EnumSet.of(INTEGRITY),                      "nvmet_tcp");
      case "6.1"        -> linux(name, "6.1.0-56-amd64",       EnumSet.of(INTEGRITY),                      "nvmet_tcp");
      case "6.12"       -> linux(name, "6.12.107+deb13-amd64", EnumSet.of(PASSTHRU, INTEGRITY, AUTH, TLS), "nvmet_tcp", "nvme_loop");
      case "7.3"        -> linux(name, "7.3.4+deb13-amd64",    EnumSet.allOf(Feature.class),               "nvmet_tcp", "nvme_loop");
      case "ofed-4.1"   -> ofed(name, "4.1-1.0.2",   "4.11", "4.11.12",               EnumSet.noneOf(Feature.class), "nvme_loop");
      case "ofed-4.6"   -> ofed(name, "4.6-1.0.1",   "4.20", "4.20.0-042000-generic", EnumSet.noneOf(Feature.class), "nvme_loop");
      case "ofed-5.0"   -> ofed(name, "5.0-2.1.8",   "5.0",  "5.4.0-26-generic",      EnumSet.noneOf(Feature.class), "nvmet_tcp", "nvme_loop");
      case "ofed-25.10" -> ofed(name, "25.10-1.7.1", "6.14", "6.14.0-13-generic",     EnumSet.of(PASSTHRU, INTEGRITY, P2PDMA, AUTH), "nvmet_tcp", "nvme_loop");
      // spotless:on
      default -> throw new IllegalArgumentException(name);
    };
  }

  /**
   * @param release what {@code uname -r} says
   * @param modules the transports' beside {@link #MODULES}
   */
  private static SimProfile linux(
      String name, String release, Set<Feature> features, String... modules) {
    KernelFlavor flavor = KernelFlavor.mainline(release, features);
    return new SimProfile(name, release, "", flavor, with(modules), false);
  }

  /**
   * @param version what its modules say
   * @param base the mainline kernel that its nvmet was forked from
   * @param release the kernel that runs it
   */
  private static SimProfile ofed(
      String name,
      String version,
      String base,
      String release,
      Set<Feature> features,
      String... modules) {
    KernelFlavor flavor = KernelFlavor.vendor(version, base, features);
    return new SimProfile(name, release, version, flavor, with(modules), false);
  }

  /**
   * The kernel that a machine runs. What differs between kernels is declared with the releases it
   * is in, so there is a profile for every release, whether or not it is among the named ones.
   */
  static SimProfile running(KernelFlavor flavor, Inventory inventory) {
    return new SimProfile(
        flavor.ofed().map(ofed -> "ofed-" + ofed).orElse(flavor.linux().toString()),
        inventory.kernelRelease(),
        inventory.ofedRelease().orElse(""),
        flavor,
        inventory.installedModules().orElseGet(() -> likely(flavor)),
        true);
  }

  /**
   * The kernel that a dumped machine ran.
   *
   * @throws io.nvmetsh.schema.NvmetshException when the dump does not say which
   */
  public static SimProfile of(SysTree dump) {
    return running(KernelProbe.flavor(dump), new Inventory(dump));
  }

  /**
   * The named mainline profile whose kernel is the last up to this one, or the first of all. What
   * those answer has been compared with real kernels.
   */
  SimProfile nearest() {
    SimProfile nearest = make(NAMES.get(0));
    for (String known : NAMES) {
      SimProfile profile = make(known);
      if (profile.flavor.ofed().isEmpty()
          && flavor
              .linux()
              .atLeast(profile.flavor.linux().major(), profile.flavor.linux().minor())) {
        nearest = profile;
      }
    }
    return nearest;
  }

  /** Debian builds nvme_loop since 6.12, the vendor always. */
  private static Set<String> likely(KernelFlavor flavor) {
    Set<String> likely = with();
    if (flavor.linux().atLeast(5, 0)) {
      likely.add("nvmet_tcp");
    }
    if (flavor.ofed().isPresent() || flavor.linux().atLeast(6, 12)) {
      likely.add("nvme_loop");
    }
    return likely;
  }

  private static Set<String> with(String... modules) {
    Set<String> all = new HashSet<>(MODULES);
    all.addAll(List.of(modules));
    return all;
  }

  /** Every profile, mainline first, old before new. */
  public static List<SimProfile> all() {
    List<SimProfile> profiles = new ArrayList<>();
    for (String name : NAMES) {
      profiles.add(make(name));
    }
    return profiles;
  }

  /** The names of all profiles, for help and completion. */
  public static List<String> names() {
    return NAMES;
  }

  /**
   * The profile of that name.
   *
   * @throws io.nvmetsh.schema.NvmetshException when there is none
   */
  public static SimProfile named(String name) {
    if (!NAMES.contains(name)) {
      throw Problem.of(
              Problem.Kind.USAGE,
              "there is no kernel " + name + " to simulate",
              "one of " + String.join(", ", NAMES) + ":  nvmetsh --sim=ofed-4.1")
          .with("value", name)
          .asException();
    }
    return make(name);
  }

  public String name() {
    return name;
  }

  @Override
  public String toString() {
    return name;
  }

  public KernelFlavor flavor() {
    return flavor;
  }

  /** Whether it is the very kernel that the machine runs: what that says of itself then stands. */
  boolean isRunning() {
    return running;
  }

  /** What {@code uname -r} says. */
  String release() {
    return release;
  }

  /** The version of the vendor's modules; empty for mainline. */
  String ofedVersion() {
    return ofedVersion;
  }

  /** Whether this kernel has a module of ours, loaded or not. */
  boolean hasModule(String module) {
    return modules.contains(module);
  }

  boolean has(Quirk quirk) {
    return quirks.contains(quirk);
  }
}
