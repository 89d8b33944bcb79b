package io.nvmetsh.kernel;

import io.nvmetsh.device.Inventory;
import io.nvmetsh.device.SysTree;
import io.nvmetsh.device.SysTree.FileKind;
import io.nvmetsh.schema.Feature;
import io.nvmetsh.schema.KernelFlavor;
import io.nvmetsh.schema.Problem;
import io.nvmetsh.schema.Release;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * Whether there is a target to work on, and which nvmet it is. Files decide before versions do: the
 * same kernel version has other files on another distribution, and a vendor's driver says what it
 * is by what it adds.
 */
public final class KernelProbe {

  /** Where nvmet's tree is on every machine. */
  public static final Path ROOT = Path.of("/sys/kernel/config/nvmet");

  private static final String SIMULATED = "or try it on a simulated machine:  nvmetsh --sim";

  /** A subsystem or namespace shows the vendor's attribute or none does; a few are enough. */
  private static final int MOST_LOOKED_AT = 8;

  private KernelProbe() {}

  /** Why there is no target below {@code root}; empty when there is one. */
  public static Optional<Problem> absence(Path root, SysTree sys) {
    if (Files.isDirectory(root.resolve("subsystems"))) {
      return Optional.empty();
    }
    Problem problem;
    if (!root.equals(ROOT)) {
      problem = elsewhere(root);
    } else if (!isMounted(sys)) {
      problem =
          unsupported(
              "configfs is not mounted at /sys/kernel/config",
              "mount it:  mount -t configfs none /sys/kernel/config",
              "and load the target:  modprobe nvmet");
    } else if (sys.kind("/sys/module/nvmet") == FileKind.DIRECTORY) {
      // The vendor's installer can put modules there that load and do nothing.
      problem =
          unsupported(
              "module nvmet is loaded, but it made no " + ROOT + ": it is a stub",
              "install the vendor's stack with its target modules:  mlnxofedinstall --with-nvmf");
    } else {
      problem = unsupported("module nvmet is not loaded", "load it:  modprobe nvmet");
    }
    return Optional.of(problem.hint(SIMULATED));
  }

  /** Whether all that is missing for a target is its module. */
  public static boolean isUnloaded(Path root, SysTree sys) {
    return root.equals(ROOT)
        && !Files.isDirectory(root.resolve("subsystems"))
        && isMounted(sys)
        && sys.kind("/sys/module/nvmet") != FileKind.DIRECTORY;
  }

  private static Problem elsewhere(Path root) {
    if (!Files.isDirectory(root)) {
      return unsupported(root + " is no directory", "name nvmet's directory:  --root " + ROOT);
    }
    boolean above = Files.isDirectory(root.resolve("nvmet/subsystems"));
    return unsupported(
        root + " is not laid out like nvmet's directory: it has no subsystems",
        "name that directory:  --root " + (above ? root.resolve("nvmet") : ROOT));
  }

  private static Problem unsupported(String message, String... hints) {
    return Problem.of(Problem.Kind.UNSUPPORTED, message, hints);
  }

  private static boolean isMounted(SysTree sys) {
    String mounts = sys.read("/proc/mounts").orElse("");
    return mounts.contains(" /sys/kernel/config configfs ");
  }

  /** Which nvmet serves the tree below {@code root}. */
  public static KernelFlavor flavor(Path root, SysTree sys) {
    return flavor(era(root), sys);
  }

  /** Which nvmet a machine has of whose tree nothing is known. */
  public static KernelFlavor flavor(SysTree sys) {
    return flavor(Era.UNKNOWN, sys);
  }

  private static KernelFlavor flavor(Era era, SysTree sys) {
    String text = sys.read("/proc/sys/kernel/osrelease").orElse("").strip();
    Release linux = release(text);
    Set<Feature> features = features(sys);
    if (!OfedStack.isLoaded(sys)) {
      return new KernelFlavor(linux, Optional.empty(), features);
    }
    Release ofed = era.apply(OfedStack.release(sys));
    return new KernelFlavor(OfedStack.base(ofed), Optional.of(ofed), features);
  }

  private static Release release(String text) {
    try {
      return Release.parse(text);
    } catch (IllegalArgumentException e) {
      throw unsupported("the kernel's release is unknown: /proc/sys/kernel/osrelease")
          .asException();
    }
  }

  /**
   * The vendor has had two interfaces: the drive's PCI address in each namespace (4.1, 4.2), and a
   * switch on the subsystem (ever since).
   */
  private enum Era {
    PCI_DEVICE_PATH(new Release(4, 1), new Release(4, 2)),
    ATTR_OFFLOAD(new Release(4, 3), new Release(99, 99)),
    UNKNOWN(new Release(4, 1), new Release(99, 99));

    private final Release first;
    private final Release last;

    Era(Release first, Release last) {
      this.first = first;
      this.last = last;
    }

    /** The release the modules name, unless what the tree shows contradicts it. */
    Release apply(Optional<Release> named) {
      Release release = named.orElse(first);
      return release.compareTo(first) < 0 ? first : release.compareTo(last) > 0 ? last : release;
    }
  }

  private static Era era(Path root) {
    int looked = 0;
    try (DirectoryStream<Path> subsystems = Files.newDirectoryStream(root.resolve("subsystems"))) {
      for (Path subsystem : subsystems) {
        if (Files.exists(subsystem.resolve("attr_offload"))) {
          return Era.ATTR_OFFLOAD;
        }
        try (DirectoryStream<Path> namespaces =
            Files.newDirectoryStream(subsystem.resolve("namespaces"))) {
          for (Path namespace : namespaces) {
            return Files.exists(namespace.resolve("pci_device_path"))
                ? Era.PCI_DEVICE_PATH
                : Era.UNKNOWN;
          }
        }
        if (++looked == MOST_LOOKED_AT) {
          break;
        }
      }
    } catch (IOException | DirectoryIteratorException e) {
      return Era.UNKNOWN;
    }
    return Era.UNKNOWN;
  }

  /** What the kernel was built with; everything when its configuration is nowhere to be read. */
  private static Set<Feature> features(SysTree sys) {
    Optional<String> config = new Inventory(sys).kernelConfiguration();
    Set<Feature> features = EnumSet.allOf(Feature.class);
    if (config.isPresent()) {
      String text = "\n" + config.get();
      features.removeIf(feature -> !text.contains("\n" + feature.option() + "=y\n"));
    }
    return features;
  }
}
