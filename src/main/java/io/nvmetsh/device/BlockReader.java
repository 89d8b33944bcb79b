package io.nvmetsh.device;

import io.nvmetsh.device.BlockDevice.Kind;
import io.nvmetsh.device.BlockDevice.Use;
import io.nvmetsh.device.SysTree.FileKind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads {@code /sys/class/block}. */
final class BlockReader {

  /** The unit of {@code size}, whatever the logical block size. */
  static final int SECTOR = 512;

  private static final String CLASS = "/sys/class/block/";
  private static final String BY_ID = "/dev/disk/by-id";

  private final SysTree tree;
  private final SysValues values;
  private final BlockNames blockNames;
  private @Nullable BlockUses blockUses;

  BlockReader(SysTree tree, BlockNames blockNames) {
    this.tree = tree;
    this.values = new SysValues(tree);
    this.blockNames = blockNames;
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
    SysFiles files = new SysFiles(values, CLASS + name);
    Optional<Long> sectors = files.number("size");
    if (sectors.isEmpty() || sectors.get() == 0) {
      return Optional.empty();
    }
    boolean isPartition = !files.text("partition").isEmpty();
    return Optional.of(
        new BlockDevice(
            name,
            isPartition ? Kind.PARTITION : kind(name, files),
            sectors.get() * SECTOR,
            isPartition ? diskOf(CLASS + name) : Optional.empty(),
            files,
            this));
  }

  private Optional<String> diskOf(String partition) {
    Optional<String> real = tree.realPath(partition);
    return real.isPresent() ? Optional.of(Links.name(Links.parent(real.get()))) : Optional.empty();
  }

  private static Kind kind(String name, SysFiles files) {
    if (NvmeName.parse(name) != null) {
      return Kind.NVME_NAMESPACE;
    } else if (name.startsWith("dm-")) {
      boolean lvm = files.text("dm/uuid").startsWith("LVM-");
      return lvm ? Kind.LOGICAL_VOLUME : Kind.DEVICE_MAPPER;
    } else if (name.startsWith("md")) {
      return Kind.MD;
    }
    return name.startsWith("loop") ? Kind.LOOP : Kind.OTHER;
  }

  Optional<Long> blockBytes(String disk) {
    return values.number(CLASS + disk + "/queue/logical_block_size");
  }

  String path(BlockDevice device) {
    if (device.kind() == Kind.LOGICAL_VOLUME || device.kind() == Kind.DEVICE_MAPPER) {
      String mapper = "/dev/mapper/" + device.label().orElse("");
      if (leadsTo(mapper, device.name())) {
        return mapper;
      }
    }
    return "/dev/" + device.name().replace('!', '/');
  }

  private boolean leadsTo(String link, String name) {
    Optional<String> real = tree.realPath(link);
    return real.isPresent() && real.get().equals("/dev/" + name);
  }

  List<String> partitions(BlockDevice device) {
    return device.kind() == Kind.PARTITION ? List.of() : blockNames.partitionsOf(device.name());
  }

  List<String> members(String name) {
    return values.linkedNames(CLASS + name + "/slaves");
  }

  List<Use> uses(BlockDevice device) {
    if (blockUses == null) {
      blockUses = new BlockUses(tree);
    }
    List<Use> uses = blockUses.of(device.name());
    for (String partition : device.partitions()) {
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
