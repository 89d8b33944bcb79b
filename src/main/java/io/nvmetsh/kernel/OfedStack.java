package io.nvmetsh.kernel;

import io.nvmetsh.device.SysTree;
import io.nvmetsh.schema.Release;
import java.util.Optional;

/**
 * Which MLNX_OFED (DOCA-OFED) release replaced this machine's nvmet, if any, and which mainline
 * kernel that release was forked from.
 */
final class OfedStack {

  /** From this release on, the mainline kernel whose nvmet it carries. */
  private record Base(Release from, Release linux) {
    Base(int ofedMajor, int ofedMinor, int major, int minor) {
      this(new Release(ofedMajor, ofedMinor), new Release(major, minor));
    }
  }

  /** Newest first. Read from each release's nvmet; cherry-picks make it approximate. */
  private static final Base[] BASES = {
    new Base(25, 7, 6, 14),
    new Base(25, 1, 6, 11),
    new Base(24, 7, 6, 9),
    new Base(23, 7, 6, 2),
    new Base(5, 9, 6, 0),
    new Base(5, 7, 5, 19),
    new Base(5, 2, 5, 10),
    new Base(5, 1, 5, 6),
    new Base(4, 7, 5, 0),
    new Base(4, 6, 4, 20),
    new Base(4, 5, 4, 19),
    new Base(4, 2, 4, 13),
    new Base(4, 0, 4, 11),
  };

  private OfedStack() {}

  /** Whether the target modules are the vendor's; its RDMA stack alone does not replace them. */
  static boolean isLoaded(SysTree sys) {
    return sys.read("/sys/module/nvme/parameters/num_p2p_queues").isPresent()
        || sys.read("/sys/module/nvmet_rdma/parameters/offload_mem_start").isPresent()
        || sys.list("/sys/module/mlx_compat/holders").contains("nvmet");
  }

  /** The release as its modules say it: {@code 4.6-1.0.1}, {@code 25.10-1.7.1}. */
  static Optional<Release> release(SysTree sys) {
    Optional<String> version = sys.read("/sys/module/mlx5_core/version");
    if (version.isEmpty()) {
      return Optional.empty();
    }
    String text = version.get().strip();
    if (text.startsWith("4.2-1.5")) {
      // A back-port: the interface of 4.4, under the number of 4.2.
      return Optional.of(new Release(4, 4));
    }
    try {
      return Optional.of(Release.parse(text));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  static Release base(Release ofed) {
    for (Base base : BASES) {
      if (ofed.compareTo(base.from) >= 0) {
        return base.linux;
      }
    }
    return BASES[BASES.length - 1].linux;
  }
}
