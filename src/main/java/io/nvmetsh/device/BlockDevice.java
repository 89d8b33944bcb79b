package io.nvmetsh.device;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A block device that could back a namespace. Its size and what disk it is on are read with it,
 * everything else when somebody asks.
 */
public final class BlockDevice {

  /** The kinds of block devices that matter to nvmet. */
  public enum Kind {
    NVME_NAMESPACE("NVMe namespace"),
    PARTITION("partition"),
    LOGICAL_VOLUME("logical volume"),
    DEVICE_MAPPER("device-mapper device"),
    MD("md device"),
    LOOP("loop device"),
    OTHER("disk");

    private final String title;

    Kind(String title) {
      this.title = title;
    }

    /** As a person says it. */
    public String title() {
      return title;
    }
  }

  /**
   * One use of a block device by something that would not survive a second writer.
   *
   * @param device the device itself or a partition of it
   * @param by where it is mounted, what holds it; empty for swap
   */
  public record Use(String device, How how, String by) {

    /** How a device is used. */
    public enum How {
      MOUNTED,
      SWAP,
      HELD
    }

    /** As a person says it: {@code nvme3n1p1 mounted at /srv}, {@code held by md0}. */
    public String describe(String subject) {
      String text =
          switch (how) {
            case MOUNTED -> "mounted at " + by;
            case SWAP -> "swap";
            case HELD -> "held by " + by;
          };
      return device.equals(subject) ? text : device + " " + text;
    }
  }

  private final String name;
  private final Kind kind;
  private final long bytes;
  private final Optional<String> disk;
  private final SysFiles files;
  private final BlockReader reader;
  private @Nullable String path;
  private @Nullable List<String> partitions;
  private @Nullable List<String> members;
  private @Nullable List<Use> uses;

  BlockDevice(
      String name,
      Kind kind,
      long bytes,
      Optional<String> disk,
      SysFiles files,
      BlockReader reader) {
    this.name = name;
    this.kind = kind;
    this.bytes = bytes;
    this.disk = disk;
    this.files = files;
    this.reader = reader;
  }

  /** The kernel's, {@code nvme0n1}, {@code dm-0}. */
  public String name() {
    return name;
  }

  /**
   * What to write as {@code device_path}: {@code /dev/nvme0n1}, and for device-mapper, whose
   * numbers change from boot to boot, {@code /dev/mapper/vg0-lun0}.
   */
  public String path() {
    if (path == null) {
      path = reader.path(this);
    }
    return path;
  }

  public Kind kind() {
    return kind;
  }

  /** Its size. */
  public long bytes() {
    return bytes;
  }

  /** Size of a logical block, usually 512 or 4096. */
  public int blockBytes() {
    Optional<Long> size =
        disk.isPresent() ? reader.blockBytes(disk.get()) : files.number("queue/logical_block_size");
    return size.isPresent() ? size.get().intValue() : BlockReader.SECTOR;
  }

  public boolean readOnly() {
    return files.text("ro").equals("1");
  }

  /** What people call it: a device-mapper name, the file behind a loop device. */
  public Optional<String> label() {
    return switch (kind) {
      case LOGICAL_VOLUME, DEVICE_MAPPER -> files.value("dm/name");
      case LOOP -> files.value("loop/backing_file");
      default -> Optional.empty();
    };
  }

  /** Of a partition, the disk it is on. */
  public Optional<String> disk() {
    return disk;
  }

  /** Of a disk, the names of its partitions. */
  public List<String> partitions() {
    if (partitions == null) {
      partitions = List.copyOf(reader.partitions(this));
    }
    return partitions;
  }

  /** The devices below a device-mapper or md device. */
  public List<String> members() {
    if (members == null) {
      members = List.copyOf(reader.members(name));
    }
    return members;
  }

  /** What it, or a partition of it, is in use for. */
  public List<Use> uses() {
    if (uses == null) {
      uses = List.copyOf(reader.uses(this));
    }
    return uses;
  }

  public boolean isInUse() {
    return !uses().isEmpty();
  }
}
