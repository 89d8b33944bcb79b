package io.nvmetsh.device;

import io.nvmetsh.device.BlockDevice.Use;
import io.nvmetsh.device.BlockDevice.Use.How;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What block devices are in use for. nvmet opens its devices without asking for them alone, so the
 * kernel exports a mounted disk without a word: this is the only warning there is.
 */
final class BlockUses {

  private final SysTree tree;
  private final SysValues values;
  private final Map<String, List<Use>> uses = new HashMap<>();

  BlockUses(SysTree tree) {
    this.tree = tree;
    this.values = new SysValues(tree);
    mounts();
    swaps();
    btrfsMembers();
  }

  /** The uses of one device; those of its partitions are not among them. */
  List<Use> of(String name) {
    List<Use> all = new ArrayList<>(uses.getOrDefault(name, List.of()));
    for (String holder : values.linkedNames("/sys/class/block/" + name + "/holders")) {
      all.add(new Use(name, How.HELD, holder));
    }
    return all;
  }

  private void mounts() {
    Map<String, String> names = new HashMap<>();
    for (MountLine mount : new MountReader(tree).mounts()) {
      if (!mount.isOfDevice()) {
        continue;
      }
      String key = mount.number() + " " + mount.source();
      String name = names.get(key);
      if (name == null) {
        name = deviceOf(mount);
        names.put(key, name);
        // Of the many bind mounts that containers make, the first says enough.
        if (!name.isEmpty() && !uses.containsKey(name)) {
          add(new Use(name, How.MOUNTED, SysValues.clean(MountLine.unescape(mount.at()))));
        }
      }
    }
  }

  /**
   * Found by number, since the root's source may read {@code /dev/root}; btrfs has numbers of its
   * own with major 0, there the source tells.
   */
  private String deviceOf(MountLine mount) {
    Optional<String> name =
        mount.number().startsWith("0:")
            ? nameOf(MountLine.unescape(mount.source()))
            : values.linkedName("/sys/dev/block/" + mount.number());
    return name.isPresent() ? name.get() : "";
  }

  private Optional<String> nameOf(String path) {
    Optional<String> real = tree.realPath(path);
    return real.isPresent() && real.get().startsWith("/dev/")
        ? Optional.of(real.get().substring(5).replace('/', '!'))
        : Optional.empty();
  }

  private void swaps() {
    for (String line : SysValues.lines(values.rawText("/proc/swaps"))) {
      if (line.startsWith("/dev/")) {
        Optional<String> name = nameOf(MountLine.unescape(SysValues.words(line).get(0)));
        if (name.isPresent()) {
          add(new Use(name.get(), How.SWAP, ""));
        }
      }
    }
  }

  /** A btrfs of several devices is mounted by one of them; the others have no other mark. */
  private void btrfsMembers() {
    for (String id : tree.list("/sys/fs/btrfs")) {
      for (String name : values.linkedNames("/sys/fs/btrfs/" + id + "/devices")) {
        if (!uses.containsKey(name)) {
          add(new Use(name, How.HELD, "btrfs"));
        }
      }
    }
  }

  private void add(Use use) {
    List<Use> list = uses.get(use.device());
    if (list == null) {
      list = new ArrayList<>(1);
      uses.put(use.device(), list);
    }
    list.add(use);
  }
}
