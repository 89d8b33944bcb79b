package io.nvmetsh.device;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads what is mounted as init sees it, which is the machine's view; only root may look at that,
 * others get their own.
 */
final class MountReader {

  private final SysTree tree;

  MountReader(SysTree tree) {
    this.tree = tree;
  }

  List<MountLine> mounts() {
    Optional<String> ofInit = tree.read("/proc/1/mountinfo");
    String text = ofInit.isPresent() ? ofInit.get() : tree.read("/proc/self/mountinfo").orElse("");
    List<MountLine> mounts = new ArrayList<>();
    for (String line : SysValues.lines(text)) {
      MountLine mount = MountLine.parse(line);
      if (mount != null) {
        mounts.add(mount);
      }
    }
    return mounts;
  }

  /** The last of those mounted nearest above a file hides the others. */
  String fileSystem(String path) {
    String real = tree.realPath(path).orElse(path);
    String nearest = "";
    String type = "";
    for (MountLine mount : mounts()) {
      String at = MountLine.unescape(mount.at());
      boolean above =
          at.equals("/")
              || real.equals(at)
              || (real.startsWith(at) && real.charAt(at.length()) == '/');
      if (above && at.length() >= nearest.length()) {
        nearest = at;
        type = mount.type();
      }
    }
    return type;
  }
}
