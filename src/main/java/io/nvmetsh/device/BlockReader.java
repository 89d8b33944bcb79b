package io.nvmetsh.device;

import io.nvmetsh.device.BlockDevice.Kind;
import io.nvmetsh.device.BlockDevice.Use;
import io.nvmetsh.device.SysTree.FileKind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads {@code /sys/class/block}. */
final class BlockReader {

  /** The unit of {@code size}, whatever the logical block size. */
  static final int SECTOR = 512;

  private static final String CLASS = "/sys/class/block/";
  private static final String BY_ID = "/dev/disk/by-id";

  private final SysTree tree;
  private final SysValues values;
  private final BlockNames blockNames;
  private final BlockUses blockUses;

  BlockReader(SysTree tree, BlockNames blockNames) {
    this.tree = tree;
    this.values = new SysValues(tree);
    this.blockNames = blockNames;
    this.blockUses = new BlockUses(tree);
  }

  /** The kernel's name of the block device at a path; links are followed. */
  static Optional<String> nameAt(SysTree tree, String path) {
    Optional<String> real = tree.realPath(path);
    return real.isPresent()
            && real.get().startsWith("/dev/")
            && tree.kind(real.get()) == FileKind.BLOCK_DEVICE
        ? Optional.of(real.get().substring(5).replace('/', '!'))
        : Optional.empty();
  }

  /** Absent when there is no such device, or no medium in it, such as no file behind a loop. */
  Optional<BlockDevice> device(String name) {
    String at = CLASS + name;
    Optional<Long> sectors = values.number(at + "/size");
    if (sectors.isEmpty() || sectors.get() == 0) {
      return Optional.empty();
    }
    boolean isPartition = tree.read(at + "/partition").isPresent();
    Optional<String> disk = isPartition ? diskOf(at) : Optional.empty();
    String whole = disk.isPresent() ? CLASS + disk.get() : at;
    Optional<Long> block = values.number(whole + "/queue/logical_block_size");
    List<String> partitions = isPartition ? List.of() : blockNames.partitionsOf(name);
    Kind kind = isPartition ? Kind.PARTITION : kind(name, at);
    return Optional.of(
        new BlockDevice(
            name,
            path(name, at, kind),
            kind,
            sectors.get() * SECTOR,
            block.isPresent() ? block.get().intValue() : SECTOR,
            values.text(at + "/ro").equals("1"),
            label(at, kind),
            disk,
            partitions,
            values.linkedNames(at + "/slaves"),
            uses(name, partitions)));
  }

  private Optional<String> diskOf(String partition) {
    Optional<String> real = tree.realPath(partition);
    return real.isPresent() ? Optional.of(Links.name(Links.parent(real.get()))) : Optional.empty();
  }

  private Kind kind(String name, String at) {
    if (NvmeName.parse(name) != null) {
      return Kind.NVME_NAMESPACE;
    } else if (name.startsWith("dm-")) {
      boolean lvm = values.text(at + "/dm/uuid").startsWith("LVM-");
      return lvm ? Kind.LOGICAL_VOLUME : Kind.DEVICE_MAPPER;
    } else if (name.startsWith("md")) {
      return Kind.MD;
    }
    return name.startsWith("loop") ? Kind.LOOP : Kind.OTHER;
  }

  private Optional<String> label(String at, Kind kind) {
    return switch (kind) {
      case LOGICAL_VOLUME, DEVICE_MAPPER -> values.value(at + "/dm/name");
      case LOOP -> values.value(at + "/loop/backing_file");
      default -> Optional.empty();
    };
  }

  private String path(String name, String at, Kind kind) {
    if (kind == Kind.LOGICAL_VOLUME || kind == Kind.DEVICE_MAPPER) {
      String mapper = "/dev/mapper/" + values.text(at + "/dm/name");
      if (leadsTo(mapper, name)) {
        return mapper;
      }
    }
    return "/dev/" + name.replace('!', '/');
  }

  private boolean leadsTo(String link, String name) {
    Optional<String> real = tree.realPath(link);
    return real.isPresent() && real.get().equals("/dev/" + name);
  }

  private List<Use> uses(String name, List<String> partitions) {
    List<Use> uses = blockUses.of(name);
    for (String partition : partitions) {
      uses.addAll(blockUses.of(partition));
    }
    return uses;
  }

  /**
   * The names that udev gives devices by what they are rather than by when they were found, by the
   * kernel's name. All at once: the links only lead one way.
   */
  Map<String, List<String>> stableNames() {
    Map<String, List<String>> names = new HashMap<>();
    for (String link : tree.list(BY_ID)) {
      Optional<String> target = tree.link(BY_ID + "/" + link);
      if (target.isPresent()) {
        String name = Links.name(target.get());
        List<String> known = names.get(name);
        if (known == null) {
          known = new ArrayList<>(4);
          names.put(name, known);
        }
        known.add(BY_ID + "/" + link);
      }
    }
    return names;
  }

  /** LVM names {@code my-vg}'s volume {@code lun0} {@code my--vg-lun0} below /dev/mapper. */
  Optional<String> volumePath(BlockDevice device) {
    String name = device.kind() == Kind.LOGICAL_VOLUME ? device.label().orElse("") : "";
    int dash = name.indexOf('-');
    while (dash >= 0 && name.startsWith("--", dash)) {
      dash = name.indexOf('-', dash + 2);
    }
    if (dash <= 0) {
      return Optional.empty();
    }
    String group = name.substring(0, dash).replace("--", "-");
    String path = "/dev/" + group + "/" + name.substring(dash + 1).replace("--", "-");
    return leadsTo(path, device.name()) ? Optional.of(path) : Optional.empty();
  }
}
