package io.nvmetsh.device;

import io.nvmetsh.schema.Feature;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What of a file goes into a dump. Most files hold one value and go in whole; a few hold the whole
 * machine, of which the reader wants some lines, and the rest is nobody's business.
 */
final class DumpFilter {

  /** Words of the kernel's command line that say something about memory, PCI or our modules. */
  private static final String[] WORDS = {
    "mem=",
    "memmap=",
    "iommu=",
    "iommu.passthrough=",
    "intel_iommu=",
    "amd_iommu=",
    "pci=",
    "pcie_acs_override=",
    "nvme.",
    "nvme_core.",
    "nvme-core.",
    "nvmet",
    "modprobe.blacklist=",
    "mlx",
    "ib_",
    "rdma_"
  };

  private DumpFilter() {}

  /** The part of a file's content that a dump keeps; null when it does without the file. */
  static @Nullable String keep(String path, String content) {
    String kept = part(path, content);
    return kept.isBlank() ? null : kept;
  }

  private static String part(String path, String content) {
    if (path.equals("/proc/cmdline")) {
      return commandLine(content);
    } else if (path.equals("/proc/iomem")) {
      return lines(content, line -> line.contains(" : System RAM") ? line : null);
    } else if (path.startsWith("/boot/config-")
        || (path.startsWith("/lib/modules/") && path.endsWith("/config"))) {
      return lines(content, line -> isFeature(line) ? line : null);
    } else if (path.equals("/proc/modules")) {
      return lines(content, DumpFilter::module);
    } else if (path.endsWith("/modules.builtin")) {
      return lines(content, line -> isOurs(KernelReader.moduleOf(line)) ? line : null);
    } else if (path.endsWith("/mountinfo")) {
      return lines(content, DumpFilter::mount);
    } else if (path.equals("/proc/swaps")) {
      return lines(content, line -> line.startsWith("/dev/") ? firstWords(line, 2) : null);
    } else if (path.equals("/proc/net/route")) {
      return lines(content, DumpFilter::route);
    } else if (path.equals("/proc/net/fib_trie")) {
      return localAddresses(content);
    } else if (path.contains("/modprobe.d/")) {
      return ModprobeText.ours(content);
    } else if (path.contains("/gids/")) {
      return IpText.ofGid(SysValues.clean(content)) == null ? "" : content;
    }
    return content;
  }

  /** Whether a module belongs to NVMe or RDMA. */
  static boolean isOurs(String module) {
    return module.equals("nvme")
        || module.startsWith("nvme_")
        || module.startsWith("nvmet")
        || module.startsWith("mlx")
        || module.startsWith("ib_")
        || module.startsWith("iw_")
        || module.startsWith("rdma_")
        || module.equals("siw")
        || module.equals("configfs");
  }

  /** Whether a line of a kernel's configuration decides which files nvmet has. */
  private static boolean isFeature(String line) {
    for (Feature feature : Feature.values()) {
      if (line.startsWith(feature.option() + "=") || line.contains(feature.option() + " ")) {
        return true;
      }
    }
    return false;
  }

  private interface Line {
    @Nullable String keep(String line);
  }

  private static String lines(String content, Line filter) {
    StringBuilder kept = new StringBuilder();
    for (String line : SysValues.lines(content)) {
      String text = filter.keep(line);
      if (text != null) {
        kept.append(text).append('\n');
      }
    }
    return kept.toString();
  }

  private static String commandLine(String content) {
    StringBuilder kept = new StringBuilder();
    for (String word : SysValues.words(SysValues.clean(content))) {
      for (String wanted : WORDS) {
        if (word.startsWith(wanted)) {
          kept.append(kept.isEmpty() ? "" : " ").append(word);
          break;
        }
      }
    }
    return kept.append('\n').toString();
  }

  private static String firstWords(String line, int count) {
    List<String> words = SysValues.words(line);
    return String.join(" ", words.subList(0, Math.min(count, words.size())));
  }

  /** The networks that interfaces are in; the way to others is not asked for. */
  private static @Nullable String route(String line) {
    List<String> words = SysValues.words(line);
    boolean isDirect = words.size() > 7 && words.get(2).equals("00000000");
    return isDirect ? firstWords(line, 8) : null;
  }

  /** Without the load address, which would help whoever attacks the kernel. */
  private static @Nullable String module(String line) {
    List<String> words = SysValues.words(line);
    return words.size() > 3 && isOurs(words.get(0)) ? firstWords(line, 4) + " Live 0x0" : null;
  }

  private static @Nullable String mount(String line) {
    MountLine mount = MountLine.parse(line);
    return mount != null && mount.isOfDevice() ? mount.bare() : null;
  }

  private static String localAddresses(String content) {
    StringBuilder kept = new StringBuilder();
    for (String address : AddressReader.localIpv4(content)) {
      kept.append("|-- ").append(address).append('\n').append("/32 host LOCAL\n");
    }
    return kept.toString();
  }
}
